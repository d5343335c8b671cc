"""The names in the database, as a session may read them: accounts that it hides have no name in it."""

from collections.abc import Sequence

from sqlmodel import Session

from agendas.facts.people import Function, PersonFacts, Right
from agendas.text.account_names import AccountKey
from storage import accounts
from storage.asked import questions


class StoredNames:
    """Names of one workspace, read when they are asked for and kept for the question that is read.

    The keys that begin with a word are one indexed read. Every key is read for words that no key begins with alone.
    """

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session = session
        self._workspace_id = workspace_id
        self._beginning: dict[str, Sequence[AccountKey]] = {}
        self._members: Sequence[PersonFacts] | None = None
        self._segments: Sequence[str] | None = None

    def keys_beginning(self, first_word: str) -> Sequence[AccountKey]:
        """Return the keys of accounts that begin with this normal form of a word."""
        if first_word not in self._beginning:
            self._beginning[first_word] = self._keys(first_word)
        return self._beginning[first_word]

    def all_keys(self) -> Sequence[AccountKey]:
        """Return every key of every account."""
        return self.keys_beginning("")

    def members(self) -> Sequence[PersonFacts]:
        """Return our people, without those who were deactivated or are of another company."""
        if self._members is None:
            rows = questions.colleagues(self._session, self._workspace_id)
            self._members = [
                PersonFacts(user_id, name, Right(right), Function(function) if function else None, zone)
                for user_id, name, right, function, zone in rows
            ]
        return self._members

    def segments(self) -> Sequence[str]:
        """Return the segments of named accounts as stored, each once."""
        if self._segments is None:
            self._segments = accounts.segments(self._session, self._workspace_id)
        return self._segments

    def _keys(self, beginning: str) -> list[AccountKey]:
        found = accounts.keys(self._session, self._workspace_id, beginning=beginning)
        return [AccountKey(account_id, name, key) for account_id, name, key, _ in found]
