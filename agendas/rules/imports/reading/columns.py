"""Kinds of exports, and where the fields of a file stand by its headers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from agendas.errors import NotUnderstood
from agendas.text.limits import shown


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
    SALESFORCE_HISTORY_REPORT = "Salesforce opportunity history report"
    SALESFORCE_FIELD_HISTORY = "Salesforce opportunity field history, API names"
    SALESFORCE_FIELD_HISTORY_REPORT = "Salesforce opportunity field history report"
    HUBSPOT_CONTACTS = "HubSpot contacts"
    HUBSPOT_CONTACT_NAMES = "HubSpot contacts, internal names"
    SALESFORCE_CONTACT_REPORT = "Salesforce contact report"
    SALESFORCE_CONTACTS = "Salesforce contacts, API names"
    SALESFORCE_CONTACT_ROLES = "Salesforce contact roles"
    CADENCE_CONTACTS = "Cadence contacts"
    CADENCE_OPPORTUNITIES = "Cadence opportunities"
    CADENCE_HISTORY = "Cadence history of opportunities"
    CADENCE_SIGNALS = "Cadence signals"

    @property
    def system(self) -> str:
        """The CRM's name as it is said; '' for our own file."""
        return next((name for name in ("HubSpot", "Salesforce") if self.value.startswith(name)), "")

    @property
    def is_own(self) -> bool:
        """True for a file with headers of our own."""
        return not self.system


@dataclass(frozen=True, slots=True)
class Columns:
    """Position of each field: `places` has the columns of a field, the preferred first; `unused` headers are left.

    `crm` is the CRM that a person said its ids are of.
    """

    kind: ExportKind
    headers: tuple[str, ...]
    places: dict[str, tuple[int, ...]]
    unused: tuple[str, ...]
    crm: str = ""


def folded(headers: Sequence[str]) -> list[str]:
    """The headers in lower case, with single spaces."""
    return [" ".join(header.casefold().split()) for header in headers]


def own(headers: Iterable[str]) -> frozenset[str]:
    """The headers (folded) as our own are written: with `_` between their words."""
    return frozenset(header.replace(" ", "_") for header in headers)


def locate(kind: ExportKind, fields: Mapping[str, Sequence[str]], headers: Sequence[str]) -> Columns:
    """Locate each field by the headers (folded) that it may have, the preferred first.

    Raises:
        NotUnderstood: a file of our own has one of our headers twice.
    """
    there = folded(headers)
    if kind.is_own:
        there = [header.replace(" ", "_") for header in there]
        _refuse_doubled(there, headers, {label for labels in fields.values() for label in labels})
    places = {
        field: tuple(place for label in labels for place, header in enumerate(there) if header == label)
        for field, labels in fields.items()
    }
    used = {place for found in places.values() for place in found}
    unused = tuple(header for place, header in enumerate(headers) if place not in used and header)
    return Columns(kind, tuple(headers), {field: found for field, found in places.items() if found}, unused)


def _refuse_doubled(there: Sequence[str], headers: Sequence[str], known: Iterable[str]) -> None:
    twice = next((label for label in known if there.count(label) > 1), None)
    if twice is not None:
        said = shown(headers[there.index(twice)])
        raise NotUnderstood(
            f"The header {said} is there twice. Remove one of the two columns and import the file again."
        )
