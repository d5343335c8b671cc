"""Progression and pipeline quality at the last reviews, for charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from agendas.facts.measures.program import Program
from agendas.facts.measures.trend import PipelineQuality, TrendKind, TrendPoint
from agendas.rules.executive.trends import together

REVIEWS = 12
"""Reviews that a chart goes back."""

LEAST_POINTS = 2
"""A chart of fewer shows no trend."""


@dataclass(frozen=True, slots=True)
class QualityTrend:
    """Pipeline quality by currency over the same `points`; `left_out` are currencies with no open value at one."""

    points: tuple[TrendPoint, ...] = ()
    currencies: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def last_reviews(program: Program) -> tuple[TrendPoint, ...]:
    """Return the figures of the last reviews, oldest first; of several held on one day the last one's."""
    by_day = {point.on: point for point in program.trend if point.kind is TrendKind.REVIEW}
    return tuple(by_day[on] for on in sorted(by_day))[-REVIEWS:]


def advanced_and_back(point: TrendPoint) -> tuple[int, int, int]:
    """Return how many accounts advanced and went back until that review, and of how many."""
    found = together(point.progression)
    return found.advanced, found.regressed, found.comparable


def quality_trend(points: Sequence[TrendPoint]) -> QualityTrend:
    """Return the points at which the currency with most of them had open value, with all that had some at each."""
    valued = {
        currency: tuple(point for point in points if _value(point, currency))
        for currency in sorted({each for point in points for each in point.quality})
    }
    chosen = max(valued.values(), key=len, default=())
    if not chosen:
        return QualityTrend()
    whole = tuple(each for each, of_it in valued.items() if set(map(_day, chosen)) <= set(map(_day, of_it)))
    return QualityTrend(chosen, whole, tuple(each for each in valued if each not in whole and valued[each]))


def _value(point: TrendPoint, currency: str) -> int:
    return point.quality.get(currency, PipelineQuality()).value_cents


def _day(point: TrendPoint) -> object:
    return point.on
