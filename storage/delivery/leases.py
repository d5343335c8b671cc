"""Claim letters to send, each by one worker at a time, and record what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, UpdateBase, and_, bindparam, case, func, or_, update
from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.database.lease_clock import lease_now
from storage.delivery import channel_retries
from storage.delivery.ready import any_ready, ready
from storage.tables import Letter, LetterKind, LetterState
from storage.tables.types import UTCDateTime


@dataclass(frozen=True, slots=True)
class Attempts:
    """The time during which earlier attempts may have sent a letter: `since` by Slack's clock, `until` by ours."""

    since: datetime
    until: datetime


def claim(
    session: Session,
    *,
    now: datetime,
    tried_at: datetime,
    worker: str,
    lease: timedelta,
    batch: int,
    full: Collection[str] = (),
) -> list[Letter]:
    """Claim the letters this worker may send now, at most `batch`, oldest first, at most one per place.

    `tried_at` is `now` by Slack's clock; `first_tried_at` becomes that of the first claim after which the letter may
    have been sent. The lease begins and ends by the lease clock. A letter with a `tried_until` was in a worker's hands
    before (see `earlier_attempts`): look for it in Slack before sending it. Letters of the workspaces
    in `full` are left.
    """
    held_at = lease_now(session, now)
    values = {"now": now, "lease_now": held_at, "lease_ends_at": held_at + lease, "tried_at": tried_at}
    chosen = {"worker": worker, "batch": batch, "full": list(full)}
    return sorted(session.scalars(_claim(), values | chosen), key=lambda letter: letter.row_id)


def earlier_attempts(letter: Letter) -> Attempts | None:
    """Return when earlier attempts may have sent a letter just claimed, None when they cannot have.

    An attempt of a worker that is gone ended with its lease at the latest.
    """
    if letter.tried_until is None:
        return None
    return Attempts(letter.first_tried_at or letter.created_at, letter.tried_until)


def is_any_claimable(session: Session, now: datetime, *, full: Collection[str] = ()) -> bool:
    """Return whether `claim` would find a letter."""
    values = {"now": now, "lease_now": lease_now(session, now), "full": list(full)}
    found = session.execute(any_ready(), values)
    return found.first() is not None


def is_held(session: Session, letter: Letter, now: datetime) -> bool:
    """Return whether this worker still has the letter, by the lease clock."""
    held = select(Letter.id).where(*_in_hand(letter), col(Letter.leased_until) > lease_now(session, now))
    return session.exec(held).first() is not None


def record_sent(session: Session, letter: Letter, *, channel_id: str, ts: str, at: datetime) -> Letter:
    """Record the letter as sent and return it as stored. An earlier record stays."""
    stored = session.get_one(Letter, letter.row_id)
    if stored.state != LetterState.SENT:
        stored.state, stored.sent_channel, stored.sent_ts, stored.sent_at = LetterState.SENT, channel_id, ts, at
        stored.leased_until, stored.leased_by, stored.last_error, stored.failing_since = None, "", "", None
        session.add(stored)
        session.flush()
        channel_retries.record_success(session, stored)
    return stored


def put_off(
    session: Session, letter: Letter, *, until: datetime, error: str, tried: Attempts | None, look_cursor: str = ""
) -> None:
    """Let the letter wait until then. `tried` is when it may have been sent, None when it cannot have been.

    `look_cursor` is where the search for its message goes on, which began at the letter's `look_began_at`.
    """
    look = {"look_cursor": look_cursor, "look_began_at": letter.look_began_at} if look_cursor else {}
    _settle(session, letter, state=LetterState.WAITING, error=error, due_at=until, **look, **_columns(tried))


def put_off_failed(
    session: Session,
    letter: Letter,
    *,
    until: datetime,
    error: str,
    tried: Attempts | None,
    failing_since: datetime | None,
) -> None:
    """Put the letter off after Slack failed. `failing_since` is when errors of its own began, None in an outage."""
    changes = {"failures": letter.failures + 1, "failing_since": failing_since}
    _settle(session, letter, state=LetterState.WAITING, error=error, due_at=until, **changes, **_columns(tried))


def put_behind(
    session: Session,
    letter: Letter,
    *,
    until: datetime,
    error: str,
    tried: Attempts | None,
    failing_since: datetime | None,
) -> None:
    """Put the letter off after a failure of ours, behind those queued after it, as if it was never tried."""
    changes = {"attempts": 0, "failing_since": failing_since}
    _settle(session, letter, state=LetterState.WAITING, error=error, due_at=until, **changes, **_columns(tried))


def refuse(session: Session, letter: Letter, *, error: str) -> None:
    """Record that Slack said no for good, and drop the letters that depend on this one."""
    if _settle(session, letter, state=LetterState.REFUSED, error=error):
        _drop_dependents(session, letter)


def mark_unsure(session: Session, letter: Letter, *, error: str) -> bool:
    """Mark the letter as possibly sent, for a person to decide. Return False when another worker has it."""
    return _settle(session, letter, state=LetterState.UNSURE, error=error)


