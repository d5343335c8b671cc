"""Accounts that reviews left out: before their equals, and never twice in a row behind one of less need."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.reviews import AgendaFacts, AgendaItem, Bucket
from agendas.rules.reviews import fit, order
from tests.agendas.rules.reviews.test_placement import (
    advanced,
    claimed,
    intervention,
    item,
    names,
    new,
    stalled,
    steady,
)


def left_out(facts: AgendaFacts, times: int = 1) -> AgendaItem:
    return replace(item(facts), times_left_out=times)


def parts(items: Iterable[AgendaItem], minutes: int) -> dict[str, str]:
    return {each.facts.account.name: each.part.value for each in fit(order(items), minutes)}


def test_what_was_left_out_comes_before_its_equals_the_longest_first_and_not_before_a_higher_tier() -> None:
    waited = [left_out(stalled(1, "A", 50)), left_out(stalled(1, "B", 50), 2), left_out(stalled(2, "C", 30), 5)]
    assert names(order([*waited, item(stalled(1, "D", 45)), item(advanced(1, "E"))])) == ["B", "A", "D", "C", "E"]


def test_an_account_in_need_of_intervention_takes_its_minutes_before_others_once_it_was_left_out() -> None:
    agreed = [item(intervention(1, "A")), left_out(intervention(2, "B")), item(stalled(3, "C", 10))]
    assert parts(agreed, 10) == {"A": "left_out", "B": "discussed", "C": "discussed"}
    assert names(fit(order(agreed), 10)) == ["A", "B", "C"], "in order of need all the same"


def test_nothing_of_less_need_is_discussed_while_an_account_in_need_of_intervention_is_left_out_again() -> None:
    waited = [left_out(intervention(1, "A")), left_out(intervention(1, "B")), item(stalled(3, "C", 10))]
    assert parts(waited, 10) == {"A": "discussed", "B": "left_out", "C": "left_out"}
    once = [item(intervention(1, "A")), item(intervention(1, "B")), item(stalled(3, "C", 10))]
    assert parts(once, 10) == {"A": "discussed", "B": "left_out", "C": "discussed"}


ANY_KIND = st.sampled_from([intervention, stalled, advanced, claimed, new, steady])


def test_while_one_of_a_higher_tier_waits_again_none_in_need_of_a_lower_tier_is_discussed() -> None:
    agreed = [left_out(intervention(1, "A")), left_out(intervention(1, "B")), item(intervention(2, "C"))]
    assert parts(agreed, 12) == {"A": "discussed", "B": "left_out", "C": "left_out"}


@given(st.lists(st.tuples(ANY_KIND, st.integers(1, 3)), min_size=1, max_size=8), st.integers(3, 30))
def test_week_by_week_no_account_in_need_is_left_out_twice_in_a_row_while_a_lesser_one_is_discussed(
    kinds: list[tuple[Callable[[int, str], AgendaFacts], int]], minutes: int
) -> None:
    facts = [kind(tier, f"Sample {number}") for number, (kind, tier) in enumerate(kinds)]
    times = [0] * len(facts)
    for _ in range(5):
        items = [replace(item(each), times_left_out=count) for each, count in zip(facts, times, strict=True)]
        fitted = {each.facts.account.name: each for each in fit(order(items), minutes)}
        discussed = [each for each in fitted.values() if each.part == "discussed"]
        again = [each for each in fitted.values() if each.part == "left_out" and each.times_left_out]
        assert discussed
        if any(each.placement.bucket is Bucket.NEEDS_INTERVENTION for each in again):
            assert {each.placement.bucket for each in discussed} == {Bucket.NEEDS_INTERVENTION}
            lowest = max(
                each.facts.account.tier or 3 for each in again if each.placement.bucket is Bucket.NEEDS_INTERVENTION
            )
            assert all((each.facts.account.tier or 3) <= lowest or each.times_left_out for each in discussed)
        now = [fitted[each.account.name] for each in facts]
        times = [each.times_left_out + 1 if each.part == "left_out" else 0 for each in now]
