"""Pages as views: a modal that shows a page and can only be closed, and a person's Home."""

from agendas.rendering.blockkit import blocks, without_tables
from agendas.rendering.page import Heading, Page
from handlers.edge.replies import View

CALLBACK_ID = "message"
"""The callback id of a modal that only shows a page."""


def message_view(page: Page, *, title: str = "Cadence") -> View:
    """The page as a modal. Tables are not allowed in modals: their cells are shown as rows."""
    return {
        "type": "modal",
        "callback_id": CALLBACK_ID,
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks(without_tables(page)),
    }


def home_view(page: Page) -> View:
    """The page as a person's Home."""
    return {"type": "home", "blocks": blocks(page)}


def refused_home(page: Page) -> View:
    """A Home that says only why there is nothing on it."""
    return home_view(Page(page.title, (Heading("Cadence"), *page.items), key="home"))
