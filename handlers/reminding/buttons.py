"""Buttons of the reminder of reviews to prepare; what each did stands in the message."""

from agendas.facts.reviews.reminding import ReminderFacts
from agendas.pages.notices.told import with_preferences
from agendas.pages.reminding.reminder import reminder_page
from agendas.rules.access.rights import Deed
from agendas.rules.notices.reminding import Snooze
from agendas.verbs.reminding import answer
from agendas.verbs.reminding.remind import reminder_facts
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request, number_in
from handlers.updates.update import start_with


async def update(request: Request, deps: Deps) -> Reply:
    """The forms of the accounts that wait for the person, one after the other; where none does, the receipt."""
    request.require(Deed.RECORD)
    facts = await _facts(request, deps)
    ids = tuple(dict.fromkeys(number for each in facts.reviews for number, _ in each.accounts))
    return await start_with(request, deps, ids) if ids else _shown(request, deps, facts)


async def snoozed(request: Request, deps: Deps, *, choice: Snooze) -> Reply:
    """Remind the person again at a time before the end of updates."""
    request.require(Deed.RECORD)
    await deps.write(request, answer.snooze, request.author, _asked_ids(request), choice)
    return _shown(request, deps, await _facts(request, deps))


async def stopped(request: Request, deps: Deps) -> Reply:
    """Remind the person of these reviews no more."""
    request.require(Deed.RECORD)
    await deps.write(request, answer.stop, request.author, _asked_ids(request))
    return _shown(request, deps, await _facts(request, deps))


async def _facts(request: Request, deps: Deps) -> ReminderFacts:
    person, asked_ids = request.person, _asked_ids(request)
    return await deps.read(reminder_facts, request.workspace_id, person.user_id, asked_ids, now=request.now)


def _shown(request: Request, deps: Deps, facts: ReminderFacts) -> Reply:
    page = reminder_page(facts, deps.words, _asked_ids(request))
    return Say(with_preferences(page, deps.words), replace=True)


def _asked_ids(request: Request) -> tuple[int, ...]:
    return tuple(number_in(each) for each in request.value.split())
