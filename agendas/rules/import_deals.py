"""Opportunities and their history in CRM exports."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from agendas.errors import NotUnderstood
from agendas.facts.account import AccountState, Stage
from agendas.facts.deals import Opportunity, OpportunityChanged, OpportunityProfile, OpportunityType, Phase
from agendas.rules.entries import DealStep
from agendas.rules.import_accounts import (
    HUBSPOT_COMPANY,
    Companies,
    CompanyAsked,
    CompanyFound,
    KnownAccounts,
    NamedCompany,
    company_in,
)
from agendas.rules.import_tables import (
    Ambiguous,
    BadRow,
    Cells,
    Columns,
    DateOrder,
    Dates,
    ExportKind,
    ImportFile,
    ImportOptions,
    ImportPlan,
    SkipCause,
    Table,
    TableRow,
    Verdict,
    as_own_headers,
    end_of,
    folded,
    is_yes,
    locate,
    not_after,
    one_line,
    order_of,
    read_id,
    read_rows,
    with_crm,
)
from agendas.text.limits import beginning, shown
from agendas.text.money import read_money
from agendas.text.names import normal_key

# Opportunities in a file of our own: known by account and name where they have no id, with phases in words.

OWN_SYSTEM = "own"
"""System of opportunities that are of no CRM."""

NAMED = f"{OWN_SYSTEM}:="
"""Beginning of the key of a row without an id, until it is known which opportunity it means."""

PHASES = {phase.value: phase for phase in Phase} | {"closed won": Phase.WON, "closed lost": Phase.LOST}


def own_key(cells: Cells) -> str:
    """The opportunity's key: its CRM's id, else NAMED with its account and name as they stand; '' without either."""
    number = read_id(cells.system, cells.text("id"))
    if number is None:
        return ""
    if number:
        return f"{cells.system or OWN_SYSTEM}:{number}"
    account, name = normal_key(cells.text("account")), normal_key(cells.text("name"))
    if not (account and name):
        return ""
    return f"{NAMED}{account}/{name}"


def own_phase(cells: Cells) -> Phase | None:
    """The phase in the row's own words, or that its stage is the name of; None where neither says one."""
    said = cells.text("phase")
    phase = PHASES.get(said.casefold())
    if said and phase is None:
        cells.not_understood("phase", said)
    return phase or PHASES.get(cells.text("stage").casefold())


# Stages that a deal was in before, from HubSpot's columns on when it entered each.

LABEL = re.compile(r"""date entered ["'](?P<stage>.+?)(?:\s*\((?P<pipeline>[^()]*)\))?["']""", re.IGNORECASE)
NAME = re.compile(r"hs_(?:v2_)?date_entered_(?P<stage>\w+)", re.IGNORECASE)
CURRENT = "current_stage"


@dataclass(frozen=True, slots=True)
class StageColumn:
    """A column with the date on which deals entered a stage of a pipeline, "" where it names none."""

    field: str
    header: str
    stage: str
    pipeline: str = ""


def stage_columns(headers: Sequence[str]) -> tuple[StageColumn, ...]:
    """The columns with dates of stages; of two of one stage the first."""
    found: dict[tuple[str, str], StageColumn] = {}
    for header, label in zip(map(one_line, headers), folded(headers), strict=True):
        match = LABEL.fullmatch(header) or NAME.fullmatch(header)
        if match is None or match["stage"].casefold() == CURRENT:
            continue
        stage, pipeline = match["stage"], match.groupdict().get("pipeline") or ""
        found.setdefault((_key(stage), _key(pipeline)), StageColumn(f"entered {label}", label, stage, pipeline))
    return tuple(found.values())


def stages_entered(cells: Cells, columns: Sequence[StageColumn], stage_name: str) -> list[tuple[str, datetime]]:
    """The stages of the row's pipeline that the deal entered, with their instants, in their order.

    `stage_name` is the row's own stage: the others are named as it is, with their pipeline or without.
    """
    pipeline = _key(cells.text("pipeline"))
    found = []
    for column in columns:
        with_pipeline = f"{column.stage} ({column.pipeline})"
        if pipeline and column.pipeline and _key(column.pipeline) != pipeline:
            continue
        at = cells.instant(column.field)
        if at is not None:
            has_pipeline = bool(column.pipeline) and stage_name.endswith(f"({column.pipeline})")
            found.append((with_pipeline if has_pipeline else column.stage, at))
    return sorted(found, key=lambda entered: entered[1])


