"""Buttons of the message that asks a person to prepare reviews; the receipt of each stands in the message."""

from functools import partial

from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.text.days import local_date
from agendas.verbs.preparing.prep import Reader, prep_facts
from agendas.verbs.updates import updates
from agendas.verbs.updates.settled import AlreadySettled
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.open_items.shown import shown_after, shown_refused
from handlers.updates.update import start_with


async def start(request: Request, deps: Deps) -> Reply:
    """The forms of all accounts of the message of which something is left to say, one after the other."""
    request.require(Deed.RECORD)
    person = request.person
    reader = Reader(request.workspace_id, person.user_id, person.time_zone, request.now)
    facts = await deps.read(prep_facts, request.value, reader)
    today = local_date(request.now, person.time_zone)
    left = [each.account.account_id for each in facts.accounts if not each.is_done(today)] if facts else []
    if not left:
        return Say(said(deps.words.say("preparing.nothing_left")))
    return await start_with(request, deps, tuple(left))


async def no_change(request: Request, deps: Deps) -> Reply:
    """Record with one click that nothing moved at the account, or that its buyer did nothing."""
    request.require(Deed.RECORD)
    recorded = await deps.write(request, updates.say_nothing_moved, request.author, request.number)
    return await shown_after(request, deps, recorded)


async def still_there(request: Request, deps: Deps) -> Reply:
    """Record with one click that a blocker is still there."""
    request.require(Deed.RECORD)
    account_id, blocker_id = request.two_numbers
    still = partial(updates.still_blocked, account_id=account_id, blocker_id=blocker_id)
    try:
        recorded = await deps.write(request, still, request.author)
    except AlreadySettled as error:
        return await shown_refused(request, deps, error)
    return await shown_after(request, deps, recorded)
