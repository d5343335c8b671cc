"""Accounts in CRM exports."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from agendas.errors import NotUnderstood
from agendas.facts.account import AccountState, ListStatus, Stage
from agendas.facts.events import Profile
from agendas.facts.narrative import Justification
from agendas.facts.program import ProgramSettings
from agendas.rules.access import Colleagues
from agendas.rules.account_list import MAY_BECOME, Full, cap_reached, what_is_against
from agendas.rules.import_tables import (
    BadRow,
    Cells,
    Columns,
    ExportKind,
    ImportFile,
    ImportPlan,
    Naming,
    SkipCause,
    Table,
    Verdict,
    as_own_headers,
    folded,
    is_shared,
    is_yes,
    locate,
    one_line,
    read_domain,
    read_id,
    read_owner,
    read_rows,
    read_tier,
    with_crm,
)
from agendas.text.limits import NAME_LIMIT_CHARACTERS, TEXT_LIMIT_CHARACTERS, shortened, shown
from agendas.text.names import normal_key

# Recognise an export of accounts by its headers, and locate the fields of any export.

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
    if headers & DEALS:
        raise NotUnderstood(
            "This is an export of deals. Import it as opportunities (--what opportunities), or as history for "
            "OpportunityHistory (--what history)."
        )
    if headers & PEOPLE and not headers & PERSON_ACCOUNTS:
        raise NotUnderstood("This is an export of people, not of accounts. Import it as contacts (--what contacts).")
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
    return ExportKind.CADENCE if len(as_own_headers(headers) & ours) > 1 else None


# One row of a recognised export as an account.

LIFECYCLE_STAGES = {
    "subscriber": Stage.AWARE,
    "lead": Stage.AWARE,
    "marketingqualifiedlead": Stage.MQA,
    "salesqualifiedlead": Stage.MQA,
    "opportunity": Stage.OPPORTUNITY,
    "customer": Stage.CUSTOMER,
    "evangelist": Stage.CUSTOMER,
    "other": Stage.TARGET,
}
"""HubSpot's default lifecycle stages, by internal name or by label without spaces. A portal's own are asked about."""

PROPOSAL = re.compile(r"(?:HubSpot|Salesforce|The file) proposes tier [123]\.")
"""Why an account is a candidate where a file said only its tier."""

OUR_STAGES = {stage.value: stage for stage in Stage}


@dataclass(frozen=True, slots=True)
class ImportedAccount:
    """One row of accounts. Fields it does not have are empty; `stage` is None where it has none that is understood.

    `marketing_partner` and `our_executive` are a name and an e-mail address each. `because` is the file's own `reason`
    and the `tier` it proposes, as why the account is a candidate. `stage_said` is the CRM's own word, `notes` name what
    in the row was not understood, in words for a person.
    """

    line: int
    name: str
    domain: str = ""
    crm_system: str = ""
    crm_id: str = ""
    owner_name: str = ""
    owner_email: str = ""
    marketing_partner: tuple[str, str] = ("", "")
    our_executive: tuple[str, str] = ("", "")
    segment: str = ""
    value_cents: int | None = None
    currency: str = ""
    stage: Stage | None = None
    stage_said: str = ""
    tier: int | None = None
    reason: str = ""
    because: str = ""
    why_now: str = ""
    motion: str = ""
    notes: tuple[str, ...] = ()


def read_accounts(table: Table, crm: str = "") -> ImportFile[ImportedAccount]:
    """The accounts in an export of HubSpot, Salesforce or Cadence; `crm` is the CRM that the person chose.

    Raises:
        NotUnderstood: its headers are of no export known; one sentence with what to do.
        Ambiguous: nobody can tell which CRM its ids are of.
    """
    return read_rows(table, with_crm(recognise(table.headers), table, crm), read_account)


def read_account(cells: Cells) -> ImportedAccount | BadRow:
    """The account in a row, or why the row is left out."""
    left_out = _why_left_out(cells)
    if left_out:
        return BadRow(cells.line, *left_out)
    value_cents, currency = cells.money("value")
    stage, stage_said = _stage(cells)
    crm_system, crm_id = _crm_link(cells)
    owner_name, owner_email = _person(cells, "owner")
    tier, reason = _tier(cells), _reason(cells)
    proposal = f"{cells.kind.system or 'The file'} proposes tier {tier}." if tier else ""
    return ImportedAccount(
        line=cells.line,
        name=cells.text("name"),
        domain=_domain(cells),
        crm_system=crm_system,
        crm_id=crm_id,
        owner_name=owner_name,
        owner_email=owner_email,
        marketing_partner=_person(cells, "marketing_partner"),
        our_executive=_person(cells, "our_executive"),
        segment=_segment(cells),
        value_cents=value_cents,
        currency=currency,
        stage=stage,
        stage_said=stage_said,
        tier=tier,
        reason=reason,
        because="\n".join(filter(None, (reason, proposal))),
        why_now=_part(cells, "why_now"),
        motion=_part(cells, "motion"),
        # the notes last: reading the fields writes them
        notes=tuple(cells.notes),
    )


def _why_left_out(cells: Cells) -> tuple[str, SkipCause] | None:
    name = cells.text("name")
    if not name:
        return "its account name is empty", SkipCause.INCOMPLETE
    if len(name) > NAME_LIMIT_CHARACTERS:
        return f"has a name of {len(name)} characters, at most {NAME_LIMIT_CHARACTERS} fit", SkipCause.INCOMPLETE
    if is_yes(cells.text("deleted")):
        return "is deleted in Salesforce", SkipCause.DELETED
    if _crm_id(cells) is None:
        said = shown(cells.text("crm_id"))
        return f"has a record id that cannot be one, perhaps rounded by a spreadsheet: {said}", SkipCause.RECORD_ID
    return None


def _crm_id(cells: Cells) -> str | None:
    return read_id(cells.system, cells.text("crm_id"))


def _crm_link(cells: Cells) -> tuple[str, str]:
    """The CRM and the account's id in it, both or neither."""
    crm_id = _crm_id(cells)
    if not crm_id:
        return "", ""
    if not cells.system:
        cells.notes.append(f"crm_id left out, the row has no crm_system: {crm_id}")
        return "", ""
    return cells.system, crm_id


