"""Limits of tables, charts and containers: a name, a value that fits, one too much, the pointer."""

from tests.sandbox.block_kit import Json, bars, container, data_table, raw, table
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
    ("table columns", [table(1, 20)], [table(1, 21)], "/blocks/0/rows/0"),
    (
        "table characters",
        [table(0) | {"rows": [cells(2500)] * 4}],
        [table(0) | {"rows": [cells(2501)] * 4}],
        "/blocks/0/rows",
    ),
    ("one table per message", [table(1)], [table(1), table(1)], "/blocks"),
    ("data_table rows, least", [data_table(2)], [data_table(1)], "/blocks/0/rows"),
    (
        "data_table rows are even",
        [data_table(2)],
        [data_table(2) | {"rows": [[raw("x")], [raw("x")] * 2]}],
        "/blocks/0/rows",
    ),
    (
        "data_table header has no numbers",
        [data_table(2)],
        [data_table(0) | {"rows": [[{"type": "raw_number", "value": 1, "text": "1"}], [raw("x")]]}],
        "/blocks/0/rows/0/0",
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
    ("charts per message", [bars()] * 2, [bars()] * 3, "/blocks"),
    ("chart series differ", [bars(2)], [_alike(bars(2))], "/blocks/0/chart/series"),
    ("chart numbers are finite", [bars()], [_endless(bars())], "/blocks/0/chart/series/0/data/0/value"),
    ("chart points, one per category", [bars()], [_short(bars())], "/blocks/0/chart/series/0/data"),
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
]
