from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from agendas.facts.account import Source, Stage
from agendas.facts.group import Contact, ContactProfile
from agendas.facts.measures import Stay
from agendas.facts.signals import NotedSignal, SignalGiven, SignalKind, SignalsTaken, SignalStrength
from agendas.rules.measures import month_of
from agendas.rules.pipeline import conversion, fold_with_stays, velocity, velocity_accounts_of
from agendas.verbs import account_list, updates
from agendas.verbs.card import account_signals, signals_webhook
from agendas.verbs.corrections import correct, take_back
from agendas.verbs.follow import stay_facts
from agendas.verbs.group import add_contact, edit_contact
from agendas.verbs.loading import event_facts
from agendas.verbs.measures import load_program as program_over
from agendas.verbs.signals import take_signals
from storage import account_items, measures, signals
from storage.database import Store
from storage.models.accounts import Account
from tests.builders import ANN, EVE, HOUR, NOW, WORKSPACE, ZONE, ago, author, profile
from tests.program import Program, people_alone, stored_program
from tests.storage.letters import until_it_waits

# Signals of somebody who is not known yet keep the address, and are that person's once they are in the group.

JO = ContactProfile("Jo Sample", "CFO", "Jo@Acme.example")
CAME_AT = ago(2)
SIGNAL = SignalGiven(
    account="acme.example",
    signal=SignalKind.WEB_VISIT,
    strength=SignalStrength.HIGH,
    text="Pricing page",
    occurred_at=ago(3),
    id="s-1",
    person="jo@acme.example",
)


@pytest.fixture
def program(store: Store) -> Program:
    program = people_alone(store)
    for name in ("acme", "globex"):
        known = profile(name.title(), domain=f"{name}.example")
        program.accounts[name] = program.did(account_list.nominate, ANN, ago(9), known).event.account_id
        program.did(account_list.put_on_list, EVE, ago(8), program.accounts[name], tier=1, because="Fits")
    return program


def taken(program: Program, *sent: SignalGiven, at: datetime = CAME_AT) -> SignalsTaken:
    by = author(source=Source.WEBHOOK, at=at)
    found: SignalsTaken = program.store.write_now(take_signals, by, sent or (SIGNAL,))
    return found


def shown(program: Program, account: str = "acme") -> list[NotedSignal]:
    return list(program.read(account_signals, program.accounts[account], now=NOW + HOUR, zone=ZONE).signals)


def points(program: Program, now: datetime = NOW) -> float:
    acme = program.accounts["acme"]
    found = program.store.read_now(signals.points_of, [acme], now)
    return found[acme].points["last_90"] if found else 0.0


def contacts(program: Program) -> list[Contact]:
    found = program.store.read_now(account_items.contacts, [program.accounts["acme"]])
    return [Contact(row.row_id, replace(JO, email=row.email), NOW, NOW, row.signalled_on) for row in found]


def test_a_person_who_is_added_gets_the_signals_that_came_before_and_their_weight(program: Program) -> None:
    taken(program, SIGNAL, replace(SIGNAL, id="other", person="al@acme.example"))
    taken(program, replace(SIGNAL, id="elsewhere", account="globex.example"))
    program.did(add_contact, ANN, ago(1), program.accounts["acme"], JO)
    of_jo, other = sorted(shown(program), key=lambda each: each.called, reverse=True)
    assert (of_jo.person, of_jo.signal.points, of_jo.signal.recorded_at) == ("Jo Sample", 10.0, ago(2))
    assert (other.person, other.called, other.signal.points) == ("", "al@acme.example", 5.0)
    assert [each.person for each in shown(program, "globex")] == [""]
    assert [each.signalled_on for each in contacts(program)] == [ago(3).date()]


def test_what_counted_before_stays_what_it_was_then(program: Program) -> None:
    taken(program)
    program.did(add_contact, ANN, ago(1), program.accounts["acme"], JO)
    assert [points(program, at) for at in (ago(2.5), ago(1.5), ago(0.5))] == [0.0, 5.0, 10.0]
    assert program.read(signals_webhook, now=NOW).taken_in_a_day == 0


def test_a_person_who_is_given_the_address_gets_them_too_and_keeps_those_of_the_address_before(program: Program):
    taken(program)
    acme = program.accounts["acme"]
    number = program.did(add_contact, ANN, ago(1), acme, replace(JO, email="")).event.id
    assert [each.person for each in shown(program)] == [""]
    program.did(edit_contact, ANN, ago(0.9), acme, number, profile=JO)
    assert [each.person for each in shown(program)] == ["Jo Sample"]
    new = replace(JO, email="jo.sample@acme.example")
    program.did(edit_contact, ANN, ago(0.8), acme, number, profile=new)
    assert [each.person for each in shown(program)] == ["Jo Sample"]


def test_a_person_who_is_taken_back_leaves_the_signals_as_they_came(program: Program) -> None:
    taken(program)
    acme = program.accounts["acme"]
    added = program.did(add_contact, ANN, ago(0.1), acme, JO).event.id
    taken(program, replace(SIGNAL, id="later"), at=ago(0.099))
    program.did(take_back, ANN, ago(0.098), added)
    assert [(one.person, one.called, one.signal.points) for one in shown(program)] == [("", "jo@acme.example", 5.0)] * 2
    assert [points(program, at) for at in (ago(0.11), ago(0.0985), NOW)] == [5.0, 20.0, 10.0]
    program.did(add_contact, ANN, NOW, acme, JO)
    assert [each.person for each in shown(program)] == ["Jo Sample"] * 2


def test_of_a_person_and_a_signal_that_come_at_once_the_signal_is_the_persons(program: Program) -> None:
    store, acme = program.store, program.accounts["acme"]
    with ThreadPoolExecutor(1) as threads:
        with store.writing() as session:
            add_contact(session, author(at=CAME_AT), acme, JO)
            taking = threads.submit(taken, program)
            until_it_waits(store, taking)
        assert taking.result().taken == ("s-1",)
    assert [(each.person, each.signal.points) for each in shown(program)] == [("Jo Sample", 10.0)]


# Completed stays in stages, written with the steps that end them.

EVER = NOW - timedelta(days=2000)


@pytest.fixture
def moved_program(store: Store) -> Program:
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
    return {stay_facts(row) for row in measures.stays_known_at(session, WORKSPACE, instant, ended_after=EVER)}


def of_histories(session: Session, instant: datetime) -> set[Stay]:
    """The stays by folding from scratch all that was recorded of each account until then."""
    ids = [number for number in session.exec(select(Account.id)) if number is not None]
    told: dict[int, list[object]] = {number: [] for number in ids}
    for row in measures.history_until(session, ids, instant):
        told[row.account_id].append(event_facts(row))
    return {stay for each in told.values() for stay in fold_with_stays(each)[1]}


def test_the_stays_known_at_any_instant_are_those_of_the_history_until_then(moved_program: Program) -> None:
    with moved_program.store.reading() as session:
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
    converted = conversion(found, (Stage.OPPORTUNITY, Stage.CUSTOMER))
    assert umber in converted.entered
    assert umber not in converted.reached
    stays_there = [stay for stay in found.stays if stay.account_id == umber and stay.stage is Stage.OPPORTUNITY]
    assert [(stay.began_at, stay.ended_at, stay.to_stage) for stay in stays_there] == [(at(1), at(20), None)]
    in_stage = velocity(found, Stage.OPPORTUNITY)
    assert umber not in velocity_accounts_of((*in_stage.completed, *in_stage.open))
