"""The list in pages."""

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.account import ListStatus
from agendas.facts.found import AccountFilter
from agendas.rules.account_list import Span, on_view, spans

GROUPS = st.tuples(st.sampled_from(list(ListStatus)), st.sampled_from([1, 2, 3, None]))


def test_named_accounts_come_by_tier_then_paused_ones_then_candidates_and_nobody_else() -> None:
    stored = {
        (ListStatus.CANDIDATE, None): 4,
        (ListStatus.REMOVED, None): 9,
        (ListStatus.NAMED, None): 1,
        (ListStatus.NAMED, 2): 3,
        (ListStatus.PAUSED, 1): 2,
        (ListStatus.NAMED, 1): 0,
    }
    assert [f"{status} {tier}" for status, tier in on_view(stored)] == [
        "named 2",
        "named None",
        "paused 1",
        "candidate None",
    ]
    assert on_view(stored, AccountFilter(tiers=(2,))) == {(ListStatus.NAMED, 2): 3}


def test_a_page_goes_on_where_the_one_before_ended_also_within_a_group() -> None:
    counts = {(ListStatus.NAMED, 1): 5, (ListStatus.NAMED, 2): 1, (ListStatus.CANDIDATE, None): 3}
    assert spans(counts, 4, 4) == (
        Span((ListStatus.NAMED, 1), 4, 1),
        Span((ListStatus.NAMED, 2), 0, 1),
        Span((ListStatus.CANDIDATE, None), 0, 2),
    )
    assert spans(counts, 9, 4) == ()


@given(st.dictionaries(GROUPS, st.integers(0, 40)), st.integers(1, 25))
def test_every_account_is_on_exactly_one_page(stored, size) -> None:
    counts = on_view(stored)
    pages = [spans(counts, start, size) for start in range(0, sum(counts.values()), size)]
    shown = [
        (span.group, number)
        for page in pages
        for span in page
        for number in range(span.skipped, span.skipped + span.count)
    ]
    assert shown == [(group, number) for group, count in counts.items() for number in range(count)]
    assert all(sum(span.count for span in page) == size for page in pages[:-1])
