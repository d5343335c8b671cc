"""Imports over time: jobs in the background, runs, and undo."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import ListStatus, Source
from agendas.facts.audience import Audience, PrivacySet
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.events import Change, Corrected, Edited, ListChanged, Nominated, Profile
from agendas.facts.people import Author
from agendas.facts.program import TrailSubject
from agendas.pages.imports import done_page
from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.page import Item
from agendas.rendering.words import Words
from agendas.rules.account_list import names_taken
from agendas.rules.entries import uncorrected
from agendas.rules.fold import fold
from agendas.rules.import_accounts import IMPORT_UNDONE
from agendas.rules.import_questions import ImportQuestions, from_store, to_store
from agendas.rules.import_tables import DateOrder, ImportOptions, ImportPlan, Naming, Planned, Verdict
from agendas.text.limits import shortened
from agendas.verbs.letters import queue_page_to
from agendas.verbs.loading import event_facts
from agendas.verbs.record import NewEntry, account_keys, record_many
from agendas.verbs.trail import note_change
from storage import accounts, events, imports, workspaces
from storage.models.accounts import Account
from storage.models.events import Event, FileImport, FileImportState, ImportRun

# Files given in Slack to be imported: asked for, shown, answered about, confirmed, and done.

LEASE = timedelta(minutes=2)
"""Time for which a file is leased to a worker, unless it is renewed."""

NAME_CHARACTERS = 200

TYPED = "naming"
"""What a row holds that has accounts named in words, in the place of a file."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work on a file: to be shown, when `is_confirmed` written, or when `is_undo` taken back, for the author.

    `what` is the kind of file, '' for as its header says; `run_id` the run to take back, or of an attempt to write that
    ended in the middle. `typed` is in the place of a file where accounts were named in words.
    """

    number: int
    step: int
    author: Author
    what: str
    file_id: str
    file_name: str
    options: ImportOptions
    is_confirmed: bool
    run_id: int | None
    is_undo: bool = False
    typed: str = ""

    @property
    def mark(self) -> str:
        return f"{self.number} {self.step}"

    @property
    def audience(self) -> Audience:
        return Audience(self.author.workspace_id, user_id=self.author.user_id)

    def author_at(self, now: datetime) -> Author:
        return replace(self.author, at=now)


def ask_for(session: Session, author: Author, *, what: str, file_id: str, file_name: str) -> FileImport:
    """Take a file, to be read and shown to the author."""
    row = FileImport(
        workspace_id=author.workspace_id,
        user_id=author.user_id,
        file_id=file_id,
        file_name=shortened(file_name, NAME_CHARACTERS) or "file",
        what=what,
        state=FileImportState.ASKED,
        asked_at=author.at,
    )
    return imports.save_file_imports(session, row)


def questions_about(session: Session, author: Author, number: int, step: int) -> tuple[str, ImportQuestions]:
    """Return the file's name and the questions about it. Raises Outdated unless this preview is the last one."""
    row = _shown(imports.find_file_imports(session, author.workspace_id, number), author, step)
    return row.file_name, from_store(row.questions, accounts.names(session, author.workspace_id))


def answer(
    session: Session,
    author: Author,
    mark: tuple[int, int],
    *,
    dates: str,
    currency: str,
    stages: Mapping[str, Phase],
    companies: Mapping[str, str],
    further: str,
    crm: str = "",
    what: str = "",
    naming: Naming | None = None,
) -> str:
    """Keep the answers, have the file read and shown again, and return its name. Raises Outdated as above."""
    row = _shown(imports.locked(session, author.workspace_id, mark[0]), author, mark[1])
    row.dates, row.currency = dates or row.dates, currency or row.currency
    row.stages = row.stages | {name: phase.value for name, phase in stages.items()}
    row.companies, row.further = row.companies | dict(companies), further or row.further
    row.crm, row.what = crm or row.crm, what or row.what
    if naming is not None:
        row.naming = asdict(naming)
    row.state, row.step = FileImportState.ASKED, row.step + 1
    imports.save_file_imports(session, row)
    return row.file_name


