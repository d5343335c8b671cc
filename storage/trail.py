"""The audit trail: its entries, and the page that reads them together with the history of accounts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from storage.models.events import IN_TRAIL, OF_TRAIL, Event, ImportRun
from storage.models.types import JsonValue
from storage.models.workspaces import OF_AN_ACCOUNT, AuditEntry

# Entries of the audit trail: written with the change, never changed themselves.


def add_entry(
    session: Session,
    *,
    workspace_id: str,
    actor: str,
    at: datetime,
    subject: str,
    before: JsonValue,
    after: JsonValue,
    account_id: int | None = None,
) -> None:
    """Add an entry; `account_id` is the account that it is about, None for what concerns the whole program."""
    entry = AuditEntry(workspace_id=workspace_id, actor=actor, at=at, subject=subject, before=before, after=after)
    entry.account_id = account_id
    session.add(entry)


def last_of_subject(session: Session, workspace_id: str, subject: str) -> AuditEntry | None:
    query = select(AuditEntry).where(AuditEntry.workspace_id == workspace_id, AuditEntry.subject == subject)
    return session.exec(query.order_by(col(AuditEntry.id).desc()).limit(1)).first()


def of_subject(session: Session, workspace_id: str, subject: str) -> Sequence[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.workspace_id == workspace_id, AuditEntry.subject == subject)
    return session.exec(query.order_by(col(AuditEntry.id))).all()


# The audit trail in pages: entries of its own, and those events of accounts that belong to it, newest first.


@dataclass(frozen=True, slots=True)
class EntriesWanted:
    """Entries looked for: about one account, by one person (`actor`), recorded from `since` on and before `until`.

    None or '' is no limit. `of_accounts`: only entries about accounts.
    """

    account_id: int | None = None
    actor: str = ""
    since: datetime | None = None
    until: datetime | None = None
    of_accounts: bool = False


@dataclass(frozen=True, slots=True)
class TrailPosition:
    """The place of an entry: of two at the same instant an event comes first, then the higher id."""

    at: datetime
    is_event: bool
    id: int


def entries(
    session: Session, workspace_id: str, wanted: EntriesWanted, *, after: TrailPosition | None, limit: int
) -> list[AuditEntry]:
    """Return the newest entries that follow `after`, or the newest of all."""
    query = select(AuditEntry).where(AuditEntry.workspace_id == workspace_id)
    if wanted.account_id is not None:
        query = query.where(AuditEntry.account_id == wanted.account_id)
    elif wanted.of_accounts:
        query = query.where(OF_AN_ACCOUNT)
    if wanted.actor:
        query = query.where(AuditEntry.actor == wanted.actor)
    query = query.where(*_within(AuditEntry.at, wanted))
    if after is not None:
        query = query.where(_is_older(AuditEntry.at, AuditEntry.id, after, is_mixed=after.is_event))
    return list(session.exec(query.order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc()).limit(limit)))


def events(
    session: Session, workspace_id: str, wanted: EntriesWanted, *, after: TrailPosition | None, limit: int
) -> list[Event]:
    """Return the newest events of the trail that follow `after`, or the newest of all.

    Those of an import are among them for one account alone: elsewhere the import is one entry.
    """
    query = select(Event).where(Event.workspace_id == workspace_id)
    if wanted.account_id is not None:
        query = query.where(Event.account_id == wanted.account_id, col(Event.kind).in_(OF_TRAIL))
    else:
        query = query.where(IN_TRAIL)
    if wanted.actor:
        query = query.where(Event.actor == wanted.actor)
    query = query.where(*_within(Event.recorded_at, wanted))
    if after is not None and after.is_event:
        query = query.where(_is_older(Event.recorded_at, Event.id, after, is_mixed=False))
    elif after is not None:
        # events of the instant of an entry of the other table come before it
        query = query.where(col(Event.recorded_at) < after.at)
    return list(session.exec(query.order_by(col(Event.recorded_at).desc(), col(Event.id).desc()).limit(limit)))


def runs(session: Session, workspace_id: str, run_ids: Collection[int]) -> list[ImportRun]:
    if not run_ids:
        return []
    query = select(ImportRun).where(ImportRun.workspace_id == workspace_id, col(ImportRun.id).in_(run_ids))
    return list(session.exec(query))


def _within(at: Any, wanted: EntriesWanted) -> list[ColumnElement[bool]]:
    """The conditions that an entry or event, recorded at the column `at`, is in the wanted time."""
    bounds = []
    if wanted.since is not None:
        bounds.append(col(at) >= wanted.since)
    if wanted.until is not None:
        bounds.append(col(at) < wanted.until)
    return bounds


def _is_older(at: Any, row_id: Any, after: TrailPosition, *, is_mixed: bool) -> ColumnElement[bool]:
    """The condition of rows that follow the entry `after`; `at` and `row_id` are the columns of instant and id.

    `is_mixed`: the entry is of the other table, so all rows of its instant follow.
    """
    if is_mixed:
        return col(at) <= after.at
    # the first bound repeats the second, so that an index on the instants can be used
    return and_(col(at) <= after.at, or_(col(at) < after.at, col(row_id) < after.id))
