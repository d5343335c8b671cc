"""Reads of entries of which somebody has still to say whose act they are. Nothing here writes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.pages.accounts.whose_act import QuestionFacts, UndecidedEntry
from agendas.rules.history.undecided import is_in_doubt, matters_since, undecided
from agendas.verbs.loading.rows import account_state, event_facts
from agendas.verbs.reads.accounts import get_account
from storage import accounts, events, people
from storage.asked import evidence_questions
from storage.tables import EvidenceQuestion

FIRST = (0, 0)
"""The place before every entry's."""


def asked_of(
    session: Session, workspace_id: str, user_id: str, *, after: tuple[int, int] = FIRST
) -> tuple[UndecidedEntry, ...]:
    """Return the older entries that the person is asked about, after a place: account by account."""
    questions = evidence_questions.open_of_person(session, workspace_id, user_id)
    return _named(session, workspace_id, _of_questions(session, questions), after)


def of_account(
    session: Session, workspace_id: str, account_id: int, *, now: datetime, after: tuple[int, int] = FIRST
) -> tuple[UndecidedEntry, ...]:
    """Return an account's undecided entries, after a place: those asked about, and new ones while they matter.

    Raises Outdated when there is no such account.
    """
    state = account_state(get_account(session, workspace_id, account_id))
    questions = evidence_questions.open_of_accounts(session, [account_id])
    recent = map(event_facts, events.between(session, [account_id], matters_since(state, now), now))
    # older entries are asked about by their questions alone
    new = [event for event in undecided(recent) if is_in_doubt(event)]
    found = {event.id: event for event in (*_of_questions(session, questions), *new)}
    return _named(session, workspace_id, found.values(), after)


def question(session: Session, workspace_id: str, user_id: str) -> QuestionFacts | None:
    """Return the question to a person, None when nothing of it is open or they are not there any more."""
    person = people.find(session, workspace_id, user_id)
    questions = evidence_questions.open_of_person(session, workspace_id, user_id)
    entries = _named(session, workspace_id, _of_questions(session, questions), FIRST)
    if person is None or person.is_deleted or not entries:
        return None
    return QuestionFacts(entries, max(each.asked_at for each in questions), person.time_zone)


def place_of(session: Session, workspace_id: str, event_id: int) -> tuple[int, int]:
    """Return the place of an event among all entries, that before every entry's where there is no such event."""
    row = events.get(session, workspace_id, event_id)
    return FIRST if row is None else (row.account_id, row.row_id)


def undecided_among(session: Session, account_id: int, event_ids: Sequence[int]) -> tuple[EventFacts, ...]:
    """Return those of an account's events that stand and are undecided, as people judged them."""
    wanted, first = set(event_ids), min(event_ids)
    stored = [row for row in events.get_many(session, event_ids) if row.account_id == account_id]
    stored += events.of_kinds(session, account_id, ("evidence_judged", "corrected"), after_id=first)
    return tuple(event for event in undecided(map(event_facts, stored)) if event.id in wanted)


def _of_questions(session: Session, questions: Iterable[EvidenceQuestion]) -> list[EventFacts]:
    found: list[EventFacts] = []
    for account_id, asked in groupby(questions, key=lambda each: each.account_id):
        found += undecided_among(session, account_id, [each.event_id for each in asked])
    return found


def _named(
    session: Session, workspace_id: str, found: Iterable[EventFacts], after: tuple[int, int]
) -> tuple[UndecidedEntry, ...]:
    shown = list(found)
    rows = accounts.get_many(session, workspace_id, {event.account_id for event in shown})
    names = {row.row_id: row.name for row in rows}
    entries = [UndecidedEntry(names[event.account_id], event) for event in shown if event.account_id in names]
    return tuple(sorted((entry for entry in entries if entry.place > after), key=lambda entry: entry.place))
