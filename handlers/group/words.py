"""/account ACCOUNT group, and /account ACCOUNT group add."""

from agendas.pages.accounts.group import group_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.rules.commands.contacts import read_contact
from agendas.rules.commands.unclear import UnclearPart
from agendas.verbs.reads.account.group import account_group
from agendas.verbs.updates import contacts
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.forms.asking import asked
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.group.submit import ADD


async def group(request: Request, deps: Deps, account_id: int, start: int = 0) -> Page:
    """The map of the account's group, after its first `start` lines."""
    zone = request.person.time_zone
    facts = await deps.read(account_group, request.workspace_id, account_id, now=request.now, zone=zone)
    return group_page(facts, deps.words, can_record=may(request.person, Deed.RECORD), start=start)


async def add(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """Somebody added by words; the form when there are none."""
    request.require(Deed.RECORD)
    if not rest.strip():
        return await open_form(request, deps, ADD, Origin(account_id=account_id, channel_id=request.channel_id))
    try:
        profile = read_contact(rest)
    except UnclearPart as error:
        return await asked(request, deps, account_id, error, form=ADD, word="group add")
    recorded = await deps.write(request, contacts.add_contact, request.author, account_id, profile)
    return Say(confirmation(request, deps, recorded))
