"""Pages as views: a modal that shows a page and can only be closed, and a person's Home."""

from agendas.rendering.blockkit import blocks, plain_blocks
from agendas.rendering.page import Heading, Page
from handlers.edge.replies import Publish, View

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


def home_view(page: Page) -> View:
    """The page as a person's Home."""
    return {"type": "home", "blocks": blocks(page)}


def home(page: Page) -> Publish:
    """The page to publish as a person's Home, and without newer blocks in case Slack refuses those."""
    view = home_view(page)
    plain = view | {"blocks": plain_blocks(page)}
    return Publish(view, plain if plain != view else None)


def refused_home(page: Page) -> View:
    """A Home that says only why there is nothing on it."""
    return home_view(Page(page.title, (Heading("Cadence"), *page.items), key="home"))
