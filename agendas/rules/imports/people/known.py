"""The people known, to find one by their CRM id, their e-mail address or their name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agendas.facts.group import ContactProfile
from agendas.text.account_names import normal_key


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
        """Add the person to those that are found."""
        profile = person.profile
        self._by_name[person.account_id, normal_key(profile.name)].append(person)
        if profile.crm_id:
            self._by_link[profile.crm_system, profile.crm_id].append(person)
        if profile.email:
            self._by_email[profile.email.lower()].append(person)

    def linked(self, crm_system: str, crm_id: str) -> Sequence[KnownPerson]:
        """Those whom the CRM knows by this id, at whatever account."""
        return self._by_link.get((crm_system, crm_id), ()) if crm_id else ()

    def with_email(self, email: str) -> Sequence[KnownPerson]:
        """Those with this e-mail address, at whatever account."""
        return self._by_email.get(email.lower(), ()) if email else ()

    def called(self, name: str, account_id: int) -> Sequence[KnownPerson]:
        """Those of the account with exactly this name."""
        return self._by_name.get((account_id, normal_key(name)), ())
