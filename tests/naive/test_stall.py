"""An account is stalled, by the same causes and days, by two computations."""

from hypothesis import given

from agendas.rules import deals
from agendas.rules.deals import stall
from agendas.rules.fold import fold
from tests.naive.cases import Case, seeds
from tests.naive.differences import HISTORIES, assert_equal
from tests.naive.rules.stall import excused_before, stall_of
from tests.naive.undefined import deal_reopened, nomination_taken_back


def naive(case: Case) -> object:
    return {"causes": stall_of(case.known, case.now, case.zone, excused_before(case)).causes}


def program(case: Case) -> object:
    state = fold(case.known)
    if state is None:
        return {"causes": {}}
    answer = stall(state, now=case.now, zone=case.zone, excused_before=excused_before(case))
    return {"causes": {cause.kind.value: (cause.days, cause.limit_days) for cause in answer.causes}}


@HISTORIES
@given(seeds)
def test_an_account_is_stalled_by_the_same_causes_and_days(seed):
    assert_equal(seed, naive, program, without=(deal_reopened,))


def counted(case: Case) -> int:
    """The reviews that count against a date, held one after the other as the program holds them."""
    count = 0
    for number, now in enumerate((*case.reviews, case.now)):
        state = fold(case.at(now).known)
        if now > case.now or state is None:
            continue
        before = deals.excused_before(count, state, case.reviews[number - 1]) if number else 0
        if now == case.now:
            return before
        count = deals.excused_reviews(stall(state, now=now, zone=case.zone, excused_before=before), before)
    return 0


@HISTORIES
@given(seeds)
def test_the_same_reviews_count_against_a_date(seed):
    assert_equal(seed, excused_before, counted, without=(deal_reopened, nomination_taken_back))
