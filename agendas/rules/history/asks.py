"""Asks of interventions: the next action that one made, and how its ask ends or moves with it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from agendas.facts.account import AccountState, ActionStatus, Decision, EventFacts, NextAction
from agendas.facts.events import ItemEdited


def action_of(ask: Decision, actions: Sequence[NextAction]) -> NextAction | None:
    """Return the next action that was made with the decision that asked."""
    made = (ask.ask_of, ask.text, ask.decided_at)
    return next((each for each in actions if each.id > ask.event_id and _signs(each) == made), None)


def after_decided(state: AccountState, decision: Decision) -> AccountState:
    """The state with this decision as its last one, and the asks that are open now."""
    before = state.open_asks if decision.asks_stand else ()
    return replace(state, decision=decision, asks=(*before, *((decision,) if decision.is_open_ask else ())))


def after_action_changed(state: AccountState, action: NextAction, event: EventFacts) -> AccountState:
    """The state with the asks that this action answered, or moved to its later day. A dropped one answers nothing."""
    asks = [ask for ask in state.open_asks if _is_for(action, ask, state)]
    if action.status is ActionStatus.DONE:
        return answered(state, {ask.event_id for ask in asks}, event)
    if action.status is ActionStatus.OPEN:
        for ask in asks:
            state = _moved(state, ask, action)
    return state


def answered(state: AccountState, decision_ids: Collection[int], event: EventFacts) -> AccountState:
    """The state without these asks, by the events of their decisions."""
    decision = state.decision
    if decision is not None and decision.is_open_ask and decision.event_id in decision_ids:
        decision = replace(decision, done_at=event.happened_at)
    asks = tuple(ask for ask in state.open_asks if ask.event_id not in decision_ids)
    return replace(state, decision=decision, asks=asks)


def taken(state: AccountState, decision_id: int, by: str) -> AccountState:
    """The state with the open ask of this decision, and the next action that it made, as that person's."""
    ask = next((each for each in state.open_asks if each.event_id == decision_id), None)
    if ask is None:
        return state
    made, now = action_of(ask, state.actions), replace(ask, ask_of=by)
    actions = tuple(replace(each, owner=by) if each is made else each for each in state.actions)
    return replace(_with_ask(state, now), actions=actions)


def edit_of(state: AccountState, item_id: int, *, owner: str, text: str = "", due_on: date | None = None) -> ItemEdited:
    """Return the edit of the account's open action, blocker or ask; its text and day stay unless others are given.

    That of an action which an open ask made is the edit of the ask, so that one follows the other.
    """
    action = next((each for each in state.open_actions if each.id == item_id), None)
    asks = (each for each in state.open_asks if item_id == each.event_id or (action and action_of(each, [action])))
    if ask := next(asks, None):
        before = (ask.ask_of or "", ask.text, ask.due_on)
        return ItemEdited(ask.event_id, "ask", owner, text or ask.text, due_on or ask.due_on, *before)
    if action is not None:
        before = (action.owner, action.text, action.due_on)
        return ItemEdited(item_id, "action", owner, text or action.text, due_on or action.due_on, *before)
    blocker = next(each for each in state.open_blockers if each.id == item_id)
    return ItemEdited(item_id, "blocker", owner, blocker.text, None, blocker.owner or "", blocker.text)


def after_edited(state: AccountState, change: ItemEdited) -> AccountState:
    """The state with the open action as edited; of an ask, with the ask and the open action that it made."""
    ask = next((each for each in state.open_asks if each.event_id == change.item_id), None)
    made = action_of(ask, state.actions) if ask is not None else None
    wanted = {change.item_id, made.id if made is not None else 0}
    actions = tuple(
        replace(each, owner=change.owner, text=change.text, due_on=change.due_on or each.due_on)
        if each.id in wanted and each.status is ActionStatus.OPEN
        else each
        for each in state.actions
    )
    state = replace(state, actions=actions)
    if ask is None:
        return state
    first, due_on = ask.first_due_on or ask.due_on, change.due_on or ask.due_on
    moved = replace(ask, due_on=due_on, first_due_on=first if first != due_on else None)
    return _with_ask(state, replace(moved, ask_of=change.owner, text=change.text))


def _signs(action: NextAction) -> tuple[object, ...]:
    return action.owner, action.text, action.added_at


def _is_for(action: NextAction, ask: Decision, state: AccountState) -> bool:
    """True for the action of the ask; of an older ask, for any done by the person asked that was added after it."""
    if ask.asks_stand:
        found = action_of(ask, state.actions)
        return found is not None and found.id == action.id
    is_done = action.status is ActionStatus.DONE
    return is_done and ask.ask_of is not None and action.owner == ask.ask_of and action.added_at >= ask.decided_at


def _moved(state: AccountState, ask: Decision, action: NextAction) -> AccountState:
    first = ask.first_due_on or ask.due_on
    moved = replace(ask, due_on=action.due_on, first_due_on=first if first != action.due_on else None)
    return _with_ask(state, moved)


def _with_ask(state: AccountState, ask: Decision) -> AccountState:
    """The state with this ask in the place of the one of the same decision."""
    asks = tuple(ask if each.event_id == ask.event_id else each for each in state.open_asks)
    last = state.decision
    is_last = last is not None and last.event_id == ask.event_id
    return replace(state, decision=ask if is_last else last, asks=asks)
