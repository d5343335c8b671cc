"""The button that opens the form for a narrative."""

from agendas.rules.access.rights import Deed
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.narrative.submit import FORM


async def write(request: Request, deps: Deps) -> Reply:
    """The form with the narrative that stands."""
    request.require(Deed.RECORD)
    return await open_form(request, deps, FORM, Origin(account_id=request.number, channel_id=request.channel_id))
