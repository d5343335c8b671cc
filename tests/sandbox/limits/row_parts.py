"""Parts of the rows of limits."""

from typing import Any

from tests.sandbox.block_kit import options, raw

Row = tuple[str, Any, Any, str]


def check(count: int, kind: str = "checkboxes") -> dict[str, Any]:
    return {"type": kind, "options": options(count)}


def cells(length: int) -> list[dict[str, Any]]:
    return [raw("y" * length)]
