"""Diagnostics for the operator: the state of the database, the backlog, and late, missed or refused messages."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, text, true
from sqlmodel import Session, col, select

from storage.migrate import stored
from storage.models.delivery import Letter, LetterKind, LetterState
from storage.models.reviews import Cadence, Review, ReviewState
from storage.models.workspaces import Channel, Workspace
from storage.outbox import UNDER_WAY, is_expected_to_go


@dataclass(frozen=True, slots=True)
class Backlog:
    """The letters that are late; `oldest_due_at` is when the first was to be sent, None if there is none.

    Letters that cannot be sent now do not count: to a channel in trouble, in a workspace whose work stopped, and those
    that depend on a message not posted yet, which counts itself if it is late.
    """

    count: int
    oldest_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Slots:
    """The reviews that came late, those missed, and the cadences whose time has come without one."""

    late: int
    missed: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Installations:
    """The workspaces the bot works in, and those where work stopped since Slack refused the token for them."""

    active: int
    stopped: int


def revision(session: Session) -> str | None:
    """The revision that the schema is at, None when there is none; a question that any database answers at once."""
    return stored(session.connection())


def database_name(session: Session) -> str:
    return "SQLite" if session.get_bind().dialect.name == "sqlite" else "PostgreSQL"


def server_status(session: Session) -> tuple[datetime, str, bool]:
    """The instant that a PostgreSQL server says it is, its version, and whether it can only be read."""
    query = "select clock_timestamp(), current_setting('server_version'), current_setting('transaction_read_only')"
    at, version, read_only = session.execute(text(query)).one()
    return at, str(version), read_only == "on"


def server_time(session: Session) -> datetime:
    """The instant that a PostgreSQL server says it is."""
    at: datetime = session.execute(text("select clock_timestamp()")).scalar_one()
    return at


def find_damage(session: Session) -> str:
    """The findings of SQLite's quick check, empty when there are none."""
    found = [str(row[0]) for row in session.execute(text("pragma quick_check(3)"))]
    return "" if found == ["ok"] else "; ".join(found)


def backlog(session: Session, *, due_before: datetime, workspace_id: str | None = None) -> Backlog:
    """The letters that should have been sent before that instant, in all workspaces or one."""
    meant_at = _first_due_at()
    query = select(func.count(), func.min(meant_at)).where(
        col(Letter.state).in_(UNDER_WAY), meant_at < due_before, is_expected_to_go()
    )
    if workspace_id is not None:
        query = query.where(Letter.workspace_id == workspace_id)
    count, oldest = session.exec(query).one()
    return Backlog(count, oldest)


def unsent(session: Session, workspace_id: str, *, now: datetime) -> Backlog:
    """All letters still to be sent, also those that cannot be now, and when the first of those due was to be sent."""
    meant_at = _first_due_at()
    oldest = func.min(case((meant_at <= now, meant_at)))
    query = select(func.count(), oldest).where(Letter.workspace_id == workspace_id, col(Letter.state).in_(UNDER_WAY))
    return Backlog(*session.exec(query).one())


def _first_due_at() -> Any:
    """When a letter was due at first: once it was put off, `due_at` is its next try, so its creation counts."""
    was_put_off = col(Letter.last_error) != ""
    return case((was_put_off, col(Letter.created_at)), else_=col(Letter.due_at))


def ended_since(
    session: Session, workspace_id: str, state: LetterState, *, since: datetime, reason: str | None = None
) -> int:
    """The number of letters queued since then that ended in this state, with this `last_error` if a reason is given."""
    has_ended = and_(col(Letter.state) == state, true() if reason is None else col(Letter.last_error) == reason)
    of_workspace = and_(col(Letter.workspace_id) == workspace_id, col(Letter.created_at) >= since)
    return session.exec(select(func.count()).select_from(Letter).where(of_workspace, has_ended)).one()


def put_off_until(session: Session, workspace_id: str, *, errors: Collection[str], now: datetime) -> datetime | None:
    """When the last of the letters put off for one of these errors is tried again, None when there is none."""
    query = select(func.max(Letter.due_at)).where(
        Letter.workspace_id == workspace_id,
        Letter.state == LetterState.WAITING,
        col(Letter.last_error).in_(errors),
        col(Letter.due_at) > now,
    )
    return session.exec(query).one()


def slots(session: Session, *, now: datetime, allowed: timedelta) -> Slots:
    """How many reviews of all workspaces were late or missed, and how many cadences are overdue.

    A cadence is overdue once its next review is not open `allowed` after its time.
    """
    late, missed = session.exec(
        select(
            func.count(case((col(Review.late_minutes) > 0, 1))),
            func.count(case((col(Review.state) == ReviewState.MISSED, 1))),
        )
    ).one()
    overdue = select(func.count()).select_from(Cadence).where(col(Cadence.next_at) < now - allowed)
    return Slots(late, missed, session.exec(overdue).one())


def installations(session: Session, *, own_id: str = "") -> Installations:
    """The number of workspaces with the bot at work, and of those where it stopped without being removed.

    It stopped where the workspace is inactive and still has a token. `own_id` is the workspace whose token is in the
    settings: where it is given, that workspace alone can have stopped.
    """
    is_active = col(Workspace.is_active)
    is_tried = col(Workspace.id) == own_id if own_id else col(Workspace.bot_token) != ""
    is_stopped = and_(is_active.is_(False), is_tried)
    active, stopped = session.exec(
        select(func.count(case((is_active.is_(True), 1))), func.count(case((is_stopped, 1))))
    ).one()
    return Installations(active, stopped)


def paused_channels(session: Session, workspace_id: str) -> list[Channel]:
    """The channels that nothing is posted to because of a trouble, the one in trouble longest first."""
    query = select(Channel).where(Channel.workspace_id == workspace_id, Channel.trouble != "")
    return list(session.exec(query.order_by(col(Channel.trouble_at))))


def last_posted(session: Session, workspace_id: str) -> Letter | None:
    """The header of a review that was posted last in the workspace, None where none was."""
    is_header = and_(col(Letter.page) == "review_header", col(Letter.kind) == LetterKind.POST)
    query = select(Letter).where(Letter.workspace_id == workspace_id, is_header, Letter.state == LetterState.SENT)
    return session.exec(query.order_by(col(Letter.sent_at).desc()).limit(1)).first()
