"""Recognise an export of people by its headers."""

from collections.abc import Mapping, Sequence

from agendas.rules.imports.accounts.company_cells import HUBSPOT_COMPANY
from agendas.rules.imports.accounts.headers import PERSON_ACCOUNTS
from agendas.rules.imports.reading.columns import ExportKind, own

FIELDS: Mapping[ExportKind, Mapping[str, Sequence[str]]] = {
    ExportKind.SALESFORCE_CONTACT_ROLES: {
        "crm_id": ("contactid",),
        "roles": ("role",),
        "deleted": ("isdeleted",),
    },
    ExportKind.HUBSPOT_CONTACTS: {
        "first": ("first name",),
        "last": ("last name",),
        "email": ("email",),
        "title": ("job title",),
        "roles": ("buying role",),
        "crm_id": ("record id", "contact id"),
        **HUBSPOT_COMPANY,
        "touched_on": ("recent sales email replied date",),
    },
    ExportKind.HUBSPOT_CONTACT_NAMES: {
        "first": ("firstname",),
        "last": ("lastname",),
        "email": ("email",),
        "title": ("jobtitle",),
        "roles": ("hs_buying_role",),
        "account": ("company",),
        "account_id": ("associatedcompanyid",),
        "crm_id": ("hs_object_id", "vid"),
        "touched_on": ("hs_sales_email_last_replied",),
    },
    ExportKind.SALESFORCE_CONTACT_REPORT: {
        "first": ("first name",),
        "last": ("last name",),
        "name": ("full name", "contact name"),
        "email": ("email",),
        "title": ("title",),
        "roles": ("contact role", "role"),
        "account": ("account name",),
        "account_id": ("account id", "account id (18)", "case safe account id"),
        "crm_id": ("contact id", "contact id (18)", "case safe contact id"),
    },
    ExportKind.SALESFORCE_CONTACTS: {
        "first": ("firstname",),
        "last": ("lastname",),
        "name": ("name",),
        "email": ("email",),
        "title": ("title",),
        "account": ("account.name",),
        "account_id": ("accountid", "account.id"),
        "crm_id": ("id",),
        "deleted": ("isdeleted",),
    },
    ExportKind.CADENCE_CONTACTS: {
        "name": ("name",),
        "email": ("email",),
        "title": ("title",),
        "roles": ("roles", "role"),
        "support": ("support",),
        "depth": ("depth",),
        "touched_on": ("touched_on",),
        "left_on": ("left_on",),
        "account": ("account",),
        "crm_system": ("crm_system",),
        "crm_id": ("crm_id",),
    },
}
"""Headers per field, lower case. When somebody was contacted last is our doing; that they replied is theirs."""

LEADS = frozenset({"isconverted", "convertedcontactid", "lead id", "lead owner", "company / account"})
"""Headers of Salesforce's leads, who are at no account yet."""

SHARED_WITH_DEALS = frozenset({"account", "name", "crm_system", "crm_id"})
"""Our own headers of contacts that opportunities have too."""


def is_of_people(headers: frozenset[str]) -> bool:
    """Return true if these headers, in lower case, are those of people."""
    return kind_of_people(headers) is not None


def kind_of_people(headers: frozenset[str]) -> ExportKind | None:
    """The export with these headers, None when it is none of people."""
    if {"contactid", "role"} <= headers:
        return ExportKind.SALESFORCE_CONTACT_ROLES
    if headers & PERSON_ACCOUNTS:
        return None
    if headers & {"first name", "last name"}:
        is_report = "account name" in headers
        return ExportKind.SALESFORCE_CONTACT_REPORT if is_report else ExportKind.HUBSPOT_CONTACTS
    if headers & {"firstname", "lastname"}:
        is_salesforce = bool(headers & {"accountid", "account.name", "account.id"})
        return ExportKind.SALESFORCE_CONTACTS if is_salesforce else ExportKind.HUBSPOT_CONTACT_NAMES
    return ExportKind.CADENCE_CONTACTS if _is_own(own(headers)) else None


def _is_own(headers: frozenset[str]) -> bool:
    ours = {label for labels in FIELDS[ExportKind.CADENCE_CONTACTS].values() for label in labels}
    # what has a stage is a deal, unless something in it is of a person alone
    told = headers & ours - (SHARED_WITH_DEALS if "stage" in headers else set())
    return {"account", "name"} <= headers and len(told) > (0 if "stage" in headers else 2)
