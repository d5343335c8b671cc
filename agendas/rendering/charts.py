"""Charts as Block Kit, as a small table, and as a sentence for whoever has them read aloud."""

from math import isfinite

from agendas.rendering.controls import Block, shortened_label
from agendas.rendering.mrkdwn import escape, one_line
from agendas.rendering.page import Chart, Table

CHARTS = 2
"""Charts of a message."""
CHART_TITLE_CHARACTERS = 50
CHART_SERIES = 12
CHART_CATEGORIES = 20
CHART_NAME_CHARACTERS = 20
"""Of a series, and of a category."""
AXIS_CHARACTERS = 50


def chart_block(chart: Chart) -> Block | None:
    """Return the block of a chart; None where it has more than Slack draws, or names that it could not tell apart."""
    categories = [_name(each) for each in chart.categories]
    names = [_name(each.name) for each in chart.series]
    values = [number.value for each in chart.series for number in each.numbers]
    fits = 0 < len(categories) <= CHART_CATEGORIES and 0 < len(names) <= CHART_SERIES
    if not fits or _repeats(categories) or _repeats(names) or not all(map(isfinite, values)):
        return None
    labels = (("x_label", chart.x_label), ("y_label", chart.y_label))
    axes = {name: shortened_label(label, AXIS_CHARACTERS) for name, label in labels if label.strip()}
    series = [
        {
            "name": name,
            "data": [
                {"label": category, "value": number.value}
                for category, number in zip(categories, each.numbers, strict=True)
            ],
        }
        for name, each in zip(names, chart.series, strict=True)
    ]
    return {
        "type": "data_visualization",
        "title": shortened_label(chart.title, CHART_TITLE_CHARACTERS),
        "chart": {"type": chart.kind.value, "series": series, "axis_config": {"categories": categories, **axes}},
    }


def chart_table(chart: Chart) -> Table:
    """The chart's numbers: a row for each category, a column for each series."""
    rows = zip(chart.categories, *([number.text for number in each.numbers] for each in chart.series), strict=True)
    header = (chart.x_label, *(each.name for each in chart.series))
    return Table(header, tuple(rows), f"*{escape(chart.title)}*" if chart.title.strip() else "")


def chart_sentence(chart: Chart) -> str:
    """The chart's numbers as raw text: its title, then each series with its categories."""
    said = (
        f"{each.name}: "
        + ", ".join(
            f"{category} {number.text}" for category, number in zip(chart.categories, each.numbers, strict=True)
        )
        for each in chart.series
    )
    return one_line(f"{chart.title}: {'; '.join(said)}.")


def _name(text: str) -> str:
    return shortened_label(text, CHART_NAME_CHARACTERS)


def _repeats(names: list[str]) -> bool:
    return len(set(names)) != len(names)