def _key(text: str) -> str:
    return one_line(text).casefold()


# Recognise an export of deals by its headers.

FIELDS: Mapping[ExportKind, Mapping[str, tuple[str, ...]]] = {
    ExportKind.HUBSPOT_DEALS: {
        "id": ("record id", "deal id"),
        "name": ("deal name",),
        "stage": ("deal stage",),
        "amount": ("amount",),
        "currency": ("currency",),
        "closes_on": ("close date",),
        "type": ("deal type",),
        "next_step": ("next step",),
        "entered_at": ("date entered current stage",),
        "opened_at": ("create date",),
        "changed_at": ("last modified date",),
        "pipeline": ("pipeline",),
        **HUBSPOT_COMPANY,
    },
    ExportKind.HUBSPOT_DEAL_NAMES: {
        "id": ("hs_object_id", "dealid"),
        "name": ("dealname",),
        "stage": ("dealstage",),
        "amount": ("amount",),
        "currency": ("deal_currency_code",),
        "closes_on": ("closedate",),
        "type": ("dealtype",),
        "next_step": ("hs_next_step",),
        "entered_at": ("hs_v2_date_entered_current_stage", "hs_date_entered_current_stage"),
        "opened_at": ("createdate",),
        "changed_at": ("hs_lastmodifieddate",),
        "pipeline": ("pipeline",),
        "primary_id": ("hs_primary_associated_company",),
        "account_id": ("associatedcompanyid",),
        "account": ("associated_company",),
    },
    ExportKind.SALESFORCE_DEALS: {
        "id": ("opportunity id", "opportunity id (18)", "case safe opportunity id"),
        "name": ("opportunity name",),
        "stage": ("stage",),
        "amount": ("amount",),
        "currency": ("amount currency", "opportunity currency", "currency"),
        "closes_on": ("close date",),
        "type": ("type",),
        "next_step": ("next step",),
        "entered_at": ("last stage change date",),
        "opened_at": ("created date",),
        "changed_at": ("last modified date",),
        "account_id": ("account id", "account id (18)", "case safe account id"),
        "account": ("account name",),
    },
    ExportKind.SALESFORCE_DEAL_NAMES: {
        "id": ("id",),
        "name": ("name",),
        "stage": ("stagename",),
        "amount": ("amount",),
        "currency": ("currencyisocode",),
        "closes_on": ("closedate",),
        "type": ("type",),
        "next_step": ("nextstep",),
        "entered_at": ("laststagechangedate",),
        "opened_at": ("createddate",),
        "changed_at": ("lastmodifieddate", "systemmodstamp"),
        "account_id": ("accountid", "account.id"),
        "account": ("account.name",),
        "deleted": ("isdeleted",),
    },
    ExportKind.SALESFORCE_HISTORY: {
        "id": ("opportunityid",),
        "stage": ("stagename",),
        "amount": ("amount",),
        "currency": ("currencyisocode",),
        "closes_on": ("closedate",),
        "entered_at": ("createddate",),
        "deleted": ("isdeleted",),
    },
    ExportKind.SALESFORCE_HISTORY_REPORT: {
        "id": ("opportunity id", "opportunity id (18)", "case safe opportunity id"),
        "stage": ("to stage",),
        "amount": ("amount",),
        "currency": ("amount currency", "opportunity currency", "currency"),
        "closes_on": ("close date",),
        "entered_at": ("last modified", "last modified date", "edit date"),
    },
    ExportKind.SALESFORCE_FIELD_HISTORY: {
        "id": ("opportunityid",),
        "field": ("field",),
        "was": ("oldvalue",),
        "is_now": ("newvalue",),
        "entered_at": ("createddate",),
        "deleted": ("isdeleted",),
    },
    ExportKind.SALESFORCE_FIELD_HISTORY_REPORT: {
        "id": ("opportunity id", "opportunity id (18)", "case safe opportunity id"),
        "field": ("field / event",),
        "was": ("old value",),
        "is_now": ("new value",),
        "entered_at": ("edit date",),
    },
    ExportKind.CADENCE_OPPORTUNITIES: {
        "account": ("account",),
        "name": ("name",),
        "stage": ("stage",),
        "phase": ("phase",),
        "amount": ("amount",),
        "currency": ("currency",),
        "closes_on": ("closes_on",),
        "type": ("type",),
        "next_step": ("next_step",),
        "entered_at": ("entered_on",),
        "opened_at": ("opened_on",),
        "crm_system": ("crm_system",),
        "id": ("crm_id",),
    },
    ExportKind.CADENCE_HISTORY: {
        "account": ("account",),
        "name": ("name",),
        "stage": ("stage",),
        "phase": ("phase",),
        "amount": ("amount",),
        "currency": ("currency",),
        "closes_on": ("closes_on",),
        "entered_at": ("changed_on",),
        "crm_system": ("crm_system",),
        "id": ("crm_id",),
    },
}
"""Headers per field, lower case, the preferred first."""

