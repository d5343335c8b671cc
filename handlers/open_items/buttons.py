"""Buttons beside open actions, blockers and asks: those of one click, and those that open a small form."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.rules.access.rights import Deed
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import updates
from agendas.verbs.updates.answer import account_of_ask, answer_ask
from agendas.verbs.updates.open_items import (
    must_say_how,
    require_asked_blocker,
    require_open_action,
    require_open_ask,
    require_open_blocker,
)
from agendas.verbs.updates.settled import AlreadySettled
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request
from handlers.forms.form import AccountForm
from handlers.forms.opening import open_form
from handlers.open_items import submit
from handlers.open_items.shown import origin_here, shown_after, shown_refused
from handlers.updates.settling import require_to_settle

Verb = Callable[[Session, Author], Recorded]

OPEN_BEFORE = {
    submit.MOVE.frame.callback_id: require_open_action,
    submit.EDIT.frame.callback_id: require_open_action,
    submit.DROP.frame.callback_id: require_open_action,
    submit.ANSWER.frame.callback_id: require_open_ask,
    submit.ANSWER_BLOCKER.frame.callback_id: require_asked_blocker,
    submit.RESOLVE.frame.callback_id: require_open_blocker,
}
"""Reads that refuse to open each form about something that is settled, by the form's id."""


async def done(request: Request, deps: Deps) -> Reply:
    """Record with one click that a next action is done."""
    account_id, action_id = request.two_numbers
    close = partial(updates.close_action, account_id=account_id, action_id=action_id, done=True)
    return await _settle(request, deps, close, account_id=account_id, number=action_id)


async def resolve(request: Request, deps: Deps) -> Reply:
    """Record with one click that a blocker is gone; whose help somebody else asked for says how, in a form."""
    account_id, blocker_id = request.two_numbers
    await require_to_settle(request, deps, account_id, blocker_id)
    if await deps.read(must_say_how, request.author, account_id, blocker_id):
        return await _open(request, deps, submit.RESOLVE, account_id=account_id, number=blocker_id)
    gone = partial(updates.resolve_blocker, account_id=account_id, blocker_id=blocker_id)
    return await _settle(request, deps, gone, account_id=account_id, number=blocker_id)


async def acknowledge(request: Request, deps: Deps) -> Reply:
    """Record with one click that whoever a blocker waits for has seen it."""
    account_id, blocker_id = request.two_numbers
    seen = partial(updates.acknowledge_blocker, account_id=account_id, blocker_id=blocker_id)
    return await _settle(request, deps, seen, account_id=account_id, number=blocker_id)


async def answer_blocker(request: Request, deps: Deps) -> Reply:
    """The form for what somebody says about a blocker that waits for them."""
    account_id, number = request.two_numbers
    return await _open(request, deps, submit.ANSWER_BLOCKER, account_id=account_id, number=number)


async def answered(request: Request, deps: Deps) -> Reply:
    """Record with one click that an open ask is answered: the button of messages posted before there was a form."""
    request.require(Deed.NOMINATE)
    account_id = await deps.read(account_of_ask, request.author, request.number)
    said = partial(answer_ask, decision_id=request.number)
    return await _settle(request, deps, said, account_id=account_id, number=request.number)


async def move(request: Request, deps: Deps) -> Reply:
    """The form for a later date of a next action."""
    account_id, number = request.two_numbers
    return await _open(request, deps, submit.MOVE, account_id=account_id, number=number)


async def edit(request: Request, deps: Deps) -> Reply:
    """The form for another owner, text or date of a next action."""
    account_id, number = request.two_numbers
    return await _open(request, deps, submit.EDIT, account_id=account_id, number=number)


async def drop(request: Request, deps: Deps) -> Reply:
    """The form for the reason why a next action is dropped."""
    account_id, number = request.two_numbers
    return await _open(request, deps, submit.DROP, account_id=account_id, number=number)


async def answer(request: Request, deps: Deps) -> Reply:
    """The form for what was answered to an ask."""
    request.require(Deed.NOMINATE)
    account_id = await deps.read(account_of_ask, request.author, request.number)
    return await _open(request, deps, submit.ANSWER, account_id=account_id, number=request.number)


async def _open(request: Request, deps: Deps, form: AccountForm, *, account_id: int, number: int) -> Reply:
    """Open the form, if what it is about is still open: else say who settled it."""
    await require_to_settle(request, deps, account_id, number)
    try:
        await deps.read(OPEN_BEFORE[form.frame.callback_id], request.author, account_id, number)
    except AlreadySettled as error:
        return await shown_refused(request, deps, error)
    return await open_form(
        request, deps, form, replace(origin_here(request), account_id=account_id, subject=str(number))
    )


async def _settle(request: Request, deps: Deps, verb: Verb, *, account_id: int, number: int) -> Reply:
    await require_to_settle(request, deps, account_id, number)
    try:
        recorded = await deps.write(request, verb, request.author)
    except AlreadySettled as error:
        return await shown_refused(request, deps, error)
    return await shown_after(request, deps, recorded)
