"""Limits of tables, charts, cards and containers: a name, a value that fits, one too much, the pointer."""

from tests.sandbox.block_kit import (
    Json,
    bars,
    bullets,
    button,
    card,
    container,
    data_table,
    image,
    pie,
    plain,
    raw,
    rich_text,
    section,
    table,
    tasks,
)
from tests.sandbox.limits.row_parts import Row, cells


def _alike(chart: Json) -> Json:
    chart["chart"]["series"][1]["name"] = "s0"
    return chart


def _endless(chart: Json) -> Json:
    chart["chart"]["series"][0]["data"][0] = {"label": "0", "value": float("inf")}
    return chart


def _short(chart: Json) -> Json:
    del chart["chart"]["series"][0]["data"][0]
    return chart


DATA_ROWS: list[Row] = [
    ("table rows", [table(100)], [table(101)], "/blocks/0/rows"),
    ("table columns", [table(1, 20)], [table(1, 21)], "/blocks/0/rows/0"),
    (
        "table column settings",
        [table(1, column_settings=[{"align": "left"}] * 20)],
        [table(1, column_settings=[{"align": "left"}] * 21)],
        "/blocks/0/column_settings",
    ),
    (
        "table characters",
        [table(0) | {"rows": [cells(2500)] * 4}],
        [table(0) | {"rows": [cells(2501)] * 4}],
        "/blocks/0/rows",
    ),
    ("one table per message", [table(1)], [table(1), table(1)], "/blocks"),
    ("data_table rows, most", [data_table(201)], [data_table(202)], "/blocks/0/rows"),
    ("data_table rows, least", [data_table(2)], [data_table(1)], "/blocks/0/rows"),
    ("data_table columns", [data_table(2, 20)], [data_table(2, 21)], "/blocks/0/rows/0"),
    (
        "data_table rows are even",
        [data_table(2)],
        [data_table(2) | {"rows": [[raw("x")], [raw("x")] * 2]}],
        "/blocks/0/rows",
    ),
    (
        "data_table header has no rich text",
        [data_table(0) | {"rows": [[raw("x")], [rich_text()]]}],
        [data_table(0) | {"rows": [[rich_text()], [raw("x")]]}],
        "/blocks/0/rows/0/0",
    ),
    (
        "data_table header has no numbers",
        [data_table(2)],
        [data_table(0) | {"rows": [[{"type": "raw_number", "value": 1, "text": "1"}], [raw("x")]]}],
        "/blocks/0/rows/0/0",
    ),
    (
        "data_table caption",
        [data_table(2) | {"caption": "x" * 250}],
        [data_table(2) | {"caption": "x" * 251}],
        "/blocks/0/caption",
    ),
    (
        "data_table caption is required",
        [data_table(2)],
        [{"type": "data_table", "rows": [[raw("x")]] * 2}],
        "/blocks/0",
    ),
    (
        "data_table page_size, most",
        [data_table(2, page_size=100)],
        [data_table(2, page_size=101)],
        "/blocks/0/page_size",
    ),
    ("data_table page_size, least", [data_table(2, page_size=1)], [data_table(2, page_size=0)], "/blocks/0/page_size"),
    (
        "data_table characters",
        [data_table(0) | {"rows": [cells(2000)] * 10}],
        [data_table(0) | {"rows": [cells(2001)] * 10}],
        "/blocks/0/rows",
    ),
    (
        "data_tables in all",
        [data_table(0) | {"rows": [cells(2000)] * 5}] * 2,
        [data_table(0) | {"rows": [cells(2001)] * 5}] * 2,
        "/blocks",
    ),
    (
        "raw_number has value and text",
        [data_table(0) | {"rows": [[raw("x")], [{"type": "raw_number", "value": 1, "text": "1"}]]}],
        [data_table(0) | {"rows": [[raw("x")], [{"type": "raw_number", "value": 1}]]}],
        "/blocks/0/rows/1/0",
    ),
    ("charts per message", [pie(1)] * 2, [pie(1)] * 3, "/blocks"),
    ("chart title", [pie(1) | {"title": "x" * 50}], [pie(1) | {"title": "x" * 51}], "/blocks/0/title"),
    ("pie segments", [pie(12)], [pie(13)], "/blocks/0/chart/segments"),
    (
        "pie segment above zero",
        [pie(1)],
        [pie(1) | {"chart": {"type": "pie", "segments": [{"label": "x", "value": 0}]}}],
        "/blocks/0/chart/segments/0/value",
    ),
    (
        "pie label",
        [pie(1) | {"chart": {"type": "pie", "segments": [{"label": "x" * 20, "value": 1}]}}],
        [pie(1) | {"chart": {"type": "pie", "segments": [{"label": "x" * 21, "value": 1}]}}],
        "/blocks/0/chart/segments/0/label",
    ),
    ("chart series differ", [bars(2)], [_alike(bars(2))], "/blocks/0/chart/series"),
    ("chart numbers are finite", [bars()], [_endless(bars())], "/blocks/0/chart/series/0/data/0/value"),
    ("chart points, one per category", [bars()], [_short(bars())], "/blocks/0/chart/series/0/data"),
    ("chart series", [bars(12)], [bars(13)], "/blocks/0/chart/series"),
    ("chart categories", [bars(1, 20)], [bars(1, 21)], "/blocks/0/chart/axis_config/categories"),
    ("chart axis label", [bars(x_label="x" * 50)], [bars(x_label="x" * 51)], "/blocks/0/chart/axis_config/x_label"),
    ("card title", [card(title=plain("x" * 150))], [card(title=plain("x" * 151))], "/blocks/0/title/text"),
    ("card subtitle", [card(subtitle=plain("x" * 150))], [card(subtitle=plain("x" * 151))], "/blocks/0/subtitle/text"),
    ("card body", [card(body=plain("x" * 200))], [card(body=plain("x" * 201))], "/blocks/0/body/text"),
    ("card subtext", [card(subtext=plain("x" * 200))], [card(subtext=plain("x" * 201))], "/blocks/0/subtext/text"),
    ("card buttons", [card(actions=[button()] * 3)], [card(actions=[button()] * 4)], "/blocks/0/actions"),
    ("card says something", [card()], [{"type": "card", "subtitle": plain("x")}], "/blocks/0"),
    (
        "card has one icon",
        [card(icon=image())],
        [card(icon=image(), slack_icon={"type": "icon", "name": "star"})],
        "/blocks/0",
    ),
    (
        "carousel",
        [{"type": "carousel", "elements": [card()] * 10}],
        [{"type": "carousel", "elements": [card()] * 11}],
        "/blocks/0/elements",
    ),
    (
        "carousel, least",
        [{"type": "carousel", "elements": [card()]}],
        [{"type": "carousel", "elements": []}],
        "/blocks/0/elements",
    ),
    ("container children", [container(*[section()] * 10)], [container(*[section()] * 11)], "/blocks/0/child_blocks"),
    (
        "container title",
        [container(title=plain("x" * 150))],
        [container(title=plain("x" * 151))],
        "/blocks/0/title/text",
    ),
    ("container has a title", [container()], [{"type": "container", "child_blocks": [section()]}], "/blocks/0"),
    (
        "container subtitle",
        [container(subtitle=plain("x" * 150))],
        [container(subtitle=plain("x" * 151))],
        "/blocks/0/subtitle/text",
    ),
    ("container width", [container(width="full")], [container(width="huge")], "/blocks/0/width"),
    (
        "container children are plain blocks",
        [container(table(1))],
        [container(container())],
        "/blocks/0/child_blocks/0/type",
    ),
    (
        "container fold",
        [container(is_collapsible=True, default_collapsed=True)],
        [container(default_collapsed=True)],
        "/blocks/0",
    ),
    (
        "container divider",
        [container(has_header_divider=True)],
        [container(has_header_divider=True, is_collapsible=True)],
        "/blocks/0",
    ),
    ("plan tasks", [tasks(50)], [tasks(51)], "/blocks/0/tasks"),
    ("plan title is a string", [tasks(1)], [tasks(1, title=plain("Plan"))], "/blocks/0/title"),
    ("pending only inside a plan", [tasks(1)], [tasks(1)["tasks"][0]], "/blocks/0/status"),
    ("list indent", [rich_text(bullets(indent=8))], [rich_text(bullets(indent=9))], "/blocks/0/elements/0/indent"),
]
