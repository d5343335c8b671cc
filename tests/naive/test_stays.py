"""Completed stays in stages: kept event by event they are those that folding everything anew tells, at any instant."""

from collections.abc import Sequence

from hypothesis import example, given

from agendas.facts.account import AccountState, EventFacts
from agendas.rules.fold import apply, asks_for_all, fold
from agendas.rules.pipeline import KnownStay, folded, refolded, stay_ended
from tests.naive.cases import Case, seeds
from tests.naive.differences import HISTORIES, assert_equal


def as_told(events: Sequence[EventFacts]) -> tuple[KnownStay, ...]:
    """The stays of a whole history as they came to be known, event by event in the order recorded."""
    state: AccountState | None = None
    known: tuple[KnownStay, ...] = ()
    is_nominated = True
    for number, event in enumerate(events, start=1):
        if state is None or (is_nominated and not asks_for_all(state.last_event_at, event)):
            before, state = state, apply(state, event)
            stay = stay_ended(before, state)
            known = (*known, KnownStay(stay, event.recorded_at)) if stay else known
            continue
        anew_state, stays = folded(events[:number])
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
    return set(folded(case.known)[1])


@HISTORIES
@given(seeds)
@example(315)
def test_stays_known_at_any_instant_are_those_of_the_history_until_then(seed):
    assert_equal(seed, from_scratch, kept)


@HISTORIES
@given(seeds)
def test_folding_with_stays_makes_the_state_that_folding_makes(seed):
    assert_equal(seed, lambda case: fold(case.known), lambda case: folded(case.known)[0])
