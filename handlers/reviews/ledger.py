"""/review ledger, and decisions about messages that may or may not have been posted."""

from collections.abc import Callable

from agendas.pages.admin.ledger import ledger_page
from agendas.pages.admin.unconfirmed import doubts_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads import unconfirmed
from agendas.verbs.reads.reviews.ledger import channel_ledger
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request


async def ledger(request: Request, deps: Deps, _rest: str) -> Reply:
    """The messages posted, late, missed or refused in the channel, and those to come."""
    return Say(await _page(request, deps))


async def resolve(request: Request, deps: Deps, *, decide: Callable[..., None]) -> Reply:
    """Decide about an unconfirmed message of a review, and show the ledger again."""
    request.require(Deed.RECORD)
    is_admin = may(request.person, Deed.ADMINISTER)
    await deps.write(request, decide, request.author, request.number, is_admin=is_admin)
    return Say(await _page(request, deps), replace=True)


async def resolve_any(request: Request, deps: Deps, *, decide: Callable[..., None]) -> Reply:
    """Decide about an unconfirmed message of any kind, and show an admin those that are left."""
    request.require(Deed.ADMINISTER)
    await deps.write(request, decide, request.author, request.number, is_admin=True)
    left = await deps.read(unconfirmed.unconfirmed_messages, request.workspace_id)
    return Say(doubts_page(left, deps.words, zone=request.person.time_zone, now=request.now), replace=True)


async def _page(request: Request, deps: Deps) -> Page:
    """The ledger of the channel, with the decisions that the asker may make."""
    lines = await deps.read(channel_ledger, request.workspace_id, request.channel_id, now=request.now)
    return ledger_page(
        lines,
        deps.words,
        zone=request.person.time_zone,
        now=request.now,
        decider=request.person.user_id,
        is_admin=may(request.person, Deed.ADMINISTER),
    )