MARKS: Mapping[ExportKind, frozenset[str]] = {
    ExportKind.SALESFORCE_HISTORY: frozenset({"opportunityid", "stagename", "createddate"}),
    ExportKind.SALESFORCE_FIELD_HISTORY: frozenset({"opportunityid", "field", "oldvalue", "newvalue", "createddate"}),
    ExportKind.SALESFORCE_FIELD_HISTORY_REPORT: frozenset({"field / event", "old value", "new value", "edit date"}),
    ExportKind.SALESFORCE_HISTORY_REPORT: frozenset({"to stage"}),
    ExportKind.HUBSPOT_DEALS: frozenset({"deal name"}),
    ExportKind.HUBSPOT_DEAL_NAMES: frozenset({"dealname"}),
    ExportKind.SALESFORCE_DEALS: frozenset({"opportunity name"}),
    ExportKind.SALESFORCE_DEAL_NAMES: frozenset({"name", "stagename"}),
}
"""The headers that only this export has, the surest kinds first."""

NEEDED = {
    "id": {
        ExportKind.HUBSPOT_DEALS: "Record ID",
        ExportKind.HUBSPOT_DEAL_NAMES: "hs_object_id",
        ExportKind.SALESFORCE_DEALS: "Opportunity ID",
        ExportKind.SALESFORCE_DEAL_NAMES: "Id",
    },
    "stage": {
        ExportKind.HUBSPOT_DEALS: "Deal Stage",
        ExportKind.HUBSPOT_DEAL_NAMES: "dealstage",
        ExportKind.SALESFORCE_DEALS: "Stage",
        ExportKind.SALESFORCE_DEAL_NAMES: "StageName",
    },
}
"""The columns without which no row of an export can be imported, as its CRM calls them."""


FIELD_HISTORIES = (ExportKind.SALESFORCE_FIELD_HISTORY, ExportKind.SALESFORCE_FIELD_HISTORY_REPORT)
HISTORIES = (
    ExportKind.SALESFORCE_HISTORY,
    ExportKind.SALESFORCE_HISTORY_REPORT,
    *FIELD_HISTORIES,
    ExportKind.CADENCE_HISTORY,
)


def has_history(headers: frozenset[str]) -> bool:
    return _kind(headers) in HISTORIES


def has_deals(headers: frozenset[str]) -> bool:
    """Return true if the lower-case headers are exactly the known ones for deals or opportunities."""
    kind = _kind(headers)
    return kind is not None and kind not in HISTORIES


