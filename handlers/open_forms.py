"""Opens the forms: from indexed reads only, with the draft of what was typed before."""

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.facts.account import AccountState
from agendas.verbs.updates.updates import open_account
from handlers.deps import Deps
from handlers.modals import (
    blocker,
    contact,
    decision,
    list_change,
    movement,
    narrative,
    next_action,
    product,
    profile,
    signal,
)
from handlers.modals.fields import Origin, Values, small
from handlers.replies import OpenModal, View
from handlers.request import Request
from storage import forms, reviews

Builder = Callable[[Request, AccountState, Origin, Values, date], View]


def draft_name(callback_id: str, account_id: int) -> str:
    """The name under which what was typed into a form is kept."""
    return f"{callback_id}:{account_id}"


async def open_update(
    request: Request, deps: Deps, kind: str, origin: Origin, *, prefilled: Values | None = None
) -> OpenModal:
    """The form for movement, a blocker, a next action, a decision, an edit, a change of the list, or a person.

    `prefilled` stands in its fields unless something else was typed there and not submitted. Raises Refused or
    Outdated when the account takes no updates.
    """
    state, kept, due_on = await deps.read(_gather, request, kind, origin.account_id)
    # what was typed about another message must not be taken for words about this one
    draft = {} if origin.evidence_url or origin.text else kept
    view = BUILDERS[kind](request, state, origin, (prefilled or {}) | draft, due_on)
    return OpenModal(with_note(view) if draft else view)


def with_note(view: View) -> View:
    """The form with a line that says that a draft is in it."""
    note = small("What you typed earlier is still here; it was not recorded yet.")
    return view | {"blocks": [*view["blocks"], note]}


def today_of(request: Request) -> date:
    """The date where the person is."""
    return request.now.astimezone(ZoneInfo(request.person.time_zone)).date()


def _gather(session: Session, request: Request, kind: str, account_id: int) -> tuple[AccountState, Values, date]:
    state = open_account(session, request.author, account_id, closed_too=kind in (list_change.FRAME.callback_id,))
    name = draft_name(kind, account_id)
    draft = forms.draft(session, request.workspace_id, request.person.user_id, name)
    return state, draft, due_by_default(session, request)


def due_by_default(session: Session, request: Request) -> date:
    """The date of the channel's next review, else a week from today: when a next action is due unless somebody says."""
    cadence = reviews.cadence_of(session, request.workspace_id, request.channel_id)
    if cadence is not None and cadence.next_at is not None:
        return cadence.next_at.astimezone(ZoneInfo(cadence.zone)).date()
    return today_of(request) + timedelta(days=next_action.DEFAULT_DAYS)


BUILDERS: dict[str, Builder] = {
    "movement": lambda _, account, origin, draft, __: movement.build(account, origin, draft),
    "blocker": lambda request, account, origin, draft, _: blocker.build(
        account, origin, draft, asker=request.person.user_id
    ),
    "next_action": lambda request, account, origin, draft, due_on: next_action.build(
        account, origin, draft, asker=request.person.user_id, due_on=due_on
    ),
    "decision": lambda _, account, origin, draft, __: decision.build(account, origin, draft),
    "edit_account": lambda _, account, origin, draft, __: profile.build_edit(account, origin, draft),
    "add_contact": lambda _, account, origin, draft, __: contact.build_add(account, origin, draft),
    "edit_contact": lambda _, account, origin, *__: contact.build_edit(account, origin),
    "contact_left": lambda request, account, origin, *_: contact.build_left(account, origin, today_of(request)),
    "signal": lambda request, account, origin, draft, _: signal.build(
        account, origin, draft, today=today_of(request).isoformat()
    ),
    "product_input": lambda _, account, origin, draft, __: product.build(account, origin, draft),
    "narrative": lambda _, account, origin, draft, __: narrative.build(account, origin, draft),
    "list_change": lambda _, account, origin, draft, __: list_change.build(account, origin, draft),
}
