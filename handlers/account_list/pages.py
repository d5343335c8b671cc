"""/abm list: the named list, whole or filtered."""

from agendas.pages.list.named import Reader, list_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads.account_list import filtered_list
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request


async def show_list(request: Request, deps: Deps, rest: str) -> Reply:
    """The list, or the accounts that fit the words typed."""
    return Say(await listed(request, deps, rest))


async def listed(request: Request, deps: Deps, words: str, *, start: int = 0) -> Page:
    """The accounts that fit the words as a page, after the first `start`."""
    facts = await deps.read(
        filtered_list,
        request.workspace_id,
        words,
        asker=request.person.user_id,
        now=request.now,
        zone=request.person.time_zone,
        start=start,
    )
    return list_page(facts, deps.words, reader=Reader(request.person.user_id, may(request.person, Deed.RECORD)))
