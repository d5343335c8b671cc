"""A bridge of the open amount holds what the accounts hold: month after month, in any random history."""

from collections import Counter
from datetime import date
from itertools import pairwise

from hypothesis import given

from agendas.facts.measures import Bridge
from agendas.rules.fold import fold
from agendas.rules.money import bridges, deal_histories
from agendas.text.dates import add_months, local_date
from tests.naive.cases import Case, seeds
from tests.naive.differences import HISTORIES
from tests.naive.histories import Writer

MONTHS = [(add_months(date(2025, 6, 1), number), add_months(date(2025, 6, 1), number + 1)) for number in range(14)]
"""First days of months and of those that follow, from long before the first entry until after the last one."""


def by_month(case: Case) -> list[dict[str, Bridge]]:
    histories = deal_histories(case.events, case.zone)
    spans = ((first, date.fromordinal(following.toordinal() - 1)) for first, following in MONTHS)
    return [{each.currency: each for each in bridges(histories, *span)} for span in spans]


@HISTORIES
@given(seeds)
def test_each_month_begins_with_what_the_one_before_ended_with(seed):
    months = by_month(Writer(seed).write())
    for earlier, later in pairwise(months):
        for currency in earlier.keys() | later.keys():
            end = earlier.get(currency, Bridge(currency)).end
            assert later.get(currency, Bridge(currency)).start == end
    assert not any(each.start for each in months[0].values())


@HISTORIES
@given(seeds)
def test_the_last_month_ends_with_the_open_deals_of_the_account_if_it_is_on_the_list(seed):
    case = Writer(seed).write()
    state = fold(case.events)
    is_listed = state is not None and state.list_status.is_on_list
    expected: Counter[str] = Counter()
    for deal in state.open_deals if state and is_listed else ():
        expected[deal.profile.currency] += deal.profile.amount_cents or 0
    assert {key: each.end for key, each in by_month(case)[-1].items() if each.end} == dict(+expected)
    # nothing of the history is later than the last month
    assert all(local_date(event.happened_at, case.zone) < MONTHS[-1][1] for event in case.events)
