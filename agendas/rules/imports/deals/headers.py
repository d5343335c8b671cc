"""Recognise an export of deals by its headers."""

from collections.abc import Mapping, Sequence

from agendas.errors import NotUnderstood
from agendas.rules.imports.accounts.company_cells import HUBSPOT_COMPANY
from agendas.rules.imports.deals.entered import stage_columns
from agendas.rules.imports.reading.columns import Columns, ExportKind, folded, locate, own

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
    """Return true if headers in lower case are those of the history of opportunities."""
    return _kind(headers) in HISTORIES


def has_deals(headers: frozenset[str]) -> bool:
    """Return true if headers in lower case are those of deals or opportunities as they stand."""
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
    for field, said in NEEDED.items():
        if kind in said and field not in columns.places:
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
    return next((kind for kind, marks in MARKS.items() if marks <= headers), None) or _own_kind(own(headers))


def _own_kind(headers: frozenset[str]) -> ExportKind | None:
    is_named = {"account", "name"} <= headers
    if {"stage", "changed_on"} <= headers and (is_named or "crm_id" in headers):
        return ExportKind.CADENCE_HISTORY
    return ExportKind.CADENCE_OPPORTUNITIES if is_named and "stage" in headers else None
