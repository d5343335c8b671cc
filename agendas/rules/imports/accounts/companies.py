"""Find the account that a row's company is, by the CRM's id, then by its domain, then by its exact name."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from agendas.errors import NotUnderstood
from agendas.facts.account import AccountState
from agendas.rules.imports.accounts.plan import KnownAccounts
from agendas.rules.imports.reading.causes import SkipCause
from agendas.rules.imports.reading.values import is_shared
from agendas.text.account_names import normal_key
from agendas.text.limits import shortened, shown

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
        """True if the row names more than one company."""
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
        """Return true if the account is one of those that a person is asked to choose from."""
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
            return self._one_of(row, linked)
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

    def _one_of(self, row: NamedCompany, found: Sequence[int]) -> CompanyFound:
        return CompanyFound(self._known.states[found[0]]) if len(found) == 1 else self._asked(row, found)

    def _asked(self, row: NamedCompany, found: Iterable[int]) -> CompanyFound:
        """Return what a person said of the company, else the question which of these accounts it is."""
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
        """The accounts that answer to any of these words, each once."""
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
