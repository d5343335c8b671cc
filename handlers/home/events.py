"""App Home: where to go, and the person's accounts."""

from collections.abc import Sequence

from agendas.rendering.page import Divider, Note, Page, Rows
from agendas.rendering.words import Words
from agendas.verbs.reads import open_reviews
from handlers.accounts.pages import my_accounts
from handlers.edge.deps import Deps
from handlers.edge.page_views import home
from handlers.edge.replies import Nothing, Reply
from handlers.edge.request import Request
from handlers.menu.pages import menu
from handlers.welcome.events import welcome

OPEN_REVIEWS_SHOWN = 3
"""The latest ones."""

HOME_ACCOUNTS = 20
"""Accounts on Home: all would not fit into a view."""


async def opened(request: Request, deps: Deps) -> Reply:
    """The person's Home, when its tab was opened; whoever opens it or the messages for the first time is greeted."""
    await welcome(request, deps)
    if request.event.get("tab") != "home":
        return Nothing()
    mine = await my_accounts(request, deps, most=HOME_ACCOUNTS)
    running = await deps.read(open_reviews.in_workspace, request.workspace_id)
    said = [
        deps.words.say("agenda.open_review", review=each, zone=request.person.time_zone)
        for each in running[-OPEN_REVIEWS_SHOWN:]
    ]
    return home(home_page(await menu(request, deps), mine, deps.words, running=said))


def home_page(menu: Page, mine: Page, words: Words, *, running: Sequence[str] = ()) -> Page:
    """The reviews that are open, the menu, the person's accounts below it, and where to ask."""
    first = (Rows(tuple(running)),) if running else ()
    items = (*first, *menu.items, Divider(), *mine.items, Note(words.say("answers.home_ask")))
    return Page(mine.title, items, key="home")
