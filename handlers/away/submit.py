"""Submission of the form for days away."""

from agendas.pages.admin.away import kept_page
from agendas.rules.access.rights import Deed
from agendas.verbs.people import days_away
from handlers.away import form
from handlers.edge.deps import Deps
from handlers.edge.page_views import message_view
from handlers.edge.replies import NextView, Reply
from handlers.edge.request import Request
from handlers.forms.form import Form


async def save(request: Request, deps: Deps) -> Reply:
    """Keep the days, and say who is asked meanwhile."""
    request.require(Deed.NOMINATE)
    asker = request.person.user_id
    wish = form.read(request.view, asker=asker)
    kept = await deps.write(request, days_away.say_away, request.author, wish)
    is_own = wish.user_id == asker
    left_out, stood_in = kept.left_out, kept.stood_in
    page = kept_page(kept.away, deps.words, today=request.today, is_own=is_own, left_out=left_out, stood_in=stood_in)
    return NextView(message_view(page))


FORM = Form(form.FRAME, save)
