"""Contacts in CRM exports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from agendas.errors import NotUnderstood
from agendas.facts.account import ListStatus
from agendas.facts.group import BuyingRole, ContactDepth, ContactProfile, Support
from agendas.rules.group import CrmRoles, crm_roles, in_order, is_email, with_suggestions
from agendas.rules.import_accounts import (
    HUBSPOT_COMPANY,
    PERSON_ACCOUNTS,
    Companies,
    CompanyAsked,
    KnownAccounts,
    NamedCompany,
    company_in,
)
from agendas.rules.import_tables import (
    BadRow,
    CellCause,
    Cells,
    Dates,
    ExportKind,
    ImportFile,
    ImportOptions,
    ImportPlan,
    SkipCause,
    Table,
    Verdict,
    as_own_headers,
    folded,
    is_yes,
    locate,
    order_of,
    read_id,
    read_rows,
    with_crm,
)
from agendas.text.dates import local_date
from agendas.text.limits import NAME_LIMIT_CHARACTERS, shown
from agendas.text.names import normal_key

# Recognise an export of people by its headers.

FIELDS: Mapping[ExportKind, Mapping[str, Sequence[str]]] = {
    ExportKind.SALESFORCE_CONTACT_ROLES: {"crm_id": ("contactid",), "roles": ("role",), "deleted": ("isdeleted",)},
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
    return ExportKind.CADENCE_CONTACTS if _is_own(as_own_headers(headers)) else None


def _is_own(headers: frozenset[str]) -> bool:
    ours = {label for labels in FIELDS[ExportKind.CADENCE_CONTACTS].values() for label in labels}
    # what has a stage is a deal, unless something in it is of a person alone
    told = headers & ours - (SHARED_WITH_DEALS if "stage" in headers else set())
    return {"account", "name"} <= headers and len(told) > (0 if "stage" in headers else 2)


# The people known, to find one by their CRM id, their e-mail address or their name.


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody at an account; `id` is None for one whom an earlier `line` of the file adds."""

    id: int | None
    account_id: int
    profile: ContactProfile
    line: int = 0


