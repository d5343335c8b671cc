"""Soft reasons to step in by engagement and by reviews that passed an account by."""

from dataclasses import replace

from agendas.facts.signals import Engagement, EngagementTrend
from tests.agendas.rules.history.histories import NOW_DAY, named, nominated, shown
from tests.agendas.rules.reviews.test_intervention import found
from tests.cases import cases


def test_fallen_engagement_is_a_soft_reason_with_both_numbers() -> None:
    facts = named(1, "engaged").facts(now=NOW_DAY)
    falling = Engagement(last_30=3.6, earlier_30s=(12.0, 10.0, 14.0), trend=EngagementTrend.DECREASING)
    assert found(replace(facts, engagement=falling)) == ()
    silent = replace(facts, account=replace(facts.account, actions=()), engagement=falling)
    assert found(silent) == (("no_next_action", 0, 0), ("engagement_fell", 4, 12))
    steady = replace(falling, trend=EngagementTrend.STABLE)
    assert found(replace(silent, engagement=steady)) == ()


@cases(("count", "is_found"), [(1, False), (2, True), (5, True)])
def test_reviews_that_passed_the_account_by_are_a_soft_reason_from_the_second_on(count: int, is_found: bool) -> None:
    history = nominated()
    history.put("named", 1)
    history.move("mqa", 70, shown(70))
    facts = replace(history.facts(), unreviewed=count)
    assert (("not_reviewed", count, 0) in found(facts)) is is_found
    assert bool(found(facts)) is is_found
