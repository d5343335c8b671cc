"""Answers to the message that asks a person to prepare reviews."""

from functools import partial

from agendas.facts.reviews import ReminderFacts
from agendas.pages.notices import reminder_page, with_preferences
from agendas.rendering.page import sentence_page
from agendas.rules.access import Permission
from agendas.rules.notices import Snooze
from agendas.text.dates import local_date
from agendas.verbs import reminding, updates
from agendas.verbs.preparing import PrepReader, prep_facts
from agendas.verbs.reminding import reminder_facts
from agendas.verbs.updates import AlreadySettled
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request, number_in
from handlers.open_items import shown_after, shown_refused
from handlers.subject import Subject
from handlers.updates import start_with

# Buttons of the message that asks a person to prepare reviews; the receipt of each is put into the message.


async def start(request: Request, deps: Deps) -> Reply:
    """The forms of the message's accounts that still wait for a word, one by one; a sentence where none does."""
    request.require(Permission.RECORD)
    person = request.person
    reader = PrepReader(request.workspace_id, person.user_id, person.time_zone, request.now)
    facts = await deps.read(prep_facts, request.value, reader)
    today = local_date(request.now, person.time_zone)
    waiting_ids = [each.account.account_id for each in facts.accounts if not each.is_done(today)] if facts else []
    if not waiting_ids:
        return Say(sentence_page(deps.words.say("preparing.nothing_left")))
    return await start_with(request, deps, tuple(waiting_ids))


async def no_change(request: Request, deps: Deps) -> Reply:
    """Record with one click that nothing moved at the account, or that its buyer did nothing."""
    request.require(Permission.RECORD)
    recorded = await deps.write(request, updates.say_nothing_moved, request.author, request.number)
    return await shown_after(request, deps, recorded)


async def still_there(request: Request, deps: Deps) -> Reply:
    """Record with one click that a blocker is still there, or say who resolved it before."""
    request.require(Permission.RECORD)
    account_id, blocker_id = request.two_numbers
    still = partial(updates.still_blocked, account_id=account_id, blocker_id=blocker_id)
    try:
        recorded = await deps.write(request, still, request.author)
    except AlreadySettled as error:
        return await shown_refused(request, deps, error)
    return await shown_after(request, deps, recorded)


# Buttons of the reminder of reviews to prepare; what each did is put into the message.


async def update(request: Request, deps: Deps) -> Reply:
    """The forms of the accounts that wait for the person, one after the other; if none does, the reminder as it is."""
    request.require(Permission.RECORD)
    facts = await _reminder_facts(request, deps)
    ids = tuple(dict.fromkeys(account_id for each in facts.reviews for account_id, _ in each.accounts))
    return await start_with(request, deps, ids) if ids else _reminder_reply(request, deps, facts)


async def snoozed(request: Request, deps: Deps, *, choice: Snooze) -> Reply:
    """Remind the person again at a time before the end of updates."""
    request.require(Permission.RECORD)
    await deps.write(request, reminding.snooze, request.author, _asked_ids(request), choice)
    return _reminder_reply(request, deps, await _reminder_facts(request, deps))


async def stopped(request: Request, deps: Deps) -> Reply:
    """Stop reminding the person of these reviews."""
    request.require(Permission.RECORD)
    await deps.write(request, reminding.stop, request.author, _asked_ids(request))
    return _reminder_reply(request, deps, await _reminder_facts(request, deps))


async def _reminder_facts(request: Request, deps: Deps) -> ReminderFacts:
    person, asked_ids = request.person, _asked_ids(request)
    return await deps.read(reminder_facts, request.workspace_id, person.user_id, asked_ids, now=request.now)


def _reminder_reply(request: Request, deps: Deps, facts: ReminderFacts) -> Reply:
    """The reminder as it is now, in the place of the one clicked on."""
    page = reminder_page(facts, deps.words, _asked_ids(request))
    return Say(with_preferences(page, deps.words), replace=True)


def _asked_ids(request: Request) -> tuple[int, ...]:
    """The ids of the requests to prepare that the button carries."""
    return tuple(number_in(each) for each in request.value.split())


PREPARING = Subject(
    buttons={
        "prepare.start": start,
        "prepare.no_change": no_change,
        "prepare.nothing": no_change,
        "prepare.still_there": still_there,
    }
)


# Answers to the reminder of reviews to prepare.

REMINDING = Subject(
    buttons={
        "reminder.update": update,
        **{f"reminder.{choice}": partial(snoozed, choice=choice) for choice in Snooze},
        "reminder.stop": stopped,
    }
)
