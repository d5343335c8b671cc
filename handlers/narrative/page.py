"""/account ACCOUNT narrative, and earlier versions of it."""

from agendas.pages.accounts.narrative import NarrativeFacts, narrative_page, narrative_version_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads.account.narrative import account_narrative
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request


async def narrative(request: Request, deps: Deps, account_id: int) -> Page:
    """The narrative as it stands, and the versions before it."""
    facts = await _facts(request, deps, account_id)
    return narrative_page(facts, deps.words, can_record=may(request.person, Deed.RECORD))


async def read_version(request: Request, deps: Deps) -> Reply:
    """An earlier version, whole."""
    account_id, version = request.two_numbers
    return Say(narrative_version_page(await _facts(request, deps, account_id), deps.words, version))


async def _facts(request: Request, deps: Deps, account_id: int) -> NarrativeFacts:
    zone = request.person.time_zone
    return await deps.read(account_narrative, request.workspace_id, account_id, now=request.now, zone=zone)
