"""Plan an import of accounts, row by row: pure, so that the preview and the import itself cannot differ."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from agendas.facts.account import AccountState, ListStatus, Stage
from agendas.facts.events import Profile
from agendas.rules.access.colleagues import Colleagues
from agendas.rules.imports.accounts.read import ImportedAccount
from agendas.rules.imports.reading.causes import SkipCause
from agendas.rules.imports.reading.table import BadRow
from agendas.rules.imports.verdicts import ImportPlan, Verdict
from agendas.text.account_names import normal_key

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
        """`the same domain as line 3` for a row that an earlier one stands for; None for a new one."""
        for token, what in self._tokens(row, account_id):
            if token in self._lines:
                return f"the same {what} as line {self._lines[token]}", SkipCause.REPEATED
        return None

    def take(self, row: ImportedAccount, account_id: int | None) -> None:
        """Note the row."""
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
