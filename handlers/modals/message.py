"""A form without fields: says one thing, and can only be closed."""

from agendas.rendering.blockkit import blocks, without_tables
from agendas.rendering.page import Page
from handlers.replies import View

CALLBACK_ID = "message"


def message_view(page: Page, *, title: str = "Cadence") -> View:
    """The page as a modal view. Tables are not allowed in modals: their cells are shown as rows."""
    return {
        "type": "modal",
        "callback_id": CALLBACK_ID,
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks(without_tables(page)),
    }
