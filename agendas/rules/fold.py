"""An account's state: the fold of its events."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

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
from agendas.facts.deals import Opportunity, OpportunityChanged, OpportunityProfile, Phase, StageDeclined
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Change,
    Corrected,
    Decided,
    Edited,
    ItemEdited,
    ListChanged,
    Moved,
    Nominated,
    Noted,
    NothingMoved,
)
from agendas.facts.evidence import EvidenceActor, EvidenceAdded, EvidenceJudged, Waiting, WaitingSet
from agendas.facts.fit import FitScore, FitScored
from agendas.facts.group import Contact, ContactAdded, ContactEdited
from agendas.facts.interventions import AskAnswered, AskTaken, ExecutiveMet
from agendas.facts.narrative import (
    Justified,
    NarrativeVersion,
    NarrativeWritten,
    ProductField,
    ProductInput,
    ProductInputGiven,
)
from agendas.facts.plays import PlayEnded, PlayRun, PlayStarted, motion_of
from agendas.rules.entries import (
    COUNTING,
    after_justified,
    after_list_change,
    after_nomination,
    as_history_has_it,
    is_buyers_act,
    proofs,
    shown_stages,
    touch_at,
    touches,
    uncorrected,
)
from agendas.rules.plays import motion_of_play

# The state after all events, or after one more.


def fold(events: Iterable[EventFacts]) -> AccountState | None:
    """The state after all events of one account; None when its nomination was corrected, or never came.

    Events count in the order (happened_at, id), corrected ones not at all. The nomination always counts first,
    because news may be dated before the day the account was nominated, and what people of the buyer's did before the
    day they were added is theirs. For the state as it was known at a cutoff, give only the events recorded by then.
    """
    last = deque(fold_by_steps(events), maxlen=1)
    return last[0][1] if last else None


def fold_by_steps(events: Iterable[EventFacts]) -> Iterator[tuple[EventFacts, AccountState]]:
    """Each event that counts with the state after it: the nomination, then the others as dated; none without it."""
    state: AccountState | None = None
    last_acts: dict[int, date] = {}
    counted = uncorrected(events)
    nomination = next((event for event in counted if isinstance(event.change, Nominated)), None)
    if nomination is None:
        return
    others = [event for event in counted if event is not nomination]
    for event in (nomination, *as_deals_have_it(as_history_has_it(others))):
        state = state_after(state, event)
        last_acts |= {
            contact_id: max(on, last_acts.get(contact_id, on)) for contact_id, on in people_heard(event).items()
        }
        # people may have acted before the day on which they were added
        if isinstance(event.change, ContactAdded):
            state = after_people_heard(state, last_acts)
        yield event, state


def state_after(state: AccountState | None, event: EventFacts) -> AccountState:
    """The state after one more event, which must be the latest by `happened_at`.

    After an event that `needs_whole_history`, fold all events again.
    Raises ValueError where there is no state yet and the event is not a nomination.
    """
    if state is None:
        state = _nominated(event)
    elif not isinstance(event.change, Corrected):
        state = after_change(event.change, state, event)
    if pieces := touches(event):
        state = replace(state, last_buyer_touch_at=latest(state.last_buyer_touch_at, touch_at(event, pieces)))
    state = _with_shown_step(state, event)
    state = after_people_heard(state, people_heard(event))
    return replace(state, last_event_at=latest(state.last_event_at, event.happened_at))


def _nominated(event: EventFacts) -> AccountState:
    """The state that an account begins with."""
    if not isinstance(event.change, Nominated):
        raise ValueError(f"Event {event.id} comes before the nomination of account {event.account_id}.")
    return AccountState(
        account_id=event.account_id,
        profile=event.change.profile,
        because=event.change.because,
        justification=after_nomination(event.change),
        stage_since=event.happened_at,
    )


def _with_shown_step(state: AccountState, event: EventFacts) -> AccountState:
    """The state with the stage that the evidence shows: the present one, one below a claimed one, or else unchanged."""
    if proofs(event, state.stage):
        return replace(state, stage_has_evidence=True, claimed_from=None, claimed_from_is_shown=False)
    last_shown = state.claimed_from
    if last_shown is None:
        return state
    stages_shown = [stage for stage in shown_stages(event) if last_shown.rank <= stage.rank < state.stage.rank]
    return replace(state, claimed_from=stages_shown[-1], claimed_from_is_shown=True) if stages_shown else state


def needs_whole_history(last_event_at: datetime | None, event: EventFacts) -> bool:
    """Return true if the state after the event cannot be worked out by applying it to the state before.

    So it is for a correction, a judgment of earlier evidence, a deal's history, and an event that happened before the
    last one: each may change how an earlier entry counts.
    """
    change = event.change
    is_history = isinstance(change, OpportunityChanged) and change.is_history
    is_earlier = last_event_at is not None and event.happened_at < last_event_at
    return is_earlier or is_history or isinstance(change, Corrected | EvidenceJudged)


def without_closed(state: AccountState, since: datetime | None) -> AccountState:
    """The state with its open blockers and actions and those closed after `since`; with all if that is None."""
    if since is None:
        return state
    blockers = tuple(b for b in state.blockers if b.resolved_at is None or b.resolved_at > since)
    actions = tuple(
        a for a in state.actions if a.status is ActionStatus.OPEN or (a.closed_at is not None and a.closed_at > since)
    )
    if len(blockers) == len(state.blockers) and len(actions) == len(state.actions):
        return state
    return replace(state, blockers=blockers, actions=actions)


def with_signals(state: AccountState, known: AccountState) -> AccountState:
    """The state with its people's `signalled_on` from the `known` state: signals are no events, so no fold has them."""
    signalled = {contact.id: contact.signalled_on for contact in known.contacts}
    return replace(state, contacts=tuple(replace(each, signalled_on=signalled.get(each.id)) for each in state.contacts))


