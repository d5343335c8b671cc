"""Accounts reviewed as often as their tier asks for."""

from datetime import date, timedelta

from agendas.facts.account import Rhythm
from agendas.facts.program import TierCoverage
from agendas.rules.reviews import coverage, is_on_time
from tests.cases import cases

TODAY = date(2026, 11, 24)


@cases(
    ("rhythm", "days", "on_time"),
    [
        (Rhythm.WEEKLY, 9, True),
        (Rhythm.WEEKLY, 10, False),
        (Rhythm.BIWEEKLY, 16, True),
        (Rhythm.BIWEEKLY, 17, False),
        (Rhythm.MONTHLY, 33, True),
        (Rhythm.MONTHLY, 34, False),
    ],
)
def test_a_review_is_on_time_within_its_rhythm_and_two_days_to_close(rhythm: Rhythm, days: int, on_time: bool) -> None:
    assert is_on_time(TODAY - timedelta(days=days), rhythm, TODAY) is on_time


def test_accounts_are_counted_by_tier_against_its_own_rhythm() -> None:
    ten_days_ago = TODAY - timedelta(days=10)
    rhythms = {1: Rhythm.WEEKLY, 2: Rhythm.BIWEEKLY, 3: Rhythm.MONTHLY}
    found = coverage({2: [ten_days_ago], 1: [ten_days_ago, TODAY]}, rhythms, TODAY)
    assert found == (TierCoverage(1, Rhythm.WEEKLY, 1, 2), TierCoverage(2, Rhythm.BIWEEKLY, 1, 1))
