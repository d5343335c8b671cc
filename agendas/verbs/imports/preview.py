"""The content of a file given in Slack: read, planned, and told as a preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from agendas.pages.imports.preview import ImportPreview, PreviewRow, preview_page, proposed_stages
from agendas.pages.imports.summary import file_line, named_by_tier, rows_shown, unnamed_lines, verdict_said, wrong_lines
from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.page import Item
from agendas.rendering.words import Words
from agendas.rules.imports.accounts.plan import PlannedRow
from agendas.rules.imports.questions import ImportQuestions, questions_of
from agendas.rules.imports.reading.causes import SkipCause
from agendas.rules.imports.reading.dates import Unsaid
from agendas.rules.imports.reading.file import ImportFile
from agendas.rules.imports.reading.table import read_table
from agendas.rules.imports.reading.values import one_line
from agendas.rules.imports.verdicts import ImportPlan, Planned
from agendas.text.days import local_date
from agendas.text.limits import shortened
from agendas.verbs.imports.jobs import Job, finish, go_on
from agendas.verbs.imports.kinds import ImportKind, kind_of, read_table_as
from agendas.verbs.imports.runs import begin_import
from agendas.verbs.letters.wanted import tell_of_wishes
from agendas.verbs.reads.proposed_stages import proposals_of_run
from storage import imports, people

MOST_ROWS = 20
FIRST_SHOWN = 3
"""Rows of each verdict that are shown of a longer file."""

MOST_NAMED = 100
"""Rows of accounts to be named that are shown, however many the file has."""

TROUBLES_SHOWN = 10
"""Skipped rows, and rows with something not understood, that are shown of a longer file."""

CELL_CHARACTERS = 250


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read, and what writing it would do."""

    kind: ImportKind
    file: ImportFile[Any]
    plan: ImportPlan[Any]


def read_file(session: Session, job: Job, content: bytes) -> ReadFile:
    """The file as things stand now. Raises NotUnderstood when it cannot be read, as Unsaid when a person can help."""
    table = read_table(content)
    kind = kind_of(table, job.what or None)
    file = read_table_as(session, job.author.workspace_id, kind, table, options=job.options)
    return ReadFile(kind, file, kind.plan(session, job.author.workspace_id, file.rows, job.options))


def drawn_preview(session: Session, job: Job, content: bytes, words: Words) -> tuple[list[Rendered], ImportQuestions]:
    """Return the messages that show what the file would do, and the questions in them; nothing is written.

    Raises NotUnderstood as `read_file`.
    """
    preview = preview_of(session, job, content, words)
    return messages(preview_page(preview, words)), preview.questions


def preview_of(session: Session, job: Job, content: bytes, words: Words) -> ImportPreview:
    """Return the preview, or the questions to answer first. Raises NotUnderstood as `read_file`."""
    try:
        read = read_file(session, job, content)
    except Unsaid as unsaid:
        return ImportPreview(job.mark, job.file_name, "", "", {}, (), questions_of(unsaid))
    names = {person.user_id: person.name for person in people.members(session, job.author.workspace_id)}
    kind, named = read.kind, named_by_tier(read.plan)
    shown = rows_shown(read.plan, most=MOST_ROWS, first=FIRST_SHOWN, troubles=TROUBLES_SHOWN, named=MOST_NAMED)
    rows = [_row(row, kind, names) for row in shown]
    return ImportPreview(
        mark=job.mark,
        file_name=job.file_name,
        about="" if job.typed else file_line(read.file, job.file_name),
        row_heading=kind.row_heading,
        counts=read.plan.counts,
        rows=rows,
        questions=kind.questions(read.plan, job.options),
        wrong=wrong_lines(read.file, read.plan, words),
        columns=tuple(kind.columns),
        named=named,
        is_typed=bool(job.typed),
    )


