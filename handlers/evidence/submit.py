"""Submission of the form for evidence."""

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.rules.access.rights import Deed
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import evidence, updates
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request, number_in
from handlers.evidence import form
from handlers.forms.form import AccountForm
from handlers.forms.origin import Origin
from handlers.forms.submitting import submit


async def added(request: Request, deps: Deps) -> Reply:
    """Record evidence of a claimed step."""
    request.require(Deed.RECORD)
    entry = form.read(request.view, request.now, request.today, request.author.zone)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return [updates.add_evidence(session, author, origin.account_id, entry.to_stage, evidence=entry.evidence)]

    return await submit(request, deps, verb)


async def people_chosen(request: Request, deps: Deps) -> Reply:
    """Record who of the account's people did what an entry's evidence shows."""
    request.require(Deed.RECORD)
    chosen = form.read_people(request.view)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return [evidence.credit(session, author, number_in(origin.subject), chosen)]

    return await submit(request, deps, verb)


PEOPLE = AccountForm(form.PEOPLE, people_chosen, form.build_people)
EVIDENCE = AccountForm(form.FRAME, added, form.build)
