"""Plan an import of people, row by row: pure, so that the preview and the import itself cannot differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from agendas.facts.account import ListStatus
from agendas.facts.group import BuyingRole, ContactProfile
from agendas.rules.group.contacts import with_suggestions
from agendas.rules.group.roles import in_order
from agendas.rules.imports.accounts.companies import Companies, CompanyAsked, NamedCompany
from agendas.rules.imports.accounts.plan import KnownAccounts
from agendas.rules.imports.people.known import KnownPeople, KnownPerson
from agendas.rules.imports.people.read import ImportedPerson
from agendas.rules.imports.reading.causes import SkipCause
from agendas.rules.imports.reading.table import BadRow
from agendas.rules.imports.verdicts import ImportPlan, Verdict

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
        """Verdict on the row."""
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
            return self._added(row, account_id)
        earlier = self._taken(known, row.line)
        if earlier:
            raise _Skip(f"the same person as line {earlier}", SkipCause.REPEATED)
        after, notes = _filled(known.profile, row)
        return self._updated(replace(row, notes=(*row.notes, *notes)), known, after)

    def _added(self, row: ImportedPerson, account_id: int) -> PlannedPerson:
        elsewhere = [each.account_id for each in self._people.with_email(row.email) if each.account_id != account_id]
        profile, _ = _filled(ContactProfile(row.name), row)
        added = KnownPerson(None, account_id, profile, row.line)
        self._people.add(added)
        also = tuple(f"is also at {self._name(number)}" for number in dict.fromkeys(elsewhere))
        return self._row(replace(row, notes=(*row.notes, *also)), added, Verdict.CREATE, after=profile)

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
        """The earlier line that stands for this person, 0 when this one is the first."""
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
            # somebody said so when the person was imported
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
