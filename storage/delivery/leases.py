"""Taking letters to send, so that no two workers send the same one, and writing down what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, UpdateBase, and_, bindparam, case, func, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database.fresh_rows import fresh
from storage.database.lease_clock import lease_now
from storage.delivery import channel_retries
from storage.delivery.ready import claimable
from storage.tables import Letter, LetterKind, LetterState
from storage.tables.types import UTCDateTime


@dataclass(frozen=True, slots=True)
class Tried:
    """From when, by Slack's clock, until when, by ours, attempts were under way that may have sent a letter."""

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
) -> list[Letter]:
    """Claim the letters this worker may send now, at most `batch`, oldest first, at most one per place.

    `tried_at` is `now` by Slack's clock; `first_tried_at` becomes that of the first claim after which the letter may
    have been sent. The lease begins and ends by the lease clock. A letter with a `tried_until` was in a worker's hands
    before (see `tried_before`): look for it in Slack before sending it.
    """
    held_at = lease_now(session, now)
    instants = {"now": now, "lease_now": held_at, "lease_ends_at": held_at + lease, "tried_at": tried_at}
    values = {**instants, "worker": worker, "batch": batch}
    return sorted(session.scalars(_claim(), values), key=lambda letter: letter.row_id)


def tried_before(letter: Letter) -> Tried | None:
    """When a letter just claimed may have been sent by earlier attempts, None when it was not.

    Of a worker that is gone nobody knows when its attempt ended; it ended with its lease at the latest.
    """
    if letter.tried_until is None:
        return None
    return Tried(letter.first_tried_at or letter.created_at, letter.tried_until)


def is_any_claimable(session: Session, now: datetime) -> bool:
    """Whether `claim` would find a letter."""
    found = session.execute(_any_claimable(), {"now": now, "lease_now": lease_now(session, now)})
    return found.first() is not None


def is_held(session: Session, letter: Letter, now: datetime) -> bool:
    """Return whether this worker still has the letter, by the lease clock."""
    held = select(Letter.id).where(*_in_hand(letter), col(Letter.leased_until) > lease_now(session, now))
    return session.exec(held).first() is not None


def record_sent(session: Session, letter: Letter, *, channel_id: str, ts: str, at: datetime) -> Letter:
    """The stored letter, sent. Where it was recorded before, that record stays."""
    stored = session.get_one(Letter, letter.row_id)
    if stored.state != LetterState.SENT:
        stored.state, stored.sent_channel, stored.sent_ts, stored.sent_at = LetterState.SENT, channel_id, ts, at
        stored.leased_until, stored.leased_by, stored.last_error, stored.failing_since = None, "", "", None
        session.add(stored)
        session.flush()
        channel_retries.passed(session, stored)
    return stored


def put_off(
    session: Session, letter: Letter, *, until: datetime, error: str, tried: Tried | None, look_cursor: str = ""
) -> None:
    """The letter waits until then. `tried`: when it may have been sent, None when it cannot have been.

    `look_cursor`: where the look for its message goes on, which began at the letter's `look_began_at`.
    """
    look = {"look_cursor": look_cursor, "look_began_at": letter.look_began_at} if look_cursor else {}
    _settle(session, letter, state=LetterState.WAITING, error=error, due_at=until, **look, **_columns(tried))


def put_off_failed(
    session: Session,
    letter: Letter,
    *,
    until: datetime,
    error: str,
    tried: Tried | None,
    failing_since: datetime | None,
) -> None:
    """The same after Slack failed. `failing_since`: since when by an error of this letter's own, None in an outage."""
    changes = {"failures": letter.failures + 1, "failing_since": failing_since}
    _settle(session, letter, state=LetterState.WAITING, error=error, due_at=until, **changes, **_columns(tried))


def let_others_pass(
    session: Session,
    letter: Letter,
    *,
    until: datetime,
    error: str,
    tried: Tried | None,
    failing_since: datetime | None,
) -> None:
    """The same after a failure of ours: what was queued after it goes first meanwhile, as if it was never tried."""
    changes = {"attempts": 0, "failing_since": failing_since}
    _settle(session, letter, state=LetterState.WAITING, error=error, due_at=until, **changes, **_columns(tried))


