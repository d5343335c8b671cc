"""Submission of the form for settings."""

from agendas.pages.admin.settings import settings_saved_page
from agendas.rules.access.rights import Deed
from agendas.verbs.settings.change import change_settings
from handlers.edge.deps import Deps
from handlers.edge.page_views import message_view
from handlers.edge.replies import NextView, Reply
from handlers.edge.request import Request
from handlers.forms.form import Form
from handlers.settings import form


async def saved(request: Request, deps: Deps) -> Reply:
    """Save the changes, and show the values before and after."""
    request.require(Deed.ADMINISTER)
    changes = await deps.write(request, change_settings, request.author, form.read(request.view))
    return NextView(message_view(settings_saved_page(changes, deps.words)))


FORM = Form(form.FRAME, saved)