def _domain(cells: Cells) -> str:
    """The first cell that holds a company's own domain."""
    for said in cells.all("domain"):
        domain = read_domain(said)
        if domain is None or len(domain) > NAME_LIMIT_CHARACTERS:
            cells.not_understood("domain", said)
        elif is_shared(domain):
            cells.notes.append(f"domain left out, many companies share it: {domain}")
        elif domain:
            return domain
    return ""


def _person(cells: Cells, field: str) -> tuple[str, str]:
    """The name and the e-mail address of the person in the field."""
    said = [read_owner(cell) for cell in cells.all(field)]
    name = next((name for name, _ in said if name), "")
    email = next((email for _, email in said if email), "")
    if name.isdigit():
        cells.notes.append(f"{field.replace('_', ' ')} is only a number: {name}")
        name = ""
    return name[:NAME_LIMIT_CHARACTERS], email


def _segment(cells: Cells) -> str:
    segment = cells.text("segment")
    if len(segment) <= NAME_LIMIT_CHARACTERS:
        return segment
    cells.notes.append(f"segment left out, it has more than {NAME_LIMIT_CHARACTERS} characters")
    return ""


def _stage(cells: Cells) -> tuple[Stage | None, str]:
    said = cells.text("stage")
    if not said:
        return None, ""
    known = OUR_STAGES if cells.kind is ExportKind.CADENCE else LIFECYCLE_STAGES
    stage = known.get("".join(said.casefold().split()))
    if stage is None:
        cells.not_understood("stage", said)
    return stage, said


