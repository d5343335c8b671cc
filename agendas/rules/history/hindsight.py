"""An earlier state of an account by what is known now: without the entries that were corrected since."""

from collections.abc import Sequence
from datetime import datetime

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import Corrected
from agendas.facts.evidence import EvidenceJudged
from agendas.facts.reviews.agenda import CorrectedEntry
from agendas.rules.history.corrections import corrections_of, leading, standing
from agendas.rules.history.fold import fold
from agendas.text.days import local_date


def state_in_hindsight(history: Sequence[EventFacts], at: datetime) -> AccountState | None:
    """The state that the events recorded until that instant make, without those corrected at any time.

    None when no nomination stands.
    """
    gone = corrections_of(history)
    return fold(event for event in history if event.recorded_at <= at and event.id not in gone)


def state_when_named(history: Sequence[EventFacts], named_at: datetime, zone: str) -> AccountState | None:
    """The state in which the account was named: all but what `is_since_naming`, without corrected entries."""
    gone = corrections_of(history)
    return fold(event for event in history if not is_since_naming(event, named_at, zone) and event.id not in gone)


def is_since_naming(event: EventFacts, named_at: datetime, zone: str) -> bool:
    """True for what was recorded after the account was named and happened on that day or later."""
    return event.recorded_at > named_at and local_date(event.happened_at, zone) >= local_date(named_at, zone)


def corrected_since(history: Sequence[EventFacts], at: datetime) -> tuple[CorrectedEntry, ...]:
    """The entries that counted at that instant and were corrected after it, in the order in which they happened.

    What went with another one, as the steps of a play, is not named by itself.
    """
    counted = standing(event for event in history if event.recorded_at <= at)
    corrections = corrections_of(history)
    gone = [event for event in counted if event.id in corrections and not isinstance(event.change, Corrected)]
    return tuple(CorrectedEntry(event, corrections[event.id]) for event in leading(gone))


def judged_since(history: Sequence[EventFacts], at: datetime) -> tuple[EventFacts, ...]:
    """The entries recorded until that instant whose evidence somebody judged after it, as they were told."""
    later = [event.change for event in history if event.recorded_at > at]
    ids = {change.event_id for change in later if isinstance(change, EvidenceJudged)}
    return tuple(event for event in history if event.id in ids and event.recorded_at <= at)
