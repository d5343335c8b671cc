"""App Home: the person's accounts, and where to go."""

from agendas.pages.blockkit import blocks
from agendas.pages.page import Divider, Heading, Note, Page
from handlers.commands import abm, account
from handlers.deps import Deps
from handlers.replies import Nothing, Publish, Reply, View
from handlers.request import Request

HOME_BLOCKS = 100


async def opened(request: Request, deps: Deps) -> Reply:
    """The person's Home, when its tab was opened."""
    if request.payload["event"].get("tab") != "home":
        return Nothing()
    mine = await account.my_accounts(request, deps)
    menu = await abm.menu(request, deps)
    items = (*mine.items, Divider(), *menu.items, Note(deps.words.say("answers.home_ask")))
    return Publish(_view(Page(mine.title, items, key="home")))


def refused_home(page: Page) -> View:
    """A Home that says only why there is nothing on it."""
    return _view(Page(page.title, (Heading("Cadence"), *page.items), key="home"))


def _view(page: Page) -> View:
    return {"type": "home", "blocks": blocks(page)[:HOME_BLOCKS]}