class KnownPeople:
    """People by what they can be found by; those given first come first."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self._by_link: dict[tuple[str, str], list[KnownPerson]] = defaultdict(list)
        self._by_email: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_name: dict[tuple[int, str], list[KnownPerson]] = defaultdict(list)
        for person in people:
            self.add(person)

    def add(self, person: KnownPerson) -> None:
        profile = person.profile
        self._by_name[person.account_id, normal_key(profile.name)].append(person)
        if profile.crm_id:
            self._by_link[profile.crm_system, profile.crm_id].append(person)
        if profile.email:
            self._by_email[profile.email.lower()].append(person)

    def linked(self, crm_system: str, crm_id: str) -> Sequence[KnownPerson]:
        return self._by_link.get((crm_system, crm_id), ()) if crm_id else ()

    def with_email(self, email: str) -> Sequence[KnownPerson]:
        return self._by_email.get(email.lower(), ()) if email else ()

    def called(self, name: str, account_id: int) -> Sequence[KnownPerson]:
        return self._by_name.get((account_id, normal_key(name)), ())


# People in a CRM's export: which file it is, and one row of it as a person at an account.

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
    dates = {
        name: Dates(order_of(table, columns.places[name][0], options), options.zone)
        for name in DAYS
        if name in columns.places
    }
    today = local_date(options.now, options.zone)
    return read_rows(table, columns, lambda cells: _person(cells, today), dates)


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


# Plan an import of people, row by row: pure, so that the preview and the import itself cannot differ.

HOW_CLOSED = {ListStatus.REMOVED: "removed from the list", ListStatus.REJECTED: "rejected"}


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """One row of the file and what becomes of it; `before` is there for somebody known, `after` unless skipped.

    `asked` is the company of a row that is left out until a person says which account it is.
    """

    line: int
    name: str
    verdict: Verdict
    reason: str = ""
    cause: SkipCause | None = None
    account_id: int = 0
    account_name: str = ""
    contact_id: int | None = None
    before: ContactProfile | None = None
    after: ContactProfile | None = None
    notes: tuple[str, ...] = ()
    asked: CompanyAsked | None = None


class _Skip(Exception):
    """Why a row is left out: in words, and as their cause."""

    def __init__(self, reason: str, cause: SkipCause, asked: CompanyAsked | None = None) -> None:
        super().__init__(reason)
        self.cause, self.asked = cause, asked


def make_people_plan(
    rows: Iterable[ImportedPerson | BadRow],
    accounts: KnownAccounts,
    people: Iterable[KnownPerson],
    answers: Sequence[tuple[str, str]] = (),
) -> ImportPlan[PlannedPerson]:
    """The plan for a file's rows over the accounts and people known.

    An account is matched as `Companies` does it, with the `answers` about them, and by the domain of the e-mail address
    where the row has none of the company; a person within it by CRM id, e-mail address and exact name. Nothing is
    matched nearly: a row that fits two people, or the person of an earlier row, is skipped and says so.
    """
    ordered = sorted(rows, key=lambda row: row.line)
    companies = Companies(accounts, map(_company, (row for row in ordered if not isinstance(row, BadRow))), answers)
    planner = _Planner(accounts, companies, KnownPeople(people), _roles_together(ordered))
    return ImportPlan(tuple(planner.plan(row) for row in ordered))


class _Planner:
    """Planner of rows in their order, with the people that earlier ones stand for."""

    def __init__(
        self,
        accounts: KnownAccounts,
        companies: Companies,
        people: KnownPeople,
        roles: dict[str, tuple[BuyingRole, ...]],
    ) -> None:
        self._accounts, self._companies, self._people, self._roles = accounts, companies, people, roles
        self._lines: dict[int, int] = {}

    def plan(self, row: ImportedPerson | BadRow) -> PlannedPerson:
        if isinstance(row, BadRow):
            return PlannedPerson(row.line, "", Verdict.SKIP, row.reason, row.cause)
        try:
            return self._with_roles(row) if row.is_of_roles else self._person(row)
        except _Skip as skip:
            name = row.name or row.crm_id
            return PlannedPerson(row.line, name, Verdict.SKIP, str(skip), skip.cause, notes=row.notes, asked=skip.asked)

    def _with_roles(self, row: ImportedPerson) -> PlannedPerson:
        """Somebody known, with all roles that the file's rows give them."""
        found = self._people.linked(row.crm_system, row.crm_id)
        if not found:
            reason = f"no person here is record {row.crm_id}; import the contacts first"
            raise _Skip(reason, SkipCause.IMPORT_FIRST)
        if len(found) > 1:
            names = f"{self._name(found[0].account_id)} and at {self._name(found[1].account_id)}"
            raise _Skip(f"is somebody at {names}", SkipCause.UNCLEAR)
        known = found[0]
        earlier = self._taken(known, row.line)
        if earlier:
            return self._row(
                row, known, Verdict.UNCHANGED, after=known.profile, reason=f"taken together with line {earlier}"
            )
        roles = in_order((*known.profile.roles, *self._roles[row.crm_id]))
        return self._updated(row, known, with_suggestions(replace(known.profile, roles=roles), known.profile))

    def _person(self, row: ImportedPerson) -> PlannedPerson:
        account_id = self._account_of(row)
        known = self._known(row, account_id)
        if known is None:
            elsewhere = [
                each.account_id for each in self._people.with_email(row.email) if each.account_id != account_id
            ]
            profile, _ = _filled(ContactProfile(row.name), row)
            added = KnownPerson(None, account_id, profile, row.line)
            self._people.add(added)
            also = tuple(f"is also at {self._name(number)}" for number in dict.fromkeys(elsewhere))
            return self._row(replace(row, notes=(*row.notes, *also)), added, Verdict.CREATE, after=profile)
        earlier = self._taken(known, row.line)
        if earlier:
            raise _Skip(f"the same person as line {earlier}", SkipCause.REPEATED)
        after, notes = _filled(known.profile, row)
        return self._updated(replace(row, notes=(*row.notes, *notes)), known, after)

    def _updated(self, row: ImportedPerson, known: KnownPerson, after: ContactProfile) -> PlannedPerson:
        return self._row(row, known, Verdict.UNCHANGED if after == known.profile else Verdict.UPDATE, after=after)

    def _row(
        self, row: ImportedPerson, person: KnownPerson, verdict: Verdict, *, after: ContactProfile, reason: str = ""
    ) -> PlannedPerson:
        return PlannedPerson(
            line=row.line,
            name=after.name,
            verdict=verdict,
            reason=reason,
            account_id=person.account_id,
            account_name=self._name(person.account_id),
            contact_id=person.id,
            before=None if verdict is Verdict.CREATE else person.profile,
            after=after,
            notes=row.notes,
        )

    def _taken(self, person: KnownPerson, line: int) -> int:
        """The number of an earlier line about the same person, or 0."""
        first = person.line if person.id is None else self._lines.setdefault(person.id, line)
        return 0 if first == line else first

    def _name(self, account_id: int) -> str:
        return self._accounts.states[account_id].name

    def _account_of(self, row: ImportedPerson) -> int:
        """The account of the row. Raises _Skip when there is none, or it is not sure, or it is off the list."""
        found = self._companies.find(_company(row))
        account = found.account
        linked = self._people.linked(row.crm_system, row.crm_id)
        there = {person.account_id for person in linked if found.could_be(person.account_id)}
        if account is None and len(there) == 1:
            # chosen by a person when this contact was imported
            account = self._accounts.states[there.pop()]
        if account is None:
            raise _Skip(found.reason, found.cause or SkipCause.NO_ACCOUNT, found.asked)
        if account.list_status.is_closed:
            raise _Skip(f"{account.name} was {HOW_CLOSED[account.list_status]}", SkipCause.CLOSED)
        return account.account_id

    def _known(self, row: ImportedPerson, account_id: int) -> KnownPerson | None:
        """Return the known person that the row is about, None for somebody new. Raises _Skip when that is unclear."""
        linked = [each for each in self._people.linked(row.crm_system, row.crm_id) if each.account_id == account_id]
        if linked:
            return linked[0]
        for each in self._people.with_email(row.email):
            if each.account_id == account_id:
                if _is_other_record(row, each.profile):
                    theirs = f"{each.profile.name} has the same e-mail address and is record {each.profile.crm_id}"
                    raise _Skip(f"{theirs}, this is {row.crm_id}", SkipCause.OTHER_RECORD)
                return each
        named = [
            each
            for each in self._people.called(row.name, account_id)
            if not (row.email and each.profile.email) and not _is_other_record(row, each.profile)
        ]
        if len(named) > 1:
            raise _Skip(f"{len(named)} people of {self._name(account_id)} have this name", SkipCause.UNCLEAR)
        return named[0] if named else None


