"""Accounts to which something happened in a period that is over: read from the history, as rows hold only the last."""

from collections.abc import Callable
from datetime import UTC, datetime

from agendas.facts.account import EventFacts, Source
from agendas.facts.events import Moved
from agendas.rules.history.corrections import standing
from agendas.rules.history.evidence import touch_at, touches
from agendas.rules.history.fold_changes import UPDATES
from agendas.verbs.loading.rows import event_facts
from assistant.context import QuestionContext
from assistant.look_ups.days import Days
from storage import events

HEARD = (*UPDATES, "play_ended")
"""Kinds of events that can bring evidence of the buyer."""

BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


def updated(context: QuestionContext, days: Days) -> set[int]:
    """Return the ids of the accounts that people updated in the period."""
    return _accounts(context, days, UPDATES, lambda event: not _is_found(event) and days.has(event.happened_at))


def heard(context: QuestionContext, days: Days) -> set[int]:
    """Return the ids of the accounts whose buyer did something in the period, as evidence shows."""
    return _accounts(context, days, HEARD, lambda event: any(days.has(touch_at(event, (p,))) for p in touches(event)))


def moved(context: QuestionContext, days: Days) -> set[int]:
    """Return the ids of the accounts that changed their stage or expanded in the period."""
    return _accounts(context, days, ("moved",), lambda event: _is_step(event) and days.has(event.happened_at))


def decided(context: QuestionContext, days: Days) -> set[int]:
    """Return the ids of the accounts about which a review decided something in the period."""
    return _accounts(context, days, ("decided",), lambda event: days.has(event.happened_at))


def _accounts(
    context: QuestionContext, days: Days, kinds: tuple[str, ...], is_one: Callable[[EventFacts], bool]
) -> set[int]:
    # what happened since an instant was recorded after it
    after = days.begin or BEFORE_ALL
    wanted = (*kinds, "evidence_judged", "corrected")
    recorded = events.recorded_since(context.session, context.workspace_id, after, wanted)
    counted = (each for each in standing(map(event_facts, recorded)) if each.change.kind in kinds)
    return {each.account_id for each in counted if is_one(each)}


def _is_found(event: EventFacts) -> bool:
    """True for a step that an import found: it is not what the account's people told."""
    return isinstance(event.change, Moved) and event.source is Source.IMPORT


def _is_step(event: EventFacts) -> bool:
    change = event.change
    is_step = isinstance(change, Moved) and change.to_stage is not None and change.since_known
    return is_step or (isinstance(change, Moved) and change.expansion is not None)
