"""Deals of a CRM's export, and rows of their history, read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from agendas.facts.deals import OpportunityType, Phase
from agendas.rules.imports.accounts.companies import NamedCompany
from agendas.rules.imports.accounts.company_cells import company_in
from agendas.rules.imports.deals.entered import StageColumn, stage_columns, stages_entered
from agendas.rules.imports.deals.headers import recognise_deals, recognise_history
from agendas.rules.imports.deals.own import own_key, own_phase
from agendas.rules.imports.reading.causes import CellCause, SkipCause
from agendas.rules.imports.reading.cells import Cells
from agendas.rules.imports.reading.columns import Columns, ExportKind
from agendas.rules.imports.reading.dates import Dates, ImportOptions, Unsaid, order_of
from agendas.rules.imports.reading.file import ImportFile, read_rows
from agendas.rules.imports.reading.record_ids import read_id, with_crm
from agendas.rules.imports.reading.table import BadRow, Table
from agendas.rules.imports.reading.values import is_yes, one_line
from agendas.text.characters import beginning
from agendas.text.limits import shown
from agendas.text.money import read_money

WORDS_LIMIT_CHARACTERS = 255
"""Longest name, stage and next step of a deal in Salesforce."""

DATE_FIELDS = ("closes_on", "entered_at", "opened_at", "changed_at")
IN_UTC = frozenset(
    {
        ExportKind.SALESFORCE_DEAL_NAMES,
        ExportKind.SALESFORCE_HISTORY,
        ExportKind.SALESFORCE_FIELD_HISTORY,
        ExportKind.HUBSPOT_DEAL_NAMES,
    }
)
"""Exports whose times without a zone are in UTC; all others are made in the zone of who exports."""

NEW_BUSINESS = frozenset({"newbusiness", "newcustomer"})


@dataclass(frozen=True, slots=True)
class ImportedDeal:
    """One row of deals. Fields it does not have are empty or None.

    `entered_at` is when it entered its stage, in a row of history when that row was written. `entered` are earlier
    stages and when it entered each, in their order. `account_ids` are those
    of the CRM. `phase` is there where the file says what the stage means, `notes` name what was not understood, in
    words for a person.
    """

    line: int
    key: str
    stage_name: str
    name: str = ""
    account_ids: tuple[str, ...] = ()
    account_domains: tuple[str, ...] = ()
    account_names: tuple[str, ...] = ()
    amount_cents: int | None = None
    currency: str = ""
    closes_on: date | None = None
    type: OpportunityType | None = None
    adds_value: bool = True
    next_step: str = ""
    entered_at: datetime | None = None
    entered: tuple[tuple[str, datetime], ...] = ()
    opened_at: datetime | None = None
    changed_at: datetime | None = None
    phase: Phase | None = None
    notes: tuple[str, ...] = ()

    @property
    def system(self) -> str:
        """The CRM, as `hubspot`."""
        return self.key.partition(":")[0]

    @property
    def company(self) -> NamedCompany:
        """The company that it names."""
        return NamedCompany(self.system, self.account_ids, self.account_domains, self.account_names)


def read_deals(table: Table, options: ImportOptions) -> ImportFile[ImportedDeal]:
    """The deals in the table of an export of HubSpot or Salesforce.

    Raises:
        NotUnderstood: it is no such export, dates can be read in two ways, or only some amounts name their currency.
    """
    columns = with_crm(recognise_deals(table.headers), table, options.crm)
    stages = stage_columns(table.headers)
    dates = date_readers(table, columns, options)
    file = read_rows(table, columns, lambda cells: _with_stages(_deal(cells), cells, stages), dates)
    return replace(file, rows=_with_currency(file.rows, options.currency))


def read_history(table: Table, options: ImportOptions) -> ImportFile[ImportedDeal]:
    """The rows of Salesforce's OpportunityHistory. Raises NotUnderstood as `read_deals` does."""
    columns = with_crm(recognise_history(table.headers), table, options.crm)
    return read_rows(table, columns, _history, date_readers(table, columns, options))


def read_type(text: str) -> tuple[OpportunityType | None, bool]:
    """The type that the CRM's word for it means, None when it is not known; and whether such a deal adds value."""
    word = "".join(letter for letter in text.casefold() if letter.isalpha())
    if word in NEW_BUSINESS:
        return OpportunityType.NEW_BUSINESS, True
    adds_value = "renewal" not in word and "downgrade" not in word
    if word.startswith(("existingbusiness", "existingcustomer")) or not adds_value:
        return OpportunityType.EXISTING_BUSINESS, adds_value
    return None, True


def date_readers(table: Table, columns: Columns, options: ImportOptions) -> Mapping[str, Dates]:
    """Return the reader of each field of dates that is there. Raises Unsaid for dates that can be read both ways."""
    zone = "UTC" if columns.kind in IN_UTC else options.zone
    fields = [*DATE_FIELDS, *(column.field for column in stage_columns(table.headers))]
    return {
        field: Dates(order_of(table, places[0], options), zone)
        for field in fields
        if (places := columns.places.get(field))
    }


