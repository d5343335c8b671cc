"""/abm list: the named list, of all tiers or of one."""

from agendas.pages.list.accounts import Reader, list_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads import account_list
from handlers.command_words import read_tier
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request


async def show_list(request: Request, deps: Deps, rest: str) -> Reply:
    """The list, or one tier of it."""
    return Say(await listed(request, deps, read_tier(rest, "/abm list")))


async def listed(request: Request, deps: Deps, tier: int | None, *, start: int = 0) -> Page:
    """The list as a page, after the first `start` accounts."""
    facts = await deps.read(
        account_list.account_list,
        request.workspace_id,
        now=request.now,
        zone=request.person.time_zone,
        tier=tier,
        start=start,
    )
    reader = Reader(request.person.user_id, may(request.person, Deed.RECORD))
    return list_page(facts, deps.words, tier=tier, reader=reader)