def _company(row: ImportedPerson) -> NamedCompany:
    host = row.email.rpartition("@")[2]
    return NamedCompany(row.crm_system, row.account_ids, row.account_domains, row.accounts, host)


def _roles_together(rows: Iterable[ImportedPerson | BadRow]) -> dict[str, tuple[BuyingRole, ...]]:
    """The roles that all rows of contact roles give somebody, by the id in the CRM."""
    found: dict[str, tuple[BuyingRole, ...]] = {}
    for row in rows:
        if isinstance(row, ImportedPerson) and row.is_of_roles:
            found[row.crm_id] = in_order((*found.get(row.crm_id, ()), *row.roles.roles))
    return found


def _filled(before: ContactProfile, row: ImportedPerson) -> tuple[ContactProfile, tuple[str, ...]]:
    """The profile with what the row says, and what had to be left. An empty cell empties nothing, no role is taken."""
    touched = max((on for on in (before.touched_on, row.touched_on) if on), default=None)
    filled = replace(
        before,
        name=row.name if row.has_name else before.name,
        title=row.title or before.title,
        email=row.email or before.email,
        roles=in_order((*before.roles, *row.roles.roles)),
        support=row.support or before.support,
        depth=row.depth or before.depth,
        touched_on=touched,
        left_on=row.left_on or before.left_on,
    )
    filled = _with_hints(with_suggestions(filled, before), before, row)
    if not row.crm_id:
        return filled, ()
    if before.crm_id and before.crm_system != row.crm_system:
        return filled, (f"stays linked to {before.crm_system} record {before.crm_id}",)
    return replace(filled, crm_system=row.crm_system, crm_id=row.crm_id), ()


def _with_hints(filled: ContactProfile, before: ContactProfile, row: ImportedPerson) -> ContactProfile:
    """The profile with a role that the CRM hints at, unless it did so before."""
    is_news = filled.roles != before.roles
    hinted = [role for role in row.roles.hinted if is_news and role not in filled.roles]
    return replace(filled, suggested_roles=in_order((*filled.suggested_roles, *hinted)))


def _is_other_record(row: ImportedPerson, profile: ContactProfile) -> bool:
    """Return true if the same CRM has the two as different records."""
    is_same_system = row.crm_system == profile.crm_system
    return bool(row.crm_id and profile.crm_id) and is_same_system and row.crm_id != profile.crm_id
