"""Effects on an account's state of changes of its list, movement, blockers, actions and decisions."""

from dataclasses import replace
from functools import singledispatch

from agendas.facts.account import (
    AccountState,
    ActionStatus,
    Blocker,
    Decision,
    EventFacts,
    ListStatus,
    NextAction,
    Source,
    Stage,
)
from agendas.facts.audience import PrivacySet
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Decided,
    Edited,
    ItemEdited,
    ListChanged,
    Moved,
    Nominated,
    Noted,
    NothingMoved,
)
from agendas.facts.evidence import EvidenceAdded, EvidenceJudged, WaitingSet
from agendas.facts.interventions.events import AskAnswered, AskTaken, ExecutiveMet
from agendas.facts.justification import Justified
from agendas.facts.motion import motion_of
from agendas.rules.history.asks import after_action_changed, after_decided, after_edited, answered, taken
from agendas.rules.history.fold_heard import after_waiting_set
from agendas.rules.history.fold_stage import after_step
from agendas.rules.history.justifications import after_justified, after_list_change, after_nomination

UPDATES = (
    "moved",
    "nothing_moved",
    "evidence_added",
    "waiting_set",
    "blocker_opened",
    "blocker_changed",
    "action_added",
    "action_changed",
    "decided",
    "ask_answered",
    "ask_taken",
    "executive_met",
)
"""Kinds of events that are an update of an account's people, as `updated` counts them."""


@singledispatch
def after_change(change: object, state: AccountState, event: EventFacts) -> AccountState:
    """The state after the event's change, without what its evidence adds. Blockers and actions not known are ignored.

    Raises:
        TypeError: the change is of no kind that can happen to an existing account.
    """
    raise TypeError(f"Event {event.id} of account {state.account_id} holds a {type(change).__name__}.")


@after_change.register
def _(change: Nominated, state: AccountState, _event: EventFacts) -> AccountState:
    on_list = state.list_status in {ListStatus.NAMED, ListStatus.PAUSED}
    return replace(
        state,
        profile=change.profile,
        because=change.because or state.because,
        justification=after_nomination(change, state.justification),
        list_status=state.list_status if on_list else ListStatus.CANDIDATE,
    )


@after_change.register
def _(change: Edited, state: AccountState, _event: EventFacts) -> AccountState:
    return replace(state, profile=change.profile)


@after_change.register
def _(change: PrivacySet, state: AccountState, _event: EventFacts) -> AccountState:
    return replace(state, private_channel=change.channel_id)


@after_change.register
def _(change: ListChanged, state: AccountState, event: EventFacts) -> AccountState:
    status = ListStatus(change.status)
    # A pause interrupts the time on the list, it does not end it.
    stayed = state.list_status in {ListStatus.NAMED, ListStatus.PAUSED} and state.named_at is not None
    return replace(
        state,
        list_status=status,
        tier=change.tier,
        # another tier brings its own motion
        motion_decided=state.motion_decided if change.tier == state.tier else None,
        because=change.because,
        justification=after_list_change(change, state),
        list_changed_at=event.happened_at,
        named_at=event.happened_at if status is ListStatus.NAMED and not stayed else state.named_at,
    )


@after_change.register
def _(change: Justified, state: AccountState, _event: EventFacts) -> AccountState:
    return replace(state, justification=after_justified(change, state.justification))


@after_change.register
def _(change: Moved, state: AccountState, event: EventFacts) -> AccountState:
    # What an import found is not what the account's people told.
    state = state if event.source is Source.IMPORT else updated(state, event)
    is_step = change.to_stage is not None and Stage(change.to_stage) is not state.stage
    if is_step:
        state = after_step(change, state, event)
    # A stage that an import merely found is no movement.
    if (is_step and change.since_known) or change.expansion is not None:
        state = replace(state, last_movement_at=event.happened_at)
    return state


@after_change.register
def _(_change: NothingMoved, state: AccountState, event: EventFacts) -> AccountState:
    return updated(state, event)


@after_change.register
def _(_change: Noted, state: AccountState, _event: EventFacts) -> AccountState:
    return state


@after_change.register
def _(_change: EvidenceAdded, state: AccountState, event: EventFacts) -> AccountState:
    return updated(state, event)


@after_change.register
def _(_change: EvidenceJudged, state: AccountState, _event: EventFacts) -> AccountState:
    return state


