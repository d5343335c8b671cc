"""Take back what one import did, in parts, each in a transaction of its own; the history keeps both."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import ListStatus
from agendas.facts.audience import PrivacySet
from agendas.facts.events import Change, Corrected, Edited, ListChanged, Nominated, Profile
from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.rules.history.corrections import standing
from agendas.rules.history.fold import fold
from agendas.rules.imports.accounts.plan import IMPORT_UNDONE
from agendas.verbs.imports.runs import taken_by_others
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.record.record_many import Entry, record_many
from agendas.verbs.trail.note import note_change
from storage import events, imports, workspaces
from storage.tables import Account, Event, ImportRun


@dataclass(frozen=True, slots=True)
class Undone:
    """Numbers of new accounts removed and updates taken back, and the names of accounts that stay.

    A new account, and one that was named, stays when anything else was recorded about it since, and so does an update
    that was edited since.
    `taken` are updates that stay because another account answers to a name or the domain from before by now.
    """

    removed: int = 0
    taken_back: int = 0
    kept: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()

    def __add__(self, other: "Undone") -> "Undone":
        """Both together."""
        kept, taken = _sorted((*self.kept, *other.kept)), _sorted((*self.taken, *other.taken))
        return Undone(self.removed + other.removed, self.taken_back + other.taken_back, kept, taken)


def what_of(session: Session, workspace_id: str, run_id: int) -> str:
    """Return the kind of the run's file, as `accounts`. Raises Outdated when there is no such run."""
    return run_of(session, workspace_id, run_id).what


def accounts_of(session: Session, run_id: int) -> set[int]:
    """Return the ids of the accounts that the run recorded something of."""
    return {row.account_id for row in events.of_import(session, run_id)}


def begin_undo(
    session: Session,
    run_id: int,
    author: Author,
    *,
    ids_of: Callable[[Session, int], Collection[int]] = accounts_of,
    is_whole: bool = True,
) -> list[list[int]]:
    """Stop the run and return the ids it wrote, of its accounts unless said otherwise, in parts.

    One that was undone without the private accounts is gone through again where these are to be undone too.

    Raises:
        Outdated: there is no such run.
        Refused: it was undone already. One whose undoing ended in the middle is gone through again.
    """
    run = run_of(session, author.workspace_id, run_id)
    if not (is_whole and imports.SEEN_ALONE in run.counts):
        refuse_undone(run)
    if run.undone_at is None:
        run.undone_at = author.at
        told = {"file_name": run.file_name, "what": run.what}
        note_change(session, author, TrailSubject.IMPORT, run_id, before=told, after=told | {"undone": True})
    parts = list(imports.chunks(ids_of(session, run_id)))
    run.counts = dict(run.counts) | {imports.LEFT: sum(map(len, parts))}
    imports.save_run(session, run)
    return parts


def undo_part(session: Session, run_id: int, author: Author, account_ids: Sequence[int]) -> Undone:
    """Undo the run for these accounts: updates corrected, new accounts removed from the list."""
    # nobody else gives a name to an account before this transaction ends
    workspaces.lock(session, author.workspace_id)
    rows = imports.locked_accounts(session, author.workspace_id, account_ids)
    history = _by_account(imports.events_of(session, rows))
    told = [_Told(row, history[account_id], run_id) for account_id, row in rows.items()]
    given_back = {each.row.row_id: profile for each in told if (profile := each.profile_back) is not None}
    taken = taken_by_others(session, author, given_back)
    for each in told:
        each.is_name_taken = each.row.row_id in taken
    wanted = {each.row.row_id: each.corrections() for each in told}
    undone = Undone(
        removed=sum(each.is_created and not each.is_staying for each in told),
        taken_back=sum(not each.is_created and not each.is_staying for each in told),
        kept=_sorted(each.row.name for each in told if each.is_staying and not each.is_name_taken),
        taken=_sorted(each.row.name for each in told if each.is_name_taken),
    )
    record_many(
        session, author, {number: [Entry(change) for change in each] for number, each in wanted.items() if each}
    )
    return undone


