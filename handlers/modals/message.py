"""A form without fields: says one thing, and can only be closed."""

from agendas.pages.blockkit import blocks
from agendas.pages.page import Page
from handlers.replies import View


def message_view(page: Page, *, title: str = "Cadence") -> View:
    """The page as a modal view. Tables are not allowed in modals and must not be on the page."""
    return {
        "type": "modal",
        "callback_id": "message",
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks(page),
    }
