"""The names that a question can have: of accounts, people and segments that the asker may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from agendas.facts.people import PersonFacts
from agendas.text.account_names import AccountKey


class Names(Protocol):
    """Names to look for in a question, all of them seen by the asker."""

    def keys_beginning(self, first_word: str) -> Sequence[AccountKey]:
        """Return the keys of accounts that begin with this normal form of a word."""

    def all_keys(self) -> Sequence[AccountKey]:
        """Return every key of every account: for words that no key begins with."""

    def members(self) -> Sequence[PersonFacts]:
        """Return our people, without those who were deactivated."""

    def segments(self) -> Sequence[str]:
        """Return the segments of accounts as stored, each once."""


def _no_review() -> date | None:
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """The situation of a question that its words alone don't tell.

    Attributes:
        user_id: the asker.
        channel_account: the account whose own channel or agenda thread it is asked in, None elsewhere.
        bot_user_id: the bot's own user id, whose mention says nothing.
        last_review_on: looks up the local day of the last review that was held, None where there was none.
    """

    user_id: str
    channel_account: int | None = None
    bot_user_id: str = ""
    last_review_on: Callable[[], date | None] = _no_review
