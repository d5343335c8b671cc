"""The state of an account that goes on from a month's end is the one that folding everything anew makes."""

from collections import Counter

from hypothesis import given

from agendas.rules.fold import fold
from agendas.verbs.loading import state_adapter
from agendas.verbs.measures import as_stored, gone_on
from tests.naive.cases import DAYS, Case, day, seeds
from tests.naive.differences import HISTORIES, assert_equal
from tests.naive.histories import random_case

MONTH_ENDS = tuple(day(number) for number in range(10, DAYS, 30))


def from_month_ends(case: Case) -> object:
    """The states that go on from each month's end, kept as JSON, until now; one that asks for all is folded."""
    found = []
    for at in MONTH_ENDS:
        kept = fold(event for event in case.known if event.recorded_at <= at)
        if kept is not None:
            stored = state_adapter.validate_json(state_adapter.dump_json(as_stored(kept, {})))
            found.append(gone_on(stored, [event for event in case.known if event.recorded_at > at]) or fold(case.known))
    return [as_stored(state, {}) for state in found if state is not None]


def folded(case: Case) -> object:
    """The state folded from scratch, once for each month's end that the account was known at."""
    known = [at for at in MONTH_ENDS if fold(event for event in case.known if event.recorded_at <= at) is not None]
    state = fold(case.known)
    return [as_stored(state, {}) for _ in known] if state else []


@HISTORIES
@given(seeds)
def test_going_on_from_any_month_is_folding_from_scratch(seed):
    assert_equal(seed, folded, from_month_ends)


def test_most_histories_go_on_and_some_ask_for_all():
    asked: Counter[bool] = Counter()
    for seed in range(60):
        case = random_case(seed)
        kept = fold(event for event in case.events if event.recorded_at <= MONTH_ENDS[1])
        later = [event for event in case.events if event.recorded_at > MONTH_ENDS[1]]
        asked[kept is not None and gone_on(kept, later) is None] += 1
    assert min(asked.values()) > 5