def refuse(session: Session, letter: Letter, *, error: str) -> None:
    """Slack said no for good; what hangs on the letter is dropped."""
    if _settle(session, letter, state=LetterState.REFUSED, error=error):
        _drop_dependents(session, letter)


def mark_unsure(session: Session, letter: Letter, *, error: str) -> bool:
    """Whether the letter now counts as one that may have been sent and cannot be looked up; a person decides."""
    return _settle(session, letter, state=LetterState.UNSURE, error=error)


def drop(session: Session, letter: Letter, *, reason: str) -> bool:
    """Whether the letter is dropped: it was overtaken and is not sent, nor is what hangs on it.

    False when another worker took it meanwhile.
    """
    is_dropped = _settle(session, letter, state=LetterState.DROPPED, error=reason)
    if is_dropped:
        _drop_dependents(session, letter)
    return is_dropped


def drop_waiting_of(session: Session, review_id: int, *, reason: str) -> None:
    """Every letter of the review that still waits is dropped."""
    is_waiting = and_(col(Letter.review_id) == review_id, col(Letter.state) == LetterState.WAITING)
    session.execute(update(Letter).where(is_waiting).values(state=LetterState.DROPPED, last_error=reason))


def doubtful(session: Session, workspace_id: str, letter_id: int) -> Letter | None:
    """The letter about which a person has to decide, held until the transaction ends; None when it is not in doubt."""
    query = select(Letter).where(
        Letter.workspace_id == workspace_id, Letter.id == letter_id, Letter.state == LetterState.UNSURE
    )
    return session.exec(fresh(query.with_for_update())).first()


def send_anew(session: Session, letter: Letter, *, now: datetime) -> None:
    """The letter waits to be sent as if it had been queued now: who wants it wants it now, however late it is."""
    letter.state, letter.created_at, letter.due_at, letter.attempts = LetterState.WAITING, now, now, 0
    letter.first_tried_at, letter.tried_until, letter.last_error, letter.failures = None, None, "", 0
    letter.failing_since = None
    session.add(letter)
    session.flush()


def give_up_doubtful(session: Session, letter: Letter, *, reason: str) -> None:
    """The letter is not sent again; what hangs on it is dropped, since nobody knows where its message is."""
    letter.state, letter.last_error = LetterState.DROPPED, reason
    session.add(letter)
    session.flush()
    _drop_dependents(session, letter)


def release(session: Session, *, now: datetime) -> None:
    """Ends every lease. Only for a database with one process: whoever held them is gone, since now or earlier."""
    ended = case((col(Letter.leased_until) < now, col(Letter.leased_until)), else_=now)
    statement = update(Letter).where(col(Letter.state) == LetterState.LEASED, col(Letter.leased_until).is_not(None))
    session.execute(statement.values(leased_until=None, tried_until=ended))


@cache
def _claim() -> UpdateBase:
    """The statement of `claim`, made once like the next: making one takes longer than carrying it out."""
    chosen = claimable().limit(bindparam("batch")).with_for_update(skip_locked=True, of=Letter)
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


@cache
def _any_claimable() -> SelectOfScalar[int | None]:
    return claimable().limit(1)


def _columns(tried: Tried | None) -> dict[str, datetime | None]:
    return {"first_tried_at": tried.since if tried else None, "tried_until": tried.until if tried else None}


def _settle(
    session: Session, letter: Letter, *, state: LetterState, error: str, **changes: datetime | int | str | None
) -> bool:
    """Whether the lease still was this worker's; a letter that another worker took meanwhile is left to that one."""
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
        channel_retries.ended(session, letter)
    return is_settled


def _in_hand(letter: Letter) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Letter.id) == letter.row_id,
        col(Letter.state) == LetterState.LEASED,
        col(Letter.leased_by) == letter.leased_by,
        col(Letter.attempts) == letter.attempts,
    )


def _drop_dependents(session: Session, letter: Letter) -> None:
    """Replies and edits of a message that will never be there are dropped, and what hangs on those."""
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
