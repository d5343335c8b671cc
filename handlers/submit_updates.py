"""What happens when a form for movement, a blocker, a next action or a decision is submitted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.author import Author
from agendas.facts.events import BlockerChanged, Decided, DecisionKind
from agendas.rules.access.rights import Deed
from agendas.verbs.letters.queue import confirm
from agendas.verbs.list import change
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import updates
from handlers.deps import Deps
from handlers.modals import blocker, choose, decision, movement, next_action
from handlers.modals.blocker import BlockerEntry
from handlers.modals.decision import DecisionEntry
from handlers.modals.fields import Origin, origin_of
from handlers.modals.movement import MovementEntry
from handlers.modals.next_action import NextActionEntry
from handlers.open_forms import draft_name, open_update, today_of
from handlers.replies import Close, NextView, Reply
from handlers.request import Request
from storage import forms, workspaces

Entry = TypeVar("Entry")


async def movement_form(request: Request, deps: Deps) -> Reply:
    """Records movement."""
    return await _submit(request, deps, movement.read(request.view, request.now), _record_movement)


async def blocker_form(request: Request, deps: Deps) -> Reply:
    """Records what became of the open blockers, and a new one."""
    return await _submit(request, deps, blocker.read(request.view, request.now), _record_blockers)


async def next_action_form(request: Request, deps: Deps) -> Reply:
    """Records what became of the promises, and a new one."""
    return await _submit(request, deps, next_action.read(request.view, today_of(request)), _record_actions)


async def decision_form(request: Request, deps: Deps) -> Reply:
    """Records a decision, and the change of the list that it means."""
    request.require(Deed.DECIDE)
    origin = origin_of(request.view)
    state = await deps.read(updates.open_account, request.author, origin.account_id)
    return await _submit(request, deps, decision.read(request.view, state, today_of(request)), _record_decision)


async def choose_form(request: Request, deps: Deps) -> Reply:
    """The account and kind were chosen: the form for that kind comes in its place."""
    request.require(Deed.RECORD)
    account_id, kind = choose.read(request.view)
    opened = await open_update(request, deps, kind, replace(origin_of(request.view), account_id=account_id))
    return NextView(opened.view)


async def _submit(
    request: Request,
    deps: Deps,
    entry: Entry,
    verb: Callable[[Session, Author, Origin, Entry], Sequence[Recorded]],
) -> Reply:
    """Records the entry, forgets the draft and queues the confirmation, in one transaction."""
    request.require(Deed.RECORD)
    origin = origin_of(request.view)
    author = replace(request.author, source=Source(origin.source)) if origin.source else request.author

    def record_all(session: Session) -> None:
        recorded = verb(session, author, origin, entry)
        forms.forget_draft(session, author.workspace_id, author.user_id, draft_name(request.word, origin.account_id))
        confirm(session, author, recorded, channel_id=origin.channel_id, place=origin.place)

    await deps.write(request, record_all)
    return Close(all_views=True)


def _record_movement(session: Session, author: Author, origin: Origin, entry: MovementEntry) -> list[Recorded]:
    moved = updates.move(
        session,
        author,
        origin.account_id,
        text=entry.text,
        to_stage=entry.to_stage,
        expansion=entry.expansion,
        evidence=entry.evidence,
    )
    return [moved]


def _record_blockers(session: Session, author: Author, origin: Origin, entry: BlockerEntry) -> list[Recorded]:
    recorded = [_change_blocker(session, author, origin, number, what=what) for number, what in entry.changed]
    if entry.text:
        opened = updates.open_blocker(
            session,
            author,
            origin.account_id,
            text=entry.text,
            owner=entry.owner or None,
            needs=entry.needs or None,
            evidence=entry.evidence,
        )
        recorded.append(opened)
    return recorded


def _change_blocker(session: Session, author: Author, origin: Origin, blocker_id: int, *, what: str) -> Recorded:
    if what == "resolved":
        return updates.resolve_blocker(session, author, origin.account_id, blocker_id)
    updates.open_blocker_of(session, author, origin.account_id, blocker_id)
    return updates.tell(session, author, origin.account_id, BlockerChanged(blocker_id, "acknowledged"))


def _record_actions(session: Session, author: Author, origin: Origin, entry: NextActionEntry) -> list[Recorded]:
    recorded = []
    for promise in entry.promises:
        if promise.what == "slipped" and promise.due_on is not None:
            done = updates.slip_action(session, author, origin.account_id, promise.action_id, due_on=promise.due_on)
        else:
            done = updates.close_action(
                session, author, origin.account_id, promise.action_id, done=promise.what == "done"
            )
        recorded.append(done)
    if entry.text:
        added = updates.add_action(
            session,
            author,
            origin.account_id,
            text=entry.text,
            due_on=entry.due_on,
            owner=entry.owner or None,
            outcome_expected=entry.outcome_expected,
        )
        recorded.append(added)
    return recorded


def _record_decision(session: Session, author: Author, origin: Origin, entry: DecisionEntry) -> list[Recorded]:
    account_id, because = origin.account_id, entry.text
    decided = Decided(entry.decision, entry.text, entry.ask_of or None, entry.due_on)
    if entry.decision is DecisionKind.CHANGE_TIER:
        # before the account's own lock, as whoever names an account: so that no two wait for each other
        workspaces.lock(session, author.workspace_id)
    recorded = [updates.decide(session, author, account_id, decided)]
    if entry.decision is DecisionKind.INTERVENE and entry.due_on is not None:
        asked = updates.add_action(session, author, account_id, text=because, due_on=entry.due_on, owner=entry.ask_of)
        recorded.append(asked)
    if entry.decision is DecisionKind.CHANGE_TIER and entry.tier is not None:
        recorded.append(change.put_on_list(session, author, account_id, tier=entry.tier, because=because))
    elif entry.decision is DecisionKind.PAUSE:
        recorded.append(change.pause(session, author, account_id, because=because))
    elif entry.decision is DecisionKind.REMOVE:
        recorded.append(change.remove(session, author, account_id, because=because))
    return recorded
