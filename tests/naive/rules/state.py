"""The account at one instant, by going through its events once. Written from the rules alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from agendas.facts.account import EventFacts
from agendas.facts.deals import Phase
from agendas.facts.group import ContactProfile
from tests.naive.rules.counting import RANKS, judged, pieces_of
from tests.naive.rules.deals import Deal, deals_of


@dataclass
class Blocker:
    opened_at: datetime
    needs: str | None
    text: str
    acknowledged: bool = False
    resolved: bool = False


@dataclass
class Action:
    """A next action, with its words, who does it and since when."""

    due_on: date
    owner: str = ""
    text: str = ""
    added_at: datetime | None = None
    slips: int = 0
    is_open: bool = True


@dataclass
class Ask:
    """Request of an intervention."""

    of: str | None
    text: str
    asked_at: datetime
    due_on: date | None = None
    action: int | None = None


@dataclass
class Person:
    """A person of the buying group, and the last day on which evidence names them for something they did."""

    profile: ContactProfile
    added_at: datetime
    heard_on: date | None = None


@dataclass
class State:
    """The account. `shown` is the stage last shown; the account claims more while its stage is above that.

    `shown_by` are the ranks and days of what shows it and the stages below, `is_shown` if anything shows `shown`.
    """

    status: str = "candidate"
    tier: int | None = None
    named_at: datetime | None = None
    stage: str = "target"
    since: datetime | None = None
    since_known: bool = True
    shown: str = "target"
    has_evidence: bool = False
    is_shown: bool = False
    shown_by: list[tuple[int, datetime]] = field(default_factory=list)
    touched_at: datetime | None = None
    blockers: dict[int, Blocker] = field(default_factory=dict)
    actions: dict[int, Action] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    decision: int | None = None
    asks: dict[int, Ask] = field(default_factory=dict)
    deals: dict[str, Deal] = field(default_factory=dict)

    @property
    def claimed_from(self) -> str | None:
        """The stage last shown, while the account claims a higher one."""
        return self.shown if RANKS[self.shown] < RANKS[self.stage] else None

    @property
    def open_blockers(self) -> dict[int, Blocker]:
        return {key: blocker for key, blocker in self.blockers.items() if not blocker.resolved}

    @property
    def open_actions(self) -> dict[int, Action]:
        return {key: action for key, action in self.actions.items() if action.is_open}


def state_of(events: Sequence[EventFacts]) -> State | None:
    """The account after all these events; None when no nomination stands. A won deal is the buyer's act."""
    events = judged(events)
    if not any(event.change.kind == "nominated" for event in events):
        return None
    state = State()
    for event in events:
        _list(state, event)
        _stage(state, event)
        _work(state, event)
        _people(state, event)
    for event in events:
        _heard(state, event)
    state.deals = deals_of(events)
    won = [deal.closed_at for deal in state.deals.values() if deal.profile.phase is Phase.WON and deal.closed_at]
    state.touched_at = max([*won, *([state.touched_at] if state.touched_at else [])], default=None)
    return state


def _list(state: State, event: EventFacts) -> None:
    change = event.change
    if change.kind == "nominated":
        state.since = event.happened_at
    if change.kind == "list_changed":
        if change.status == "named" and (state.named_at is None or state.status not in ("named", "paused")):
            state.named_at = event.happened_at
        state.status, state.tier = change.status, change.tier
    if change.kind == "decided":
        state.decision = event.id
        if change.decision == "intervene":
            state.asks[event.id] = Ask(change.ask_of, change.text, event.happened_at, change.due_on)
    if change.kind == "ask_answered":
        state.asks.pop(change.decision_id, None)


def _stage(state: State, event: EventFacts) -> None:
    """Take the event's step, then what its evidence shows."""
    change = event.change
    if change.kind == "moved" and change.to_stage and change.to_stage != state.stage:
        _step(state, event)
    for piece in pieces_of(event):
        if piece.ends_silence and (state.touched_at is None or piece.dated_at > state.touched_at):
            state.touched_at = piece.dated_at
        if piece.stage and RANKS[piece.stage] <= RANKS[state.stage]:
            state.is_shown = state.is_shown or RANKS[piece.stage] >= RANKS[state.shown]
            state.shown = max(state.shown, piece.stage, key=RANKS.__getitem__)
            state.has_evidence = state.has_evidence or piece.stage == state.stage
            state.shown_by.append((RANKS[piece.stage], piece.dated_at))


def _step(state: State, event: EventFacts) -> None:
    """A stage that was found, or set from the CRM, is where the account stands, and no step that could count later.

    A step down takes what was shown along.
    """
    to_stage = event.change.to_stage or ""
    is_found = not event.change.since_known or event.change.is_reclassified
    if is_found:
        state.is_shown, state.shown_by = False, []
    if is_found or RANKS[to_stage] < RANKS[state.shown]:
        state.shown = to_stage
    state.stage, state.since, state.since_known = to_stage, event.happened_at, event.change.since_known
    state.shown_by = [(min(rank, RANKS[to_stage]), dated_at) for rank, dated_at in state.shown_by]
    state.has_evidence = state.is_shown and state.shown == to_stage


def _work(state: State, event: EventFacts) -> None:
    change = event.change
    if change.kind == "blocker_opened":
        state.blockers[event.id] = Blocker(event.happened_at, change.needs, change.text)
    if change.kind == "blocker_changed" and change.blocker_id in state.blockers:
        blocker = state.blockers[change.blocker_id]
        blocker.acknowledged = blocker.acknowledged or change.what == "acknowledged"
        blocker.resolved = blocker.resolved or change.what == "resolved"
        if change.what == "updated" and change.text:
            blocker.text = change.text
    _actions(state, event)


def _actions(state: State, event: EventFacts) -> None:
    change = event.change
    if change.kind == "action_added":
        state.actions[event.id] = Action(change.due_on, change.owner, change.text, event.happened_at)
        for key, ask in state.asks.items():
            is_same = (ask.of, ask.text, ask.asked_at) == (change.owner, change.text, event.happened_at)
            ask.action = event.id if ask.action is None and is_same and event.id > key else ask.action
    if change.kind == "action_changed" and change.action_id in state.actions:
        action = state.actions[change.action_id]
        if not action.is_open:
            return
        action.is_open = change.what == "slipped"
        if change.what == "done":
            state.asks = {key: ask for key, ask in state.asks.items() if ask.action != change.action_id}
        if change.what == "slipped":
            action.slips += 1
            action.due_on = change.due_on


def _people(state: State, event: EventFacts) -> None:
    change = event.change
    if change.kind == "contact_added":
        state.people[event.id] = Person(change.contact, event.happened_at)
    if change.kind == "contact_edited" and change.contact_id in state.people:
        state.people[change.contact_id].profile = change.contact


def _heard(state: State, event: EventFacts) -> None:
    """What somebody did counts as theirs from whenever on they are known."""
    for piece in pieces_of(event):
        for number in state.people.keys() & set(piece.contact_ids):
            person = state.people[number]
            heard_on = piece.dated_at.date()
            state.people[number] = replace(person, heard_on=max(person.heard_on or heard_on, heard_on))
