"""Pages as views: a modal that shows a page and can only be closed, and a person's Home."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agendas.rendering.blockkit import blocks, plain_blocks
from agendas.rendering.page import Heading, Page
from agendas.rendering.splitting import length
from handlers.edge.payloads.values import mapping, text
from handlers.edge.replies import Publish, View

ABOVE_HOME = "home"
"""The name under which a modal keeps the mark of the Home that it was opened above."""

METADATA_CHARACTERS = 3_000

CALLBACK_ID = "message"
"""The callback id of a modal that only shows a page."""


def message_view(page: Page, *, title: str = "Cadence") -> View:
    """The page as a modal, without newer blocks: Slack takes few of them there, and tells no refusal of most forms."""
    return {
        "type": "modal",
        "callback_id": CALLBACK_ID,
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": plain_blocks(page),
    }


@dataclass(frozen=True, slots=True)
class HomeMark:
    """The Home that something was done on or above: what it keeps of its own, and Slack's hash of it."""

    state: str = ""
    hash: str = ""


def mark_of(view: Mapping[str, Any]) -> HomeMark | None:
    """The mark of the Home that this view is, or that it was opened above; None for any other view."""
    kept = text(view.get("private_metadata"))
    if view.get("type") == "home":
        return HomeMark(kept, text(view.get("hash")))
    try:
        mark = mapping(mapping(json.loads(kept or "{}")).get(ABOVE_HOME))
    except (ValueError, RecursionError):
        return None
    return HomeMark(text(mark.get("state")), text(mark.get("hash"))) if mark else None


def above_home(view: View, mark: HomeMark | None) -> View:
    """The modal with the mark of the Home that it opens above, where there is one and room for it."""
    if mark is None or view.get("type") != "modal":
        return view
    try:
        kept = mapping(json.loads(text(view.get("private_metadata")) or "{}"))
    except (ValueError, RecursionError):
        return view
    marked = json.dumps(kept | {ABOVE_HOME: {"state": mark.state, "hash": mark.hash}}, ensure_ascii=False)
    return view | {"private_metadata": marked} if length(marked) <= METADATA_CHARACTERS else view


def home_view(page: Page, state: str = "") -> View:
    """The page as a person's Home; `state` is what it keeps of its own."""
    return {"type": "home", "blocks": blocks(page)} | ({"private_metadata": state} if state else {})


def home(page: Page, state: str = "") -> Publish:
    """The page to publish as a person's Home, and without newer blocks in case Slack refuses those."""
    view = home_view(page, state)
    plain = view | {"blocks": plain_blocks(page)}
    return Publish(view, plain if plain != view else None)


def refused_home(page: Page) -> View:
    """A Home that says only why there is nothing on it."""
    return home_view(Page(page.title, (Heading("Cadence"), *page.items), key="home"))
