"""Limits of modals and Homes."""

import json
from typing import Any

from sandbox.limits.block_lists import check_blocks, walk_blocks
from sandbox.limits.checks import Check, Problems, boolean, by_type, object_with, one_of, string
from sandbox.limits.objects import plain

VIEW_BYTES = 250_000


def _blocks_are_a_list(value: Any, at: str, problems: Problems) -> None:
    if not isinstance(value, list):
        problems.add("must provide an array", at)


_COMMON: dict[str, Check] = {
    "private_metadata": string(3000, at_least=0),
    "callback_id": string(255, at_least=0),
    "external_id": string(255, at_least=0),
}

_SHAPES = by_type(
    {
        "modal": object_with(
            {"type": one_of("modal"), "title": plain(24), "blocks": _blocks_are_a_list},
            {
                **_COMMON,
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
                "submit_disabled": boolean,
            },
        ),
        "home": object_with({"type": one_of("home"), "blocks": _blocks_are_a_list}, _COMMON),
    }
)


def view_problems(view: Any, *, surface: str, at: str = "/view") -> list[str]:
    """Return Slack's problems with a view for a surface, ``modal`` or ``home``; empty when it would take it."""
    problems = Problems()
    _SHAPES(view, at, problems)
    if not isinstance(view, dict):
        return problems.found
    if view.get("type") in ("modal", "home") and view["type"] != surface:
        problems.add(f"must be one of: {surface}", f"{at}/type")
    if isinstance(view.get("blocks"), list):
        check_blocks(view["blocks"], surface, f"{at}/blocks", problems)
        inputs = any(block.get("type") == "input" for block, _ in walk_blocks(view["blocks"], at))
        if surface == "modal" and inputs and view.get("submit") is None:
            problems.add("missing required field: submit", at)
    return problems.found


def view_too_large(view: Any) -> bool:
    """Return True if the whole view exceeds 250 kB (``view_too_large``)."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES
