"""Asks of interventions: the next action that one made, and how its ask ends or moves with it."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from agendas.facts.account import AccountState, ActionStatus, Decision, EventFacts, NextAction


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
