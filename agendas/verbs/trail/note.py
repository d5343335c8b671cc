"""Entries of the audit trail, noted in the transaction that changes what they tell."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.facts.program.reports import ReportKind
from agendas.facts.program.trail import TrailSubject
from agendas.rendering.mrkdwn import OPERATOR
from storage import workspaces
from storage.audit import entries
from storage.tables.types import JsonValue


def note_change(
    session: Session,
    author: Author,
    about: TrailSubject,
    of: object = "",
    *,
    before: JsonValue = None,
    after: JsonValue = None,
    account_id: int | None = None,
) -> None:
    """Note that the author changed something; `of` is the id of the one meant, `account_id` the account it is about.

    `before` and `after` may hold no secret, and no text of a conversation: admins read them.
    """
    entries.add(
        session,
        workspace_id=author.workspace_id,
        actor=author.user_id,
        at=author.at,
        subject=subject_of(about, of),
        before=before,
        after=after,
        account_id=account_id,
    )


def subject_of(about: TrailSubject, of: object = "") -> str:
    """Return the subject as it is stored."""
    return f"{about.value}:{of}" if of != "" else about.value


def note_export(session: Session, author: Author, *, rows: int) -> None:
    """Note that the author took an export of everything, with its number of rows."""
    note_change(session, author, TrailSubject.EXPORT, after={"rows": rows})


def note_report(session: Session, author: Author, kind: ReportKind, *, file_name: str) -> None:
    """Note that the author took a page of the program as a file."""
    note_change(session, author, TrailSubject.REPORT, kind.value, after={"file_name": file_name})


def note_restore(session: Session, *, file_name: str, now: datetime) -> None:
    """Note for every workspace that the database was restored from a backup."""
    for workspace in workspaces.get_all(session):
        author = Author(workspace.id, OPERATOR, Source.SYSTEM, now)
        note_change(session, author, TrailSubject.RESTORE, after={"file_name": file_name})
