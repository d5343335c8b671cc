"""Submission of the form by which the stage that a deal implies is declined."""

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.rules.access.rights import Deed
from agendas.verbs.deals.confirm_stage import decline_stage
from agendas.verbs.record.record import Recorded
from handlers.deals import form
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request
from handlers.forms.form import AccountForm
from handlers.forms.origin import Origin
from handlers.forms.submitting import submit


async def declined(request: Request, deps: Deps) -> Reply:
    """Record that the stage is declined, and why."""
    request.require(Deed.RECORD)
    stage, key, because = form.read(request.view)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return [decline_stage(session, author, origin.account_id, key=key, stage=stage, because=because)]

    return await submit(request, deps, verb)


DECLINE = AccountForm(form.FRAME, declined, form.build)