def _tier(cells: Cells) -> int | None:
    said = [cell for cell in cells.all("tier") if cell.casefold() not in {"true", "false", "yes", "no"}]
    tier = next((tier for tier in map(read_tier, said) if tier), None)
    if said and tier is None:
        cells.not_understood("tier", said[0])
    return tier


def _reason(cells: Cells) -> str:
    """Why this account, as the file has it, with room for the tier that the file proposes."""
    reason = next(iter(cells.all("because")), "")
    if len(reason) + len("Salesforce proposes tier 1.") >= TEXT_LIMIT_CHARACTERS:
        cells.notes.append(f"because left out, it has {len(reason):,} characters")
        return ""
    return reason


def _part(cells: Cells, field: str) -> str:
    said = next(iter(cells.all(field)), "")
    if len(said) <= TEXT_LIMIT_CHARACTERS:
        return said
    cells.notes.append(f"{field.replace('_', ' ')} left out, it has {len(said):,} characters")
    return ""


# Plan an import of accounts, row by row: pure, so that the preview and the import itself cannot differ.

IMPORT_UNDONE = "The import that added it was undone."
"""Why such an account was removed. The next import that has it makes it a candidate again."""

CRM_FIELDS = (
    "name",
    "domain",
    "segment",
    "owner",
    "owner_name",
    "marketing_partner",
    "our_executive",
    "value_cents",
    "currency",
    "crm_system",
    "crm_id",
)
"""Fields of an existing account that an import may change: tier, status, reason and stage belong to people."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the file and what becomes of it.

    `before` and `after` are the profile's for an account that exists, only `after` is there for a new one, and for one
    that cannot be nominated by the person. `changed` names the profile's fields that differ. `stage` is only for new
    accounts and those that `is_restored`; `because`, `why_now` and `motion` for these and for those that are named.
    `unknown_owner` is the owner that the file says and nobody here is; `owner_stays` where the account keeps its own.

    `said` is the row itself. `tier` is that in which the account is named; where it is not, `unnamed` is the cause
    (`naming.Unnamed`) and `unnamed_because` says why, for one that is named already too.
    """

    line: int
    name: str
    verdict: Verdict
    reason: str = ""
    cause: SkipCause | None = None
    account_id: int | None = None
    before: Profile | None = None
    after: Profile | None = None
    changed: tuple[str, ...] = ()
    is_restored: bool = False
    stage: Stage | None = None
    stage_said: str = ""
    because: str = ""
    why_now: str = ""
    motion: str = ""
    unknown_owner: str = ""
    owner_stays: bool = False
    notes: tuple[str, ...] = ()
    said: ImportedAccount | None = None
    tier: int | None = None
    unnamed: str = ""
    unnamed_because: str = ""


