"""An account's narrative: its page, an earlier version of it, and the button that opens its form."""

from agendas.pages.accounts.narrative import narrative_page, narrative_version_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads.account import narrative as look_up_narrative
from handlers.deps import Deps
from handlers.modals.fields import Origin
from handlers.open_forms import open_update
from handlers.replies import Reply, Say
from handlers.request import Request


async def narrative(request: Request, deps: Deps, account_id: int) -> Page:
    """The narrative as it stands, and the versions before it."""
    facts = await deps.read(
        look_up_narrative.narrative, request.workspace_id, account_id, now=request.now, zone=request.person.time_zone
    )
    return narrative_page(facts, deps.words, can_record=may(request.person, Deed.RECORD))


async def read_version(request: Request, deps: Deps) -> Reply:
    """An earlier version, whole."""
    account_id, version = request.two_numbers
    facts = await deps.read(
        look_up_narrative.narrative, request.workspace_id, account_id, now=request.now, zone=request.person.time_zone
    )
    return Say(narrative_version_page(facts, deps.words, version))


async def write_button(request: Request, deps: Deps) -> Reply:
    """The form with the narrative that stands."""
    request.require(Deed.RECORD)
    origin = Origin(account_id=request.number, channel_id=request.channel_id)
    return await open_update(request, deps, "narrative", origin)
