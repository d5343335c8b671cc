"""An import plan as a table on the terminal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from rich.table import Table
from rich.text import Text

from agendas.changes import Profile
from agendas.pages.filters import money
from agendas.rules.import_file import ImportFile
from agendas.rules.import_plan import PlannedRow
from agendas.rules.import_values import one_line
from agendas.rules.import_verdicts import ImportPlan, Planned, Verdict

RowT = TypeVar("RowT", bound=Planned)

ROWS_SHOWN_WHOLE = 200
FIRST_SHOWN = 5
"""How many rows of each verdict a longer file shows."""

TROUBLES_SHOWN = 50
"""How many skipped rows, and rows with something not understood, a longer file shows."""

STYLES = {Verdict.CREATE: "green", Verdict.UPDATE: "yellow", Verdict.UNCHANGED: "dim", Verdict.SKIP: "red"}
COUNTED = {
    Verdict.CREATE: "to create",
    Verdict.UPDATE: "to update",
    Verdict.UNCHANGED: "unchanged",
    Verdict.SKIP: "skipped",
}
FIELD_WORDS = {
    "name": "name",
    "domain": "domain",
    "segment": "segment",
    "owner": "owner",
    "value_cents": "value",
    "crm_id": "CRM record",
}
PARTS = {"owner_name": "owner", "currency": "value_cents", "crm_system": "crm_id"}
"""Fields of a profile that are shown as part of another."""


def file_line(file: ImportFile[Any], file_name: str) -> str:
    """What the file was found to be, and which of its columns are not used."""
    table = file.table
    rows = f"{len(file.rows):,} row{'s' if len(file.rows) != 1 else ''}"
    said = f"{file_name}: {file.columns.kind.value}, {rows}, {table.encoding}, separated by {table.delimiter}."
    unused = file.columns.unused
    return one_line(f"{said} Not used: {', '.join(unused)}." if unused else said)


def counts_line(plan: ImportPlan[Any]) -> str:
    """How many rows got each verdict, like `4 to create, 1 to update, 0 unchanged, 2 skipped`."""
    return ", ".join(f"{plan.counts[verdict]:,} {words}" for verdict, words in COUNTED.items()) + "."


def rows_shown(plan: ImportPlan[RowT], *, is_whole: bool) -> Sequence[RowT]:
    """All rows of a short file; of a long one the first of each verdict and those with trouble, in file order."""
    if is_whole or len(plan.rows) <= ROWS_SHOWN_WHOLE:
        return plan.rows
    shown = {id(row) for verdict in Verdict for row in plan.of(verdict)[:FIRST_SHOWN]}
    shown |= {id(row) for row in plan.of(Verdict.SKIP)[:TROUBLES_SHOWN]}
    shown |= {id(row) for row in [row for row in plan.rows if row.notes][:TROUBLES_SHOWN]}
    return [row for row in plan.rows if id(row) in shown]


def preview_table(rows: Sequence[RowT], heading: str, reasons: Callable[[RowT], Iterator[str]]) -> Table:
    """One line for each row: where it stands, what it is of, what becomes of it, and why."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Line", justify="right")
    table.add_column(heading, overflow="fold")
    table.add_column("Verdict")
    table.add_column("Why", overflow="fold")
    for row in rows:
        # Text and one_line: what stands in a file must not reach the terminal as markup or as control characters
        why = Text(one_line("; ".join(reasons(row))))
        table.add_row(str(row.line), Text(row.name), Text(row.verdict.value, STYLES[row.verdict]), why)
    return table


def account_reasons(row: PlannedRow, people: Mapping[str, str]) -> Iterator[str]:
    """What is said about an account's row: why it is skipped, what is new or changes, and what was not understood.

    `people` has names by id.
    """
    if row.reason:
        yield row.reason
    elif row.before is not None and row.after is not None:
        changed = dict.fromkeys(PARTS.get(name, name) for name in row.changed)
        for name in changed:
            yield f"{FIELD_WORDS[name]} {_shown(row.before, name, people)} → {_shown(row.after, name, people)}"
    elif row.after is not None:
        known = [name for name in FIELD_WORDS if name != "name" and _shown(row.after, name, people) != NOTHING]
        yield ", ".join(f"{FIELD_WORDS[name]} {_shown(row.after, name, people)}" for name in known) or "name only"
    if row.is_restored:
        yield "candidate again"
    if row.stage is not None:
        yield f"stage {row.stage.value}"
    if row.because:
        yield row.because
    yield from row.notes


NOTHING = "none"


def _shown(profile: Profile, name: str, people: Mapping[str, str]) -> str:
    if name == "owner":
        said = people.get(profile.owner, profile.owner) if profile.owner else profile.owner_name
    elif name == "value_cents":
        said = money(profile.value_cents, profile.currency) if profile.value_cents is not None else ""
    elif name == "crm_id":
        said = f"{profile.crm_system} {profile.crm_id}" if profile.crm_id else ""
    else:
        said = getattr(profile, name)
    return said or NOTHING