def latest(earlier: datetime | None, at: datetime) -> datetime:
    return at if earlier is None else max(earlier, at)


# What each kind of change does.

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
"""Kinds of events that are an update of an account's people, as `with_update` counts them."""


def after_change(change: Change, state: AccountState, event: EventFacts) -> AccountState:
    """The state after the event's change, without what its evidence adds. Blockers and actions not known are ignored.

    Raises TypeError where the change is of no kind that can happen to an existing account.
    """
    match change:
        case Nominated():
            on_list = state.list_status in {ListStatus.NAMED, ListStatus.PAUSED}
            return replace(
                state,
                profile=change.profile,
                because=change.because or state.because,
                justification=after_nomination(change, state.justification),
                list_status=state.list_status if on_list else ListStatus.CANDIDATE,
            )
        case Edited():
            return replace(state, profile=change.profile)
        case PrivacySet():
            return replace(state, private_channel=change.channel_id)
        case ListChanged():
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
        case Justified():
            return replace(state, justification=after_justified(change, state.justification))
        case Moved():
            # An import's row is no update of the account's people.
            state = state if event.source is Source.IMPORT else with_update(state, event)
            is_step = change.to_stage is not None and Stage(change.to_stage) is not state.stage
            if is_step:
                state = after_step(change, state, event)
            # A stage that an import merely found is no movement.
            if (is_step and change.since_known) or change.expansion is not None:
                state = replace(state, last_movement_at=event.happened_at)
            return state
        case NothingMoved() | EvidenceAdded() | ExecutiveMet():
            return with_update(state, event)
        case Noted() | EvidenceJudged():
            return state
        case WaitingSet():
            return with_update(after_waiting_set(change, state, event), event)
        case BlockerOpened():
            opened = Blocker(
                id=event.id, text=change.text, owner=change.owner, needs=change.needs, opened_at=event.happened_at
            )
            return with_update(replace(state, blockers=(*state.blockers, opened)), event)
        case BlockerChanged():
            blockers = tuple(_blocker_after(change, blocker, event) for blocker in state.blockers)
            return with_update(replace(state, blockers=blockers), event)
        case ActionAdded():
            added = NextAction(
                id=event.id,
                text=change.text,
                owner=change.owner,
                due_on=change.due_on,
                added_at=event.happened_at,
                outcome_expected=change.outcome_expected,
                play_id=change.play_id,
            )
            return with_update(replace(state, actions=(*state.actions, added)), event)
        case ActionChanged():
            actions = tuple(_action_after(change, action, event) for action in state.actions)
            changed = [action for action in actions if action not in state.actions]
            state = replace(state, actions=actions)
            for action in changed:
                state = after_action_changed(state, action, event)
            return with_update(state, event)
        case ItemEdited():
            # a change of an item's owner is no news of the account, so it is no update
            blockers = tuple(
                replace(each, owner=change.owner, text=change.text)
                if each.id == change.item_id and each.resolved_at is None
                else each
                for each in state.blockers
            )
            return after_edited(replace(state, blockers=blockers), change)
        case AskAnswered():
            return with_update(without_asks(state, {change.decision_id}, event), event)
        case AskTaken():
            return with_update(with_ask_taken(state, change.decision_id, event.actor), event)
        case Decided():
            if change.to_motion is not None:
                # the usual motion of the tier is kept as none of its own
                is_usual = change.to_motion is motion_of(state.tier)
                state = replace(state, motion_decided=None if is_usual else change.to_motion)
            decision = decision_of(change, event)
            asks = (*state.open_asks, decision) if decision.is_open_ask else state.open_asks
            return with_update(replace(state, decision=decision, asks=asks), event)
        case FitScored():
            replaced = {*change.withdrawn, *(each.criterion for each in change.scores)}
            kept = tuple(each for each in state.fit if each.scored_by != event.actor or each.criterion not in replaced)
            scored = tuple(
                FitScore(each.criterion, each.score, each.because, change.function, event.actor, event.happened_at)
                for each in change.scores
            )
            return replace(state, fit=(*kept, *scored))
        case ContactAdded():
            person = Contact(event.id, change.contact, event.happened_at, event.happened_at)
            return replace(state, contacts=(*state.contacts, person))
        case ContactEdited():
            contacts = tuple(
                replace(each, profile=change.contact, changed_at=event.happened_at)
                if each.id == change.contact_id
                else each
                for each in state.contacts
            )
            return replace(state, contacts=contacts)
        case NarrativeWritten():
            version = state.narrative.version + 1 if state.narrative else 1
            return replace(state, narrative=NarrativeVersion(change.narrative, version, event.happened_at, event.actor))
        case ProductInputGiven():
            new_input = ProductInput(
                id=event.id,
                field=change.field,
                text=change.text,
                given_by=event.actor,
                given_at=event.happened_at,
                reference=change.reference,
                url=event.evidence[0].url if event.evidence else "",
            )
            is_list = change.field is ProductField.FEEDBACK
            others = tuple(each for each in state.product if is_list or each.field is not change.field)
            return replace(state, product=(*others, new_input))
        case PlayStarted():
            started = PlayRun(
                id=event.id,
                play=change.play,
                name=change.name,
                outcome_expected=change.outcome_expected,
                outcome_due_on=change.outcome_due_on,
                started_at=event.happened_at,
                started_by=event.actor,
                steps=change.steps,
                motion=change.motion or motion_of_play(change.play),
            )
            return replace(state, plays=(*state.plays, started))
        case PlayEnded():
            plays = tuple(
                replace(each, end=change.what, ended_at=event.happened_at, outcome=change.text)
                if each.id == change.play_id and each.end is None
                else each
                for each in state.plays
            )
            return replace(state, plays=plays)
        case OpportunityChanged():
            known = next((each for each in state.opportunities if each.key == change.opportunity.key), None)
            deal = _changed_deal(known, change, event) if known else _new_deal(change, event)
            if known is None:
                deals = (*state.opportunities, deal)
            else:
                deals = tuple(deal if each is known else each for each in state.opportunities)
            return replace(state, opportunities=deals, last_buyer_touch_at=_touched_at(state, deal))
        case StageDeclined():
            declined = (
                replace(each, declined_stage=change.stage) if each.key == change.deal_key else each
                for each in state.opportunities
            )
            return replace(state, opportunities=tuple(declined))
    raise TypeError(f"Event {event.id} of account {state.account_id} holds a {type(change).__name__}.")


