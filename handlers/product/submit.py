"""Submission of the form for product input."""

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.rules.access.rights import Deed
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates.product import give_product_input
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request
from handlers.forms.form import AccountForm
from handlers.forms.origin import Origin
from handlers.forms.submitting import submit
from handlers.product import form


async def given(request: Request, deps: Deps) -> Reply:
    """Record the product input."""
    request.require(Deed.ADD_PRODUCT)
    entry = form.read(request.view, request.now)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return [give_product_input(session, author, origin.account_id, entry.given, link=entry.link)]

    return await submit(request, deps, verb)


FORM = AccountForm(form.FRAME, given, form.build)
