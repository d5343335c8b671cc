"""Recognise an export of accounts by its headers, and locate the fields of any export."""

from collections.abc import Sequence

from agendas.errors import NotUnderstood
from agendas.rules.imports.reading.columns import Columns, ExportKind, folded, locate, own
from agendas.text.limits import shown

SHOWN_HEADERS = 8


FIELDS: dict[ExportKind, dict[str, tuple[str, ...]]] = {
    ExportKind.HUBSPOT_LABELS: {
        "name": ("company name",),
        "domain": ("company domain name", "website url"),
        "crm_id": ("record id", "company id"),
        "owner": ("company owner",),
        "marketing_partner": ("marketing partner",),
        "our_executive": ("our executive",),
        "segment": ("industry",),
        "value": ("total open deal value",),
        "currency": ("currency",),
        "tier": ("target account", "ideal customer profile tier"),
        "stage": ("lifecycle stage",),
    },
    ExportKind.HUBSPOT_NAMES: {
        "name": ("name",),
        "domain": ("domain", "website"),
        "crm_id": ("hs_object_id", "companyid"),
        "owner": ("hubspot_owner_id",),
        "marketing_partner": ("marketing_partner",),
        "our_executive": ("our_executive",),
        "segment": ("industry",),
        "value": ("hs_total_deal_value",),
        "currency": ("deal_currency_code",),
        "tier": ("hs_target_account", "hs_ideal_customer_profile"),
        "stage": ("lifecyclestage",),
    },
    ExportKind.SALESFORCE_REPORT: {
        "name": ("account name",),
        "domain": ("website",),
        "crm_id": ("account id", "account id (18)", "case safe account id"),
        "owner": ("account owner",),
        "marketing_partner": ("marketing partner",),
        "our_executive": ("our executive",),
        "segment": ("industry",),
        "tier": ("tier", "account tier", "abm tier"),
    },
    ExportKind.SALESFORCE_NAMES: {
        "name": ("name",),
        "domain": ("website",),
        "crm_id": ("id",),
        "owner": ("owner.email", "owner.name"),
        "marketing_partner": ("marketing_partner__r.email", "marketing_partner__r.name", "marketing_partner__c"),
        "our_executive": ("our_executive__r.email", "our_executive__r.name", "our_executive__c"),
        "segment": ("industry",),
        "tier": ("tier__c", "account_tier__c", "abm_tier__c"),
        "deleted": ("isdeleted",),
    },
    ExportKind.CADENCE: {
        "name": ("name",),
        "domain": ("domain", "website"),
        "crm_system": ("crm_system",),
        "crm_id": ("crm_id",),
        "owner": ("owner",),
        "marketing_partner": ("marketing_partner", "partner"),
        "our_executive": ("our_executive", "executive"),
        "segment": ("segment", "industry"),
        "value": ("value",),
        "currency": ("currency",),
        "tier": ("tier",),
        "stage": ("stage",),
        "because": ("because", "why_this_account", "why_account", "justification"),
        "why_now": ("why_now",),
        "motion": ("motion",),
    },
}
"""Headers per field, lower case. Annual revenue is the company's own and so no value; last activity may be ours."""

HUBSPOT_MARKS = frozenset({"lifecyclestage", "companyid"})
SALESFORCE_MARKS = frozenset(
    {"id", "ownerid", "owner.name", "owner.email", "isdeleted", "systemmodstamp", "billingcity"}
)
PEOPLE = frozenset({"first name", "last name", "firstname", "lastname"})
PERSON_ACCOUNTS = frozenset({"accountsource", "ispersonaccount"})
"""A Salesforce org with person accounts has first and last names in its accounts too."""
DEALS = frozenset(
    {"deal name", "dealname", "deal stage", "dealstage", "opportunity name", "stagename", "opportunityid"}
)


def recognise(headers: Sequence[str]) -> Columns:
    """The kind of export and where its fields stand. Case and spacing of headers do not count.

    Raises:
        NotUnderstood: they are those of people, of deals, or of no export known; names what is there and is needed.
    """
    kind = _kind(set(folded(headers)))
    if kind is None:
        seen = ", ".join(shown(header) for header in headers[:SHOWN_HEADERS])
        more = f" and {len(headers) - SHOWN_HEADERS} more" if len(headers) > SHOWN_HEADERS else ""
        raise NotUnderstood(
            f"The columns {seen}{more} are of no export known here: there must be Company name (HubSpot), "
            "Account Name (Salesforce), or name with domain, owner, segment, stage or crm_id."
        )
    return locate(kind, FIELDS[kind], headers)


def _kind(headers: set[str]) -> ExportKind | None:
    _refuse_other_objects(headers)
    if "company name" in headers:
        return ExportKind.HUBSPOT_LABELS
    if "account name" in headers:
        return ExportKind.SALESFORCE_REPORT
    if "name" not in headers:
        return None
    if headers & HUBSPOT_MARKS or any(header.startswith(("hs_", "hubspot_")) for header in headers):
        return ExportKind.HUBSPOT_NAMES
    # Salesforce's accounts have a website, a column `domain` is somebody else's
    if headers & SALESFORCE_MARKS and "domain" not in headers:
        return ExportKind.SALESFORCE_NAMES
    ours = {label for labels in FIELDS[ExportKind.CADENCE].values() for label in labels}
    return ExportKind.CADENCE if len(own(headers) & ours) > 1 else None


def _refuse_other_objects(headers: set[str]) -> None:
    if headers & DEALS:
        raise NotUnderstood(
            "This is an export of deals. Import it as opportunities (--what opportunities), or as history for "
            "OpportunityHistory (--what history)."
        )
    if headers & PEOPLE and not headers & PERSON_ACCOUNTS:
        raise NotUnderstood("This is an export of people, not of accounts. Import it as contacts (--what contacts).")