def _deal(cells: Cells) -> ImportedDeal | BadRow:
    key = key_of(cells)
    left_out = _why_left_out(cells, key)
    if left_out:
        return BadRow(cells.line, *left_out)
    amount_cents, currency = _amount(cells)
    kind, adds_value = _type(cells)
    company = company_in(cells)
    return ImportedDeal(
        line=cells.line,
        key=key,
        stage_name=_words(cells, "stage"),
        name=_words(cells, "name") or key,
        account_ids=company.ids,
        account_domains=company.domains,
        account_names=company.names,
        amount_cents=amount_cents,
        currency=currency,
        closes_on=cells.day("closes_on"),
        type=kind,
        adds_value=adds_value,
        next_step=_words(cells, "next_step"),
        entered_at=cells.instant("entered_at"),
        opened_at=cells.instant("opened_at"),
        changed_at=cells.instant("changed_at"),
        phase=own_phase(cells) if cells.kind.is_own else None,
        # the notes last: reading the fields writes them
        notes=tuple(cells.notes),
    )


def _with_stages(row: ImportedDeal | BadRow, cells: Cells, columns: Sequence[StageColumn]) -> ImportedDeal | BadRow:
    """The row with the stages that it was in before, and since when it is in its own where only they tell it."""
    if isinstance(row, BadRow) or not columns:
        return row
    entered = stages_entered(cells, columns, row.stage_name)
    own = next((at for stage, at in entered if _is_same_stage(stage, row.stage_name)), None)
    earlier = tuple(each for each in entered if not _is_same_stage(each[0], row.stage_name))
    return replace(row, entered=earlier, entered_at=row.entered_at or own, notes=tuple(cells.notes))


def _is_same_stage(one: str, other: str) -> bool:
    return one_line(one).casefold() == one_line(other).casefold()


def _history(cells: Cells) -> ImportedDeal | BadRow:
    found = _deal(cells)
    if isinstance(found, ImportedDeal) and found.entered_at is None:
        return BadRow(cells.line, f"has no date that can be read: {shown(cells.text('entered_at'))}")
    return found


def key_of(cells: Cells) -> str:
    """The deal's name within the workspace; '' when the row's id cannot be one."""
    if cells.kind.is_own:
        return own_key(cells)
    number = read_id(cells.system, cells.text("id"))
    return f"{cells.system}:{number}" if number else ""


def _why_left_out(cells: Cells, key: str) -> tuple[str, SkipCause] | None:
    if is_yes(cells.text("deleted")):
        return "is deleted in Salesforce", SkipCause.DELETED
    if cells.kind.is_own and not (key or cells.text("account") or cells.text("id")):
        return "its account is empty, and so is its crm_id", SkipCause.INCOMPLETE
    if cells.kind.is_own and not key:
        return "has neither a crm_id nor both account and name", SkipCause.INCOMPLETE
    if not key and not cells.text("id"):
        return "has no record id", SkipCause.INCOMPLETE
    if not key:
        said = shown(cells.text("id"))
        return f"has a record id that cannot be one, perhaps rounded by a spreadsheet: {said}", SkipCause.RECORD_ID
    return None if cells.text("stage") else ("has no stage", SkipCause.INCOMPLETE)


def _words(cells: Cells, field: str) -> str:
    """The field on one line; a longer one is shortened and said so."""
    said = cells.text(field)
    if len(said) <= WORDS_LIMIT_CHARACTERS:
        return said
    cells.notes.append(f"{field.replace('_', ' ')} shortened, it has {len(said):,} characters")
    return beginning(said, WORDS_LIMIT_CHARACTERS)


def _amount(cells: Cells) -> tuple[int | None, str]:
    said = cells.text("amount")
    money = read_money(said) if said else None
    if money is None:
        if said:
            cells.not_understood("amount", said, CellCause.AMOUNT)
        return None, ""
    named = cells.text("currency").upper()
    return money[0], named if len(named) == 3 and named.isalpha() else money[1]


def _type(cells: Cells) -> tuple[OpportunityType | None, bool]:
    said = cells.text("type")
    kind, adds_value = read_type(said)
    if said and kind is None:
        cells.not_understood("type", said)
    return kind, adds_value


def _with_currency(rows: Sequence[ImportedDeal | BadRow], currency: str) -> tuple[ImportedDeal | BadRow, ...]:
    """The rows, amounts that name no currency with the one given.

    Raises:
        Unsaid: some amounts name a currency and others none, and none was given.
    """
    amounts = [row for row in rows if isinstance(row, ImportedDeal) and row.amount_cents is not None]
    named = sorted({row.currency for row in amounts if row.currency})
    unnamed = next((row.line for row in amounts if not row.currency), None)
    if named and unnamed and not currency:
        raise Unsaid(
            "currency",
            f"Some amounts are in {', '.join(named)} and others name no currency, as in line {unnamed}.",
            "Say which one those are in: add --currency and its three letters.",
        )
    return tuple(
        replace(row, currency=currency)
        if isinstance(row, ImportedDeal) and row.amount_cents is not None and not row.currency
        else row
        for row in rows
    )