@dataclass(frozen=True, slots=True)
class KnownAccounts:
    """The workspace's accounts, by id, and the ids of those that answer to each normalised word.

    `unseen` are words, and ids of a CRM, that an admin has to look at: of accounts that the person who imports may not
    see, and of our own company. `inside` are the people in each channel that accounts are private to.
    """

    states: dict[int, AccountState]
    by_key: dict[str, frozenset[int]]
    unseen: frozenset[str | tuple[str, str]] = frozenset()
    inside: Mapping[str, Collection[str]] = field(default_factory=dict)
    by_crm_id: dict[tuple[str, str], frozenset[int]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[tuple[str, str], frozenset[int]] = {}
        for account_id, state in self.states.items():
            if state.profile.crm_id:
                link = (state.profile.crm_system, state.profile.crm_id)
                found[link] = found.get(link, frozenset()) | {account_id}
        object.__setattr__(self, "by_crm_id", found)


def make_plan(
    rows: Iterable[ImportedAccount | BadRow], known: KnownAccounts, owners: Colleagues
) -> ImportPlan[PlannedRow]:
    """The plan for a file's rows over the accounts known. Matches by CRM id, domain and exact name, never nearly.

    A row that fits two accounts, or the account of an earlier row, is skipped and says so.
    """
    taken = _Taken()
    return ImportPlan(tuple(_planned(row, known, owners, taken) for row in sorted(rows, key=lambda row: row.line)))


class _Taken:
    """Names, CRM ids and accounts of earlier rows of the file, each with its line."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str], int] = {}

    def earlier(self, row: ImportedAccount, account_id: int | None) -> tuple[str, SkipCause] | None:
        """`the same domain as line 3` for a duplicate of an earlier row, else None."""
        for token, what in self._tokens(row, account_id):
            if token in self._lines:
                return f"the same {what} as line {self._lines[token]}", SkipCause.REPEATED
        return None

    def take(self, row: ImportedAccount, account_id: int | None) -> None:
        for token, _what in self._tokens(row, account_id):
            self._lines.setdefault(token, row.line)

    def _tokens(self, row: ImportedAccount, account_id: int | None) -> list[tuple[tuple[str, str], str]]:
        tokens = [(("key", normal_key(row.name)), "name")]
        if row.domain:
            tokens.insert(0, (("key", normal_key(row.domain)), "domain"))
        if row.crm_id:
            tokens.insert(0, ((f"crm {row.crm_system}", row.crm_id), "record id"))
        if account_id is not None:
            tokens.append((("account", str(account_id)), "account"))
        return tokens


def _planned(row: ImportedAccount | BadRow, known: KnownAccounts, owners: Colleagues, taken: _Taken) -> PlannedRow:
    if isinstance(row, BadRow):
        return PlannedRow(row.line, "", Verdict.SKIP, row.reason, row.cause)
    found = _matches(row, known)
    account_id = next(iter(found), None)
    left_out = _why_skipped(row, found, known) or taken.earlier(row, account_id)
    if left_out:
        wanted = Profile(row.name, row.domain) if left_out[1] is SkipCause.ASK_ADMIN else None
        return PlannedRow(
            row.line, row.name, Verdict.SKIP, *left_out, account_id=account_id, after=wanted, notes=row.notes
        )
    taken.take(row, account_id)
    return _creation(row, owners) if account_id is None else _update(row, known.states[account_id], known, owners)


def _matches(row: ImportedAccount, known: KnownAccounts) -> dict[int, str]:
    """Every account that the row could be, with what it matches by, the surest first."""
    none: frozenset[int] = frozenset()
    found: dict[int, str] = {}
    for account_ids, by in (
        (known.by_crm_id.get((row.crm_system, row.crm_id), none) if row.crm_id else none, "record id"),
        (known.by_key.get(normal_key(row.domain), none) if row.domain else none, "domain"),
        (known.by_key.get(normal_key(row.name), none), "name"),
    ):
        for account_id in sorted(account_ids):
            found.setdefault(account_id, by)
    return found


def words_of(row: ImportedAccount) -> set[str | tuple[str, str]]:
    """The normalised words of the row, and its id in the CRM."""
    words: set[str | tuple[str, str]] = {normal_key(word) for word in (row.name, row.domain) if word}
    return words | ({(row.crm_system, row.crm_id)} if row.crm_id else set())


def _why_skipped(row: ImportedAccount, found: dict[int, str], known: KnownAccounts) -> tuple[str, SkipCause] | None:
    if not normal_key(row.name):
        return "has a name of punctuation only", SkipCause.INCOMPLETE
    if not known.unseen.isdisjoint(words_of(row)):
        return "cannot be nominated, ask an admin", SkipCause.ASK_ADMIN
    if len(found) > 1:
        could_be = " or ".join(f"{known.states[number].name} (by {by})" for number, by in found.items())
        return f"could be {could_be}", SkipCause.UNCLEAR
    for account_id, by in found.items():
        profile = known.states[account_id].profile
        is_other_record = row.crm_id and profile.crm_system == row.crm_system and profile.crm_id != row.crm_id
        if is_other_record and profile.crm_id:
            said = f"{profile.name} has the same {by} and is record {profile.crm_id}, this is {row.crm_id}"
            return said, SkipCause.OTHER_RECORD
        if by == "name" and row.domain and profile.domain and normal_key(profile.domain) != normal_key(row.domain):
            said = f"{profile.name} has the same name and the domain {profile.domain}, this has {row.domain}"
            return said, SkipCause.UNCLEAR
    return None


def _creation(row: ImportedAccount, owners: Colleagues) -> PlannedRow:
    after, notes = _filled(Profile(row.name), row, owners, None)
    return PlannedRow(
        line=row.line,
        name=row.name,
        verdict=Verdict.CREATE,
        after=after,
        stage=row.stage,
        stage_said=row.stage_said,
        because=row.because,
        why_now=row.why_now,
        motion=row.motion,
        unknown_owner=owners.unknown(row.owner_name, row.owner_email),
        notes=(*row.notes, *notes),
        said=row,
    )


def _update(row: ImportedAccount, state: AccountState, known: KnownAccounts, owners: Colleagues) -> PlannedRow:
    inside = known.inside.get(state.private_channel, ()) if state.private_channel else None
    after, notes = _filled(state.profile, row, owners, inside)
    changed = tuple(name for name in CRM_FIELDS if getattr(after, name) != getattr(state.profile, name))
    is_restored = state.list_status is ListStatus.REMOVED and state.because == IMPORT_UNDONE
    return PlannedRow(
        line=row.line,
        name=row.name,
        verdict=Verdict.UPDATE if changed or is_restored else Verdict.UNCHANGED,
        account_id=state.account_id,
        before=state.profile,
        after=after,
        changed=changed,
        is_restored=is_restored,
        stage=row.stage if is_restored else None,
        stage_said=row.stage_said if is_restored else "",
        because=row.because if is_restored else "",
        why_now=row.why_now if is_restored else "",
        motion=row.motion if is_restored else "",
        unknown_owner=owners.unknown(row.owner_name, row.owner_email),
        owner_stays=after.owner is not None,
        notes=(*row.notes, *notes),
        said=row,
    )


def _filled(
    profile: Profile, row: ImportedAccount, owners: Colleagues, inside: Collection[str] | None
) -> tuple[Profile, Sequence[str]]:
    """The profile with what the row says, and what had to be left. An empty cell empties nothing."""
    owner, owner_name, of_owner = owners.owner_after(profile, row.owner_name, row.owner_email, inside=inside)
    partner, of_partner = owners.person_after(
        profile.marketing_partner, *row.marketing_partner, role="marketing partner", inside=inside
    )
    executive, of_executive = owners.person_after(
        profile.our_executive, *row.our_executive, role="our executive", inside=inside
    )
    notes = (*of_owner, *of_partner, *of_executive)
    is_alias = normal_key(row.name) in {normal_key(alias) for alias in profile.aliases}
    has_value = row.value_cents is not None
    filled = replace(
        profile,
        name=profile.name if is_alias else row.name,
        domain=row.domain or profile.domain,
        segment=row.segment or profile.segment,
        owner=owner,
        owner_name=owner_name,
        marketing_partner=partner,
        our_executive=executive,
        value_cents=row.value_cents if has_value else profile.value_cents,
        currency=(row.currency or profile.currency) if has_value else profile.currency,
    )
    if not row.crm_id:
        return filled, notes
    if profile.crm_id and profile.crm_system != row.crm_system:
        return filled, (*notes, f"stays linked to {profile.crm_system} record {profile.crm_id}")
    return replace(filled, crm_system=row.crm_system, crm_id=row.crm_id), notes


# Find the account that a row's company is, by the CRM's id, then by its domain, then by its exact name.

NONE = "none"
"""Answer for a company that is none of the accounts."""

LABEL_CHARACTERS = 150

KeyT = TypeVar("KeyT")


@dataclass(frozen=True, slots=True)
class NamedCompany:
    """Company as a row names it: its ids in a CRM, its domains and its names; several where the CRM lists several.

    `host` is that of a person's e-mail address.
    """

    system: str
    ids: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    host: str = ""

    @property
    def label(self) -> str:
        """The company as it is asked about, as `Acme Germany (acme.example)`."""
        names, domains = "; ".join(self.names), "; ".join(self.domains)
        said = f"{names} ({domains})" if names and domains else names or domains or "; ".join(self.ids) or self.host
        return shortened(said, LABEL_CHARACTERS)

    @property
    def is_several(self) -> bool:
        return max(len(self.ids), len(self.domains), len(self.names)) > 1


@dataclass(frozen=True, slots=True)
class CompanyAsked:
    """A company that only a person can tell the account of; `choices` are the accounts that it could be."""

    label: str
    choices: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class CompanyFound:
    """The account of a row, or why there is none; `asked` where a person can say which it is."""

    account: AccountState | None = None
    reason: str = ""
    cause: SkipCause | None = None
    asked: CompanyAsked | None = None

    def could_be(self, account_id: int) -> bool:
        return self.asked is not None and any(number == account_id for number, _ in self.asked.choices)


class Companies:
    """Finds the accounts of a file's rows among those known; `answers` are accounts, by id or name, by label.

    A domain tells an account only where one account here has it and the file gives it to one company. Nothing is
    matched nearly, and where two things that a row says lead to two accounts, it is asked. Raises NotUnderstood for an
    answer about a company that no row names.
    """

    def __init__(
        self, known: KnownAccounts, rows: Iterable[NamedCompany], answers: Sequence[tuple[str, str]] = ()
    ) -> None:
        rows = list(rows)
        self._known = known
        self._answers = {normal_key(label): answer for label, answer in answers}
        self._refuse_others({normal_key(row.label) for row in rows}, answers)
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if not row.is_several:
                for domain in row.domains:
                    self._ids[normal_key(domain)].update(row.ids)
                    self._names[normal_key(domain)].update(map(normal_key, row.names))

    @staticmethod
    def _refuse_others(there: Container[str], answers: Iterable[tuple[str, str]]) -> None:
        for label, _answer in answers:
            if normal_key(label) not in there:
                raise NotUnderstood(
                    f"No row of the file is of the company {shown(label)}. Write it as the preview does."
                )

    def find(self, row: NamedCompany) -> CompanyFound:
        """The account of the row's company."""
        linked = _all(self._known.by_crm_id, ((row.system, number) for number in row.ids))
        domains = [domain for domain in row.domains if not is_shared(domain)]
        by_domain = self._answering(domains or ([row.host] if row.host and not is_shared(row.host) else []))
        by_name = self._answering(row.names)
        if not (linked or by_domain or by_name):
            is_named = row.names or row.domains or row.ids
            return CompanyFound(
                reason=_not_known(row), cause=SkipCause.NO_ACCOUNT if is_named else SkipCause.INCOMPLETE
            )
        if row.is_several:
            return self._asked(row, [*linked, *by_domain, *by_name])
        if linked:
            return CompanyFound(self._known.states[linked[0]]) if len(linked) == 1 else self._asked(row, linked)
        found = list(dict.fromkeys((*by_domain, *by_name)))
        other = next((self._known.states[number] for number in found if self._is_other_record(row, number)), None)
        if other is not None:
            ids = " or ".join(row.ids)
            said = f"{other.name} is record {other.profile.crm_id}, this is of {ids}"
            return CompanyFound(reason=said, cause=SkipCause.OTHER_RECORD)
        is_sure = len(found) == 1 and (not domains or self._is_sure(domains[0], found[0], by_domain, by_name))
        return CompanyFound(self._known.states[found[0]]) if is_sure else self._asked(row, found)

    def _is_sure(self, domain: str, account_id: int, by_domain: Sequence[int], by_name: Sequence[int]) -> bool:
        """Return true if the account has the row's domain and name, or what it lacks of them contradicts nothing."""
        if by_domain and by_name:
            return True
        if by_name:
            return not self._known.states[account_id].profile.domain
        key = normal_key(domain)
        return len(self._ids[key]) <= 1 and len(self._names[key]) <= 1

    def _asked(self, row: NamedCompany, found: Iterable[int]) -> CompanyFound:
        """Return the person's answer on which account the company is, else the question."""
        choices = tuple((number, self._known.states[number].name) for number in dict.fromkeys(found))
        answer = self._answers.get(normal_key(row.label), "")
        if normal_key(answer) == NONE:
            return CompanyFound(reason="its company is none of the accounts, as was said", cause=SkipCause.CHOSEN_NONE)
        for number, name in choices:
            if answer in (str(number), name) or (answer and normal_key(answer) == normal_key(name)):
                return CompanyFound(self._known.states[number])
        names = " or ".join(sorted(name for _, name in choices))
        reason = (
            f"could be of {names}" if len(choices) > 1 else f"its company {shown(row.label)} may be {names}, or not"
        )
        return CompanyFound(reason=reason, cause=SkipCause.ASKED, asked=CompanyAsked(row.label, choices))

    def _answering(self, words: Iterable[str]) -> list[int]:
        return _all(self._known.by_key, map(normal_key, words))

    def _is_other_record(self, row: NamedCompany, account_id: int) -> bool:
        """Return true if the account is another record of the same CRM."""
        profile = self._known.states[account_id].profile
        return bool(row.ids and profile.crm_id and profile.crm_system == row.system)


def _all(found: Mapping[KeyT, Iterable[int]], keys: Iterable[KeyT]) -> list[int]:
    return list(dict.fromkeys(number for key in keys for number in sorted(found.get(key, ()))))


def _not_known(row: NamedCompany) -> str:
    said = ", ".join(map(shown, row.names)) or ", ".join(row.domains) or ", ".join(row.ids)
    if said:
        return f"is of {said}, which is not in Cadence"
    empty = "its account is empty"
    return f"{empty}, and no account has the domain of the e-mail address" if row.host else empty


# Read what the cells of a row say of its company, for any kind of file whose rows belong to accounts.

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
        tuple(domain for said in chosen(*domains) if (domain := _company_domain(cells, said))),
        chosen(*names),
    )


