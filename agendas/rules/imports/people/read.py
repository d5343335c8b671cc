"""People in a CRM's export: which file it is, and one row of it as a person at an account."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from agendas.errors import NotUnderstood
from agendas.facts.group import ContactDepth, Support
from agendas.rules.group.contacts import is_email
from agendas.rules.group.roles import CrmRoles, crm_roles
from agendas.rules.imports.accounts.company_cells import company_in
from agendas.rules.imports.people.headers import FIELDS, LEADS, kind_of_people
from agendas.rules.imports.reading.causes import CellCause, SkipCause
from agendas.rules.imports.reading.cells import Cells
from agendas.rules.imports.reading.columns import Columns, ExportKind, folded, locate
from agendas.rules.imports.reading.dates import Dates, ImportOptions, order_of
from agendas.rules.imports.reading.file import ImportFile, read_rows
from agendas.rules.imports.reading.record_ids import read_id, with_crm
from agendas.rules.imports.reading.table import BadRow, Table
from agendas.rules.imports.reading.values import is_yes
from agendas.text.days import local_date
from agendas.text.limits import NAME_LIMIT_CHARACTERS, shown

Choice = TypeVar("Choice", bound=StrEnum)

DAYS = ("touched_on", "left_on")


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """One row of people; fields it does not have are empty.

    `accounts`, `account_domains` and `account_ids` are what the account may be called, its domains, and its ids in
    `crm_system`; `crm_id` is the person's own there. A row of contact roles has no account: it speaks of somebody known
    by `crm_id`. `has_name` is false where the e-mail address stands for a name. `notes` say in words what was not
    understood.
    """

    line: int
    name: str = ""
    title: str = ""
    email: str = ""
    roles: CrmRoles = field(default_factory=CrmRoles)
    support: Support | None = None
    depth: ContactDepth | None = None
    touched_on: date | None = None
    left_on: date | None = None
    accounts: tuple[str, ...] = ()
    account_domains: tuple[str, ...] = ()
    account_ids: tuple[str, ...] = ()
    crm_system: str = ""
    crm_id: str = ""
    is_of_roles: bool = False
    has_name: bool = True
    notes: tuple[str, ...] = ()


def read_people(table: Table, options: ImportOptions) -> ImportFile[ImportedPerson]:
    """The people in the table of an export of HubSpot, Salesforce or Cadence.

    Raises:
        NotUnderstood: its headers are of leads or of no export of people, or a column of dates can be read both ways.
    """
    headers = frozenset(folded(table.headers))
    if headers & LEADS:
        raise NotUnderstood("This is an export of leads, who are at no account yet. Export the contacts instead.")
    kind = kind_of_people(headers)
    if kind is None:
        raise NotUnderstood(
            "There must be First Name and Last Name (HubSpot, Salesforce), ContactId and Role (Salesforce contact "
            "roles), or account and name with title, email, roles, support, depth, touched_on or left_on."
        )
    columns = with_crm(locate(kind, FIELDS[kind], table.headers), table, options.crm)
    dates = {name: _dates(table, columns, name, options) for name in DAYS if name in columns.places}
    today = local_date(options.now, options.zone)
    return read_rows(table, columns, lambda cells: _person(cells, today), dates)


def _dates(table: Table, columns: Columns, field: str, options: ImportOptions) -> Dates:
    return Dates(order_of(table, columns.places[field][0], options), options.zone)


def _person(cells: Cells, today: date) -> ImportedPerson | BadRow:
    """The person in a row, or why it is left out."""
    crm_id = read_id(cells.system, cells.text("crm_id"))
    is_of_roles = cells.kind is ExportKind.SALESFORCE_CONTACT_ROLES
    email = _email(cells)
    name = _name(cells) or email
    left_out = _why_left_out(cells, name, crm_id, is_of_roles=is_of_roles)
    if left_out:
        return BadRow(cells.line, *left_out)
    company = company_in(cells)
    return ImportedPerson(
        line=cells.line,
        name=name,
        title=_title(cells),
        email=email,
        roles=_roles(cells),
        support=_choice(cells, "support", Support),
        depth=_choice(cells, "depth", ContactDepth),
        touched_on=_day(cells, "touched_on", today),
        left_on=_day(cells, "left_on", today),
        accounts=company.names,
        account_domains=company.domains,
        account_ids=company.ids,
        crm_system=cells.system,
        crm_id=(crm_id or "") if cells.system else "",
        is_of_roles=is_of_roles,
        has_name=bool(_name(cells)),
        # the notes last: reading the fields writes them
        notes=tuple(cells.notes),
    )


def _why_left_out(cells: Cells, name: str, crm_id: str | None, *, is_of_roles: bool) -> tuple[str, SkipCause] | None:
    if is_yes(cells.text("deleted")):
        return "is deleted in Salesforce", SkipCause.DELETED
    if crm_id is None:
        said = shown(cells.text("crm_id"))
        return f"has a record id that cannot be one, perhaps rounded by a spreadsheet: {said}", SkipCause.RECORD_ID
    if is_of_roles:
        return None if crm_id else ("names no contact", SkipCause.INCOMPLETE)
    if not name:
        return "has neither a name nor an e-mail address", SkipCause.INCOMPLETE
    if len(name) > NAME_LIMIT_CHARACTERS:
        return f"has a name of {len(name)} characters, at most {NAME_LIMIT_CHARACTERS} fit", SkipCause.INCOMPLETE
    return None


def _name(cells: Cells) -> str:
    return " ".join(filter(None, (cells.text("first"), cells.text("last")))) or cells.text("name")


def _title(cells: Cells) -> str:
    title = cells.text("title")
    if len(title) <= NAME_LIMIT_CHARACTERS:
        return title
    cells.notes.append(f"title left out, it has more than {NAME_LIMIT_CHARACTERS} characters")
    return ""


def _email(cells: Cells) -> str:
    said = cells.text("email")
    if said and not is_email(said):
        cells.not_understood("email", said)
        return ""
    return said.lower()


def _roles(cells: Cells) -> CrmRoles:
    found = crm_roles(cells.text("roles"), cells.kind.system.lower())
    for word in found.unknown:
        cells.not_understood("roles", word)
    return found


def _choice(cells: Cells, name: str, choices: type[Choice]) -> Choice | None:
    said = cells.text(name)
    try:
        return choices(said.casefold().replace(" ", "_").replace("-", "_")) if said else None
    except ValueError:
        cells.not_understood(name, said)
        return None


def _day(cells: Cells, field: str, today: date) -> date | None:
    read = cells.day(field)
    if read is None or read <= today:
        return read
    column = cells.problem(field, cells.text(field), CellCause.FUTURE)
    cells.notes.append(f"{column} left out, it has not come yet: {cells.text(field)}")
    return None
