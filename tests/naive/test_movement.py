"""Movement between two reviews is the same by two computations."""

from hypothesis import given

from agendas.rules.movement import movement
from tests.naive.cases import Case, seeds
from tests.naive.differences import HISTORIES, assert_equal
from tests.naive.facts import before_of, facts_of, stall_before
from tests.naive.rules.movement import Period, movement_of
from tests.naive.rules.stall import excused_before
from tests.naive.undefined import UNDEFINED

FLAGS = {"bounced", "skipped_stage", "reclassified", "momentum", "opportunity_lost"}


def period_of(case: Case) -> Period:
    before = before_of(case) if case.since else ()
    was_stalled = case.since is not None and stall_before(case).is_stalled
    excused = excused_before(case)
    return Period(case.known, before, case.since, case.now, case.zone, excused, case.unreviewed, was_stalled)


def naive(case: Case) -> object:
    period = period_of(case)
    if period.state is None:
        return None
    answer = movement_of(period)
    return {"movement": answer.movement, **{flag: flag in answer.flags for flag in FLAGS}}


def program(case: Case) -> object:
    facts = facts_of(case)
    if facts is None:
        return None
    answer = movement(facts)
    return {"movement": answer.movement.value, **{flag: flag in answer.flags for flag in FLAGS}}


@HISTORIES
@given(seeds)
def test_movement_and_its_flags_are_the_same(seed):
    assert_equal(seed, naive, program, without=UNDEFINED)
