"""People of the workspace by what others call them: in a file, or in the words of a command."""

from collections.abc import Iterable
from dataclasses import dataclass

from agendas.errors import NotUnderstood
from agendas.facts.events import Profile
from agendas.text.account_names import normal_key
from agendas.text.evidence import MENTION, readable
from agendas.text.limits import EMAIL, shown


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be in charge of an account."""

    user_id: str
    name: str
    email: str = ""


class Colleagues:
    """People found by e-mail address, by exact full name, by a mention or id, or by an @name that is one person's."""

    def __init__(self, colleagues: Iterable[Colleague]) -> None:
        self._by_email: dict[str, str] = {}
        self._by_name: dict[str, set[str]] = {}
        self._by_word: dict[str, set[str]] = {}
        self._ids: set[str] = set()
        for colleague in colleagues:
            self._ids.add(colleague.user_id)
            if colleague.email:
                self._by_email[colleague.email.casefold()] = colleague.user_id
            key = normal_key(colleague.name)
            self._by_name.setdefault(key, set()).add(colleague.user_id)
            for word in key.split():
                self._by_word.setdefault(word, set()).add(colleague.user_id)

    def called(self, name: str, email: str = "") -> set[str]:
        """The ids of everybody who is meant by the name or the address, which counts first."""
        if email.casefold() in self._by_email:
            return {self._by_email[email.casefold()]}
        mention = MENTION.fullmatch(name)
        if name in self._ids or (mention is not None and mention[1] in self._ids):
            return {mention[1] if mention else name}
        if not name or mention is not None:
            return set()
        named = self._by_name.get(normal_key(name.removeprefix("@")), set())
        return named or (self._by_word.get(normal_key(name[1:]), set()) if name.startswith("@") else set())

    def typed(self, text: str) -> str:
        """The id of the one person that the words of a command name. Raises NotUnderstood for none and several."""
        said = text.strip(" ,.:")
        mention = MENTION.fullmatch(said)
        email = EMAIL.search(readable(said))
        # of whom Slack itself names, the verb says who they are and why they cannot
        found = {mention[1]} if mention else self.called(said, email[0] if email else "")
        if len(found) == 1:
            return next(iter(found))
        problem = f"is the name of {len(found)} people here" if found else "is nobody here"
        raise NotUnderstood(f"{shown(said)} {problem}. Type @ and pick the person from Slack's list.")

    def owner_after(self, had: Profile, name: str, email: str) -> tuple[str | None, str, tuple[str, ...]]:
        """The profile's `owner` and `owner_name` once a file named this owner, and what to note about it.

        A name that is nobody's here never replaces an owner who is.
        """
        said = name or email
        owner, notes = self.person_after(had.owner, name, email, role="owner")
        if not said or owner:
            return owner, had.owner_name if not said else "", notes
        return None, said, notes

    def person_after(self, had: str | None, name: str, email: str, *, role: str) -> tuple[str | None, tuple[str, ...]]:
        """Who has the role once a file named this person for it, and what to note about it; an empty cell leaves it."""
        said = name or email
        if not said:
            return had, ()
        found = self.called(name, email)
        if len(found) == 1:
            return next(iter(found)), ()
        why = f"{role} {said} is the name of {len(found)} people here" if found else f"{role} {said} is nobody here"
        return had, (f"{why}, the {role} stays" if had else why,)

    def unknown(self, name: str, email: str) -> str:
        """The person as the file says it where that is nobody here, or several; '' for all others."""
        said = name or email
        return said if said and len(self.called(name, email)) != 1 else ""