def drop(session: Session, letter: Letter, *, reason: str) -> bool:
    """Drop a letter that was overtaken, and those that depend on it.

    Returns False when another worker has it.
    """
    is_dropped = _settle(session, letter, state=LetterState.DROPPED, error=reason)
    if is_dropped:
        _drop_dependents(session, letter)
    return is_dropped


def drop_waiting_of(session: Session, review_id: int, *, reason: str) -> None:
    """Drop every letter of the review that still waits."""
    is_waiting = and_(col(Letter.review_id) == review_id, col(Letter.state) == LetterState.WAITING)
    session.execute(update(Letter).where(is_waiting).values(state=LetterState.DROPPED, last_error=reason))


def lock_unsure(session: Session, workspace_id: str, letter_id: int) -> Letter | None:
    """Lock and return the letter that a person has to decide about; None when it is not unsure."""
    query = select(Letter).where(
        Letter.workspace_id == workspace_id, Letter.id == letter_id, Letter.state == LetterState.UNSURE
    )
    return session.exec(fresh(query.with_for_update())).first()


def requeue(session: Session, letter: Letter, *, now: datetime) -> None:
    """Let the letter wait as if it was queued now, so that it is not taken for late."""
    letter.state, letter.created_at, letter.due_at, letter.attempts = LetterState.WAITING, now, now, 0
    letter.first_tried_at, letter.tried_until, letter.last_error, letter.failures = None, None, "", 0
    letter.failing_since, letter.not_after = None, None
    session.add(letter)
    session.flush()


def give_up(session: Session, letter: Letter, *, reason: str) -> None:
    """Drop an unsure letter, and those that depend on it, since nobody knows where its message is."""
    letter.state, letter.last_error = LetterState.DROPPED, reason
    session.add(letter)
    session.flush()
    _drop_dependents(session, letter)


def end_all(session: Session, *, now: datetime) -> None:
    """End every lease. Only for a database with one process, at its start: the holders are gone."""
    ended = case((col(Letter.leased_until) < now, col(Letter.leased_until)), else_=now)
    statement = update(Letter).where(col(Letter.state) == LetterState.LEASED, col(Letter.leased_until).is_not(None))
    session.execute(statement.values(leased_until=None, tried_until=ended))


@cache
def _claim() -> UpdateBase:
    """The statement of `claim`, made once like the next: making it takes longer than executing it."""
    chosen = ready().limit(bindparam("batch")).with_for_update(skip_locked=True, of=Letter)
    return (
        update(Letter)
        .where(col(Letter.id).in_(chosen.scalar_subquery()))
        .values(
            state=LetterState.LEASED,
            leased_until=bindparam("lease_ends_at", type_=UTCDateTime),
            leased_by=bindparam("worker"),
            attempts=Letter.attempts + 1,
            first_tried_at=func.coalesce(Letter.first_tried_at, bindparam("tried_at", type_=UTCDateTime)),
            tried_until=func.coalesce(Letter.leased_until, Letter.tried_until, Letter.first_tried_at),
        )
        .returning(Letter)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


def _columns(tried: Attempts | None) -> dict[str, datetime | None]:
    return {"first_tried_at": tried.since if tried else None, "tried_until": tried.until if tried else None}


def _settle(
    session: Session, letter: Letter, *, state: LetterState, error: str, **changes: datetime | int | str | None
) -> bool:
    """Record what became of the letter. Return False, with nothing recorded, when another worker has it."""
    no_look = {"look_cursor": "", "look_began_at": None}
    statement = (
        update(Letter)
        .where(*_in_hand(letter))
        .values(state=state, last_error=error, leased_until=None, leased_by="", **(no_look | changes))
        .returning(col(Letter.id))
        .execution_options(synchronize_session=False)
    )
    is_settled = session.execute(statement).first() is not None
    if is_settled and state != LetterState.WAITING:
        channel_retries.record_end(session, letter)
    return is_settled


def _in_hand(letter: Letter) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Letter.id) == letter.row_id,
        col(Letter.state) == LetterState.LEASED,
        col(Letter.leased_by) == letter.leased_by,
        col(Letter.attempts) == letter.attempts,
    )


def _drop_dependents(session: Session, letter: Letter) -> None:
    """Drop the replies to and edits of a message that will never be there, and their own dependents."""
    gone: Sequence[int] = [letter.row_id]
    while gone:
        replies = and_(col(Letter.parent).in_(gone), col(Letter.kind) != LetterKind.EDIT)
        hanging = or_(replies, col(Letter.target).in_(gone))
        statement = (
            update(Letter)
            .where(hanging, col(Letter.state) == LetterState.WAITING)
            .values(state=LetterState.DROPPED, last_error="the message it belongs to was not posted")
            .returning(col(Letter.id))
            .execution_options(synchronize_session=False)
        )
        gone = [row_id for row_id in session.scalars(statement) if row_id is not None]
