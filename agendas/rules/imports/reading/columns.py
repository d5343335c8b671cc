"""Kinds of exports, and where the fields of a file stand by its headers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class ExportKind(StrEnum):
    """The exports that can be read."""

    HUBSPOT_LABELS = "HubSpot companies"
    HUBSPOT_NAMES = "HubSpot companies, internal names"
    SALESFORCE_REPORT = "Salesforce account report"
    SALESFORCE_NAMES = "Salesforce accounts, API names"
    CADENCE = "Cadence accounts"
    HUBSPOT_DEALS = "HubSpot deals"
    HUBSPOT_DEAL_NAMES = "HubSpot deals, internal names"
    SALESFORCE_DEALS = "Salesforce opportunity report"
    SALESFORCE_DEAL_NAMES = "Salesforce opportunities, API names"
    SALESFORCE_HISTORY = "Salesforce opportunity history, API names"
    HUBSPOT_CONTACTS = "HubSpot contacts"
    HUBSPOT_CONTACT_NAMES = "HubSpot contacts, internal names"
    SALESFORCE_CONTACT_REPORT = "Salesforce contact report"
    SALESFORCE_CONTACTS = "Salesforce contacts, API names"
    SALESFORCE_CONTACT_ROLES = "Salesforce contact roles"
    CADENCE_CONTACTS = "Cadence contacts"

    @property
    def system(self) -> str:
        """The CRM's name as it is said; '' for our own file."""
        return next((name for name in ("HubSpot", "Salesforce") if self.value.startswith(name)), "")


@dataclass(frozen=True, slots=True)
class Columns:
    """Position of each field: `places` has the columns of a field, the preferred first; `unused` headers are left."""

    kind: ExportKind
    places: dict[str, tuple[int, ...]]
    unused: tuple[str, ...]


def folded(headers: Sequence[str]) -> list[str]:
    """The headers in lower case, with single spaces."""
    return [" ".join(header.casefold().split()) for header in headers]


def locate(kind: ExportKind, fields: Mapping[str, Sequence[str]], headers: Sequence[str]) -> Columns:
    """Locate each field by the headers (folded) that it may have, the preferred first."""
    there = folded(headers)
    places = {
        field: tuple(place for label in labels for place, header in enumerate(there) if header == label)
        for field, labels in fields.items()
    }
    used = {place for found in places.values() for place in found}
    unused = tuple(header for place, header in enumerate(headers) if place not in used and header)
    return Columns(kind, {field: found for field, found in places.items() if found}, unused)
