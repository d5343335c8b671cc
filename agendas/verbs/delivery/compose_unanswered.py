"""The message about what its reader recorded and was not told of: all of it that still counts."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import EventFacts
from agendas.facts.events import Corrected
from agendas.pages.accounts.recorded import RecordedFacts
from agendas.pages.accounts.unanswered import UnansweredFacts, unanswered_page
from agendas.rendering.page import Page
from agendas.rules.history.corrections import corrections_of
from agendas.verbs.delivery.composing import Composing, reader_zone
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.reads.account.recorded import get_event, recorded_facts
from agendas.verbs.updates.signals import noted
from storage import events
from storage.delivery import subjects

T = TypeVar("T")


def unanswered(composing: Composing) -> Page | None:
    """Return the page, None when all was taken back or corrected since."""
    session, subject = composing.session, composing.subject(subjects.UnansweredSubject)
    found = _seen(get_event, composing, subject.event_ids)
    gone = _corrected(composing, found)
    entries = [each for each in found if not isinstance(each.change, Corrected) and each.id not in gone]
    signals = _seen(noted, composing, subject.signal_ids)
    facts = UnansweredFacts(
        recorded=tuple(recorded_facts(session, each) for each in entries),
        taken_back=tuple(_taken_back(composing, each) for each in found if isinstance(each.change, Corrected)),
        signals=tuple(each for each in signals if not each.is_taken_back),
        zone=reader_zone(composing),
    )
    return unanswered_page(facts, composing.words) if facts.is_any else None


def _seen(get: Callable[[Session, str, int], T], composing: Composing, ids: Iterable[int]) -> list[T]:
    """Return those that the reader may see still."""
    found = []
    for number in ids:
        with suppress(Outdated):
            found.append(get(composing.session, composing.letter.workspace_id, number))
    return found


def _corrected(composing: Composing, entries: Iterable[EventFacts]) -> set[int]:
    """Return the ids of entries that do not count any more."""
    accounts = {each.account_id for each in entries}
    stored = (row for number in accounts for row in events.of_account(composing.session, number))
    return set(corrections_of(map(event_facts, stored)))


def _taken_back(composing: Composing, correction: EventFacts) -> RecordedFacts:
    """Return the entry that was taken back, with the account as the correction left it."""
    session, change = composing.session, correction.change
    entry_id = change.event_id if isinstance(change, Corrected) else correction.id
    facts = recorded_facts(session, get_event(session, composing.letter.workspace_id, entry_id))
    return replace(facts, after=recorded_facts(session, correction).after)