def recognise_deals(headers: Sequence[str]) -> Columns:
    """The export of deals and where its fields stand.

    Raises:
        NotUnderstood: it is none known here, or lacks the column with the records' ids or the stages.
    """
    kind = _kind(frozenset(folded(headers)))
    if kind is None or kind in HISTORIES:
        raise NotUnderstood(
            "The columns are of no export of deals known here: there must be Deal Name (HubSpot), Opportunity Name "
            "and Stage (Salesforce report), Name and StageName (Salesforce API names), or account, name and stage."
        )
    entered = {column.field: (column.header,) for column in stage_columns(headers)}
    columns = locate(kind, {**FIELDS[kind], **entered}, headers)
    for needed, said in NEEDED.items():
        if kind in said and needed not in columns.places:
            raise NotUnderstood(f"The export has no column {said[kind]}. Add it to the export and import it again.")
    return columns


def recognise_history(headers: Sequence[str]) -> Columns:
    """Locate the fields of an export of the history of opportunities. Raises NotUnderstood when it is none."""
    kind = _kind(frozenset(folded(headers)))
    if kind not in HISTORIES:
        raise NotUnderstood(
            "The columns are not those of Salesforce's OpportunityHistory: there must be OpportunityId, StageName and "
            "CreatedDate, or account, name, stage and changed_on."
        )
    columns = locate(kind, FIELDS[kind], headers)
    if "id" not in columns.places and not kind.is_own:
        raise NotUnderstood("The export has no column Opportunity ID. Add it to the export and import it again.")
    return columns


def _kind(headers: frozenset[str]) -> ExportKind | None:
    return next((kind for kind, marks in MARKS.items() if marks <= headers), None) or _own_kind(as_own_headers(headers))


def _own_kind(headers: frozenset[str]) -> ExportKind | None:
    is_named = {"account", "name"} <= headers
    if {"stage", "changed_on"} <= headers and (is_named or "crm_id" in headers):
        return ExportKind.CADENCE_HISTORY
    return ExportKind.CADENCE_OPPORTUNITIES if is_named and "stage" in headers else None


# Deals of a CRM's export, and rows of their history, read.

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
        return self.key.partition(":")[0]

    @property
    def company(self) -> NamedCompany:
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
    """Return the reader of each field of dates that is there. Raises Ambiguous for dates that can be read both ways."""
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
    amount_cents, currency = cells.money("amount")
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
    """The field on one line, shortened with a remark if it is too long."""
    said = cells.text(field)
    if len(said) <= WORDS_LIMIT_CHARACTERS:
        return said
    cells.notes.append(f"{field.replace('_', ' ')} shortened, it has {len(said):,} characters")
    return beginning(said, WORDS_LIMIT_CHARACTERS)


def _type(cells: Cells) -> tuple[OpportunityType | None, bool]:
    said = cells.text("type")
    kind, adds_value = read_type(said)
    if said and kind is None:
        cells.not_understood("type", said)
    return kind, adds_value


