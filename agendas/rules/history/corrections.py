"""Events that still count: a correction takes its event out, and may itself be corrected."""

from collections.abc import Iterable, Sequence

from agendas.facts.account import EventFacts, Stage
from agendas.facts.deals import OpportunityChanged, Phase
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    Change,
    Corrected,
    ItemEdited,
    ListChanged,
    Moved,
)
from agendas.facts.evidence import EvidenceJudged
from agendas.facts.group import ContactEdited
from agendas.facts.interventions.events import AskAnswered, AskTaken
from agendas.facts.plays import PlayEnded
from agendas.rules.history.evidence import as_judged


def standing(events: Iterable[EventFacts]) -> tuple[EventFacts, ...]:
    """The events that nobody took back, ordered by (happened_at, id); corrections that stand are among them.

    Their evidence is as people judged it.

    A correction reaches only events recorded before it, so the newest one always stands. One whose event is not
    given stays, and takes out nothing. To see an earlier instant with what is known now, call this first and filter
    by `happened_at` afterwards: a correction happens later than what it corrects.
    """
    given = tuple(events)
    gone = taken_back((event.id, event.change.event_id) for event in given if isinstance(event.change, Corrected))
    left = as_judged(sorted((e for e in given if e.id not in gone), key=lambda e: e.id))
    return tuple(sorted(left, key=lambda e: (e.happened_at, e.id)))


def taken_back(corrections: Iterable[tuple[int, int]]) -> set[int]:
    """The ids of what corrections take out, given as (own id, id of what it takes back)."""
    gone: set[int] = set()
    for own_id, event_id in sorted(corrections, reverse=True):
        if own_id not in gone and event_id < own_id:
            gone.add(event_id)
    return gone


def corrections_of(events: Iterable[EventFacts]) -> dict[int, EventFacts]:
    """The correction that stands of each event taken back, by the id of that event."""
    corrections = standing(event for event in events if isinstance(event.change, Corrected))
    return {event.change.event_id: event for event in corrections if isinstance(event.change, Corrected)}


def built_on(event: EventFacts, history: Sequence[EventFacts]) -> tuple[EventFacts, ...]:
    """The later ones of the standing events that are about what the event began, in order, with those about them.

    They are what happened to its blocker, next action, play or person, the steps of a play, what a decision asked for
    or changed on the list, judgements of evidence, and the step confirmed from a deal that no other entry implies.
    """
    ids, found = {event.id}, []
    for each in sorted(history, key=lambda each: each.id):
        is_after = each.id > event.id
        if is_after and (_is_about(each.change) in ids or _is_implied_by_alone(each.change, event, history)):
            ids.add(each.id)
            found.append(each)
    return tuple(found)


def leading(corrected: Sequence[EventFacts]) -> tuple[EventFacts, ...]:
    """The corrected events without those that only went with another one of them."""
    ids = {event.id for event in corrected}
    return tuple(event for event in corrected if _is_about(event.change) not in ids)


def _is_about(change: Change) -> int | None:
    """Return the id of the event that began what the change is about, None where the change stands for itself."""
    match change:
        case BlockerChanged(blocker_id=number) | ActionChanged(action_id=number) | ItemEdited(item_id=number):
            return number
        case ActionAdded(play_id=play_id, decision_id=decision_id):
            return play_id if decision_id is None else decision_id
        case ListChanged(decision_id=decision) | AskAnswered(decision_id=decision) | AskTaken(decision_id=decision):
            return decision
        case PlayEnded(play_id=number) | ContactEdited(contact_id=number) | EvidenceJudged(event_id=number):
            return number
    return None


def _is_implied_by_alone(step: Change, event: EventFacts, history: Iterable[EventFacts]) -> bool:
    """Return true for a step that somebody confirmed from this entry of a deal, if no other entry tells it."""
    if not isinstance(step, Moved) or not step.from_deal or not _implies(event.change, step):
        return False
    return not any(_implies(each.change, step) for each in history if each.id != event.id)


def _implies(change: Change, step: Moved) -> bool:
    if not isinstance(change, OpportunityChanged) or change.opportunity.key != step.from_deal:
        return False
    phase = change.opportunity.phase
    return phase is Phase.WON if step.to_stage == Stage.CUSTOMER else phase.is_open
