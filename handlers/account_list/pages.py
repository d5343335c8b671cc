"""/abm list: the named list, whole or filtered."""

from agendas.errors import Unclear
from agendas.pages.list.named import Reader, list_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads.account_list import filtered_list
from assistant.answer import Asking, answer_of_list
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request


async def show_list(request: Request, deps: Deps, rest: str) -> Reply:
    """The list, or the accounts that fit the words typed, where need be as a question about accounts is read.

    Raises Unclear for words that mean nothing in either way.
    """
    try:
        return Say(await listed(request, deps, rest))
    except Unclear as refusal:
        person, here = request.person, (request.channel_id, request.place)
        asking = Asking(person, rest, request.workspace_id, *here, request.now, deps.words)
        page = await deps.read(answer_of_list, asking)
        if page is None:
            raise refusal from None
        return Say(page)


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
