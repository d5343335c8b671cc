"""Counts of the messages that people get without having asked for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, func, literal_column, or_
from sqlmodel import Session, col, select

from storage.delivery.collecting import WENT, may_be_sent
from storage.delivery.outbox import UNDER_WAY
from storage.tables import Letter, LetterKind, LetterState

DUE_BEFORE_SENT = timedelta(days=8)
"""What was sent in a week was due in it, or in the one before when the week ended on its way to Slack."""
IS_TO_A_PERSON = col(Letter.user_id) != literal_column("''")
"""Said for the index of letters to people, which has no others: the database cannot tell it from a parameter."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """The beginning of a week, of the one after it, and the end of that."""

    begins_at: datetime
    next_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """Messages of a person in one of two weeks, and how many of them are digests."""

    user_id: str
    is_next_week: bool
    messages: int
    digests: int


def count(
    session: Session,
    workspace_id: str,
    user_ids: Collection[str],
    weeks: Weeks,
    *,
    pages: Collection[str],
    digests: Collection[str],
) -> list[Counted]:
    """The direct messages with these pages that people got in two weeks or will get, by one statement."""
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
        Counted(user_id, bool(is_next_week), int(messages), int(found))
        for user_id, is_next_week, messages, found in session.exec(query)
    ]


def gone_since(session: Session, letter: Letter, begins_at: datetime, *, pages: Collection[str]) -> tuple[int, int]:
    """The direct messages with these pages that its reader got since then, and others being sent, besides the letter.

    What may have been sent counts as sent.
    """
    is_gone = or_(col(Letter.sent_at) >= begins_at, col(Letter.state) == LetterState.UNSURE)
    is_in_hand = and_(col(Letter.state) == LetterState.LEASED, col(Letter.id) != letter.row_id)
    query = select(
        func.coalesce(func.sum(case((is_gone, 1), else_=0)), 0),
        func.coalesce(func.sum(case((is_in_hand, 1), else_=0)), 0),
    ).where(
        Letter.workspace_id == letter.workspace_id,
        Letter.user_id == letter.user_id,
        IS_TO_A_PERSON,
        col(Letter.due_at) >= begins_at - DUE_BEFORE_SENT,
        Letter.kind == LetterKind.DIRECT,
        col(Letter.page).in_(pages),
    )
    gone, in_hand = session.exec(query).one()
    return int(gone), int(in_hand)


def sent_to(
    session: Session, workspace_id: str, user_ids: Collection[str], *, page: str, since: datetime
) -> list[Letter]:
    """The direct messages with this page that were sent to these people since then, or may have been."""
    query = select(Letter).where(
        Letter.workspace_id == workspace_id,
        col(Letter.user_id).in_(user_ids),
        IS_TO_A_PERSON,
        col(Letter.due_at) >= since,
        Letter.page == page,
        Letter.kind == LetterKind.DIRECT,
        col(Letter.state).in_(WENT),
    )
    return [letter for letter in session.exec(query) if may_be_sent(letter)]


def readers(session: Session, workspace_id: str, user_ids: Collection[str], *, page: str, since: datetime) -> set[str]:
    """Those of these people who had a direct message with this page since then, or will have one."""
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
    """The reader of the letter, and those of the next direct messages with these pages that are due after it."""
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
