"""Corrections leave the same entries standing, and the account after them is the same, by two computations."""

from collections.abc import Iterable

from hypothesis import assume, given

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import Corrected
from agendas.rules import entries
from agendas.rules.fold import fold
from tests.naive.cases import Case, seeds
from tests.naive.differences import HISTORIES, assert_equal
from tests.naive.histories import random_case
from tests.naive.rules.counting import standing, taken_back
from tests.naive.rules.state import State, state_of
from tests.naive.undefined import deal_reopened


@HISTORIES
@given(seeds)
def test_what_stands_after_corrections_is_the_same(seed):
    assert_equal(seed, lambda case: ids(standing(case.known)), lambda case: ids(entries.uncorrected(case.known)))


def ids(events: Iterable[EventFacts]) -> list[int]:
    return sorted(event.id for event in events)


@HISTORIES
@given(seeds)
def test_the_account_is_the_same(seed):
    assert_equal(seed, of_naive, of_program, without=(deal_reopened,))


@HISTORIES
@given(seeds)
def test_a_corrected_entry_counts_as_if_nobody_had_ever_recorded_it(seed):
    case = random_case(seed)
    gone = taken_back(case.known)
    assume(gone)
    left = [event for event in case.known if event.id not in gone and not isinstance(event.change, Corrected)]

    assert of_state(fold(case.known)) == of_state(fold(left))


def of_naive(case: Case) -> object:
    return of_plain_state(state_of(case.known))


def of_program(case: Case) -> object:
    return of_state(fold(case.known))


def of_plain_state(state: State | None) -> object:
    if state is None:
        return None
    return {
        "list": (state.status, state.tier, state.named_at),
        "stage": (state.stage, state.since, state.since_known),
        "shown": (state.claimed_from, state.has_evidence),
        "touch": state.touched_at,
        "blockers": {
            key: (each.opened_at, each.needs, each.text, each.acknowledged) for key, each in state.open_blockers.items()
        },
        "actions": {key: (each.due_on, each.slips) for key, each in state.open_actions.items()},
        "people": {key: person.profile for key, person in state.people.items()},
        "decision": state.decision,
        "deals": {
            key: (d.profile, d.opened_at, d.since, d.since_known, d.pushes, d.closed_at)
            for key, d in state.deals.items()
        },
    }


def of_state(state: AccountState | None) -> object:
    if state is None:
        return None
    return {
        "list": (state.list_status, state.tier, state.named_at),
        "stage": (state.stage, state.stage_since, state.stage_since_known),
        "shown": (state.claimed_from if state.claimed_from is not state.stage else None, state.stage_has_evidence),
        "touch": state.last_buyer_touch_at,
        "blockers": {
            each.id: (each.opened_at, each.needs, each.text, each.acknowledged_at is not None)
            for each in state.open_blockers
        },
        "actions": {each.id: (each.due_on, each.slips) for each in state.open_actions},
        "people": {each.id: each.profile for each in state.contacts},
        "decision": state.decision.event_id if state.decision else None,
        "deals": {
            d.key: (d.profile, d.opened_at, d.stage_since, d.stage_since_known, d.pushes, d.closed_at)
            for d in state.opportunities
        },
    }
