"""The run of an import, whatever its file holds: begun, written in parts, each in a transaction of its own, and ended.

Between two parts others get their turn to write. An import that ends in the middle goes on when the same file is
imported again, or is taken back by its number.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.events import Profile
from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.rules.imports.verdicts import ImportPlan, Planned, Verdict
from agendas.rules.list.name_conflicts import names_taken
from agendas.verbs.record.record import account_keys
from agendas.verbs.trail.note import note_change
from storage import imports, workspaces
from storage.tables import ImportRun

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
    """The rows to write, so many at a time as one transaction takes without keeping others waiting.

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
