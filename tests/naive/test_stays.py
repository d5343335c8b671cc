"""Completed stays in stages: kept event by event they are those that folding everything anew tells, at any instant."""

from hypothesis import example, given

from agendas.rules.history.fold import fold
from agendas.rules.measures.stays import KnownStay, as_told, folded
from tests.naive.cases import Case, seeds
from tests.naive.differences import HISTORIES, assert_equal


def visible(known: tuple[KnownStay, ...], case: Case) -> set[object]:
    return {
        each.stay for each in known if each.told_at <= case.now and (each.void_at is None or each.void_at > case.now)
    }


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
