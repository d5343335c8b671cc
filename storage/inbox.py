"""Requests taken, so that a repeat does nothing, and answers under way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Insert,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    or_,
    update,
)
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage import outbox
from storage.database import fresh, insert_once, replace_rows
from storage.letter_subjects import addressee_of
from storage.models.delivery import AnswerUnderWay, Letter, LetterKind, LetterState, Received
from storage.models.questions import Conversation, Draft
from storage.models.types import table_of
from storage.models.workspaces import Person
from storage.outbox import UNDER_WAY, WENT, may_be_sent

# Answers under way to people who recorded something: noted with what they recorded, settled once they went out.

ANSWERED_WITHIN = timedelta(minutes=3)
"""Longest that a process which lives needs to answer: above all the waits that Slack may ask for."""

_NOTES = "recorded_here"
"""The key in `Session.info` of what the transaction recorded so far."""


@dataclass(slots=True)
class NotedIds:
    """Ids of the events and signals that one transaction recorded, or that a person's overdue answers are about."""

    events: list[int] = field(default_factory=list)
    signals: list[int] = field(default_factory=list)


def note_event(session: Session, event_id: int) -> None:
    """Note that this transaction recorded the event, and owes its author an answer, which `begin_answer` stores."""
    _notes(session).events.append(event_id)


def note_signal(session: Session, signal_id: int) -> None:
    """Note that this transaction recorded the signal, and owes its author an answer, which `begin_answer` stores."""
    _notes(session).signals.append(signal_id)


def forget_noted(session: Session) -> None:
    """Forget what was noted: a letter of this transaction answers it."""
    session.info.pop(_NOTES, None)


def begin_answer(session: Session, workspace_id: str, user_id: str, now: datetime) -> int | None:
    """Store that the person is owed an answer about what was noted. Return the row's id, None if nothing was noted."""
    noted: NotedIds | None = session.info.pop(_NOTES, None)
    if noted is None:
        return None
    values = {
        "workspace_id": workspace_id,
        "user_id": user_id,
        "events": noted.events,
        "signals": noted.signals,
        "until": now + ANSWERED_WITHIN,
    }
    return int(session.execute(_insert_answer(), values).scalar_one())


@cache
def _insert_answer() -> Insert:
    table = table_of(AnswerUnderWay)
    return insert(table).returning(table.c.id)


def settle(session: Session, row_ids: Sequence[int]) -> None:
    """Delete the rows of answers that went out, by one statement."""
    session.execute(_delete_answers(), {"row_ids": list(row_ids)})


@cache
def _delete_answers() -> Delete:
    return delete(table_of(AnswerUnderWay)).where(
        table_of(AnswerUnderWay).c.id.in_(bindparam("row_ids", expanding=True))
    )


def settle_shown(session: Session, workspace_id: str, user_id: str, *, event_id: int, signal_id: int) -> None:
    """Forget the person's answers about this event or signal and nothing else, which was shown; an id of 0 is none."""
    query = select(AnswerUnderWay).where(AnswerUnderWay.workspace_id == workspace_id, AnswerUnderWay.user_id == user_id)
    shown = ([event_id] if event_id else [], [signal_id] if signal_id else [])
    settle(session, [each.row_id for each in session.exec(query) if (each.events, each.signals) == shown])


def end_all(session: Session, now: datetime) -> None:
    """Make every answer overdue. Only for a database with one process, at its start: nobody works on them."""
    session.execute(update(AnswerUnderWay).where(col(AnswerUnderWay.until) > now).values(until=now))


def overdue(session: Session, now: datetime, limit: int) -> list[int]:
    """The ids of answers not given in time: their process has ended, so that nobody gives them any more."""
    query = select(AnswerUnderWay.id).where(col(AnswerUnderWay.until) <= now)
    found = session.exec(query.order_by(col(AnswerUnderWay.until)).limit(limit))
    return [row_id for row_id in found if row_id is not None]


def take_overdue(session: Session, row_id: int, now: datetime) -> tuple[AnswerUnderWay, NotedIds] | None:
    """Remove the person's overdue answers; return the first and what they were about, in order.

    None where that was done before, with another row of the person or by another process.
    """
    first = session.get(AnswerUnderWay, row_id)
    if first is None:
        return None
    query = select(AnswerUnderWay).where(
        AnswerUnderWay.workspace_id == first.workspace_id,
        AnswerUnderWay.user_id == first.user_id,
        col(AnswerUnderWay.until) <= now,
    )
    # locked, because several processes look for the same people
    overdue = session.exec(fresh(query.order_by(col(AnswerUnderWay.id)).with_for_update())).all()
    if not overdue:
        return None
    settle(session, [each.row_id for each in overdue])
    event_ids = [event_id for each in overdue for event_id in each.events]
    signal_ids = [signal_id for each in overdue for signal_id in each.signals]
    return overdue[0], NotedIds(event_ids, signal_ids)