def _blocker_after(change: BlockerChanged, blocker: Blocker, event: EventFacts) -> Blocker:
    """The blocker after a change; as it is where another one is meant, or it is resolved already.

    Its first acknowledgement counts, and an update without a text leaves its own.
    """
    if blocker.id != change.blocker_id or blocker.resolved_at is not None:
        return blocker
    if change.what in ("acknowledged", "answered"):
        return replace(blocker, acknowledged_at=blocker.acknowledged_at or event.happened_at)
    if change.what == "updated":
        return replace(blocker, text=change.text or blocker.text)
    return replace(blocker, resolved_at=event.happened_at, resolution=change.text)


def _action_after(change: ActionChanged, action: NextAction, event: EventFacts) -> NextAction:
    """The action after a change; it stays as it is where another one is meant, or it is not open any more.

    A change without a text leaves its outcome, a slip without a day its day.
    """
    if action.id != change.action_id or action.status is not ActionStatus.OPEN:
        return action
    outcome = change.text or action.outcome
    if change.what == "slipped":
        due_on = change.due_on or action.due_on
        slips = action.slips + 1
        return replace(action, due_on=due_on, slips=slips, slipped_at=event.happened_at, outcome=outcome)
    return replace(action, status=ActionStatus(change.what), closed_at=event.happened_at, outcome=outcome)