def confirm(session: Session, author: Author, number: int, step: int, *, names_accounts: bool = False) -> str:
    """Have the file written and return its name; with `names_accounts` its accounts are put on the list too.

    Raises Outdated as above: doing it twice does it once.
    """
    row = _shown(imports.locked(session, author.workspace_id, number), author, step)
    row.state, row.names_accounts = FileImportState.CONFIRMED, names_accounts
    imports.save_file_imports(session, row)
    return row.file_name


def take_up(session: Session, now: datetime) -> Job | None:
    """Lease the next file that has work left, or None."""
    row = imports.claim_file_imports(session, now=now, lease=LEASE)
    if row is None:
        return None
    zone = workspaces.zone(session, row.workspace_id)
    return job_of(row, now, zone)


def job_of(row: FileImport, now: datetime, zone: str) -> Job:
    """Return the file's row as an import job."""
    stages = tuple((name, Phase(phase)) for name, phase in row.stages.items())
    dates = DateOrder(row.dates) if row.dates else None
    return Job(
        number=row.row_id,
        step=row.step,
        author=Author(row.workspace_id, row.user_id, Source.COMMAND if row.typed else Source.IMPORT, now, zone),
        what=row.what,
        file_id=row.file_id,
        file_name=row.file_name,
        options=ImportOptions(
            now,
            dates,
            stages,
            row.currency,
            zone,
            tuple(row.companies.items()),
            OpportunityType(row.further) if row.further else None,
            row.crm,
            # a preview shows what can be named; a file that was confirmed names nothing unless that was asked for
            Naming(**row.naming) if row.names_accounts or row.state != FileImportState.CONFIRMED else None,
        ),
        is_confirmed=row.state == FileImportState.CONFIRMED,
        run_id=row.run_id,
        is_undo=row.state == FileImportState.UNDO,
        typed=row.typed,
    )


def go_on(session: Session, job: Job, *, run_id: int, now: datetime) -> None:
    """Renew the lease of the file, and keep the run it belongs to."""
    row = _row(session, job)
    row.run_id = run_id
    imports.extend(session, row, now=now, lease=LEASE)


def let_go(session: Session, job: Job) -> None:
    """End the lease of the file, so that another worker takes it up."""
    row = _row(session, job)
    row.leased_until = None
    imports.save_file_imports(session, row)


def show(session: Session, job: Job, preview: Sequence[Rendered], questions: ImportQuestions) -> None:
    """Queue the preview, which can be answered and confirmed from now on."""
    _end(session, job, preview, state=FileImportState.SHOWN).questions = to_store(questions)


def finish(
    session: Session,
    job: Job,
    sentence: str,
    words: Words,
    *,
    lines_left_out: Sequence[int] = (),
    proposed: Sequence[Item] = (),
    done: bool = True,
    run_id: int | None = None,
) -> None:
    """Queue the message with the file's outcome; `done` is false when the file was refused.

    `run_id` is the import that a button below it can undo.
    """
    page = done_page(
        sentence,
        words,
        file_name=job.file_name,
        lines_left_out=lines_left_out,
        proposed=proposed,
        run_id=run_id,
        is_typed=job.what == TYPED,
    )
    _end(session, job, messages(page), state=FileImportState.DONE if done else FileImportState.REFUSED)


def _end(session: Session, job: Job, rendered: Sequence[Rendered], *, state: FileImportState) -> FileImport:
    row = _row(session, job)
    row.state, row.leased_until = state, None
    author, key = job.author, f"file_import:{job.number}:{job.step}:{state}"
    queue_page_to(session, author.workspace_id, author.user_id, rendered, key=key, now=author.at)
    return imports.save_file_imports(session, row)


def _row(session: Session, job: Job) -> FileImport:
    row = imports.locked(session, job.author.workspace_id, job.number)
    if row is None:
        raise Outdated("This file is not known any more.")
    return row


