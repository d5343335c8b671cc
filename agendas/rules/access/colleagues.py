"""People of the workspace by what others call them: in a file, or in the words of a command."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from agendas.errors import NotUnderstood, Offer, Unclear
from agendas.facts.events import Profile
from agendas.text.account_names import normal_key
from agendas.text.evidence import MENTION, readable
from agendas.text.limits import EMAIL, shown

PLAIN_NAME = re.compile(r"(?<![^\s(,;:])@(\w[\w.'-]*(?: [\w.'-]+){0,3})")
"""An `@name` that Slack left as it was typed, with the words after it, which may be of the name.

No e-mail address, and none of Slack's own mentions, which begin with `<`.
"""


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
        self._ids: dict[str, Colleague] = {}
        for colleague in colleagues:
            self._ids[colleague.user_id] = colleague
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

    def with_mentions(self, command: str, text: str, told: str = "") -> str:
        """The text of a command with each `@name` of exactly one person as Slack writes a mention of them.

        Slack sends a name that was not picked from its list as it was typed. One that nobody has stays. Raises Unclear,
        with the command and what is told at its end for each of them, for one that several people have.
        """
        place = 0
        while found := PLAIN_NAME.search(text, place):
            words = found[1].split(" ")
            names = (" ".join(words[:count]).rstrip(".'-") for count in range(len(words), 0, -1))
            name, ids = next(((each, ids) for each in names if (ids := self.called(f"@{each}"))), ("", set[str]()))
            before, after = text[: found.start()], text[found.start(1) + len(name) :]
            if len(ids) > 1:
                people = sorted((self._ids[each] for each in ids), key=lambda each: (each.name.casefold(), each.email))
                raise Unclear(
                    f"{len(people)} people here are called {shown(f'@{name}')}. Which one is meant?",
                    [
                        Offer(
                            f"@{each.name} ({each.email})" if each.email else f"@{each.name}",
                            f"{command} {before}<@{each.user_id}>{after}{told}",
                        )
                        for each in people
                    ],
                )
            mention = "".join(f"<@{each}>" for each in ids) or f"@{found[1].split(' ')[0]}"
            place = len(before) + len(mention)
            text = f"{before}{mention}{after if name else text[found.start(1) + len(words[0]) :]}"
        return text

    def owner_after(
        self, had: Profile, name: str, email: str, *, inside: Collection[str] | None = None
    ) -> tuple[str | None, str, tuple[str, ...]]:
        """The profile's `owner` and `owner_name` once a file named this owner, and what to note about it.

        A name that is nobody's here never replaces an owner who is. `inside` as in `person_after`.
        """
        owner, notes = self.person_after(had.owner, name, email, role="owner", inside=inside)
        unknown = self.unknown(name, email)
        if owner and (name or email):
            return owner, "", notes
        return owner, unknown or had.owner_name, notes

    def person_after(
        self, had: str | None, name: str, email: str, *, role: str, inside: Collection[str] | None = None
    ) -> tuple[str | None, tuple[str, ...]]:
        """Who has the role once a file named this person for it, and what to note about it; an empty cell leaves it.

        `inside` are the only people to whom a private account is given, None for an account that everybody sees.
        """
        said = name or email
        if not said:
            return had, ()
        found = self.called(name, email)
        if len(found) == 1:
            [who] = found
            if inside is None or who in inside or who == had:
                return who, ()
            why = f"{role} {said} left out: not in its private channel, invite them there first"
            return had, (why,)
        why = f"{role} {said} is the name of {len(found)} people here" if found else f"{role} {said} is nobody here"
        return had, (f"{why}, the {role} stays" if had else why,)

    def unknown(self, name: str, email: str) -> str:
        """The person as the file says it where that is nobody here, or several; '' for all others."""
        said = name or email
        return said if said and len(self.called(name, email)) != 1 else ""