def _notes(session: Session) -> NotedIds:
    """What the transaction noted so far, empty at first."""
    notes: NotedIds = session.info.setdefault(_NOTES, NotedIds())
    return notes


def withdraw(session: Session, workspace_id: str, key: str) -> int:
    """Drop what waits of the letter of this key and its later parts, as its question was deleted; return how many."""
    # the later parts of a long message have the keys `KEY/2`, `KEY/3`
    is_of_key = or_(col(Letter.key) == key, col(Letter.key).startswith(f"{key}/", autoescape=True))
    waiting = _waiting(session, workspace_id, is_of_key)
    _drop(session, waiting, reason="the question was deleted")
    return len(waiting)


def withdraw_in_thread(session: Session, workspace_id: str, user_id: str, channel_id: str, thread_ts: str) -> None:
    """Drop the waiting letters that answer this person in a thread: the answer was stopped."""
    is_there = and_(
        col(Letter.page) == outbox.COMPOSED, col(Letter.channel_id) == channel_id, col(Letter.thread_ts) == thread_ts
    )
    waiting = [each for each in _waiting(session, workspace_id, is_there) if addressee_of(each) == user_id]
    _drop(session, waiting, reason="the answer was stopped")


def _waiting(session: Session, workspace_id: str, condition: ColumnElement[bool]) -> Sequence[Letter]:
    """Lock and return the letters of the workspace that still wait and meet the condition."""
    is_waiting = and_(col(Letter.workspace_id) == workspace_id, condition, col(Letter.state) == LetterState.WAITING)
    return session.exec(fresh(select(Letter).where(is_waiting).with_for_update())).all()


def _drop(session: Session, letters: Sequence[Letter], *, reason: str) -> None:
    """Drop these letters, and forget their composed texts."""
    for letter in letters:
        letter.state, letter.last_error = LetterState.DROPPED, reason
        session.add(letter)
    session.flush()
    # once all are dropped: a text is kept while any part of its message waits
    for letter in letters:
        outbox.forget_text(session, letter)


# Reads and writes of what a person was in the middle of: form drafts and the last answer.


def get_draft(session: Session, workspace_id: str, user_id: str, form: str) -> dict[str, Any]:
    """The person's unsubmitted input of the form, by field; empty when nothing is kept."""
    row = session.exec(select(Draft).where(*_draft(workspace_id, user_id, form))).first()
    return dict(row.values) if row else {}


def keep_draft(session: Session, workspace_id: str, user_id: str, form: str, *, values: Any, now: datetime) -> None:
    """Store the person's unsubmitted input of the form."""
    stored = {"workspace_id": workspace_id, "user_id": user_id, "form": form, "values": values, "saved_at": now}
    if insert_once(session, Draft, stored):
        return
    row = session.exec(fresh(select(Draft).where(*_draft(workspace_id, user_id, form)).with_for_update())).one()
    row.values, row.saved_at = values, now
    session.add(row)


def forget_draft(session: Session, workspace_id: str, user_id: str, form: str) -> None:
    """Delete the draft of the form, also one being stored at this moment."""
    lock_person(session, workspace_id, user_id)
    session.exec(delete(Draft).where(*_draft(workspace_id, user_id, form)))


NEWS = "news/"
"""The beginning of the draft names of lines of news; after some days nobody presses their buttons."""


def forget_drafts_before(session: Session, instant: datetime, beginning: str = "") -> int:
    """Delete the drafts whose name has this beginning and that nobody changed since then; return their number."""
    statement = delete(Draft).where(col(Draft.saved_at) < instant, col(Draft.form).startswith(beginning))
    return session.exec(statement).rowcount


def lock_person(session: Session, workspace_id: str, user_id: str) -> None:
    """Lock the person's forms: other transactions wait here until this one ends."""
    query = select(Person.id).where(Person.workspace_id == workspace_id, Person.user_id == user_id)
    session.exec(query.with_for_update(key_share=True)).first()


