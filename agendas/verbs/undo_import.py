"""Takes back what one import did; the history keeps both."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from agendas.author import Author
from agendas.changes import Change, Corrected, ListChanged
from agendas.errors import Outdated, Refused
from agendas.facts import ListStatus
from agendas.rows import event_facts
from agendas.rules.corrections import standing
from agendas.rules.import_plan import IMPORT_UNDONE
from agendas.verbs.record_many import Progress, record_many
from storage import accounts, events, imports
from storage.tables import Event, ImportRun


@dataclass(frozen=True, slots=True)
class UndoneImport:
    """The run, how many new accounts were removed and updates taken back, and the names of accounts that stay.

    A new account stays when anything else was recorded about it since, and so does an update that was edited since.
    """

    run: ImportRun
    removed: int
    taken_back: int
    kept: tuple[str, ...]


def undo_import(
    session: Session, run_id: int, author: Author, *, progress: Progress = lambda _count: None
) -> UndoneImport:
    """What undoing the run did: its updates corrected, and the accounts it created removed from the list.

    Raises:
        Outdated: there is no such run.
        Refused: it was undone already.
    """
    run = imports.run(session, author.workspace_id, run_id)
    if run is None:
        latest = ", ".join(f"{each.id} ({each.file_name})" for each in imports.runs(session, author.workspace_id))
        raise Outdated(f"There is no import {run_id}." + (f" The latest are {latest}." if latest else ""))
    if run.undone_at is not None:
        raise Refused(f"Import {run_id} was undone already, on {run.undone_at:%d %b %Y at %H:%M} UTC.")
    made = _by_account(events.of_import(session, run_id))
    later = _later(session, made)
    created = {account_id for account_id, rows in made.items() if any(row.kind == "nominated" for row in rows)}
    staying = {account_id for account_id in created if later[account_id]}
    wanted = {
        account_id: _corrections(rows, is_created=account_id in created)
        for account_id, rows in made.items()
        if account_id not in staying
    }
    record_many(session, author, wanted, progress=progress)
    imports.mark_undone(session, run, author.at)
    edited_since = {account_id for account_id in set(made) - created if "edited" in later[account_id]}
    return UndoneImport(
        run,
        removed=len(created - staying),
        taken_back=len(set(made) - created - edited_since),
        kept=_names(session, author.workspace_id, staying | edited_since),
    )


def _by_account(rows: Iterable[Event]) -> dict[int, list[Event]]:
    made: dict[int, list[Event]] = {}
    for row in rows:
        made.setdefault(row.account_id, []).append(row)
    return made


def _later(session: Session, made: Mapping[int, Sequence[Event]]) -> dict[int, set[str]]:
    """The kinds of what else was recorded about each account since the run, and still counts."""
    later: dict[int, set[str]] = {}
    for account_ids in imports.chunks(made):
        for account_id, rows in _by_account(imports.events_of(session, account_ids)).items():
            last = made[account_id][-1].row_id
            counted = standing(map(event_facts, rows))
            others = (event.change for event in counted if event.id > last)
            later[account_id] = {change.kind for change in others if not isinstance(change, Corrected)}
    return later


def _corrections(rows: Sequence[Event], *, is_created: bool) -> list[Change]:
    """What takes the run's events back, the newest first. A nomination stays: its account is removed instead."""
    corrected: list[Change] = [
        Corrected(row.row_id, IMPORT_UNDONE) for row in reversed(rows) if row.kind != "nominated"
    ]
    removed = ListChanged(ListStatus.REMOVED.value, None, IMPORT_UNDONE)
    return [*corrected, removed] if is_created else corrected


def _names(session: Session, workspace_id: str, account_ids: Collection[int]) -> tuple[str, ...]:
    found = (row for some in imports.chunks(account_ids) for row in accounts.some(session, workspace_id, some))
    return tuple(sorted((row.name for row in found), key=str.casefold))
