"""Charts: drawn where Slack draws them, else a small table, and read aloud either way."""

from dataclasses import replace

import pytest

from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.mrkdwn import length
from agendas.rendering.page import Chart, ChartKind, Item, Number, Page, Series, Text
from tests.agendas.golden import check_messages


def series(name: str, *values: float) -> Series:
    return Series(name, tuple(Number(value, f"{value:g} %") for value in values))


CHART = Chart(
    ChartKind.LINE,
    "Progression",
    ("Sep", "Oct"),
    (series("Tier 1", 20, 33.5), series("Tier 2", 10, -5)),
    x_label="Month",
    y_label="Accounts advanced",
)


def drawn(*items: Item) -> list[Rendered]:
    parts = messages(Page("Executive review", items, key="executive"))
    check_messages(parts)
    check_messages([Rendered(part.text, part.plain) for part in parts if part.plain])
    return parts


def test_a_chart_has_one_number_for_each_category_and_its_table_where_slack_draws_none() -> None:
    [message] = drawn(CHART)
    assert message.blocks == [
        {
            "type": "data_visualization",
            "block_id": "executive-0-0",
            "title": "Progression",
            "chart": {
                "type": "line",
                "series": [
                    {"name": "Tier 1", "data": [{"label": "Sep", "value": 20}, {"label": "Oct", "value": 33.5}]},
                    {"name": "Tier 2", "data": [{"label": "Sep", "value": 10}, {"label": "Oct", "value": -5}]},
                ],
                "axis_config": {"categories": ["Sep", "Oct"], "x_label": "Month", "y_label": "Accounts advanced"},
            },
        }
    ]
    assert [block["text"]["text"] for block in message.plain] == [
        "*Progression*\nMonth: Sep · Tier 1: 20 % · Tier 2: 10 %\nMonth: Oct · Tier 1: 33.5 % · Tier 2: -5 %"
    ]


def test_its_numbers_are_in_the_text_that_screen_readers_read() -> None:
    said = "Progression: Tier 1: Sep 20 %, Oct 33.5 %; Tier 2: Sep 10 %, Oct -5 %."
    assert drawn(CHART, Text("Details"))[0].text == f"Executive review {said}"
    assert messages(Page("Executive review", (CHART,)), plain=True)[0].text == f"Executive review {said}"
    long = replace(CHART, title="x" * 5_000)
    assert length(drawn(long)[0].text) <= 4_000
    assert length(drawn(long)[0].blocks[0]["title"]) == 50


def test_two_charts_stand_in_a_message_and_a_third_goes_on_in_the_thread() -> None:
    kinds = [[block["type"] for block in part.blocks] for part in drawn(CHART, CHART, CHART)]
    assert kinds == [["data_visualization"] * 2 + ["context"], ["data_visualization"]]


@pytest.mark.parametrize(
    "chart",
    [
        pytest.param(replace(CHART, series=(series("One", 1, 2), series("One", 3, 4))), id="two series of one name"),
        pytest.param(
            replace(CHART, categories=("Long name of a review A", "Long name of a review B")),
            id="categories that are one when shortened",
        ),
        pytest.param(replace(CHART, series=(series("One", 1, float("inf")),)), id="a number without end"),
        pytest.param(replace(CHART, series=tuple(series(str(n), 1, 2) for n in range(13))), id="13 series"),
        pytest.param(
            Chart(ChartKind.BAR, "Days", tuple(map(str, range(21))), (series("Days", *range(21)),)),
            id="21 categories",
        ),
    ],
)
def test_what_slack_cannot_draw_is_a_small_table(chart: Chart) -> None:
    [message] = drawn(chart)
    assert {block["type"] for block in message.blocks} == {"section"}
    assert message.plain == []


def test_a_chart_without_numbers_is_its_title_and_uneven_series_are_an_error() -> None:
    assert [block["text"]["text"] for block in drawn(replace(CHART, categories=(), series=()))[0].blocks] == [
        "*Progression*"
    ]
    with pytest.raises(ValueError, match="zip"):
        drawn(replace(CHART, series=(series("Tier 1", 1),)))
