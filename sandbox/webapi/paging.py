"""Paging with Slack's cursors."""

import base64
from collections.abc import Sequence
from typing import Any, TypeVar

from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError

Item = TypeVar("Item")


def page(
    found: Sequence[Item], arguments: Arguments, *, default: int, high: int, most: int | None = None
) -> tuple[list[Item], dict[str, Any]]:
    """Return the items selected by ``cursor`` and ``limit``, and the response's ``next_cursor``.

    A ``limit`` above ``high`` is refused; one above ``most`` is reduced to it.
    """
    limit = min(arguments.integer("limit", default=default, high=high), most or high)
    start = _start(arguments.text_or_none("cursor"))
    end = start + limit
    following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(found) else ""
    return list(found[start:end]), {"response_metadata": {"next_cursor": following}}


def _start(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        word, place = base64.b64decode(cursor, validate=True).decode().split(":")
        if word == "next":
            return int(place)
    except ValueError:
        pass
    raise ApiError("invalid_cursor")
