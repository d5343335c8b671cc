"""Submission of the form for a narrative."""

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.rules.access.rights import Deed
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates.narrative import write_narrative
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request
from handlers.forms.form import AccountForm
from handlers.forms.origin import Origin
from handlers.forms.submitting import submit
from handlers.narrative import form


async def written(request: Request, deps: Deps) -> Reply:
    """Record the account's narrative."""
    request.require(Deed.RECORD)
    entered, shown_at = form.read(request.view), form.shown_in(request.view)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        account_id = origin.account_id
        return [write_narrative(session, author, account_id, entered, after=shown_at)]

    return await submit(request, deps, verb)


FORM = AccountForm(form.FRAME, written, form.build)
