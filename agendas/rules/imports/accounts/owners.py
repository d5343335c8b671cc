"""Match owners named in a file with people of the workspace."""

from collections.abc import Iterable
from dataclasses import dataclass

from agendas.facts.events import Profile
from agendas.text.account_names import normal_key


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can own an account."""

    user_id: str
    name: str
    email: str = ""


class Owners:
    """The people of a workspace, found by e-mail address, by exact full name, or by id as an export has it."""

    def __init__(self, colleagues: Iterable[Colleague]) -> None:
        self._by_email: dict[str, str] = {}
        self._by_name: dict[str, set[str]] = {}
        self._ids: set[str] = set()
        for colleague in colleagues:
            self._ids.add(colleague.user_id)
            if colleague.email:
                self._by_email[colleague.email.casefold()] = colleague.user_id
            self._by_name.setdefault(normal_key(colleague.name), set()).add(colleague.user_id)

    def owner_after(self, had: Profile, name: str, email: str) -> tuple[str | None, str, tuple[str, ...]]:
        """The profile's `owner` and `owner_name` once a file named this owner, and what to note about it.

        A name that is nobody's here never replaces an owner who is.
        """
        said = name or email
        if not said:
            return had.owner, had.owner_name, ()
        found = self._found(name, email)
        if len(found) == 1:
            return next(iter(found)), "", ()
        why = f"owner {said} is the name of {len(found)} people here" if found else f"owner {said} is nobody here"
        if had.owner:
            return had.owner, had.owner_name, (f"{why}, the owner stays",)
        return None, said, (why,)

    def unknown(self, name: str, email: str) -> str:
        """The owner as the file says it where that is nobody here, or several; '' for all others."""
        said = name or email
        return said if said and len(self._found(name, email)) != 1 else ""

    def _found(self, name: str, email: str) -> set[str]:
        if name in self._ids:
            return {name}
        found = {self._by_email[email.casefold()]} if email.casefold() in self._by_email else set()
        return found or (self._by_name.get(normal_key(name), set()) if name else set())
