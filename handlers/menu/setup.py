"""The checklist of what is not set up yet, and the button that gives an account its owner."""

from agendas.pages.admin.setup import setup_lines
from agendas.rendering.page import Item
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads.setup import setup_facts
from handlers.account_list.submit import EDIT
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin


async def checklist(request: Request, deps: Deps) -> tuple[Item, ...]:
    """Lines of the steps still to be taken; none for people who are no admins."""
    if not may(request.person, Deed.ADMINISTER):
        return ()
    return setup_lines(await deps.read(setup_facts, request.workspace_id), deps.words)


async def choose_owner(request: Request, deps: Deps) -> Reply:
    """The form of an account that nobody owns."""
    request.require(Deed.DECIDE)
    origin = Origin(account_id=request.number, channel_id=request.channel_id)
    return await open_form(request, deps, EDIT, origin)
