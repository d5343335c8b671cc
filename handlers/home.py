"""App Home: where to go, and the person's accounts."""

from agendas.rendering.blockkit import blocks
from agendas.rendering.page import Divider, Heading, Note, Page
from agendas.rendering.words import Words
from handlers.commands import abm, account
from handlers.deps import Deps
from handlers.replies import Nothing, Publish, Reply, View
from handlers.request import Request

HOME_ACCOUNTS = 20
"""How many accounts Home shows: all would not fit what Slack takes."""


async def opened(request: Request, deps: Deps) -> Reply:
    """The person's Home, when its tab was opened."""
    if request.payload["event"].get("tab") != "home":
        return Nothing()
    menu = await abm.menu(request, deps)
    mine = await account.my_accounts(request, deps, most=HOME_ACCOUNTS)
    return Publish(home_view(menu, mine, deps.words))


def home_view(menu: Page, mine: Page, words: Words) -> View:
    """The menu, the person's accounts below it, and where to ask."""
    items = (*menu.items, Divider(), *mine.items, Note(words.say("answers.home_ask")))
    return _view(Page(mine.title, items, key="home"))


def refused_home(page: Page) -> View:
    """A Home that says only why there is nothing on it."""
    return _view(Page(page.title, (Heading("Cadence"), *page.items), key="home"))


def _view(page: Page) -> View:
    return {"type": "home", "blocks": blocks(page)}
