"""Sentences about the file of an import as a whole, and the choice of rows to show."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from agendas.rendering.words import Words
from agendas.rules.deals.proposed_stage import RunProposals
from agendas.rules.imports.accounts.naming import Unnamed
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
BECAUSE_CHARACTERS = 240

ASKED_IN_FORM = (Unnamed.NO_TIER, Unnamed.NO_REASON)
"""Causes for which an account is not named yet, of which the preview asks."""

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
    lines += (*_owners_lines(plan, words), *unnamed_lines(plan, words))
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


def _owners_lines(plan: ImportPlan[Any], words: Words) -> Iterator[str]:
    """Of the owners who are nobody here: those of accounts that then have none, and of those that keep theirs."""
    unknown = [row for row in plan.rows if isinstance(row, PlannedRow) and row.unknown_owner]
    for stays in (False, True):
        rows = [row for row in unknown if row.owner_stays is stays]
        if rows:
            said, line = shortened(rows[0].unknown_owner, SAID_CHARACTERS), f"{rows[0].line:,}"
            yield words.raw("imports.owners", count=len(rows), said=said, line=line, stays=stays)


def unnamed_lines(plan: ImportPlan[Any], words: Words) -> Iterator[str]:
    """Why accounts with a tier would not be named, and what can be done, by cause."""
    found: dict[str, list[PlannedRow]] = defaultdict(list)
    for row in plan.rows:
        if isinstance(row, PlannedRow) and row.unnamed and row.unnamed not in ASKED_IN_FORM:
            found[row.unnamed].append(row)
    for cause, rows in found.items():
        name = shortened(rows[0].name, SAID_CHARACTERS)
        because = shortened(rows[0].unnamed_because, BECAUSE_CHARACTERS)
        yield words.raw("imports.unnamed", cause=cause, count=len(rows), name=name, because=because)


def named_by_tier(plan: ImportPlan[Any]) -> dict[int, int]:
    """How many accounts would be named in each tier."""
    found = Counter(row.tier for row in plan.rows if isinstance(row, PlannedRow) and row.tier is not None)
    return dict(sorted(found.items()))


def verdict_said(row: Planned) -> str:
    """The verdict on the row, and that its account is named."""
    if not (isinstance(row, PlannedRow) and row.tier is not None):
        return row.verdict.value
    stored = row.verdict is Verdict.CREATE or row.changed or row.is_restored
    return f"{row.verdict.value}, name" if stored else "name"


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


def rows_shown(plan: ImportPlan[RowT], *, most: int, first: int, troubles: int, named: int = 0) -> Sequence[RowT]:
    """All rows of a file of `most` at most; of a longer one those shown, in file order.

    Of each verdict the `first` so many are shown, so many that are skipped or have something not understood as
    `troubles` says, and so many that are to be named, or not for want of room, as `named` says.
    """
    if len(plan.rows) <= most:
        return plan.rows
    shown = {id(row) for verdict in Verdict for row in plan.of(verdict)[:first]}
    shown |= {id(row) for row in plan.of(Verdict.SKIP)[:troubles]}
    shown |= {id(row) for row in [row for row in plan.rows if row.notes][:troubles]}
    to_name = [row for row in plan.rows if isinstance(row, PlannedRow) and (row.tier or row.unnamed_because)]
    shown |= {id(row) for row in to_name[:named]}
    return [row for row in plan.rows if id(row) in shown]