@after_change.register
def _(change: WaitingSet, state: AccountState, event: EventFacts) -> AccountState:
    return updated(after_waiting_set(change, state, event), event)


@after_change.register
def _(change: BlockerOpened, state: AccountState, event: EventFacts) -> AccountState:
    opened = Blocker(id=event.id, text=change.text, owner=change.owner, needs=change.needs, opened_at=event.happened_at)
    return updated(replace(state, blockers=(*state.blockers, opened)), event)


@after_change.register
def _(change: BlockerChanged, state: AccountState, event: EventFacts) -> AccountState:
    def changed(blocker: Blocker) -> Blocker:
        if blocker.id != change.blocker_id or blocker.resolved_at is not None:
            return blocker
        if change.what in ("acknowledged", "answered"):
            return replace(blocker, acknowledged_at=blocker.acknowledged_at or event.happened_at)
        if change.what == "updated":
            return replace(blocker, text=change.text or blocker.text)
        return replace(blocker, resolved_at=event.happened_at, resolution=change.text)

    return updated(replace(state, blockers=tuple(changed(blocker) for blocker in state.blockers)), event)


@after_change.register
def _(change: ActionAdded, state: AccountState, event: EventFacts) -> AccountState:
    added = NextAction(
        id=event.id,
        text=change.text,
        owner=change.owner,
        due_on=change.due_on,
        added_at=event.happened_at,
        outcome_expected=change.outcome_expected,
        play_id=change.play_id,
    )
    return updated(replace(state, actions=(*state.actions, added)), event)


@after_change.register
def _(change: ActionChanged, state: AccountState, event: EventFacts) -> AccountState:
    actions = tuple(_action_after(change, action, event) for action in state.actions)
    changed = [action for action in actions if action not in state.actions]
    state = replace(state, actions=actions)
    for action in changed:
        state = after_action_changed(state, action, event)
    return updated(state, event)


@after_change.register
def _(change: ItemEdited, state: AccountState, _event: EventFacts) -> AccountState:
    # whose something is tells nothing new of the account, so it is no update of it
    blockers = tuple(
        replace(each, owner=change.owner, text=change.text)
        if each.id == change.item_id and each.resolved_at is None
        else each
        for each in state.blockers
    )
    return after_edited(replace(state, blockers=blockers), change)


@after_change.register
def _(change: AskAnswered, state: AccountState, event: EventFacts) -> AccountState:
    return updated(answered(state, {change.decision_id}, event), event)


@after_change.register
def _(change: AskTaken, state: AccountState, event: EventFacts) -> AccountState:
    return updated(taken(state, change.decision_id, event.actor), event)


@after_change.register
def _(_: ExecutiveMet, state: AccountState, event: EventFacts) -> AccountState:
    return updated(state, event)


@after_change.register
def _(change: Decided, state: AccountState, event: EventFacts) -> AccountState:
    if change.to_motion is not None:
        is_usual = change.to_motion is motion_of(state.tier)
        state = replace(state, motion_decided=None if is_usual else change.to_motion)
    return updated(after_decided(state, decision_of(change, event)), event)


def decision_of(change: Decided, event: EventFacts) -> Decision:
    """Return the decision that an event recorded."""
    return Decision(
        event_id=event.id,
        decision=change.decision,
        text=change.text,
        decided_at=event.happened_at,
        decided_by=event.actor,
        ask_of=change.ask_of,
        due_on=change.due_on,
        from_tier=change.from_tier,
        to_tier=change.to_tier,
        asks_stand=change.asks_stand,
        from_motion=change.from_motion,
        to_motion=change.to_motion,
    )


def _action_after(change: ActionChanged, action: NextAction, event: EventFacts) -> NextAction:
    if action.id != change.action_id or action.status is not ActionStatus.OPEN:
        return action
    outcome = change.text or action.outcome
    if change.what == "slipped":
        due_on = change.due_on or action.due_on
        slips = action.slips + 1
        return replace(action, due_on=due_on, slips=slips, slipped_at=event.happened_at, outcome=outcome)
    return replace(action, status=ActionStatus(change.what), closed_at=event.happened_at, outcome=outcome)


def updated(state: AccountState, event: EventFacts) -> AccountState:
    """The state with the event as an update of the account's people."""
    before = state.last_update_at
    return replace(state, last_update_at=event.happened_at if before is None else max(before, event.happened_at))