def _several(cells: Cells, field: str) -> tuple[str, ...]:
    """Return the values of the field's preferred cell, joined with semicolons where it is more than one."""
    parts = (one_line(part) for part in cells.text(field).split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _company_domain(cells: Cells, said: str) -> str:
    domain = read_domain(said)
    if domain is None:
        field = "account_domain" if said in cells.text("account_domain") else "primary_domain"
        cells.not_understood(field, said)
    return domain or ""


# Which accounts of a file would be put on the named list, and why the others would not: pure, as the plan is.


class Unnamed(StrEnum):
    """Cause for which an account of the file that has a tier would not be named in it."""

    TIER_FULL = "tier_full"
    OWNER_FULL = "owner_full"
    OTHER_TIER = "other_tier"
    """It is named in another tier."""
    OFF_LIST = "off_list"
    """It is paused, was removed or rejected."""
    UNKNOWN = "unknown"
    """No account is called so, or several could be meant."""
    NO_TIER = "no_tier"
    """A candidate of which neither the file nor a person says the tier."""
    NO_REASON = "no_reason"
    """Nobody said why this account."""


def with_naming(
    plan: ImportPlan[PlannedRow],
    states: Mapping[int, AccountState],
    naming: Naming,
    settings: ProgramSettings,
    *,
    zone: str,
) -> ImportPlan[PlannedRow]:
    """The plan with the tier to name each row's account in, in file order until the tier's cap is reached.

    A row without a tier of its own has that of `naming`; a part of the justification that neither the row nor the
    account has is that of `naming`. `states` are the accounts that the person may see: over those the caps are counted.
    """
    room = _Room(states, settings)
    return ImportPlan(tuple(_named(row, states, naming, room, zone) for row in plan.rows))


class _Room:
    """Places taken in each tier, and by each owner in it."""

    def __init__(self, states: Mapping[int, AccountState], settings: ProgramSettings) -> None:
        self._settings = settings
        named = [state for state in states.values() if state.list_status is ListStatus.NAMED]
        self._in_tier = Counter(state.tier for state in named)
        self._of_owner = Counter((state.tier, state.profile.owner) for state in named)

    def take(self, tier: int, owner: str | None, had: AccountState | None) -> Full | None:
        """Take a place in the tier, freeing the account's former one; return the cap instead if the tier is full."""
        in_tier, of_owner = self._in_tier[tier], self._of_owner[tier, owner]
        full = cap_reached(tier, owner, self._settings, in_tier=in_tier, of_owner=of_owner)
        if full is None:
            if had is not None and had.list_status is ListStatus.NAMED:
                self._in_tier[had.tier] -= 1
                self._of_owner[had.tier, had.profile.owner] -= 1
            self._in_tier[tier] += 1
            self._of_owner[tier, owner] += 1
        return full


def _named(row: PlannedRow, states: Mapping[int, AccountState], naming: Naming, room: _Room, zone: str) -> PlannedRow:
    state = None if row.account_id is None else states.get(row.account_id)
    tier = (row.said.tier if row.said else None) or naming.tier
    is_candidate = state is None or row.is_restored or state.list_status is ListStatus.CANDIDATE
    if row.verdict is Verdict.SKIP or row.said is None or row.after is None:
        return row
    if tier is None:
        return replace(row, unnamed=Unnamed.NO_TIER) if is_candidate or naming.is_typed else row
    if state is not None and not is_candidate and (standing := _standing(row, state, tier, naming, zone)):
        return standing
    full = room.take(tier, row.after.owner, state)
    if full is not None:
        said = f"has {full.cap} accounts in tier {tier}" if full.owner else f"tier {tier} is full with {full.cap}"
        return replace(
            row,
            unnamed=Unnamed.OWNER_FULL if full.owner else Unnamed.TIER_FULL,
            unnamed_because=f"not named: {'its owner ' if full.owner else ''}{said}",
        )
    had = state.justification if state is not None else Justification()
    # what a file proposed is no reason why this account
    why_had = "" if PROPOSAL.fullmatch(had.why_account) else had.why_account
    # as with the command for one account, what is typed needs a reason of its own and comes before what stands
    if naming.is_typed:
        why, why_now, motion = naming.because, naming.why_now or had.why_now, naming.motion or had.motion
    else:
        why = row.said.reason or why_had or naming.because
        why_now = row.said.why_now or had.why_now or naming.why_now
        motion = row.said.motion or had.motion or naming.motion
    if not why:
        return replace(row, unnamed=Unnamed.NO_REASON, unnamed_because=f"tier {tier} once you say why")
    return replace(
        row,
        tier=tier,
        because=why,
        why_now=why_now,
        motion=motion,
        verdict=Verdict.UPDATE if row.verdict is Verdict.UNCHANGED else row.verdict,
    )


def _standing(row: PlannedRow, state: AccountState, tier: int, naming: Naming, zone: str) -> PlannedRow | None:
    """The row of an account that is or was on the list, None where it can be named all the same.

    A file names candidates alone; in words, people move an account to another tier or name a paused one again.
    """
    if state.list_status is ListStatus.NAMED and state.tier == tier:
        return replace(row, unnamed_because=f"in tier {tier} already")
    if naming.is_typed and state.list_status in MAY_BECOME[ListStatus.NAMED]:
        return None
    if state.list_status is ListStatus.NAMED:
        said = f"stays in tier {state.tier}: change it with /account tier {state.name} {tier} because TEXT"
        return replace(row, unnamed=Unnamed.OTHER_TIER, unnamed_because=said)
    against = what_is_against(state, ListStatus.NAMED, "it is in the file", zone)
    return replace(
        row,
        unnamed=Unnamed.OFF_LIST,
        unnamed_because=against or f"is paused: take it up with /account restore {state.name} because TEXT",
    )
