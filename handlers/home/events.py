"""App Home: where to go, and the person's accounts."""

from agendas.rendering.page import Divider, Note, Page
from agendas.rendering.words import Words
from handlers.accounts.pages import my_accounts
from handlers.edge.deps import Deps
from handlers.edge.page_views import home_view
from handlers.edge.replies import Nothing, Publish, Reply
from handlers.edge.request import Request
from handlers.menu.pages import menu

HOME_ACCOUNTS = 20
"""Accounts on Home: all would not fit into a view."""


async def opened(request: Request, deps: Deps) -> Reply:
    """The person's Home, when its tab was opened."""
    if request.event.get("tab") != "home":
        return Nothing()
    mine = await my_accounts(request, deps, most=HOME_ACCOUNTS)
    return Publish(home_view(home_page(await menu(request, deps), mine, deps.words)))


def home_page(menu: Page, mine: Page, words: Words) -> Page:
    """The menu, the person's accounts below it, and where to ask."""
    items = (*menu.items, Divider(), *mine.items, Note(words.say("answers.home_ask")))
    return Page(mine.title, items, key="home")
