"""Submissions of the forms of a person at an account."""

from functools import partial

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.rules.access.rights import Deed
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import contacts
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request, number_in
from handlers.forms.form import AccountForm
from handlers.forms.origin import Origin
from handlers.forms.submitting import submit
from handlers.group import form


async def added(request: Request, deps: Deps) -> Reply:
    """Record a new person at the account."""
    request.require(Deed.RECORD)
    entered = form.read(request.view)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return [contacts.add_contact(session, author, origin.account_id, entered)]

    return await submit(request, deps, verb)


async def edited(request: Request, deps: Deps) -> Reply:
    """Record a person's new profile: the one entered, merged with the one that stands."""
    request.require(Deed.RECORD)
    changed = partial(form.read_merged, request.view)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        number = number_in(origin.subject)
        return [contacts.change_contact(session, author, origin.account_id, number, changed=changed)]

    return await submit(request, deps, verb)


async def left(request: Request, deps: Deps) -> Reply:
    """Record that somebody left."""
    request.require(Deed.RECORD)
    entry = form.read_left(request.view)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        contact_id, left_on = entry.contact_id, entry.left_on
        return [contacts.contact_left(session, author, origin.account_id, contact_id, left_on=left_on)]

    return await submit(request, deps, verb)


ADD = AccountForm(form.ADD, added, form.build_add)
EDIT = AccountForm(form.EDIT, edited, form.build_edit)
LEFT = AccountForm(form.LEFT, left, form.build_left)
