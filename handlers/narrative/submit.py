"""Submission of the form for a narrative."""

from sqlmodel import Session

from agendas.facts.author import Author
from agendas.rules.access.rights import Deed
from agendas.rules.narrative.check import Doubted
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates.narrative import write_narrative
from handlers.edge.deps import Deps
from handlers.edge.replies import NextView, Reply
from handlers.edge.request import Request
from handlers.forms.form import AccountForm
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin, origin_of
from handlers.forms.submitting import submit
from handlers.narrative import form


async def written(request: Request, deps: Deps) -> Reply:
    """Record the account's narrative; a pressure that may be none is asked about once."""
    request.require(Deed.RECORD)
    entered, shown_at = form.read(request.view), form.shown_in(request.view)
    is_confirmed = form.is_confirmed(request.view, entered)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        account_id = origin.account_id
        return [write_narrative(session, author, account_id, entered, after=shown_at, is_confirmed=is_confirmed)]

    try:
        return await submit(request, deps, verb)
    except Doubted as doubt:
        opened = await open_form(request, deps, FORM, form.doubting(entered, origin_of(request.view)))
        return NextView(form.with_doubt(opened.view, doubt.said))


FORM = AccountForm(form.FRAME, written, form.build)
