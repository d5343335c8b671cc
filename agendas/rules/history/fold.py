"""An account's state from its events: one by one, or all of them."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from agendas.facts.account import AccountState, ActionStatus, EventFacts
from agendas.facts.deals import OpportunityChanged
from agendas.facts.events import Corrected, Nominated
from agendas.facts.evidence import EvidenceJudged
from agendas.facts.group import ContactAdded
from agendas.rules.history.confirmed_deals import as_deals_have_it
from agendas.rules.history.corrections import standing
from agendas.rules.history.deal_history import as_history_has_it
from agendas.rules.history.evidence import proofs, shown_stages, touch_at, touches
from agendas.rules.history.fold_heard import after_people_heard, people_heard
from agendas.rules.history.fold_subjects import after_any_change
from agendas.rules.history.justifications import after_nomination


def apply(state: AccountState | None, event: EventFacts) -> AccountState:
    """The state after one more event, which must be the latest by `happened_at`.

    After an event that `asks_for_all`, fold all events again.

    Raises:
        ValueError: there is no state yet and the event is not a nomination.
    """
    if state is None:
        state = _nominated(event)
    elif not isinstance(event.change, Corrected):
        state = after_any_change(event.change, state, event)
    if heard := touches(event):
        state = replace(state, last_buyer_touch_at=latest(state.last_buyer_touch_at, touch_at(event, heard)))
    state = _shown(state, event)
    state = after_people_heard(state, people_heard(event))
    return replace(state, last_event_at=latest(state.last_event_at, event.happened_at))


def _shown(state: AccountState, event: EventFacts) -> AccountState:
    """The state with the step that the event's evidence shows: that to its stage, else one below it on the way."""
    if proofs(event, state.stage):
        return replace(state, stage_has_evidence=True, claimed_from=None, claimed_from_is_shown=False)
    below = state.claimed_from
    if below is None:
        return state
    shown = [stage for stage in shown_stages(event) if below.rank <= stage.rank < state.stage.rank]
    return replace(state, claimed_from=shown[-1], claimed_from_is_shown=True) if shown else state


def fold(events: Iterable[EventFacts]) -> AccountState | None:
    """The state after all events of one account; None when no nomination stands.

    Events count in the order (happened_at, id), corrected ones not at all. The nomination always counts first,
    because news may be dated before the day the account was nominated, and what people of the buyer's did before the
    day they were added is theirs. For the state as it was known at a cutoff, give only the events recorded by then.
    """
    last = deque(fold_by_steps(events), maxlen=1)
    return last[0][1] if last else None


def fold_by_steps(events: Iterable[EventFacts]) -> Iterator[tuple[EventFacts, AccountState]]:
    """The events that count as `fold` takes them, each with the state after it."""
    state: AccountState | None = None
    heard: dict[int, date] = {}
    for event in _counted(events):
        state = apply(state, event)
        heard |= {number: max(on, heard.get(number, on)) for number, on in people_heard(event).items()}
        if isinstance(event.change, ContactAdded):
            state = after_people_heard(state, heard)
        yield event, state


def asks_for_all(last_event_at: datetime | None, event: EventFacts) -> bool:
    """Return true if the state after the event needs the whole history, not only the state before it.

    A correction, a judgment of earlier evidence, what happened earlier, and history of deals, by which an earlier entry
    may count otherwise.
    """
    change = event.change
    is_history = isinstance(change, OpportunityChanged) and change.is_history
    is_earlier = last_event_at is not None and event.happened_at < last_event_at
    return is_earlier or is_history or isinstance(change, Corrected | EvidenceJudged)


def trim(state: AccountState, since: datetime | None) -> AccountState:
    """The state with its open blockers and actions and those closed after `since`; all of them when it is None."""
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
    """The state with the days of its people's latest signals as the known state has them: no event tells of them."""
    signalled = {contact.id: contact.signalled_on for contact in known.contacts}
    return replace(state, contacts=tuple(replace(each, signalled_on=signalled.get(each.id)) for each in state.contacts))


def latest(earlier: datetime | None, at: datetime) -> datetime:
    """The later of the two instants."""
    return at if earlier is None else max(earlier, at)


def _counted(events: Iterable[EventFacts]) -> list[EventFacts]:
    """The nomination and the others that count, in the order in which they do; nothing without a nomination."""
    counted = standing(events)
    first = next((event for event in counted if isinstance(event.change, Nominated)), None)
    if first is None:
        return []
    return [first, *as_deals_have_it(as_history_has_it([event for event in counted if event is not first]))]


def _nominated(event: EventFacts) -> AccountState:
    if not isinstance(event.change, Nominated):
        raise ValueError(f"Event {event.id} comes before the nomination of account {event.account_id}.")
    return AccountState(
        account_id=event.account_id,
        profile=event.change.profile,
        because=event.change.because,
        justification=after_nomination(event.change),
        stage_since=event.happened_at,
    )