def conversation(session: Session, workspace_id: str, user_id: str, place: str) -> Conversation | None:
    """The last answer to the person in this place, None if there was none."""
    values = {"workspace_id": workspace_id, "user_id": user_id, "place": place}
    return session.scalars(_select_conversation(), values).first()


@cache
def _select_conversation() -> SelectOfScalar[Conversation]:
    # made once, as every question asks for it: making a statement takes longer than carrying it out
    names = ("workspace_id", "user_id", "place")
    return select(Conversation).where(*(col(getattr(Conversation, each)) == bindparam(each) for each in names))


def keep_conversation(session: Session, asked: Conversation) -> None:
    """Store `asked` as the last answer to its person in its place."""
    replace_rows(session, Conversation, [asked.model_dump(exclude={"id"})], unique=("workspace_id", "user_id", "place"))


def forget_conversations_before(session: Session, instant: datetime) -> int:
    """Delete the last answers before then, to which nobody can refer any more; return their number."""
    return session.exec(delete(Conversation).where(col(Conversation.asked_at) < instant)).rowcount


def _draft(workspace_id: str, user_id: str, form: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions of the person's draft of this form."""
    return (col(Draft.workspace_id) == workspace_id, col(Draft.user_id) == user_id, col(Draft.form) == form)


# Keys of requests already taken, so that a repeat does nothing.

KEPT_FOR = timedelta(hours=24)
"""Slack repeats an event for up to an hour, and hourly for a day where an app asks for delayed events."""


def note_key(session: Session, workspace_id: str, key: str, now: datetime) -> bool:
    """Note the key in this transaction. Return False when it was noted before."""
    return insert_once(session, Received, {"workspace_id": workspace_id, "key": key, "at": now})


def note_key_again(session: Session, workspace_id: str, key: str, now: datetime, *, after: timedelta) -> bool:
    """Note the key and return True, unless it was noted less than `after` ago: then return False.

    Of several callers at once only one gets True.
    """
    if note_key(session, workspace_id, key, now):
        return True
    renewal = update(Received).where(
        col(Received.workspace_id) == workspace_id, col(Received.key) == key, col(Received.at) <= now - after
    )
    return bool(session.exec(renewal.values(at=now)).rowcount)


def give_back(session: Session, workspace_id: str, key: str) -> None:
    """Delete the note of a request that came to nothing."""
    session.execute(delete(Received).where(col(Received.workspace_id) == workspace_id, col(Received.key) == key))


def was_taken(session: Session, workspace_id: str, key: str) -> bool:
    query = select(Received.id).where(Received.workspace_id == workspace_id, Received.key == key)
    return session.exec(query).first() is not None


def forget_before(session: Session, instant: datetime, *, now: datetime) -> int:
    """Delete the keys that arrived before `instant`, except those that Slack may still repeat; return their number."""
    return session.exec(delete(Received).where(col(Received.at) < min(instant, now - KEPT_FOR))).rowcount


# Counts of the messages that people get without having asked for them.

DUE_BEFORE_SENT = timedelta(days=8)
"""A letter sent in a week may have been due this long before it, so the search by due time begins earlier."""
IS_TO_A_PERSON = col(Letter.user_id) != literal_column("''")
"""Lets the database use the index of letters to people: from a parameter it cannot see that `user_id` is not empty."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """The beginning of a week, of the one after it, and the end of that."""

    begins_at: datetime
    next_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """The number of messages of a person in one of two weeks, and how many of them are digests."""

    user_id: str
    is_next_week: bool
    messages: int
    digests: int


def count_unasked(
    session: Session,
    workspace_id: str,
    user_ids: Collection[str],
    weeks: Weeks,
    *,
    pages: Collection[str],
    digests: Collection[str],
) -> list[Counted]:
    """The direct messages with these pages that people got or will get in two weeks, by one statement.

    One entry a person and week in which there are any; `digests` are the pages that count as digests.
    """
    is_next = case((col(Letter.due_at) >= weeks.next_at, 1), else_=0)
    is_digest = case((col(Letter.page).in_(digests), 1), else_=0)
    query = (
        select(col(Letter.user_id), is_next, func.count(), func.sum(is_digest))
        .where(
            Letter.workspace_id == workspace_id,
            col(Letter.user_id).in_(user_ids),
            IS_TO_A_PERSON,
            Letter.kind == LetterKind.DIRECT,
            col(Letter.state).in_(WENT),
            col(Letter.page).in_(pages),
            col(Letter.due_at) >= weeks.begins_at,
            col(Letter.due_at) < weeks.ends_at,
        )
        .group_by(col(Letter.user_id), is_next)
    )
    return [
        Counted(user_id, bool(is_next_week), int(messages), int(digest_count))
        for user_id, is_next_week, messages, digest_count in session.exec(query)
    ]


def count_sent_since(
    session: Session, letter: Letter, begins_at: datetime, *, pages: Collection[str]
) -> tuple[int, int]:
    """Count the direct messages with these pages to the letter's reader: (sent since then, being sent right now).

    The letter itself is not counted. What may have been sent, as Slack's answer was lost, counts as sent.
    """
    is_sent = or_(col(Letter.sent_at) >= begins_at, col(Letter.state) == LetterState.UNSURE)
    is_leased = and_(col(Letter.state) == LetterState.LEASED, col(Letter.id) != letter.row_id)
    query = select(
        func.coalesce(func.sum(case((is_sent, 1), else_=0)), 0),
        func.coalesce(func.sum(case((is_leased, 1), else_=0)), 0),
    ).where(
        Letter.workspace_id == letter.workspace_id,
        Letter.user_id == letter.user_id,
        IS_TO_A_PERSON,
        col(Letter.due_at) >= begins_at - DUE_BEFORE_SENT,
        Letter.kind == LetterKind.DIRECT,
        col(Letter.page).in_(pages),
    )
    sent, being_sent = session.exec(query).one()
    return int(sent), int(being_sent)


def sent_to(
    session: Session, workspace_id: str, user_ids: Collection[str], *, page: str, since: datetime
) -> list[Letter]:
    """The direct messages with this page, due since then, that were sent to these people or may have been."""
    people = {"workspace_id": workspace_id, "user_ids": list(user_ids)}
    found = session.scalars(_select_sent_to(), people | {"letter_page": page, "since": since})
    return [letter for letter in found if may_be_sent(letter)]


@cache
def _select_sent_to() -> SelectOfScalar[Letter]:
    """The direct messages with `letter_page` to `user_ids`, due from `since` on, sent or still to be sent."""
    # made once, as every update asks for them
    return select(Letter).where(
        Letter.workspace_id == bindparam("workspace_id"),
        col(Letter.user_id).in_(bindparam("user_ids", expanding=True)),
        IS_TO_A_PERSON,
        col(Letter.due_at) >= bindparam("since"),
        Letter.page == bindparam("letter_page"),
        Letter.kind == LetterKind.DIRECT,
        col(Letter.state).in_(WENT),
    )


def readers(session: Session, workspace_id: str, user_ids: Collection[str], *, page: str, since: datetime) -> set[str]:
    """Those of these people who got, or may yet get, a direct message with this page that was due since then."""
    query = select(Letter.user_id).where(
        Letter.workspace_id == workspace_id,
        col(Letter.user_id).in_(user_ids),
        IS_TO_A_PERSON,
        Letter.kind == LetterKind.DIRECT,
        col(Letter.state).in_(WENT),
        Letter.page == page,
        col(Letter.due_at) >= since,
    )
    return set(session.exec(query))


def waiting_from(session: Session, letter: Letter, *, pages: Collection[str], now: datetime, limit: int) -> list[str]:
    """The readers, each once, `limit` at most, of the letter and the due direct messages with these pages after it."""
    query = (
        select(Letter.user_id)
        .where(
            Letter.workspace_id == letter.workspace_id,
            Letter.channel_id == "",
            Letter.kind == LetterKind.DIRECT,
            col(Letter.state).in_(UNDER_WAY),
            col(Letter.page).in_(pages),
            col(Letter.due_at) <= now,
            col(Letter.id) > letter.id,
        )
        .order_by(col(Letter.id))
        .limit(limit)
    )
    return list(dict.fromkeys((letter.user_id, *session.exec(query))))[:limit]


def held_back(
    session: Session, workspace_id: str, user_id: str, *, since: datetime, reasons: Collection[str]
) -> list[tuple[str, int]]:
    """The number of direct messages to the person, due since then, for each of these reasons that kept them back."""
    query = (
        select(col(Letter.last_error), func.count())
        .where(
            Letter.workspace_id == workspace_id,
            Letter.user_id == user_id,
            Letter.kind == LetterKind.DIRECT,
            col(Letter.due_at) >= since,
            col(Letter.last_error).in_(reasons),
        )
        .group_by(col(Letter.last_error))
    )
    return [(reason, int(count)) for reason, count in session.exec(query)]
