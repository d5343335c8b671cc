from datetime import timedelta

import pytest

from agendas.facts.events import Decided, DecisionKind
from agendas.verbs.list import change
from agendas.verbs.reads import accounts
from agendas.verbs.reads.news import (
    changed_since,
    decisions,
    has_moved,
    last_event,
    next_review_at,
    next_reviews,
    profile_source,
    stalled,
)
from agendas.verbs.reviews import pausing
from agendas.verbs.undo import undo
from agendas.verbs.updates import updates
from storage.database.engine import Store
from storage.tables import Event
from tests.builders import ANN, CHANNEL, CLEO, EVE, NOW, WORKSPACE, ZONE, ago, profile
from tests.program import Program, stored_program
from tests.statements import loaded

WHEN = {"now": NOW, "zone": ZONE}


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def names(items) -> list[str]:
    return [item.facts.account.name for item in items]


def test_what_moved_is_every_step_up_or_down_and_every_claim(program: Program) -> None:
    moved = filter(has_moved, program.read(accounts.named_by_need, **WHEN))
    assert names(moved) == ["Umber Foods", "Initrode", "Acme Corp"]


def test_what_is_stalled_comes_in_order_of_need_for_all_or_one_person(program: Program) -> None:
    assert names(program.read(stalled, **WHEN)) == ["Globex", "Umber Foods", "Initrode"]
    assert names(program.read(stalled, user_id=CLEO, **WHEN)) == ["Umber Foods"]


def test_what_changed_leaves_out_what_was_taken_back_and_the_correction(program: Program) -> None:
    acme = program.accounts["acme"]
    recorded = program.did(updates.say_nothing_moved, ANN, NOW, acme, text="Quiet")
    assert len(program.read(changed_since, ago(0.1), account_id=acme)) == 1
    program.did(undo.take_back, ANN, NOW, recorded.event.id)
    assert program.read(changed_since, ago(0.1)) == ()


def test_what_changed_is_newest_first_with_the_accounts_name_and_what_it_is_about(program: Program) -> None:
    acme = program.accounts["acme"]
    item = program.read(accounts.account_card, acme, **WHEN)
    program.did(updates.resolve_blocker, ANN, NOW, acme, item.facts.account.open_blockers[0].id, text="Got one")
    found = program.read(changed_since, ago(7))
    assert (found[0].account_name, found[0].subject) == ("Acme Corp", "No budget code yet")
    assert [each.event.id for each in found] == sorted((each.event.id for each in found), reverse=True)


def test_decisions_of_an_account_reach_back_for_ever_and_those_of_all_for_35_days(program: Program) -> None:
    globex = program.accounts["globex"]
    later = NOW + timedelta(days=40)
    assert [each.account_name for each in program.read(decisions, now=NOW)] == ["Globex"]
    assert program.read(decisions, now=later) == ()
    assert len(program.read(decisions, now=later, account_id=globex)) == 1
    assert program.read(decisions, now=NOW, account_id=program.accounts["acme"]) == ()


def test_a_decision_taken_back_was_not_decided(program: Program) -> None:
    acme = program.accounts["acme"]
    recorded = program.did(updates.decide, EVE, NOW, acme, Decided(DecisionKind.KEEP, "Go on"))
    program.did(undo.take_back, EVE, NOW, recorded.event.id)
    assert program.read(decisions, now=NOW, account_id=acme) == ()


def test_the_next_review_of_an_account_is_that_of_a_cadence_with_it_in_scope(program: Program) -> None:
    [found] = program.read(next_reviews)
    assert (found.channel_id, found.next_at, found.zone) == (CHANNEL, NOW + timedelta(days=6), ZONE)
    assert program.read(next_reviews, account_id=program.accounts["acme"]) == (found,)
    assert program.read(next_reviews, account_id=program.accounts["pinewood"]) == ()
    items = program.read(accounts.named_by_need, **WHEN)
    by_account = program.read(next_review_at, items)
    assert by_account.keys() == {program.accounts[short] for short in ("acme", "globex", "initrode", "umber")}
    assert set(by_account.values()) == {NOW + timedelta(days=6)}


def test_a_paused_cadence_has_no_next_review(program: Program) -> None:
    program.did(pausing.pause, EVE, NOW, CHANNEL)
    [found] = program.read(next_reviews)
    assert (found.next_at, found.is_paused) == (None, True)
    assert program.read(next_review_at, program.read(accounts.named_by_need, **WHEN)) == {}


def test_the_source_of_an_owner_is_the_last_edit_that_stands(program: Program) -> None:
    acme = program.accounts["acme"]
    nominated = program.store.read_now(profile_source, acme)
    assert nominated is not None
    assert nominated.change.kind == "nominated"
    edited = program.did(change.edit, EVE, NOW, acme, profile("Acme Corp", owner=CLEO))
    assert program.store.read_now(profile_source, acme) == edited.event
    program.did(undo.take_back, EVE, NOW, edited.event.id)
    assert program.store.read_now(profile_source, acme) == nominated


def test_the_last_event_is_the_one_recorded_last(program: Program) -> None:
    recorded = program.did(updates.say_nothing_moved, ANN, NOW, program.accounts["acme"])
    assert program.store.read_now(last_event, program.accounts["acme"]) == recorded.event
    assert program.store.read_now(last_event, 999) is None


def test_what_changed_of_one_account_is_read_of_that_account_only(program: Program) -> None:
    acme = program.accounts["acme"]
    with program.store.reading() as session:
        rows = loaded(Event, lambda: changed_since(session, WORKSPACE, ago(30), account_id=acme))
    assert {row.account_id for row in rows} == {acme}
