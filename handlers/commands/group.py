"""An account's buying group: its page, somebody added by words, and the buttons of the page."""

from sqlmodel import Session

from agendas.pages.accounts.group import group_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.rules.commands.contacts import read_contact
from agendas.verbs.letters.queue import confirm
from agendas.verbs.reads.account import group as look_up_group
from agendas.verbs.updates import contacts
from handlers.commands.words import confirmation
from handlers.deps import Deps
from handlers.modals.fields import Origin
from handlers.open_forms import open_update
from handlers.replies import Reply, Say
from handlers.request import Request


async def group(request: Request, deps: Deps, account_id: int, start: int = 0) -> Page:
    """The map of the account's group, after its first `start` lines."""
    facts = await deps.read(
        look_up_group.group, request.workspace_id, account_id, now=request.now, zone=request.person.time_zone
    )
    return group_page(facts, deps.words, can_record=may(request.person, Deed.RECORD), start=start)


async def add(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """Somebody added by words; the form when there are none."""
    request.require(Deed.RECORD)
    if not rest.strip():
        return await _open(request, deps, "add_contact", account_id)
    recorded = await deps.write(request, contacts.add_contact, request.author, account_id, read_contact(rest))
    return Say(confirmation(recorded, deps))


async def more(request: Request, deps: Deps) -> Reply:
    """The page's further lines."""
    account_id, start = request.two_numbers
    return Say(await group(request, deps, account_id, start))


async def add_button(request: Request, deps: Deps) -> Reply:
    """The form for a new person."""
    request.require(Deed.RECORD)
    return await _open(request, deps, "add_contact", request.number)


async def left_button(request: Request, deps: Deps) -> Reply:
    """The form that asks who left."""
    request.require(Deed.RECORD)
    return await _open(request, deps, "contact_left", request.number)


async def edit_button(request: Request, deps: Deps) -> Reply:
    """The form with what is known of the person."""
    request.require(Deed.RECORD)
    account_id, contact_id = request.two_numbers
    return await _open(request, deps, "edit_contact", account_id, subject=str(contact_id))


async def confirm_button(request: Request, deps: Deps) -> Reply:
    """The suggested roles of a person confirmed; the page stands anew in its place."""
    request.require(Deed.RECORD)
    account_id, contact_id = request.two_numbers

    def confirm_roles(session: Session) -> None:
        recorded = contacts.confirm_roles(session, request.author, account_id, contact_id)
        confirm(session, request.author, [recorded], channel_id=request.channel_id, place="")

    await deps.write(request, confirm_roles)
    return Say(await group(request, deps, account_id), replace=True)


async def _open(request: Request, deps: Deps, kind: str, account_id: int, *, subject: str = "") -> Reply:
    origin = Origin(account_id=account_id, channel_id=request.channel_id, subject=subject)
    return await open_update(request, deps, kind, origin)
