"""Past imports: looked up, and one of them taken back while the bot runs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.people import Author
from agendas.pages.imports.past import PastImport
from agendas.rendering.words import Words
from agendas.verbs.imports.jobs import Job, finish, go_on
from agendas.verbs.imports.kinds import OF_RUNS, ImportKind
from agendas.verbs.imports.undo import Undone, accounts_of, begin_undo, end_undo, refuse_undone, run_of
from agendas.verbs.privacy.audience import hidden_from
from storage import file_imports, imports
from storage.tables import FileImport, FileImportState, ImportRun

COMMAND_LINE = "command line"
"""Author of the events of an import by `cadence import`: nobody in the workspace, so not a user id."""


def past_imports(session: Session, workspace_id: str) -> list[PastImport]:
    """The latest imports of the workspace, newest first."""
    undoing = file_imports.undoing(session, workspace_id)
    return [_past(run, run.row_id in undoing) for run in imports.runs(session, workspace_id)]


def ask_undo(session: Session, author: Author, run_id: int, *, what: str = "") -> str:
    """Have the import, of this kind where one is given, undone, and return the name of its file.

    Raises:
        Outdated: there is no such import of the kind, or it is being undone already.
        Refused: it was undone already.
    """
    run = run_of(session, author.workspace_id, run_id)
    if what not in ("", run.what):
        raise Outdated(f"Import {run_id} is of another kind.")
    refuse_undone(run)
    if run_id in file_imports.undoing(session, author.workspace_id):
        raise Outdated(f"{run.file_name} is being undone already. The outcome comes in a moment.")
    row = FileImport(
        workspace_id=author.workspace_id,
        user_id=author.user_id,
        file_id="",
        file_name=run.file_name,
        what=run.what,
        state=FileImportState.UNDO,
        asked_at=author.at,
        run_id=run_id,
    )
    return file_imports.save(session, row).file_name


@dataclass(frozen=True, slots=True)
class TakingBack:
    """An import that is being undone: the ids that it wrote, in parts."""

    job: Job
    kind: ImportKind
    run_id: int
    parts: Sequence[Sequence[int]]


def begin_taking_back(session: Session, job: Job, *, now: datetime) -> TakingBack:
    """Stop the import, and return it with its parts. Raises as `begin_undo` does."""
    run_id, kind = job.run_id or 0, OF_RUNS[job.what]
    parts = begin_undo(session, run_id, job.author_at(now), ids_of=kind.ids_of_run)
    go_on(session, job, run_id=run_id, now=now)
    return TakingBack(job, kind, run_id, parts)


def take_back_part(session: Session, taking: TakingBack, part: Sequence[int], *, now: datetime) -> Undone:
    """Undo the import for this part. Of accounts that the person may not see nothing is named."""
    author, kind = taking.job.author_at(now), taking.kind
    hidden = hidden_from(session, taking.job.audience, now) if kind.ids_of_run is accounts_of else frozenset()
    undone = kind.undo(session, taking.run_id, author, [number for number in part if number not in hidden])
    if unseen := [number for number in part if number in hidden]:
        undone += replace(kind.undo(session, taking.run_id, author, unseen), kept=(), taken=())
    go_on(session, taking.job, run_id=taking.run_id, now=now)
    return undone


def end_taking_back(session: Session, taking: TakingBack, undone: Undone, words: Words, *, now: datetime) -> None:
    """Note that the import is undone, and tell the person what was taken back and what stays."""
    end_undo(session, taking.run_id, taking.job.author_at(now))
    sentence = words.raw("imports.undone", run_id=taking.run_id, what=taking.job.what, said=taking.kind.undone(undone))
    finish(session, taking.job, sentence, words)


def _past(run: ImportRun, is_undoing: bool) -> PastImport:
    counts = {verdict: run.counts.get(imports.WRITTEN, run.counts).get(verdict, 0) for verdict in ("create", "update")}
    counts["named"] = run.counts.get(imports.NAMED, 0)
    return PastImport(
        run_id=run.row_id,
        file_name=run.file_name,
        what=run.what,
        user_id="" if run.actor == COMMAND_LINE else run.actor,
        applied_at=run.applied_at,
        counts=counts,
        left=run.counts.get(imports.LEFT, 0),
        undone_at=run.undone_at,
        is_undoing=is_undoing,
    )