def decision_of(change: Decided, event: EventFacts) -> Decision:
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
        from_motion=change.from_motion,
        to_motion=change.to_motion,
    )


def with_update(state: AccountState, event: EventFacts) -> AccountState:
    """The state with the event as an update of the account's people."""
    return replace(state, last_update_at=latest(state.last_update_at, event.happened_at))


# Deals, as rows of the CRM change them.


def _changed_deal(known: Opportunity, change: OpportunityChanged, event: EventFacts) -> Opportunity:
    """The deal after another row; `pushes` counts how often its close date went later, the first opening counts."""
    before, profile = known.profile, change.opportunity
    was_pushed = before.closes_on is not None and profile.closes_on is not None and profile.closes_on > before.closes_on
    has_moved = is_step(before, profile)
    return replace(
        known,
        profile=profile,
        opened_at=min(change.opened_at or known.opened_at, known.opened_at),
        opening_known=known.opening_known or _is_opening(change.opened_at, known.opened_at),
        stage_since_known=change.since_known if has_moved else known.stage_since_known,
        stage_since=event.happened_at if has_moved else known.stage_since,
        pushes=known.pushes + (1 if was_pushed and known.is_open else 0),
        closed_at=_closed_at(known, change, event),
    )


def _closed_at(known: Opportunity, change: OpportunityChanged, event: EventFacts) -> datetime | None:
    """Since when the deal is won or lost; None for an open one and where the day is not known.

    A stage that now means won or lost closed the deal on the day on which it came into that stage.
    """
    before, profile = known.profile, change.opportunity
    if profile.phase.is_open:
        return None
    if profile.phase is before.phase:
        return known.closed_at
    if profile.stage_name != before.stage_name:
        return event.happened_at
    return (known.stage_since if known.stage_since_known else None) if known.is_open else known.closed_at


def _new_deal(change: OpportunityChanged, event: EventFacts) -> Opportunity:
    """The deal by its first row; an import may know that it was opened earlier, a history begins with its opening."""
    return Opportunity(
        change.opportunity,
        opened_at=min(change.opened_at or event.happened_at, event.happened_at),
        stage_since=event.happened_at,
        closed_at=event.happened_at if change.since_known and not change.opportunity.phase.is_open else None,
        stage_since_known=change.since_known,
        opening_known=_is_opening(change.opened_at, event.happened_at)
        or (change.is_history and change.opportunity.phase.is_open),
    )


def _is_opening(opened_at: datetime | None, first_seen_at: datetime) -> bool:
    """True if the CRM gives an opening that can be true: one that is not after the deal was first seen."""
    return opened_at is not None and opened_at <= first_seen_at


def _touched_at(state: AccountState, deal: Opportunity) -> datetime | None:
    """The buyer's latest act with this deal: signing it counts as theirs, on the day on which it was won."""
    signed_at = deal.closed_at if deal.profile.phase is Phase.WON else None
    return max(filter(None, (state.last_buyer_touch_at, signed_at)), default=None)


def is_step(before: OpportunityProfile, after: OpportunityProfile) -> bool:
    """Return true for a stage of another name, or without a name of another phase; a name's new meaning is no step."""
    return before.stage_name != after.stage_name or (not after.stage_name and before.phase is not after.phase)


# Asks of interventions: the next action that one made, and how its ask ends or moves with it.


def action_of(ask: Decision, actions: Sequence[NextAction]) -> NextAction | None:
    """Return the next action made for the ask, found by its owner, text and instant; None if there is none any more."""
    made = (ask.ask_of, ask.text, ask.decided_at)
    later = (each for each in actions if each.id > ask.event_id)
    return next((each for each in later if (each.owner, each.text, each.added_at) == made), None)


def after_action_changed(state: AccountState, action: NextAction, event: EventFacts) -> AccountState:
    """The state with the asks that this action answered, or moved to its later day. A dropped one answers nothing."""
    asks = [ask for ask in state.open_asks if (made := action_of(ask, state.actions)) and made.id == action.id]
    if action.status is ActionStatus.DONE:
        return without_asks(state, {ask.event_id for ask in asks}, event)
    if action.status is ActionStatus.OPEN:
        for ask in asks:
            # the day that was decided, as long as the ask has another one
            first = ask.first_due_on or ask.due_on
            moved = replace(ask, due_on=action.due_on, first_due_on=first if first != action.due_on else None)
            state = _with_ask(state, moved)
    return state


