"""Submission of the form for a person's function and right."""

from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.people import rights
from handlers.edge.deps import Deps
from handlers.edge.page_views import message_view
from handlers.edge.replies import NextView, Reply
from handlers.edge.request import Request
from handlers.forms.form import Form
from handlers.forms.origin import origin_of
from handlers.people import form


async def save(request: Request, deps: Deps) -> Reply:
    """Give the person the function and the right."""
    request.require(Deed.ADMINISTER)
    given, user_id = form.read(request.view), origin_of(request.view).subject
    person = await deps.write(
        request, rights.give, request.author, user_id, function=given.function, right=given.right, leads=given.leads
    )
    leads = given.leads or ()
    return NextView(message_view(said(deps.words.say("answers.person_saved", person=person, leads=leads))))


FORM = Form(form.FRAME, save)
