"""/abm settings: the program's limits and choices, for everybody to see and for admins to change."""

from agendas.pages.admin.settings import settings_page, settings_saved_page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.settings.change import change_settings
from handlers.deps import Deps
from handlers.modals import settings as settings_form
from handlers.modals.fields import Origin
from handlers.modals.message import message_view
from handlers.replies import NextView, OpenModal, Reply, Say
from handlers.request import Request


async def settings(request: Request, deps: Deps, rest: str) -> Reply:
    """Every setting, or those that a word means."""
    found = await deps.read(settings_of, request.workspace_id)
    can_edit = may(request.person, Deed.ADMINISTER)
    return Say(settings_page(found, deps.words, can_edit=can_edit, word=rest))


async def edit_settings(request: Request, deps: Deps) -> Reply:
    """The form for one group."""
    request.require(Deed.ADMINISTER)
    found = await deps.read(settings_of, request.workspace_id)
    return OpenModal(settings_form.build(request.value, found, Origin(channel_id=request.channel_id)))


async def save_settings(request: Request, deps: Deps) -> Reply:
    """What was changed in the form, with the values before and after."""
    request.require(Deed.ADMINISTER)
    wanted = settings_form.read(request.view)
    changes = await deps.write(request, change_settings, request.author, wanted)
    return NextView(message_view(settings_saved_page(changes, deps.words)))
