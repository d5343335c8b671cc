"""/abm settings: the program's limits and choices, for everybody to see and for admins to change."""

from agendas.pages.admin.settings import settings_page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.loading.load_facts import settings_of
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.forms.origin import Origin
from handlers.settings import form


async def settings(request: Request, deps: Deps, rest: str) -> Reply:
    """Every setting, or those that a word means."""
    found = await deps.read(settings_of, request.workspace_id)
    can_edit = may(request.person, Deed.ADMINISTER)
    return Say(settings_page(found, deps.words, can_edit=can_edit, word=rest))


async def edit(request: Request, deps: Deps) -> Reply:
    """The form for one group of settings."""
    request.require(Deed.ADMINISTER)
    found = await deps.read(settings_of, request.workspace_id)
    return OpenModal(form.build(request.value, found, Origin(channel_id=request.channel_id)))