def _with_currency(rows: Sequence[ImportedDeal | BadRow], currency: str) -> tuple[ImportedDeal | BadRow, ...]:
    """The rows, amounts that name no currency with the one given.

    Raises:
        Ambiguous: some amounts name a currency and others none, and none was given.
    """
    amounts = [row for row in rows if isinstance(row, ImportedDeal) and row.amount_cents is not None]
    named = sorted({row.currency for row in amounts if row.currency})
    unnamed = next((row.line for row in amounts if not row.currency), None)
    if named and unnamed and not currency:
        raise Ambiguous(
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


# Find the opportunity that a row without an id means: by its account and its exact name there.


def name_key(name: str) -> str:
    """The name by which an opportunity is known in its account: case and spacing do not count."""
    return " ".join(name.casefold().split())


def is_by_name(row: ImportedDeal | BadRow) -> bool:
    return isinstance(row, ImportedDeal) and row.key.startswith(NAMED)


def with_keys(
    rows: Iterable[ImportedDeal | BadRow], companies: Companies, keys: Mapping[tuple[int, str], Sequence[str]]
) -> list[ImportedDeal | BadRow]:
    """The rows, each without an id given the key of the opportunity it matches, or a new key in its account.

    `keys` are those of the opportunities known, by account and `name_key`.
    """
    return [_with_key(row, companies, keys) if isinstance(row, ImportedDeal) else row for row in rows]


def _with_key(
    row: ImportedDeal, companies: Companies, keys: Mapping[tuple[int, str], Sequence[str]]
) -> ImportedDeal | BadRow:
    account = companies.find(row.company).account if is_by_name(row) else None
    if account is None:
        return row
    known = keys.get((account.account_id, name_key(row.name)), ())
    if len(known) > 1:
        reason = f"{account.name} has {len(known)} opportunities called {shown(row.name)}; add crm_id"
        return BadRow(row.line, reason, SkipCause.UNCLEAR)
    digest = hashlib.sha256(repr((account.account_id, name_key(row.name))).encode()).hexdigest()[:40]
    return replace(row, key=known[0] if known else f"{OWN_SYSTEM}:{digest}")


# Salesforce's history of the fields of opportunities: one row for each change of one field.


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
    """The deal after each of its changes; changes at the same instant count as one."""
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


# Deals known, rows of deals with what becomes of them, and the phases of their stages.


@dataclass(frozen=True, slots=True)
class KnownDeal:
    """A deal of an account as it stands; `told_at` is the day of the latest entry about it."""

    account_id: int
    deal: Opportunity
    told_at: datetime


@dataclass(frozen=True, slots=True)
class KnownDeals:
    """Stored facts to compare deals with: accounts, deals and their history by key, and phases by CRM and stage.

    `stages` are the instants and stages that any entry about a deal told, by its key. `wins` has the first deal that
    each account is known to have won, by account: when, and its key. `unseen` are the keys of deals of accounts that
    the person who imports may not see.
    """

    accounts: KnownAccounts
    deals: Mapping[str, KnownDeal] = field(default_factory=dict)
    steps: Mapping[str, frozenset[DealStep]] = field(default_factory=dict)
    phases: Mapping[str, Mapping[str, Phase]] = field(default_factory=dict)
    stages: Mapping[str, frozenset[tuple[datetime, str]]] = field(default_factory=dict)
    wins: Mapping[int, tuple[datetime, str]] = field(default_factory=dict)
    unseen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedDeal:
    """One row of the file and what becomes of it: what is recorded of which account, and when it happened.

    `happened_at` is None for what happens as it is imported, `steps` are earlier stages with their instants, and `zone`
    is the IANA zone of their days. `before` is the deal as known. A row is left out until a person says more if
    `unmapped` are names of stages that have no phase yet, `asked` is its company, or it `lacks_type`.
    """

    line: int
    name: str
    verdict: Verdict
    reason: str = ""
    cause: SkipCause | None = None
    key: str = ""
    account_id: int | None = None
    account_name: str = ""
    change: OpportunityChanged | None = None
    happened_at: datetime | None = None
    before: OpportunityProfile | None = None
    steps: tuple[tuple[OpportunityChanged, datetime], ...] = ()
    unmapped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    asked: CompanyAsked | None = None
    lacks_type: bool = False
    zone: str = "UTC"


def stage_key(stage_name: str) -> str:
    """The name by which a stage is known: case and spacing do not count."""
    return " ".join(stage_name.casefold().split())


def with_stages(phases: Mapping[str, Mapping[str, Phase]], system: str, options: ImportOptions) -> dict[str, Phase]:
    """The phases of the CRM's stages, by the names they are known by, with those that the options add or change."""
    known = {stage_key(name): phase for name, phase in phases.get(system, {}).items()}
    return known | {stage_key(name): phase for name, phase in options.stages}


def phase_of(row: ImportedDeal, phases: Mapping[str, Mapping[str, Phase]], options: ImportOptions) -> Phase | None:
    """The phase in the row, else the one mapped to its stage; None if neither is known."""
    return row.phase or with_stages(phases, row.system, options).get(stage_key(row.stage_name))


def skipped(row: ImportedDeal, reason: str, cause: SkipCause) -> PlannedDeal:
    return PlannedDeal(row.line, row.name, Verdict.SKIP, reason, cause, key=row.key, notes=row.notes)


def unmapped(row: ImportedDeal, stages: Sequence[str]) -> PlannedDeal:
    """The row, left out until somebody says what these stages of it mean."""
    many = len(stages) > 1
    reason = f"its stage{'s' if many else ''} {', '.join(map(shown, stages))} {'have' if many else 'has'} no phase yet"
    return replace(skipped(row, reason, SkipCause.NO_PHASE), unmapped=tuple(stages))


def refuse_other_stages(rows: Sequence[ImportedDeal | BadRow], options: ImportOptions) -> None:
    """Raise NotUnderstood when the options name a stage that no row of the file has."""
    deals = [row for row in rows if isinstance(row, ImportedDeal)]
    there = {stage_key(name): name for row in deals for name in (row.stage_name, *(stage for stage, _ in row.entered))}
    for name, _phase in options.stages:
        if stage_key(name) not in there:
            names = ", ".join(map(shown, there.values()))
            raise NotUnderstood(f"No row of the file has the stage {shown(name)}. It has {names}.")


# Types of deals whose rows name none: the first that an account won is new business, further ones are asked about.

LONG_AGO = datetime.min.replace(tzinfo=UTC)

Win = tuple[datetime, str]
"""When a deal was won, LONG_AGO where that is not known, and its key."""


def first_wins(
    rows: Iterable[tuple[ImportedDeal, AccountState | None, Phase | None]], known: KnownDeals
) -> dict[int, Win]:
    """Each account's first won deal, by account id, among known deals and rows with an account and a phase."""
    wins = dict(known.wins)
    for row, account, phase in rows:
        if account is not None and phase is Phase.WON and row.key not in known.deals:
            win = _ended_at(row) or LONG_AGO, row.key
            wins[account.account_id] = min(wins.get(account.account_id, win), win)
    return wins


def type_of(
    row: ImportedDeal, account: AccountState, phase: Phase, *, win: Win | None, options: ImportOptions
) -> tuple[OpportunityType | None, str]:
    """The type of a new deal that names none, None where a person has to say it; and why."""
    is_first = win is not None and (row.key == win[1] or _is_lost_before(row, phase, win))
    if is_first:
        return OpportunityType.NEW_BUSINESS, "taken as new business: the account had won no deal before"
    if win is None and account.stage is not Stage.CUSTOMER:
        return OpportunityType.NEW_BUSINESS, f"taken as new business: {account.name} is no customer yet"
    if options.further is None:
        return None, f"names no type, and {account.name} has bought before"
    return options.further, f"taken as {options.further.replace('_', ' ')}, as was said"


def _is_lost_before(row: ImportedDeal, phase: Phase, win: Win) -> bool:
    ended_at = _ended_at(row) if phase is Phase.LOST else None
    return ended_at is not None and ended_at < win[0]


def _ended_at(row: ImportedDeal) -> datetime | None:
    return row.entered_at or (end_of(row.closes_on, "UTC") if row.closes_on else None)


# Plan an import of the history of deals, row by row.

NEVER = datetime.min.replace(tzinfo=UTC)


def plan_of_history(
    rows: Iterable[ImportedDeal | BadRow], known: KnownDeals, options: ImportOptions
) -> ImportPlan[PlannedDeal]:
    """The plan for rows of the history of deals that are known. One that is known already changes nothing.

    Raises:
        NotUnderstood: a stage that the options name is not in the file.
    """
    rows = list(rows)
    refuse_other_stages(rows, options)
    planned = {
        row.line: PlannedDeal(row.line, "", Verdict.SKIP, row.reason, row.cause)
        for row in rows
        if isinstance(row, BadRow)
    }
    earlier: dict[str, DealStep] = {}
    for row in sorted((row for row in rows if isinstance(row, ImportedDeal)), key=_by_date):
        planned[row.line] = _planned_step(row, known, options, earlier.get(row.key))
        earlier[row.key] = _step(row)
    return ImportPlan(tuple(planned[row.line] for row in rows))


def _planned_step(
    row: ImportedDeal, known: KnownDeals, options: ImportOptions, earlier: DealStep | None
) -> PlannedDeal:
    there = known.deals.get(row.key)
    if there is None:
        return skipped(row, "is of a deal that is not known; import the opportunities first", SkipCause.IMPORT_FIRST)
    happened_at = not_after(row.entered_at, options) if row.entered_at else None
    if happened_at is None:
        return skipped(row, "is dated in the future", SkipCause.FUTURE)
    phase = phase_of(row, known.phases, options)
    if phase is None:
        return unmapped(row, [row.stage_name])
    before = there.deal.profile
    is_known = _step(row) in known.steps.get(row.key, frozenset())
    is_repeated = earlier is not None and earlier[1:] == _step(row)[1:]
    after = replace(
        before,
        stage_name=row.stage_name,
        phase=phase,
        amount_cents=row.amount_cents,
        currency=row.currency or before.currency,
        closes_on=row.closes_on,
    )
    return PlannedDeal(
        row.line,
        before.name,
        key=row.key,
        verdict=Verdict.UNCHANGED if is_known or is_repeated else Verdict.UPDATE,
        account_id=there.account_id,
        account_name=known.accounts.states[there.account_id].name,
        change=OpportunityChanged(after, is_history=True),
        happened_at=happened_at,
        notes=row.notes,
        zone=options.zone,
    )


def _step(row: ImportedDeal) -> DealStep:
    return (row.entered_at or NEVER, row.stage_name, row.amount_cents, row.closes_on)


def _by_date(row: ImportedDeal) -> tuple[str, datetime, int]:
    return row.key, row.entered_at or NEVER, row.line


# Plan an import of deals, row by row.

ELSEWHERE = "is another account's deal already, or an admin has to look at it"
"""Of an account that the person may not see too, so that it tells of none."""


def plan_of_deals(
    rows: Iterable[ImportedDeal | BadRow], known: KnownDeals, options: ImportOptions
) -> ImportPlan[PlannedDeal]:
    """The plan for deals as the CRM has them now.

    A deal is known by the CRM's id, its account as `Companies` finds it.

    Raises:
        NotUnderstood: a stage that the options name is not in the file.
    """
    rows = list(rows)
    refuse_other_stages(rows, options)
    deals = [row for row in rows if isinstance(row, ImportedDeal)]
    companies = Companies(known.accounts, (row.company for row in deals), options.accounts)
    found = {row.line: companies.find(row.company) for row in deals}
    wins = first_wins(((row, found[row.line].account, phase_of(row, known.phases, options)) for row in deals), known)
    lines: dict[str, int] = {}
    planned = []
    for row in rows:
        if isinstance(row, BadRow):
            planned.append(PlannedDeal(row.line, "", Verdict.SKIP, row.reason, row.cause))
        elif row.key in lines:
            planned.append(skipped(row, f"the same deal as line {lines[row.key]}", SkipCause.REPEATED))
        else:
            lines[row.key] = row.line
            planned.append(_placed(row, found[row.line], replace(known, wins=wins), options))
    return ImportPlan(tuple(planned))


def _placed(row: ImportedDeal, found: CompanyFound, known: KnownDeals, options: ImportOptions) -> PlannedDeal:
    """The row at its account, or why it is left out."""
    there = known.deals.get(row.key)
    account = found.account
    if account is None and there is not None and found.could_be(there.account_id):
        # chosen by a person when the deal was imported
        account = known.accounts.states[there.account_id]
    if account is None:
        return replace(skipped(row, found.reason, found.cause or SkipCause.NO_ACCOUNT), asked=found.asked)
    if row.key in known.unseen or (there is not None and there.account_id != account.account_id):
        return skipped(row, ELSEWHERE, SkipCause.ELSEWHERE)
    phase = phase_of(row, known.phases, options)
    phases = with_stages(known.phases, row.system, options)
    unknown = [stage for stage, _ in row.entered if stage_key(stage) not in phases]
    if phase is None or unknown:
        return unmapped(row, list(dict.fromkeys((*(() if phase else (row.stage_name,)), *unknown))))
    before = there.deal.profile if there else None
    notes: tuple[str, ...] = ()
    if before is None and row.type is None:
        kind, why = type_of(row, account, phase, win=known.wins.get(account.account_id), options=options)
        if kind is None:
            return replace(skipped(row, why, SkipCause.NO_TYPE), lacks_type=True)
        row, notes = replace(row, type=kind), (why,)
    return replace(_planned(row, account, phase, known=known, options=options), notes=(*row.notes, *notes))


def _planned(
    row: ImportedDeal, account: AccountState, phase: Phase, *, known: KnownDeals, options: ImportOptions
) -> PlannedDeal:
    there = known.deals.get(row.key)
    before = there.deal.profile if there else None
    after = _filled(row, phase, before)
    steps = _steps(row, after, known, options)
    planned = PlannedDeal(
        row.line,
        row.name,
        Verdict.UPDATE if steps else Verdict.UNCHANGED,
        key=row.key,
        account_id=account.account_id,
        account_name=account.name,
        before=before,
        steps=steps,
        zone=options.zone,
    )
    if after == before:
        return planned
    if there is not None and _is_outdated(row, there):
        since = there.deal.stage_since
        reason = f"is older than what is known: in {shown(there.deal.profile.stage_name)} since {since:%d %b %Y}"
        return skipped(row, reason, SkipCause.OUTDATED)
    happened_at = _happened_at(row, phase, there, options)
    change = OpportunityChanged(
        after, since_known=happened_at is not None or there is not None, opened_at=row.opened_at
    )
    verdict = Verdict.UPDATE if there else Verdict.CREATE
    return replace(planned, verdict=verdict, change=change, happened_at=happened_at)


def _filled(row: ImportedDeal, phase: Phase, before: OpportunityProfile | None) -> OpportunityProfile:
    """The deal with what the row says. An empty cell empties nothing."""
    kind, adds_value = row.type, row.adds_value
    if kind is None and before is not None:
        kind, adds_value = before.type, before.adds_value
    base = before or OpportunityProfile(row.key, row.name, row.stage_name, phase)
    has_amount = row.amount_cents is not None
    return replace(
        base,
        name=base.name if row.name == row.key else row.name,
        stage_name=row.stage_name,
        phase=phase,
        type=kind or OpportunityType.NEW_BUSINESS,
        adds_value=adds_value,
        amount_cents=row.amount_cents if has_amount else base.amount_cents,
        currency=(row.currency or base.currency) if has_amount else base.currency,
        closes_on=row.closes_on or base.closes_on,
        next_step=row.next_step or base.next_step,
    )


def _steps(
    row: ImportedDeal, after: OpportunityProfile, known: KnownDeals, options: ImportOptions
) -> tuple[tuple[OpportunityChanged, datetime], ...]:
    """The stages that the deal was in before the row's own, unless an entry tells them: without an amount or a date.

    What it was worth then is not in the file.
    """
    phases = with_stages(known.phases, row.system, options)
    told = known.stages.get(row.key, frozenset())
    return tuple(
        (
            OpportunityChanged(
                replace(after, stage_name=stage, phase=phases[stage_key(stage)], amount_cents=None, closes_on=None),
                opened_at=row.opened_at,
                is_history=True,
            ),
            at,
        )
        for stage, at in row.entered
        if (row.entered_at is None or at < row.entered_at) and at <= options.now and (at, stage) not in told
    )


def _is_outdated(row: ImportedDeal, there: KnownDeal) -> bool:
    """Return true if the row's stage is older than the one that the deal is known to be in."""
    is_other_stage = stage_key(row.stage_name) != stage_key(there.deal.profile.stage_name)
    entered_at = row.entered_at
    return (
        is_other_stage
        and entered_at is not None
        and there.deal.stage_since_known
        and entered_at < there.deal.stage_since
    )


def _happened_at(row: ImportedDeal, phase: Phase, there: KnownDeal | None, options: ImportOptions) -> datetime | None:
    """Return the instant from which the row holds, by its own dates; None where it has none.

    It is never before what is known of the deal, which it would else not replace.
    """
    is_step = there is None or stage_key(row.stage_name) != stage_key(there.deal.profile.stage_name)
    said = row.entered_at if is_step else row.changed_at
    if said is None and is_step and not phase.is_open and row.closes_on is not None:
        said = end_of(row.closes_on, options.zone)
    if said is None and there is not None:
        said = row.changed_at
    said = not_after(said, options) if said else None
    if said is None:
        return None
    return said if there is None else max(said, there.told_at)
