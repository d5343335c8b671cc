"""Expansion between two reviews is the same by two computations."""

from hypothesis import given

from agendas.rules.movement import movement
from tests.naive.cases import Case, seeds
from tests.naive.differences import HISTORIES, assert_equal
from tests.naive.facts import facts_of
from tests.naive.rules.expansion import expansions
from tests.naive.test_movement import period_of
from tests.naive.undefined import OF_EXPANSION


def naive(case: Case) -> object:
    period = period_of(case)
    return expansions(period) if period.state else {}


def program(case: Case) -> object:
    facts = facts_of(case)
    if facts is None:
        return {}
    return {(each.kind, each.currency): each.delta_cents for each in movement(facts).expansions}


@HISTORIES
@given(seeds)
def test_what_was_booked_and_how_the_pipeline_grew_is_the_same(seed):
    assert_equal(seed, naive, program, without=OF_EXPANSION)
