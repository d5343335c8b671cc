"""Corrections leave the same entries, the same account and the same stays in stages by two computations."""

from collections.abc import Iterable, Sequence

from hypothesis import assume, example, given

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import Corrected
from agendas.rules import entries
from agendas.rules.fold import fold, needs_whole_history, state_after
from agendas.rules.pipeline import KnownStay, fold_with_stays, refolded, stay_ended
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


def as_told(events: Sequence[EventFacts]) -> tuple[KnownStay, ...]:
    """The stays of a whole history as they came to be known, event by event in the order recorded."""
    state: AccountState | None = None
    known: tuple[KnownStay, ...] = ()
    is_nominated = True
    for number, event in enumerate(events, start=1):
        if state is None or (is_nominated and not needs_whole_history(state.last_event_at, event)):
            before, state = state, state_after(state, event)
            stay = stay_ended(before, state)
            known = (*known, KnownStay(stay, event.recorded_at)) if stay else known
            continue
        anew_state, stays = fold_with_stays(events[:number])
        # while no nomination stands, nothing that is recorded counts
        is_nominated = anew_state is not None
        state, known = anew_state or state, refolded(known, stays, event.recorded_at)
    return known


def visible(known: tuple[KnownStay, ...], case: Case) -> set[object]:
    return {one.stay for one in known if one.told_at <= case.now and (one.void_at is None or one.void_at > case.now)}


def kept(case: Case) -> object:
    """Kept with the events that the whole history has, of which the later ones must change nothing."""
    return visible(as_told(case.events), case)


def from_scratch(case: Case) -> object:
    return set(fold_with_stays(case.known)[1])


@HISTORIES
@given(seeds)
@example(315)
def test_stays_known_at_any_instant_are_those_of_the_history_until_then(seed):
    assert_equal(seed, from_scratch, kept)


@HISTORIES
@given(seeds)
def test_folding_with_stays_makes_the_state_that_folding_makes(seed):
    assert_equal(seed, lambda case: fold(case.known), lambda case: fold_with_stays(case.known)[0])
