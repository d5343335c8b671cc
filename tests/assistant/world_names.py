"""The names of the world as one person may see them."""

from collections.abc import Sequence

from agendas.facts.people import PersonFacts
from agendas.text.names import NameKey, normal_key
from tests.assistant.world import ACCOUNTS, CONTACTS, PEOPLE, SEES_PRIVATE


class WorldNames:
    def __init__(self, asker: str) -> None:
        seen = [row for row in ACCOUNTS.values() if not row.is_private or asker in SEES_PRIVATE]
        self._keys = [
            NameKey(row.account_id, row.name, normal_key(called))
            for row in seen
            for called in dict.fromkeys((row.name, row.domain, *row.aliases))
            if called
        ]
        self._segments = sorted({row.segment for row in seen})

    def keys_beginning(self, first_word: str) -> Sequence[NameKey]:
        return [each for each in self._keys if each.key.startswith(first_word)]

    def all_keys(self) -> Sequence[NameKey]:
        return self._keys

    def members(self) -> Sequence[PersonFacts]:
        return list(PEOPLE.values())

    def segments(self) -> Sequence[str]:
        return self._segments

    def contacts(self) -> Sequence[str]:
        return [name for names in CONTACTS.values() for name in names]
