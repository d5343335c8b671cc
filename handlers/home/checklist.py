"""Leaving a step out of the checklist: Home, or the menu, then stands without it."""

from agendas.errors import Outdated
from agendas.facts.program.health import SetupStep
from agendas.rendering.page import Text
from agendas.rules.access.rights import Deed
from agendas.verbs.workspaces.checklist import leave_out
from handlers.edge.deps import Deps
from handlers.edge.page_views import mark_of
from handlers.edge.replies import Reply, Say
from handlers.edge.request import OTHER_VERSION, Request
from handlers.home.events import published
from handlers.menu.pages import menu


async def leave_out_step(request: Request, deps: Deps) -> Reply:
    """Leave a step out, and show the checklist without it where the button was."""
    request.require(Deed.ADMINISTER)
    if request.value not in tuple(SetupStep):
        raise Outdated(OTHER_VERSION)
    step = SetupStep(request.value)
    await deps.write(request, leave_out, request.author, step)
    if request.incoming.on_home:
        said = Text(deps.words.say("setup.is_left_out", step=step))
        return await published(request, deps, mark_of(request.view), changed=(said,))
    return Say(await menu(request, deps), replace=True)
