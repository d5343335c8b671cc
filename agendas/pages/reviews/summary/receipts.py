"""Receipts under an agenda: things that people recorded in this review, newest first, for all to see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from agendas.facts.account import EventFacts
from agendas.facts.events import ActionAdded, Corrected, ListChanged
from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.page import Item, Note
from agendas.rendering.words import Words
from agendas.rules.history.corrections import standing
from agendas.rules.history.news import news
from agendas.rules.history.subject import subject_of
from agendas.rules.history.weight import AUTOMATIC
from agendas.text.days import local_date

RECEIPTS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """An event, and the blocker, action or play that it is about; `is_rest` of "nothing moved" that follows news."""

    event: EventFacts
    subject: str = ""
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Things that one person recorded at once, and the local day."""

    actor: str
    at: datetime
    on: date
    entries: tuple[Entry, ...]


def receipts(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """The latest things recorded since the review opened, in one line; nothing outside of a review."""
    opened_at, zone = item.opened_at, item.facts.zone
    if opened_at is None:
        return ()
    found = tuple(_receipts(item, opened_at))[:RECEIPTS_SHOWN]
    if not found:
        return ()
    return (Note(words.say("summary.receipts", entries=found, zone=zone, on=local_date(opened_at, zone))),)


def _receipts(item: AgendaItem, opened_at: datetime) -> Iterator[Receipt]:
    """Yield them newest first; what a person recorded within a minute, as by one form, is one receipt."""
    facts = item.facts
    first_news = min((event.id for event in news(facts.events)), default=None)
    newest = sorted(
        (event for event in standing(facts.events) if _is_told(event, opened_at)),
        key=lambda event: (event.recorded_at, event.id),
        reverse=True,
    )
    for (_, actor), events in groupby(newest, key=_minute_and_person):
        told = sorted(events, key=lambda event: event.id)
        at = max(event.recorded_at for event in told)
        entries = tuple(
            Entry(event, subject_of(event, facts.account), first_news is not None and event.id > first_news)
            for event in told
        )
        yield Receipt(actor, at, local_date(at, facts.zone), entries)


def _minute_and_person(event: EventFacts) -> tuple[datetime, str]:
    return event.recorded_at.replace(second=0, microsecond=0), event.actor


def _is_told(event: EventFacts, opened_at: datetime) -> bool:
    """True for what a person recorded in the review, but for corrections and what only followed from a decision."""
    follows = isinstance(event.change, ActionAdded | ListChanged) and event.change.decision_id is not None
    is_by_hand = event.source not in AUTOMATIC and not isinstance(event.change, Corrected)
    return is_by_hand and not follows and event.recorded_at > opened_at
