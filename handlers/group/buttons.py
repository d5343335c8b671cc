"""Buttons of an account's group."""

from sqlmodel import Session

from agendas.pages.accounts.recorded import RecordedFacts, recorded_page
from agendas.rendering.blockkit import messages
from agendas.rendering.notice import notice
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed
from agendas.verbs.letters.queue import confirm
from agendas.verbs.updates import contacts
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.replies import Change, Reply, Say
from handlers.edge.request import Request, number_in
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.group.submit import ADD, EDIT, LEFT
from handlers.group.words import group


async def more(request: Request, deps: Deps) -> Reply:
    """The page's further lines."""
    account_id, start = request.two_numbers
    return Say(await group(request, deps, account_id, start))


async def add(request: Request, deps: Deps) -> Reply:
    """The form for a new person."""
    request.require(Deed.RECORD)
    return await open_form(request, deps, ADD, Origin(account_id=request.number, channel_id=request.channel_id))


async def left(request: Request, deps: Deps) -> Reply:
    """The form that asks who left."""
    request.require(Deed.RECORD)
    return await open_form(request, deps, LEFT, Origin(account_id=request.number, channel_id=request.channel_id))


async def edit(request: Request, deps: Deps) -> Reply:
    """The form with the person's profile."""
    request.require(Deed.RECORD)
    account_id, contact_id = request.two_numbers
    origin = Origin(account_id=account_id, channel_id=request.channel_id, subject=str(contact_id))
    return await open_form(request, deps, EDIT, origin)


async def add_stranger(request: Request, deps: Deps) -> Reply:
    """Add the person whom an entry names with a title, in the role that the title suggests.

    A receipt that tells of nothing else says then who is credited, also where somebody else added the person.
    """
    request.require(Deed.RECORD)
    account_id, entry_id, place, *receipt = map(number_in, request.value.split(" "))

    def add(session: Session) -> tuple[Page, RecordedFacts | None]:
        try:
            told = confirmation(request, deps, contacts.add_named(session, request.author, account_id, entry_id, place))
        except contacts.AlreadyInGroup as error:
            if not receipt:
                raise
            told = notice(str(error))
        if not receipt:
            return told, None
        return told, contacts.receipt_with_group(session, request.author, account_id, receipt[0], entry_id)

    told, anew = await deps.write(request, add)
    return Change(messages(recorded_page(anew, deps.words))[0], told) if anew else Say(told)


async def confirm_suggested(request: Request, deps: Deps) -> Reply:
    """Confirm the suggested roles of a person, and show the page anew in its place."""
    request.require(Deed.RECORD)
    account_id, contact_id = request.two_numbers

    def confirm_roles(session: Session) -> None:
        recorded = contacts.confirm_roles(session, request.author, account_id, contact_id)
        confirm(session, request.author, [recorded], channel_id=request.channel_id, place="")

    await deps.write(request, confirm_roles)
    return Say(await group(request, deps, account_id), replace=True)