def without_asks(state: AccountState, decision_ids: Collection[int], event: EventFacts) -> AccountState:
    """The state without the asks of the decisions with these event ids; `event` ends them."""
    decision = state.decision
    if decision is not None and decision.is_open_ask and decision.event_id in decision_ids:
        decision = replace(decision, done_at=event.happened_at)
    asks = tuple(ask for ask in state.open_asks if ask.event_id not in decision_ids)
    return replace(state, decision=decision, asks=asks)


def with_ask_taken(state: AccountState, decision_id: int, by: str) -> AccountState:
    """The state where the decision's open ask, and the action that it made, are of `by`; unchanged without one."""
    ask = next((each for each in state.open_asks if each.event_id == decision_id), None)
    if ask is None:
        return state
    action, taken_ask = action_of(ask, state.actions), replace(ask, ask_of=by)
    actions = tuple(replace(each, owner=by) if each is action else each for each in state.actions)
    return replace(_with_ask(state, taken_ask), actions=actions)


def edit_of(state: AccountState, item_id: int, *, owner: str, text: str = "", due_on: date | None = None) -> ItemEdited:
    """Return the edit of the account's open action, blocker or ask: its text and day stay unless others are given.

    For an action that an open ask made it is the edit of the ask, since that changes both. Of a blocker, which has no
    day, only the owner changes.
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
    """The state with the open action as edited; of an ask, with the ask and the open action that it made.

    An edit without a day leaves theirs. `first_due_on` is the day decided for the ask, as long as it has another one.
    """
    ask = next((each for each in state.open_asks if each.event_id == change.item_id), None)
    of_ask = action_of(ask, state.actions) if ask is not None else None
    edited_ids = {change.item_id, of_ask.id if of_ask is not None else 0}
    actions = tuple(
        replace(each, owner=change.owner, text=change.text, due_on=change.due_on or each.due_on)
        if each.id in edited_ids and each.status is ActionStatus.OPEN
        else each
        for each in state.actions
    )
    state = replace(state, actions=actions)
    if ask is None:
        return state
    first, due_on = ask.first_due_on or ask.due_on, change.due_on or ask.due_on
    moved = replace(ask, due_on=due_on, first_due_on=first if first != due_on else None)
    return _with_ask(state, replace(moved, ask_of=change.owner, text=change.text))


def _with_ask(state: AccountState, ask: Decision) -> AccountState:
    """The state with this ask instead of the earlier one of the same decision."""
    asks = tuple(ask if each.event_id == ask.event_id else each for each in state.open_asks)
    last = state.decision
    is_last = last is not None and last.event_id == ask.event_id
    return replace(state, decision=ask if is_last else last, asks=asks)


# Stages that were confirmed from deals of the CRM, and the older steps that they overtake.


def as_deals_have_it(events: Sequence[EventFacts]) -> Sequence[EventFacts]:
    """The events in their order, where a stage confirmed from a deal overtakes the lower ones recorded before it.

    Such a stage counts from the deal's own day on. A lower stage that was recorded earlier, of a later day, was the
    stage of an account whose deal nobody had recorded: it stays as news, with its evidence.
    """
    confirmed = [event for event in events if isinstance(event.change, Moved) and event.change.from_deal]
    return [_as_news(event) if _is_overtaken(event, confirmed) else event for event in events] if confirmed else events


def _as_news(event: EventFacts) -> EventFacts:
    """The step without its stage."""
    change = event.change
    return replace(event, change=replace(change, to_stage=None)) if isinstance(change, Moved) else event


def _is_overtaken(event: EventFacts, confirmed: Sequence[EventFacts]) -> bool:
    """True for a step recorded before a confirmed one, of the same day or later, that leads to a lower stage."""
    rank = _rank(event)
    return rank is not None and any(
        event.id < each.id and event.happened_at >= each.happened_at and rank < (_rank(each) or 0) for each in confirmed
    )


def _rank(event: EventFacts) -> int | None:
    """The rank of the stage that the event is a step to; None for any other event."""
    change = event.change
    return Stage(change.to_stage).rank if isinstance(change, Moved) and change.to_stage is not None else None


# Evidence that names a person or confirms a date.


def people_heard(event: EventFacts) -> dict[int, date]:
    """The last days on which, by the event's evidence, people of the buyer's acted, by their ids.

    Evidence dated after it was recorded is not believed.
    """
    heard: dict[int, date] = {}
    for each in event.evidence:
        if each.actor in COUNTING and each.dated_at <= event.recorded_at:
            on = each.dated_at.astimezone(UTC).date()
            heard |= {contact_id: max(on, heard.get(contact_id, on)) for contact_id in each.contact_ids}
    return heard


def after_people_heard(state: AccountState, heard: Mapping[int, date]) -> AccountState:
    """The state with the day on which each person last acted; `heard` has these days by person id."""
    if not heard:
        return state
    return replace(state, contacts=tuple(_with_heard_on(each, heard.get(each.id)) for each in state.contacts))


def _with_heard_on(contact: Contact, on: date | None) -> Contact:
    """The person as last heard of on that day, unless a later day is known."""
    if on is None or (contact.heard_on is not None and contact.heard_on >= on):
        return contact
    return replace(contact, heard_on=on)


def after_waiting_set(change: WaitingSet, state: AccountState, event: EventFacts) -> AccountState:
    """The state with the date to wait for; unchanged where the evidence was judged later not to be the buyer's."""
    actors = {each.actor for each in event.evidence if is_buyers_act(each)}
    if not actors:
        return state
    by = EvidenceActor.THIRD_PARTY if actors == {EvidenceActor.THIRD_PARTY} else EvidenceActor.BUYER
    return replace(state, waiting=Waiting(change.until, change.text, event.happened_at, by))


