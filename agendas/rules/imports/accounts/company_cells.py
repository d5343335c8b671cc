"""Read what the cells of a row say of its company, for any kind of file whose rows belong to accounts."""

from collections.abc import Mapping

from agendas.rules.imports.accounts.companies import NamedCompany
from agendas.rules.imports.reading.cells import Cells
from agendas.rules.imports.reading.record_ids import read_id
from agendas.rules.imports.reading.values import one_line, read_domain

HUBSPOT_COMPANY: Mapping[str, tuple[str, ...]] = {
    "primary_id": ("associated company ids (primary)", "primary associated company id"),
    "primary_domain": ("associated company domain (primary)", "primary associated company domain"),
    "primary_name": (
        "associated company (primary)",
        "associated company name (primary)",
        "primary associated company",
        "primary associated company name",
        "primary company",
    ),
    "account_id": ("associated company ids", "associated company id"),
    "account_domain": ("associated company domain", "associated company domains", "company domain name"),
    "account": ("associated company", "associated company name", "company name"),
}
"""Headers of HubSpot's exports, in lower case, that tell of a record's companies."""


def company_in(cells: Cells) -> NamedCompany:
    """The company of the row: the primary one where the file has it, else all that are named."""
    ids = _several(cells, "primary_id"), _several(cells, "account_id")
    domains = _several(cells, "primary_domain"), _several(cells, "account_domain")
    names = _several(cells, "primary_name"), _several(cells, "account")
    has_primary = any(primary for primary, _ in (ids, domains, names))

    def chosen(primary: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
        # beside a primary company, a list of several says nothing about it
        return primary or (() if has_primary and len(others) > 1 else others)

    return NamedCompany(
        cells.system,
        tuple(number for said in chosen(*ids) if (number := read_id(cells.system, said))),
        tuple(domain for said in chosen(*domains) if (domain := _domain(cells, said))),
        chosen(*names),
    )


def _several(cells: Cells, field: str) -> tuple[str, ...]:
    """Return the values of the field's preferred cell, joined with semicolons where it is more than one."""
    parts = (one_line(part) for part in cells.text(field).split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _domain(cells: Cells, said: str) -> str:
    domain = read_domain(said)
    if domain is None:
        field = "account_domain" if said in cells.text("account_domain") else "primary_domain"
        cells.not_understood(field, said)
    return domain or ""
