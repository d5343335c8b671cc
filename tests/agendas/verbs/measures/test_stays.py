"""Completed stays in stages, written with the steps that end them."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from agendas.facts.account import Stage
from agendas.facts.measures import Stay
from agendas.rules.measures import month_of
from agendas.rules.pipeline import conversion, folded, velocity, velocity_accounts_of
from agendas.verbs import account_list, updates
from agendas.verbs.corrections import correct
from agendas.verbs.follow import stay_facts
from agendas.verbs.loading import event_facts
from agendas.verbs.measures import program as program_over
from storage import measures
from storage.database import Store
from storage.models.accounts import Account
from tests.builders import ANN, EVE, NOW, WORKSPACE
from tests.program import Program, stored_program

EVER = NOW - timedelta(days=2000)


@pytest.fixture
def program(store: Store) -> Program:
    """The sample program, of which Acme moves up and back, and somebody takes a step back as an error."""
    stored = stored_program(store)
    acme = stored.accounts["acme"]
    stages = (Stage.MQA, Stage.OPPORTUNITY, Stage.ENGAGED)
    events = [
        stored.did(updates.move, ANN, at(days), acme, text=f"To {stage}", to_stage=stage).event
        for days, stage in enumerate(stages, start=1)
    ]
    stored.did(correct, ANN, at(5), events[1].id, "It was Globex", is_editor=True)
    stored.did(updates.move, EVE, at(6), stored.accounts["umber"], text="They signed", to_stage=Stage.CUSTOMER)
    return stored


def at(days: float) -> datetime:
    return NOW + timedelta(days=days)


def known_at(session: Session, instant: datetime) -> set[Stay]:
    return {stay_facts(row) for row in measures.known_at(session, WORKSPACE, instant, ended_after=EVER)}


def of_histories(session: Session, instant: datetime) -> set[Stay]:
    """The stays by folding from scratch all that was recorded of each account until then."""
    ids = [number for number in session.exec(select(Account.id)) if number is not None]
    told: dict[int, list[object]] = {number: [] for number in ids}
    for row in measures.history_until(session, ids, instant):
        told[row.account_id].append(event_facts(row))
    return {stay for each in told.values() for stay in folded(each)[1]}


def test_the_stays_known_at_any_instant_are_those_of_the_history_until_then(program: Program) -> None:
    with program.store.reading() as session:
        for days in (-60, -30, -10, -1, 0, 1, 2.5, 3, 4, 5, 6, 40):
            assert known_at(session, at(days)) == of_histories(session, at(days))
        assert len(known_at(session, at(3))) > len(known_at(session, at(-1))) > 0
        assert known_at(session, at(6)) != known_at(session, at(4))


def test_an_account_that_was_removed_counts_as_one_that_entered_its_stage_and_went_no_further(store: Store) -> None:
    stored = stored_program(store)
    umber = stored.accounts["umber"]
    stored.did(updates.move, EVE, at(1), umber, text="They met us", to_stage=Stage.OPPORTUNITY)
    stored.did(account_list.remove, EVE, at(20), umber, because="Sold")
    then = month_of(at(120).date(), "UTC", now=at(120))
    with stored.store.reading() as session:
        found = program_over(session, WORKSPACE, then, now=at(120))
        assert known_at(session, at(40)) == of_histories(session, at(40))
    step = (Stage.OPPORTUNITY, Stage.CUSTOMER)
    converted = conversion(found, step)
    assert umber in converted.entered
    assert umber not in converted.reached
    stays_there = [stay for stay in found.stays if stay.account_id == umber and stay.stage is Stage.OPPORTUNITY]
    assert [(stay.began_at, stay.ended_at, stay.to_stage) for stay in stays_there] == [(at(1), at(20), None)]
    in_stage = velocity(found, Stage.OPPORTUNITY)
    assert umber not in velocity_accounts_of((*in_stage.completed, *in_stage.open))