# A step to another stage: since when the account is there, and what it is claimed from.


def after_step(change: Moved, state: AccountState, event: EventFacts) -> AccountState:
    """The state at the stage that the change leads to, without what the event's evidence adds.

    A step back to the last stage that evidence shows, or below it, keeps that evidence.
    """
    stage, stepped_at = Stage(change.to_stage or ""), event.happened_at
    last_shown = state.claimed_from or state.stage
    is_reported = change.since_known and not change.is_reclassified
    has_evidence = is_reported and (state.stage_has_evidence or state.claimed_from_is_shown)
    stages_left = [each for each in Stage if stage.rank < each.rank <= state.stage.rank]
    # the step is a claim if it leads above that stage; the guess of an import claims nothing
    claimed_from = last_shown if change.since_known and stage.rank > last_shown.rank else None
    if change.from_deal and not is_reported:
        # set from the CRM: once something shows it, nothing is counted
        claimed_from = stage
    return replace(
        state,
        stage=stage,
        claimed_from=claimed_from,
        claimed_from_is_shown=has_evidence and stage.rank > last_shown.rank,
        # An import that does not know the date starts the clock at the import.
        stage_since=stepped_at if change.since_known else event.recorded_at,
        stage_since_known=change.since_known,
        stage_has_evidence=has_evidence and stage.rank <= last_shown.rank,
        left_opportunity_at=stepped_at if Stage.OPPORTUNITY in stages_left else state.left_opportunity_at,
        left_customer_at=stepped_at if Stage.CUSTOMER in stages_left else state.left_customer_at,
    )


# How an open action, blocker or ask came to be open no more.

CLOSING = ("action_changed", "blocker_changed", "ask_answered", "corrected")
"""The kinds of events that settle something."""


def settling_event(events: Iterable[EventFacts], numbers: Collection[int]) -> EventFacts | None:
    """Return the uncorrected event that closed the item which the events `numbers` opened, or corrected one of them.

    `events` are the account's events of the kinds in CLOSING. None if the item is open.
    """
    ending = [event for event in uncorrected(events) if _ends(event.change, numbers)]
    return ending[-1] if ending else None


def _ends(change: Change, item_ids: Collection[int]) -> bool:
    """True for a change that closes or corrects the item with one of these ids."""
    match change:
        case ActionChanged(action_id=item_id, what=what) | BlockerChanged(blocker_id=item_id, what=what):
            return item_id in item_ids and what in ("done", "dropped", "resolved")
        case AskAnswered(decision_id=item_id) | Corrected(event_id=item_id):
            return item_id in item_ids
    return False


# The blocker, next action or play that a change is about.


def subject_of(event: EventFacts, state: AccountState) -> str:
    """Return the name of the blocker, action or play that the event changes, as `state` has it; '' for other events."""
    match event.change:
        case BlockerChanged(blocker_id=blocker_id):
            return next((blocker.text for blocker in state.blockers if blocker.id == blocker_id), "")
        case ActionChanged(action_id=action_id):
            return next((action.text for action in state.actions if action.id == action_id), "")
        case PlayEnded(play_id=play_id):
            return next((play.name for play in state.plays if play.id == play_id), "")
    return ""
