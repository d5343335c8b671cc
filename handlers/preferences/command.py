"""/abm preferences, and the button at the foot of the messages that the bot sends by itself: both open the form."""

from agendas.rules.access.rights import Deed
from agendas.verbs.notices.preferences import preferences_to_change
from agendas.verbs.notices.week import message_week
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
    week = await deps.read(message_week, request.workspace_id, request.person.user_id, request.now)
    origin, zone = Origin(channel_id=request.channel_id), request.person.time_zone
    return OpenModal(form.build(found, deps.words, origin, zone=zone, is_helper=is_helper, week=week))
