"""Sentences about the file of an import as a whole, and the choice of rows to show."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from agendas.rendering.words import Words
from agendas.rules.deals.proposed_stage import RunProposals
from agendas.rules.imports.accounts.plan import PlannedRow
from agendas.rules.imports.reading.causes import CellCause, CellProblem, SkipCause
from agendas.rules.imports.reading.file import ImportFile
from agendas.rules.imports.reading.values import one_line
from agendas.rules.imports.verdicts import ImportPlan, Planned, Verdict
from agendas.text.limits import shortened

RowT = TypeVar("RowT", bound=Planned)

PROPOSALS_NAMED = 10
UNUSED_NAMED = 30
HEADER_CHARACTERS = 60
LINES_NAMED = 10
SAID_CHARACTERS = 60

COUNTED = {
    Verdict.CREATE: "to create",
    Verdict.UPDATE: "to update",
    Verdict.UNCHANGED: "unchanged",
    Verdict.SKIP: "skipped",
}


def file_line(file: ImportFile[Any], file_name: str) -> str:
    """Return the kind of the file, the CRM of its ids where it is another one, and its unused columns."""
    table = file.table
    rows = f"{len(file.rows):,} row{'s' if len(file.rows) != 1 else ''}"
    said = f"{file_name}: {file.columns.kind.value}, {rows}, {table.encoding}, separated by {table.delimiter}."
    if file.columns.crm:
        said += f" Ids of {file.columns.crm}."
    unused = [shortened(header, HEADER_CHARACTERS) for header in file.columns.unused[:UNUSED_NAMED]]
    if len(file.columns.unused) > UNUSED_NAMED:
        unused.append(f"{len(file.columns.unused) - UNUSED_NAMED:,} more")
    return one_line(f"{said} Not used: {', '.join(unused)}." if unused else said)


def counts_line(plan: ImportPlan[Any]) -> str:
    """Return the counts by verdict, like `4 to create, 1 to update, 0 unchanged, 2 skipped`."""
    return ", ".join(f"{plan.counts[verdict]:,} {words}" for verdict, words in COUNTED.items()) + "."


def wrong_lines(file: ImportFile[Any], plan: ImportPlan[Any], words: Words) -> list[str]:
    """Return raw sentences on what is not taken as it stands and what to do: by column and cause, then by skipped row.

    Each names how many there are, and an example with its line.
    """
    cells: dict[tuple[str, CellCause], list[CellProblem]] = defaultdict(list)
    for problem in file.problems:
        cells[problem.column, problem.cause].append(problem)
    lines = [
        words.raw(
            "imports.cells",
            cause=cause.value,
            column=column,
            count=len(found),
            said=shortened(found[0].said, SAID_CHARACTERS),
            lines=_lines([each.line for each in found]),
        )
        for (column, cause), found in cells.items()
    ]
    lines += _owners_line(plan, words)
    skipped: dict[SkipCause, list[Planned]] = defaultdict(list)
    for row in plan.of(Verdict.SKIP):
        if row.cause is not None:
            skipped[row.cause].append(row)
    return lines + [
        words.raw(
            "imports.skipped",
            cause=cause.value,
            count=len(rows),
            line=f"{rows[0].line:,}",
            name=shortened(rows[0].name, SAID_CHARACTERS),
        )
        for cause, rows in skipped.items()
    ]


def _owners_line(plan: ImportPlan[Any], words: Words) -> list[str]:
    unknown = [row for row in plan.rows if isinstance(row, PlannedRow) and row.unknown_owner]
    if not unknown:
        return []
    said, line = shortened(unknown[0].unknown_owner, SAID_CHARACTERS), f"{unknown[0].line:,}"
    return [words.raw("imports.owners", count=len(unknown), said=said, line=line)]


def _lines(numbers: Sequence[int]) -> list[str]:
    shown = [f"{number:,}" for number in numbers[:LINES_NAMED]]
    return shown if len(numbers) <= LINES_NAMED else [*shown, f"{len(numbers) - LINES_NAMED:,} more"]


def proposed_line(found: RunProposals) -> str:
    """Return which accounts imported deals propose a stage for, and where to confirm it; '' for none."""
    count = len(found.standing)
    named = [f"{each.account_name} ({each.proposal.stage.value})" for each in found.standing[:PROPOSALS_NAMED]]
    if count > PROPOSALS_NAMED:
        named.append(f"{count - PROPOSALS_NAMED:,} more")
    deals = f"{count:,} deal{' implies' if count == 1 else 's imply'} a later stage"
    return f"{deals}: {', '.join(named)}. Confirm on the card or agenda in Slack." if count else ""


def rows_shown(plan: ImportPlan[RowT], *, most: int, first: int, troubles: int) -> Sequence[RowT]:
    """All rows of a file of `most` at most; of a longer one those shown, in file order.

    Of each verdict the `first` so many are shown, and so many that are skipped or have something not understood as
    `troubles` says.
    """
    if len(plan.rows) <= most:
        return plan.rows
    shown = {id(row) for verdict in Verdict for row in plan.of(verdict)[:first]}
    shown |= {id(row) for row in plan.of(Verdict.SKIP)[:troubles]}
    shown |= {id(row) for row in [row for row in plan.rows if row.notes][:troubles]}
    return [row for row in plan.rows if id(row) in shown]