def _shown(row: FileImport | None, author: Author, step: int) -> FileImport:
    """Return the file as this person was shown it. Raises Outdated when it has come further, or is not theirs."""
    if row is None or row.user_id != author.user_id:
        raise Outdated("This file is not known any more. Give it again with /abm import.")
    if row.step != step:
        raise Outdated(f"{row.file_name} was read again since. Use the newest message about it.")
    if row.typed and row.state in (FileImportState.CONFIRMED, FileImportState.DONE):
        raise Outdated("These accounts were named already. See the list with /abm list.")
    if row.state != FileImportState.SHOWN:
        raise Outdated(TOO_LATE[row.state].format(name=row.file_name))
    return row


TOO_LATE = {
    FileImportState.UNDO: "{name} is being undone. The outcome comes in a moment.",
    FileImportState.ASKED: "{name} is being read. A preview comes in a moment.",
    FileImportState.CONFIRMED: "{name} is being imported already. The outcome comes in a moment.",
    FileImportState.DONE: (
        "{name} was imported already. Give the file again with /abm import to import what changed in it since."
    ),
    FileImportState.REFUSED: "{name} could not be imported. Give it again with /abm import.",
}


# The run of an import, whatever its file holds: begun, written in parts, each in a transaction of its own, and ended.

RowT = TypeVar("RowT", bound=Planned)

NOTHING_WRITTEN = {"create": 0, "update": 0}


def begin_import(
    session: Session, plan: ImportPlan[Any], author: Author, *, file_name: str, what: str = "accounts"
) -> ImportRun:
    """Begin the run that the plan's parts belong to, or take the one of this file that ended in the middle.

    Raises Refused when the plan changes nothing.
    """
    if plan.changes_nothing:
        raise Refused("Nothing to import: every row is unchanged or skipped.")
    begun = [run for run in imports.unfinished(session, author.workspace_id) if run.undone_at is None]
    run = next((run for run in begun if (run.file_name, run.what) == (file_name, what)), None)
    is_new = run is None
    if run is None:
        run = ImportRun(
            workspace_id=author.workspace_id, file_name=file_name, what=what, actor=author.user_id, applied_at=author.at
        )
    before = (run.counts or {}).get(imports.WRITTEN, NOTHING_WRITTEN)
    counts = plan.counts
    left = counts["create"] + counts["update"]
    # rows written by an earlier attempt are unchanged by now, and belong to the run all the same
    counts["unchanged"] -= min(counts["unchanged"], sum(before.values()))
    counts |= {verdict: counts[verdict] + count for verdict, count in before.items()}
    named = {imports.NAMED: run.counts[imports.NAMED]} if imports.NAMED in (run.counts or {}) else {}
    run.counts = counts | named | {imports.LEFT: left, imports.WRITTEN: before}
    imports.save_run(session, run)
    if is_new:
        # without numbers: those of the run itself go on counting
        note_change(session, author, TrailSubject.IMPORT, run.row_id, after={"file_name": file_name, "what": what})
    return run


def parts_of(plan: ImportPlan[RowT], *, order: Callable[[RowT], Any] | None = None) -> Iterator[list[RowT]]:
    """The rows to write, in batches small enough for one transaction not to keep other writers waiting.

    New ones come before updates, each in the file's order or in the one given.
    """
    new, known = plan.of(Verdict.CREATE), plan.of(Verdict.UPDATE)
    rows = [*new, *known] if order is None else [*sorted(new, key=order), *sorted(known, key=order)]
    for start in range(0, len(rows), imports.CHUNK_ROWS):
        yield rows[start : start + imports.CHUNK_ROWS]


