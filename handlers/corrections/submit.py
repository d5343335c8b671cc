"""Submission of the form to correct an entry."""

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.rules.access.rights import Deed, may
from agendas.verbs.record.record import Recorded
from agendas.verbs.undo.correct import correct
from handlers.corrections import form
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request
from handlers.forms.form import Form
from handlers.forms.origin import Origin
from handlers.forms.submitting import submit


async def corrected(request: Request, deps: Deps) -> Reply:
    """Record the correction. Who may only nominate and score corrects entries of their own alone."""
    request.require(Deed.NOMINATE)
    entry_id, because = form.read(request.view)
    is_editor = may(request.person, Deed.RECORD)

    def verb(session: Session, author: Author, _origin: Origin) -> list[Recorded]:
        return correct(session, author, entry_id, because, is_editor=is_editor)

    return await submit(request, deps, verb)


CORRECTION = Form(form.FRAME, corrected)
