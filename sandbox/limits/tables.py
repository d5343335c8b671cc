"""Limits of tables and charts."""

from collections.abc import Mapping
from typing import Any

from sandbox.limits.checks import (
    Check,
    Problems,
    boolean,
    by_type,
    integer,
    items,
    length,
    number,
    object_with,
    one_of,
    string,
    unique,
)
from sandbox.limits.objects import BLOCK_ID
from sandbox.limits.rich_text import RICH_TEXT

TABLE_CHARACTERS = 10_000
DATA_TABLE_CHARACTERS = 20_000
CAPTION = 250
"""Slack publishes no figure; this one is on the safe side."""

_RAW_TEXT = object_with({"type": one_of("raw_text"), "text": string(3000)}, {})
_RAW_NUMBER = object_with({"type": one_of("raw_number"), "value": number, "text": string(3000)}, {})
_COLUMN = object_with({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
_CELL = by_type({"raw_text": _RAW_TEXT, "rich_text": RICH_TEXT}, noun="cell")
_DATA_CELL = by_type({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT}, noun="cell")


def characters(value: Any) -> int:
    """Return the number of readable characters in this part of a payload."""
    if isinstance(value, dict):
        own = length(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(characters(part) for part in value.values() if isinstance(part, (dict, list)))
    if isinstance(value, list):
        return sum(characters(part) for part in value)
    return 0


def _even_rows(value: Any, at: str, problems: Problems) -> None:
    rows = value.get("rows")
    widths = {len(row) for row in rows if isinstance(row, list)} if isinstance(rows, list) else set()
    if len(widths) > 1:
        problems.add("all rows must have the same number of cells", f"{at}/rows")


def _within(limit: int) -> Check:
    def check(value: Any, at: str, problems: Problems) -> None:
        if characters(value.get("rows")) > limit:
            problems.add(f"must be less than {limit + 1} characters", f"{at}/rows")

    return check


def _plain_header(value: Any, at: str, problems: Problems) -> None:
    rows = value.get("rows")
    header = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []
    for index, cell in enumerate(header):
        if isinstance(cell, dict) and cell.get("type") != "raw_text":
            problems.add("header cells must be raw_text", f"{at}/rows/0/{index}")


TABLE = object_with(
    {"type": one_of("table"), "rows": items(items(_CELL, 1, 20), 1, 100)},
    {"block_id": BLOCK_ID, "column_settings": items(_COLUMN, 1, 20)},
    _even_rows,
    _within(TABLE_CHARACTERS),
)

DATA_TABLE = object_with(
    {"type": one_of("data_table"), "rows": items(items(_DATA_CELL, 1, 20), 2, 201), "caption": string(CAPTION)},
    {"block_id": BLOCK_ID, "page_size": integer(1, 100), "row_header_column_index": integer(0, 19)},
    _even_rows,
    _plain_header,
    _within(DATA_TABLE_CHARACTERS),
)


def _positive(value: Any, at: str, problems: Problems) -> None:
    number(value, at, problems)
    if isinstance(value, (int, float)) and value <= 0:
        problems.add("must be more than 0", at)


_POINT = object_with({"label": string(20), "value": number}, {})
_SERIES = object_with({"name": string(20), "data": items(_POINT, 1, 20)}, {})
_AXES = object_with({"categories": items(string(20), 1, 20)}, {"x_label": string(50), "y_label": string(50)})
_SEGMENT = object_with({"label": string(20), "value": _positive}, {})


def _points_match(value: Any, at: str, problems: Problems) -> None:
    series, axes = value.get("series"), value.get("axis_config")
    if not isinstance(series, list) or not isinstance(axes, dict):
        return
    named = [entry for entry in series if isinstance(entry, dict)]
    unique((entry.get("name") for entry in named), "series name", f"{at}/series", problems)
    for index, entry in enumerate(named):
        labels = [point.get("label") for point in entry.get("data") or [] if isinstance(point, dict)]
        if sorted(map(str, labels)) != sorted(map(str, axes.get("categories") or [])):
            problems.add("must have exactly one data point per category", f"{at}/series/{index}/data")


def _plot(kind: str) -> Check:
    fields: Mapping[str, Check] = {"type": one_of(kind), "series": items(_SERIES, 1, 12), "axis_config": _AXES}
    return object_with(fields, {}, _points_match)


_CHARTS: dict[str, Check] = {
    "pie": object_with({"type": one_of("pie"), "segments": items(_SEGMENT, 1, 12)}, {}),
    **{kind: _plot(kind) for kind in ("bar", "area", "line")},
}

DATA_VISUALIZATION = object_with(
    {"type": one_of("data_visualization"), "title": string(50), "chart": by_type(_CHARTS, noun="chart")},
    {"block_id": BLOCK_ID},
)
