"""/abm preferences, and the button at the foot of the messages that the bot sends by itself: both open the form."""

from agendas.rules.access.rights import Deed
from agendas.verbs.notices.preferences import preferences_to_change
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply
from handlers.edge.request import Request
from handlers.forms.origin import Origin
from handlers.preferences import form


async def preferences(request: Request, deps: Deps, _rest: str) -> Reply:
    """The form with the person's own choices."""
    return await open_form(request, deps)


async def open_form(request: Request, deps: Deps) -> Reply:
    """The form with the person's own choices."""
    request.require(Deed.READ)
    found, is_helper = await deps.read(preferences_to_change, request.workspace_id, request.person.user_id)
    origin = Origin(channel_id=request.channel_id)
    return OpenModal(form.build(found, deps.words, origin, zone=request.person.time_zone, is_helper=is_helper))
