"""Charts as inline SVG: drawn in ink as well as colour, with their numbers in the label for screen readers."""

from collections.abc import Iterator, Sequence
from html import escape as escape_html
from math import ceil, floor, isfinite, log10

from agendas.rendering.charts import chart_sentence
from agendas.rendering.controls import shortened_label
from agendas.rendering.mrkdwn import one_line
from agendas.rendering.page import Chart, ChartKind, Number, Series

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 12, 46
COLOURS = ("#1f5f7a", "#b8651b", "#3f7a3e", "#8f3f52", "#5d4d94", "#2d8080", "#8a7a1c", "#556170")
DASHES = ("", "6 3", "2 3", "9 3 2 3")
"""Lines differ in print without colour too."""
TICKS = 4
NAMES_ACROSS = 12
"""Categories named below the axis; of more, every second or third is."""
NAME_CHARACTERS = 12


def chart_svg(chart: Chart) -> str:
    """Return the drawing of a chart; empty where it has no number that can be drawn."""
    values = [number.value for each in chart.series for number in each.numbers if isfinite(number.value)]
    if not values or not chart.categories:
        return ""
    scale = Scale(min(0.0, *values), max(0.0, *values), len(chart.categories))
    draw = _bars if chart.kind is ChartKind.BAR else _lines
    shapes = [shape for place in range(len(chart.series)) for shape in draw(chart.series, place, scale)]
    parts = [*_grid(scale), *_names(chart.categories, scale), *_labels(chart), *shapes]
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{_said(chart_sentence(chart))}">'
        + "".join(parts)
        + "</svg>"
    )


def key_sign(place: int) -> str:
    """Return the colour and pattern of a series as a small drawing, for the key below the chart."""
    return (
        '<svg class="key" viewBox="0 0 24 8" aria-hidden="true">'
        f'<line x1="0" x2="24" y1="4" y2="4" stroke="{_colour(place)}" stroke-width="3"{_dash(place)}/></svg>'
    )


class Scale:
    """Places in the drawing: round steps from `low` to `high` upwards, and `count` categories across."""

    def __init__(self, low: float, high: float, count: int) -> None:
        rough = ((high - low) or 1.0) / TICKS
        power = 10.0 ** floor(log10(rough))
        self.step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough * 0.999)
        first = floor(low / self.step)
        last = max(ceil(high / self.step), first + 1)
        self.ticks = [tick * self.step for tick in range(first, last + 1)]
        self.width = (WIDTH - LEFT - RIGHT) / count

    def y(self, value: float) -> float:
        """Return the height of a value, from the top."""
        low, high = self.ticks[0], self.ticks[-1]
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low))

    def x(self, place: int) -> float:
        """Return the middle of a category."""
        return LEFT + self.width * (place + 0.5)


def _grid(scale: Scale) -> Iterator[str]:
    for tick in scale.ticks:
        y = scale.y(tick)
        style = "zero" if tick == 0 else "rule"
        yield f'<line class="{style}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:,.10g}</text>'


def _names(categories: Sequence[str], scale: Scale) -> Iterator[str]:
    every = ceil(len(categories) / NAMES_ACROSS)
    for place, name in enumerate(categories):
        if place % every == 0:
            short = shortened_label(name, NAME_CHARACTERS)
            yield (
                f'<text x="{scale.x(place):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{_said(short)}</text>'
            )


def _labels(chart: Chart) -> Iterator[str]:
    if chart.x_label:
        middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
        yield f'<text x="{middle:.1f}" y="{HEIGHT - 6}" text-anchor="middle">{_said(chart.x_label)}</text>'
    if chart.y_label:
        middle = TOP + (HEIGHT - TOP - BOTTOM) / 2
        yield (
            f'<text x="{-middle:.1f}" y="11" transform="rotate(-90)" text-anchor="middle">{_said(chart.y_label)}</text>'
        )


def _lines(series: Sequence[Series], place: int, scale: Scale) -> Iterator[str]:
    spots = [(scale.x(number), each) for number, each in enumerate(series[place].numbers) if isfinite(each.value)]
    points = " ".join(f"{x:.1f},{scale.y(each.value):.1f}" for x, each in spots)
    colour = _colour(place)
    yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{_dash(place)}/>'
    for x, each in spots:
        title = _title(series[place], each)
        yield f'<circle cx="{x:.1f}" cy="{scale.y(each.value):.1f}" r="3" fill="{colour}">{title}</circle>'


def _bars(series: Sequence[Series], place: int, scale: Scale) -> Iterator[str]:
    wide = min(28.0, scale.width * 0.8 / len(series))
    for number, each in enumerate(series[place].numbers):
        if isfinite(each.value):
            x = scale.x(number) + (place - len(series) / 2) * wide
            top, foot = sorted((scale.y(each.value), scale.y(0)))
            yield (
                f'<rect x="{x + 1:.1f}" y="{top:.1f}" width="{wide - 2:.1f}" height="{max(foot - top, 1):.1f}" '
                f'fill="{_colour(place)}">{_title(series[place], each)}</rect>'
            )


def _title(series: Series, number: Number) -> str:
    return f"<title>{_said(f'{series.name}: {number.text}')}</title>"


def _colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]


def _dash(place: int) -> str:
    pattern = DASHES[place % len(DASHES)]
    return f' stroke-dasharray="{pattern}"' if pattern else ""


def _said(text: str) -> str:
    return escape_html(one_line(text))