def going_on(session: Session, author: Author, run_id: int) -> ImportRun:
    """Return the run, to write a part of it; nobody else imports or names accounts before this transaction ends.

    Raises Outdated when the run was taken back meanwhile.
    """
    # nobody else gives a name to an account before this transaction ends
    workspaces.lock(session, author.workspace_id)
    run = imports.run(session, author.workspace_id, run_id)
    if run is None or run.undone_at is not None:
        raise Outdated("This import was taken back while it was under way. Nothing more of it is written.")
    return run


def taken_by_others(session: Session, author: Author, wanted: Mapping[int, Profile]) -> set[int]:
    """Return the accounts that would get, with these profiles, a name, alias or domain that another one has."""
    words = {number: account_keys(profile).keys() for number, profile in wanted.items()}
    holders = imports.answering_to(session, author.workspace_id, set().union(*words.values())) if words else {}
    return names_taken(words, holders)


def count_down(session: Session, run: ImportRun, part: Sequence[RowT], written: Sequence[RowT]) -> list[RowT]:
    """Count the part as done in the run, its unwritten rows as skipped, and return those rows."""
    lines = {row.line for row in written}
    left_out = [row for row in part if row.line not in lines]
    counts = dict(run.counts)
    # a run that somebody else has finished meanwhile holds what was written in the counts themselves
    done = counts.pop(imports.WRITTEN, counts)
    new = sum(row.verdict is Verdict.CREATE for row in written)
    done = {"create": done["create"] + new, "update": done["update"] + len(written) - new}
    counts["skip"] += len(left_out)
    left = counts.pop(imports.LEFT, 0) - len(part)
    run.counts = counts | ({imports.LEFT: left, imports.WRITTEN: done} if left > 0 else done)
    imports.save_run(session, run)
    return left_out


# Take back what one import did, in parts, each in a transaction of its own; the history keeps both.


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
        kept, taken = _sorted((*self.kept, *other.kept)), _sorted((*self.taken, *other.taken))
        return Undone(self.removed + other.removed, self.taken_back + other.taken_back, kept, taken)


def what_of(session: Session, workspace_id: str, run_id: int) -> str:
    """Return the kind of the run's file, as `accounts`. Raises Outdated when there is no such run."""
    return run_of(session, workspace_id, run_id).what


def accounts_of(session: Session, run_id: int) -> set[int]:
    return {row.account_id for row in events.of_import(session, run_id)}


def begin_undo(
    session: Session,
    run_id: int,
    author: Author,
    *,
    ids_of: Callable[[Session, int], Collection[int]] = accounts_of,
    is_whole: bool = True,
) -> list[list[int]]:
    """Stop the run and return batches of the ids it wrote, by default account ids.

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
        entry = {"file_name": run.file_name, "what": run.what}
        note_change(session, author, TrailSubject.IMPORT, run_id, before=entry, after=entry | {"undone": True})
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
    touched = [_TouchedAccount(row, history[account_id], run_id) for account_id, row in rows.items()]
    given_back = {each.row.row_id: profile for each in touched if (profile := each.profile_back) is not None}
    taken = taken_by_others(session, author, given_back)
    for each in touched:
        each.is_name_taken = each.row.row_id in taken
    wanted = {each.row.row_id: each.corrections() for each in touched}
    undone = Undone(
        removed=sum(each.is_created and not each.is_staying for each in touched),
        taken_back=sum(not each.is_created and not each.is_staying for each in touched),
        kept=_sorted(each.row.name for each in touched if each.is_staying and not each.is_name_taken),
        taken=_sorted(each.row.name for each in touched if each.is_name_taken),
    )
    record_many(
        session, author, {number: [NewEntry(change) for change in each] for number, each in wanted.items() if each}
    )
    return undone


def end_undo(session: Session, run_id: int, author: Author, *, is_whole: bool = True) -> None:
    """Mark the run as undone, completely or except for private accounts."""
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


class _TouchedAccount:
    """An account that the run touched, with its events split into those of the run, before it and after it."""

    def __init__(self, row: Account, history: Sequence[Event], run_id: int) -> None:
        self.row = row
        counted = uncorrected(map(event_facts, history))
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