@dataclass(frozen=True, slots=True)
class Writing:
    """A file that is being written by this plan, and the run it belongs to."""

    job: Job
    kind: ImportKind
    run_id: int
    plan: ImportPlan[Any]


def begin(session: Session, job: Job, read: ReadFile, *, now: datetime) -> Writing:
    """The file, to be written part by part; what was said about stages is kept."""
    read.kind.learn(session, job.author.workspace_id, read.file.rows, job.options)
    run = begin_import(session, read.plan, job.author, file_name=job.file_name, what=read.kind.word)
    go_on(session, job, run_id=run.row_id, now=now)
    return Writing(job, read.kind, run.row_id, read.plan)


def tell_of_unseen(session: Session, job: Job, read: ReadFile, *, now: datetime) -> None:
    """Tell the owners of private accounts which of their names and domains the file has."""
    rows = (row for row in read.plan.rows if isinstance(row, PlannedRow) and row.cause is SkipCause.ASK_ADMIN)
    words = [word for row in rows if row.after for word in (row.after.name, row.after.domain)]
    tell_of_wishes(session, job.author.workspace_id, words, by=job.author.user_id, now=now)


def write_part(session: Session, writing: Writing, part: Sequence[Any], *, now: datetime) -> list[int]:
    """The lines of the part that were left out, because others were quicker. Raises Outdated for an undone run."""
    left_out = writing.kind.write(session, writing.run_id, writing.job.author_at(now), part)
    go_on(session, writing.job, run_id=writing.run_id, now=now)
    return [row.line for row in left_out]


def drawn_proposals(session: Session, writing: Writing, words: Words, *, now: datetime) -> tuple[Item, ...]:
    """Return the stages that the deals written imply, as items of the message that ends the import."""
    if not writing.kind.proposes_stages:
        return ()
    author = writing.job.author
    found = proposals_of_run(session, author.workspace_id, writing.run_id, now=now, zone=author.zone)
    return proposed_stages(found, words, zone=author.zone, today=local_date(now, author.zone))


def end(
    session: Session, writing: Writing, words: Words, *, left_out: Sequence[int] = (), proposed: Sequence[Item] = ()
) -> None:
    """Tell the person what was written, with what `drawn_proposals` returned."""
    run = imports.run(session, writing.job.author.workspace_id, writing.run_id)
    counts = run.counts if run else {}
    named = counts.get(imports.NAMED, 0)
    after = writing.kind.after_creation if counts.get("create", 0) > named else ""
    sentence = words.raw(
        "imports.done",
        run_id=writing.run_id,
        counts=counts,
        named=named,
        unnamed=_unnamed(writing.job, writing.plan, words),
        after=after,
        is_typed=bool(writing.job.typed),
    )
    finish(
        session,
        writing.job,
        sentence,
        words,
        lines_left_out=left_out,
        proposed=proposed,
        run_id=writing.run_id,
    )


def end_with_nothing(session: Session, job: Job, read: ReadFile, words: Words) -> None:
    """Tell the person that nothing was left to do, and of accounts that were to be named why they were not."""
    unnamed = _unnamed(job, read.plan, words)
    sentence = words.raw("imports.none_named", unnamed=unnamed) if job.options.naming else words.raw("imports.nothing")
    finish(session, job, sentence, words)


def _unnamed(job: Job, plan: ImportPlan[Any], words: Words) -> list[str]:
    """Why accounts are not named that were to be: places may be taken since the preview."""
    return list(unnamed_lines(plan, words)) if job.options.naming is not None else []


def _row(row: Planned, kind: ImportKind, names: Mapping[str, str]) -> PreviewRow:
    why = shortened(one_line("; ".join(kind.reasons(row, names))), CELL_CHARACTERS)
    cells = tuple(shortened(one_line(said(row, names)), CELL_CHARACTERS) for said in kind.columns.values())
    return PreviewRow(row.line, shortened(one_line(row.name), CELL_CHARACTERS), verdict_said(row), why, cells)
