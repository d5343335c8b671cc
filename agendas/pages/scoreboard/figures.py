"""The program's measures in a few lines, and charts of progression and pipeline quality over the last reviews."""

from collections.abc import Iterator

from agendas.facts.measures.program import Program
from agendas.facts.measures.trend import TrendPoint
from agendas.rendering.page import Chart, ChartKind, Item, Note, Number, Series
from agendas.rendering.words import Words
from agendas.rules.scoreboard.measured import Measured, failing_most
from agendas.rules.scoreboard.trends import (
    LEAST_POINTS,
    advanced_and_back,
    last_reviews,
    quality_trend,
)
from agendas.text.days import day_said

TESTS_NAMED = 2


def figure_lines(found: Measured, words: Words) -> Iterator[str]:
    """A line of each measure, of pipeline quality one by currency, and none of what there is none of."""
    yield from words.lines("scoreboard.progression", found=found.progression)
    for each in found.quality.values():
        yield from words.lines("scoreboard.quality", found=each, worst=failing_most(each)[:TESTS_NAMED])
    if found.coverage.required:
        yield from words.lines("scoreboard.coverage", found=found.coverage)
    if found.completed:
        yield from words.lines("scoreboard.velocity", stays=found.completed)
    if found.discipline.planned:
        yield from words.lines("scoreboard.discipline", found=found.discipline)
    yield from words.lines("scoreboard.deals", deals=found.deals)


def chart_items(program: Program, words: Words) -> Iterator[Item]:
    """The charts of the last reviews, or why there is none."""
    points = last_reviews(program)
    if len(points) < LEAST_POINTS:
        yield Note(words.say("scoreboard.no_chart", count=len(points)))
        return
    yield _progression_chart(points, words)
    yield from _quality_chart(points, words)


def _progression_chart(points: tuple[TrendPoint, ...], words: Words) -> Chart:
    counts = [advanced_and_back(point) for point in points]
    advanced = tuple(_part(up, of, words) for up, _, of in counts)
    regressed = tuple(_part(back, of, words) for _, back, of in counts)
    names = (words.raw("scoreboard.series", name=name) for name in ("advanced", "regressed"))
    return Chart(
        ChartKind.BAR,
        words.raw("scoreboard.chart_progression", count=len(points)),
        _days(points),
        tuple(Series(name, numbers) for name, numbers in zip(names, (advanced, regressed), strict=True)),
        words.raw("scoreboard.axis", name="review"),
        words.raw("scoreboard.axis", name="accounts"),
    )


def _quality_chart(points: tuple[TrendPoint, ...], words: Words) -> Iterator[Item]:
    found = quality_trend(points)
    if len(found.points) < LEAST_POINTS:
        yield Note(words.say("scoreboard.no_quality_chart"))
        return
    series = (
        Series(
            words.raw("scoreboard.currency", code=currency),
            tuple(_percent(point.quality[currency].percent or 0, words) for point in found.points),
        )
        # each of them has open value at every point, so that none is drawn as 0 for want of it
        for currency in found.currencies
    )
    yield Chart(
        ChartKind.LINE,
        words.raw("scoreboard.chart_quality", currencies=found.currencies, count=len(found.points)),
        _days(found.points),
        tuple(series),
        words.raw("scoreboard.axis", name="review"),
        words.raw("scoreboard.axis", name="percent"),
    )
    if found.left_out:
        currencies = [words.raw("scoreboard.currency", code=each) for each in found.left_out]
        yield Note(words.say("scoreboard.not_drawn", currencies=currencies))


def _days(points: tuple[TrendPoint, ...]) -> tuple[str, ...]:
    """The days of the reviews, with their year where it is not the last one's."""
    return tuple(day_said(point.on, points[-1].on) for point in points)


def _part(part: int, of: int, words: Words) -> Number:
    return Number(part, words.raw("scoreboard.part", part=part, of=of))


def _percent(number: int, words: Words) -> Number:
    return Number(number, words.raw("scoreboard.percent", number=number))
