"""What happens when a form of a person at an account is submitted."""

from sqlmodel import Session

from agendas.rules.access.rights import Deed
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import contacts
from handlers.deps import Deps
from handlers.modals import contact
from handlers.modals.fields import Origin
from handlers.replies import Reply
from handlers.request import Request, number_in
from handlers.submit_account import submit


async def add_contact_form(request: Request, deps: Deps) -> Reply:
    """A new person at the account."""
    request.require(Deed.RECORD)
    entered = contact.read(request.view)
    return await submit(
        request, deps, lambda session, at: contacts.add_contact(session, request.author, at.account_id, entered)
    )


async def edit_contact_form(request: Request, deps: Deps) -> Reply:
    """A person, changed."""
    request.require(Deed.RECORD)

    def edit(session: Session, at: Origin) -> Recorded:
        number = number_in(at.subject)
        _, known = contacts.person_of(session, request.author, at.account_id, number)
        entered = contact.read_over(request.view, known.profile)
        return contacts.edit_contact(session, request.author, at.account_id, number, profile=entered)

    return await submit(request, deps, edit)


async def contact_left_form(request: Request, deps: Deps) -> Reply:
    """Somebody left."""
    request.require(Deed.RECORD)
    entry = contact.read_left(request.view)
    return await submit(
        request,
        deps,
        lambda session, at: contacts.contact_left(
            session, request.author, at.account_id, entry.contact_id, left_on=entry.left_on
        ),
    )
