"""Figures of a period beside those of the month before."""

from datetime import timedelta

from agendas.facts.measures import Progression, TrendKind, TrendPoint
from agendas.rules.executive import trends_of
from tests.agendas.rules.history.histories import named
from tests.agendas.rules.measures.programs import PERIOD, of


def ended(days_before: int, kind: TrendKind = TrendKind.MONTH) -> TrendPoint:
    """Figures of a month, or a review, on a day before the period's first."""
    advanced = {1: Progression(comparable=9, advanced=days_before)}
    return TrendPoint(PERIOD.first - timedelta(days=days_before), kind, progression=advanced)


def before(*trend: TrendPoint) -> Progression | None:
    return trends_of(of(named(1, "engaged"), trend=trend)).progression_before


def test_the_month_before_is_the_one_that_ended_on_the_day_before_the_period() -> None:
    assert before(ended(31), ended(1), ended(1, TrendKind.REVIEW)) == Progression(comparable=9, advanced=1)


def test_an_older_month_is_not_told_as_the_month_before_while_that_is_not_worked_out() -> None:
    assert before(ended(31)) is None
    assert before() is None
