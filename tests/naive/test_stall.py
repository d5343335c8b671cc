"""An account is stalled, by the same causes and days, by two computations."""

from hypothesis import given

from agendas.rules.deals.stalled import stall
from agendas.rules.history.fold import fold
from tests.naive.cases import Case, seeds
from tests.naive.differences import HISTORIES, assert_equal
from tests.naive.rules.stall import excused_in_a_row, stall_of
from tests.naive.undefined import deal_reopened


def excused(case: Case) -> int:
    return excused_in_a_row(case, case.since) if case.since else 0


def naive(case: Case) -> object:
    answer = stall_of(case.known, case.now, case.zone, excused(case))
    return {"causes": answer.causes}


def program(case: Case) -> object:
    state = fold(case.known)
    if state is None:
        return {"causes": {}}
    answer = stall(state, now=case.now, zone=case.zone, excused_before=excused(case))
    return {"causes": {cause.kind.value: (cause.days, cause.limit_days) for cause in answer.causes}}


@HISTORIES
@given(seeds)
def test_an_account_is_stalled_by_the_same_causes_and_days(seed):
    assert_equal(seed, naive, program, without=(deal_reopened,))
