"""Submission of the form for a person's preferences."""

from agendas.pages.notices.preferences import preferences_saved_page
from agendas.rules.access.rights import Deed
from agendas.verbs.notices.preferences import change_preferences
from handlers.edge.deps import Deps
from handlers.edge.page_views import message_view
from handlers.edge.replies import NextView, Reply
from handlers.edge.request import Request
from handlers.forms.form import Form
from handlers.preferences import form


async def saved(request: Request, deps: Deps) -> Reply:
    """Save what the person wants, and say what comes when from now on."""
    request.require(Deed.READ)
    wanted = form.read(request.view)
    await deps.write(request, change_preferences, request.author, wanted)
    return NextView(message_view(preferences_saved_page(wanted, deps.words)))


FORM = Form(form.FRAME, saved)
