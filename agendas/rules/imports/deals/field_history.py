"""Salesforce's history of the fields of opportunities: one row for each change of one field."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agendas.rules.imports.deals.headers import FIELD_HISTORIES, recognise_history
from agendas.rules.imports.deals.read import ImportedDeal, date_readers, key_of, read_history
from agendas.rules.imports.reading.causes import SkipCause
from agendas.rules.imports.reading.cells import Cells
from agendas.rules.imports.reading.columns import Columns
from agendas.rules.imports.reading.dates import DateOrder, Dates, ImportOptions, order_of
from agendas.rules.imports.reading.file import ImportFile, read_rows
from agendas.rules.imports.reading.record_ids import with_crm
from agendas.rules.imports.reading.table import BadRow, Table, TableRow
from agendas.rules.imports.reading.values import is_yes
from agendas.text.limits import shown
from agendas.text.money import read_money


class DealField(StrEnum):
    """Field of an opportunity whose changes are told. The row of its creation tells the values before them."""

    STAGE = "stage"
    AMOUNT = "amount"
    CLOSES_ON = "closes_on"
    CREATED = "created"


FIELD_WORDS = {
    "stagename": DealField.STAGE,
    "stage": DealField.STAGE,
    "amount": DealField.AMOUNT,
    "closedate": DealField.CLOSES_ON,
    "close date": DealField.CLOSES_ON,
    "created": DealField.CREATED,
    "created.": DealField.CREATED,
    "opportunitycreatedfromlead": DealField.CREATED,
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A row: the deal's key, the field, what it was and what it is since an instant."""

    line: int
    key: str
    field: DealField
    was: str
    is_now: str
    at: datetime
    notes: tuple[str, ...]


def read_any_history(table: Table, options: ImportOptions) -> ImportFile[ImportedDeal]:
    """The rows of any history of opportunities. Raises NotUnderstood as `read_history` does."""
    columns = recognise_history(table.headers)
    if columns.kind not in FIELD_HISTORIES:
        return read_history(table, options)
    return _by_fields(table, with_crm(columns, table, options.crm), options)


def _by_fields(table: Table, columns: Columns, options: ImportOptions) -> ImportFile[ImportedDeal]:
    """The deal as it stood after each row."""
    file = read_rows(table, columns, _change, date_readers(table, columns, options))
    days = Dates(_order_of_days(columns, table, options), options.zone)
    changes: dict[str, list[FieldChange]] = defaultdict(list)
    for row in file.rows:
        if isinstance(row, FieldChange):
            changes[row.key].append(row)
    told = {each.line: each for of_deal in changes.values() for each in _states(of_deal, days)}
    rows = tuple(told[row.line] if isinstance(row, FieldChange) else row for row in file.rows)
    return ImportFile(table, columns, rows, file.problems)


def _change(cells: Cells) -> FieldChange | BadRow:
    if is_yes(cells.text("deleted")):
        return BadRow(cells.line, "is deleted in Salesforce", SkipCause.DELETED)
    field = FIELD_WORDS.get(cells.text("field").casefold())
    if field is None:
        return BadRow(cells.line, f"is about {shown(cells.text('field'))}", SkipCause.OTHER_FIELD)
    key, at = key_of(cells), cells.instant("entered_at")
    if not key:
        return BadRow(cells.line, "has no record id of an opportunity", SkipCause.RECORD_ID)
    if at is None:
        return BadRow(cells.line, f"has no date that can be read: {shown(cells.text('entered_at'))}")
    return FieldChange(cells.line, key, field, cells.text("was"), cells.text("is_now"), at, tuple(cells.notes))


def _states(changes: Sequence[FieldChange], days: Dates) -> list[ImportedDeal | BadRow]:
    """The deal after each of its changes: those of one instant are one."""
    changes = sorted(changes, key=lambda each: (each.at, each.line))
    # as it was before the first change of each field
    values = {each.field: each.was for each in reversed(changes)}
    told: list[ImportedDeal | BadRow] = []
    for each in changes:
        values |= {other.field: other.is_now for other in changes if other.at == each.at and other.field in VALUES}
        stage = values.get(DealField.STAGE, "")
        if not stage:
            told.append(BadRow(each.line, "is of a deal whose stage the file does not tell", SkipCause.INCOMPLETE))
            continue
        amount_cents, currency = _money(values.get(DealField.AMOUNT, ""))
        told.append(
            ImportedDeal(
                each.line,
                each.key,
                stage,
                name=each.key,
                amount_cents=amount_cents,
                currency=currency,
                closes_on=_day(values.get(DealField.CLOSES_ON, ""), days),
                entered_at=each.at,
                notes=each.notes,
            )
        )
    return told


VALUES = frozenset({DealField.STAGE, DealField.AMOUNT, DealField.CLOSES_ON})


def _money(said: str) -> tuple[int | None, str]:
    return (read_money(said) if said else None) or (None, "")


def _day(said: str, days: Dates) -> date | None:
    return days.day(said) if said else None


def _order_of_days(columns: Columns, table: Table, options: ImportOptions) -> DateOrder:
    """The order of the close dates among the values."""
    [field, *_], [is_now, *_] = columns.places["field"], columns.places["is_now"]
    rows = tuple(
        TableRow(row.line, (row.values[is_now],))
        for row in table.rows
        if FIELD_WORDS.get(row.values[field].casefold()) is DealField.CLOSES_ON
    )
    return order_of(Table((table.headers[is_now],), rows, (), table.encoding, table.delimiter), 0, options)