def end_undo(session: Session, run_id: int, author: Author, *, is_whole: bool = True) -> None:
    """Note that every part of the run was gone through, or every part but those of private accounts."""
    run = imports.run(session, author.workspace_id, run_id)
    if run is not None:
        over = (imports.LEFT, imports.WRITTEN, imports.SEEN_ALONE)
        run.counts = {name: count for name, count in run.counts.items() if name not in over}
        if not is_whole:
            run.counts |= {imports.SEEN_ALONE: 1}
        imports.save_run(session, run)


def refuse_undone(run: ImportRun) -> None:
    """Raise Refused when the import was undone to its end."""
    if run.undone_at is not None and imports.LEFT not in run.counts:
        raise Refused(f"Import {run.id} was undone already, on {run.undone_at:%d %b %Y at %H:%M} UTC.")


def run_of(session: Session, workspace_id: str, run_id: int) -> ImportRun:
    """The run of this number. Raises Outdated when there is none, and names the latest."""
    run = imports.run(session, workspace_id, run_id)
    if run is None:
        latest = ", ".join(f"{each.id} ({each.file_name})" for each in imports.runs(session, workspace_id))
        raise Outdated(f"There is no import {run_id}." + (f" The latest are {latest}." if latest else ""))
    return run


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=str.casefold))


def _by_account(rows: Iterable[Event]) -> dict[int, list[Event]]:
    made: dict[int, list[Event]] = {}
    for row in rows:
        made.setdefault(row.account_id, []).append(row)
    return made


class _Told:
    """One account of the run, and what its history says: recorded by the run, and since."""

    def __init__(self, row: Account, history: Sequence[Event], run_id: int) -> None:
        self.row = row
        counted = standing(map(event_facts, history))
        of_run = [event.row_id for event in history if event.import_run_id == run_id]
        self.is_created = any(event.kind == "nominated" for event in history if event.import_run_id == run_id)
        self._made = [event for event in counted if event.id in of_run]
        self._before = [event for event in counted if event.id not in of_run]
        self._later = {
            event.change.kind
            for event in counted
            # an account that is named becomes private by itself where a private cadence covers it
            if event.id > of_run[-1] and not isinstance(event.change, Corrected | PrivacySet)
        }
        self._is_named = any(isinstance(event.change, ListChanged) for event in self._made)
        self.is_name_taken = False

    @property
    def is_removed(self) -> bool:
        """True when an undoing that ended in the middle was here."""
        return self.row.list_status == ListStatus.REMOVED and self.row.because == IMPORT_UNDONE

    @property
    def is_staying(self) -> bool:
        """True when people have worked on what the run recorded."""
        if self.is_created:
            return not self.is_removed and bool(self._later)
        if self._is_named and self._later:
            return True
        return self.is_name_taken or "edited" in self._later

    @property
    def profile_back(self) -> Profile | None:
        """Profile that undoing gives back, None where the run changed none or added the account."""
        if self.is_created or not any(isinstance(event.change, Edited) for event in self._made):
            return None
        state = fold(self._before)
        return None if state is None else state.profile

    def corrections(self) -> list[Change]:
        """Return corrections of the run's events, the newest first; none for events taken back or that have to stay.

        A nomination stays, with the profile that the run gave it last: its account is removed instead.
        """
        if self.is_name_taken or (self.is_created and self.is_removed):
            return []
        if (self.is_created or self._is_named) and self.is_staying:
            return []
        newest_first = sorted(self._made, key=lambda event: event.id, reverse=True)
        staying = (Nominated, Edited) if self.is_created else (Nominated,)
        corrected: list[Change] = [
            Corrected(event.id, IMPORT_UNDONE) for event in newest_first if not isinstance(event.change, staying)
        ]
        removed = ListChanged(ListStatus.REMOVED.value, None, IMPORT_UNDONE)
        return [*corrected, removed] if self.is_created else corrected
