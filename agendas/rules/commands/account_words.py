"""The words of /account in both orders: `/account ACCOUNT fit` and `/account fit ACCOUNT`, and which one was meant."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from agendas.errors import NotUnderstood
from agendas.rules.commands.list_changes import read_list_change
from agendas.text.spelling import meant

EDIT = "edit"
NOMINATE = "nominate"
LIST = "list"
CARD = ""
"""No word: the account's card."""

CHANGES = ("name", "tier", "pause", "remove", "reject", "restore")
"""Words that change the list."""

OWN_WORDS = (NOMINATE, LIST, EDIT, *CHANGES)
"""First words that no page and no act of an account has."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that take an account: `pages` alone, `acts` of one word, or of two before more (`group add`)."""

    pages: tuple[str, ...]
    acts: tuple[str, ...] = ()

    @property
    def of_account(self) -> tuple[str, ...]:
        """First words that take an account."""
        return (*self.pages, *(act for act in self.acts if " " not in act), *CHANGES, EDIT)

    @property
    def every(self) -> tuple[str, ...]:
        """All first words."""
        return (*self.of_account, NOMINATE, LIST)


@dataclass(frozen=True, slots=True)
class Asked:
    """One reading of what was typed.

    Args:
        word: what is asked for, such as `history` or `group add`; empty for the card.
        rest: the words after it and the account, as typed.
        account_id: the account; 0 for words that take none.
        is_exact: the account was called by a whole name, alias or domain, and not by the beginning of one.
        is_whole: every word has its meaning.
    """

    word: str
    rest: str = ""
    account_id: int = 0
    is_exact: bool = field(default=False, compare=False)
    is_whole: bool = field(default=True, compare=False)


class SeveralMeant(Exception):
    """Two readings are as likely as each other."""

    def __init__(self, readings: Sequence[Asked]) -> None:
        self.readings = tuple(readings)
        super().__init__("several readings")


def first_words(text: str) -> tuple[str, str]:
    """The first word, folded, and the text after it as typed."""
    first, rest = (*text.strip().split(maxsplit=1), "", "")[:2]
    return first.casefold(), rest


def asked_of(account_id: int, typed: str, vocabulary: Vocabulary, *, is_exact: bool) -> Asked:
    """Read the words after an account that stands first."""
    word, rest = first_words(typed)
    if not word:
        return Asked(CARD, "", account_id, is_exact)
    if word not in vocabulary.of_account:
        return Asked(CARD, typed, account_id, is_exact, is_whole=False)
    return completed(word, rest, account_id, vocabulary, is_exact=is_exact)


def completed(word: str, rest: str, account_id: int, vocabulary: Vocabulary, *, is_exact: bool) -> Asked:
    """Read a word of an account with the words after both; `group` with `add Rita` is `group add` with `Rita`."""
    second, further = first_words(rest)
    if f"{word} {second}" in vocabulary.acts:
        return Asked(f"{word} {second}", further, account_id, is_exact)
    is_whole = _reads_as_change(word, rest) if word in CHANGES else word in vocabulary.acts or not rest
    return Asked(word, rest, account_id, is_exact, is_whole)


def words_before(text: str, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """The ways in which the text begins with a word that takes an account, the longest word first.

    Each with the text after it, in which the account stands first.
    """
    first, rest = first_words(text)
    second, further = first_words(rest)
    both = [(f"{first} {second}", further)] if f"{first} {second}" in vocabulary.acts and further else []
    return (*both, *([(first, rest)] if first in vocabulary.of_account and rest else []))


def choose(readings: Sequence[Asked]) -> Asked | None:
    """The reading that was meant, None for none: a whole one before one with words that have no meaning.

    Of two whole ones that differ, a whole name wins over the beginning of one. Of two that are not whole, the later
    one in the order given wins where no name is exact. Raises SeveralMeant where nothing decides.
    """
    whole = [each for each in readings if each.is_whole]
    if not whole:
        return next((each for each in readings if each.is_exact), readings[-1] if readings else None)
    exact = [each for each in whole if each.is_exact] or whole
    if any(each != exact[0] for each in exact):
        raise SeveralMeant(exact)
    return exact[0]


def nearest_word(typed: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The words that the first one or two typed after an account are a slip of, and the text after them."""
    first, rest = first_words(typed)
    second, further = first_words(rest)
    followers = [act.partition(" ")[2] for act in vocabulary.acts if act.partition(" ")[0] == first]
    if followers and second:
        near = meant(second, followers)
        return (f"{first} {near}", further) if near else (first, "")
    if first in vocabulary.of_account:
        return first, ""
    near = meant(first, vocabulary.of_account)
    return (near, rest) if near else None


def _reads_as_change(word: str, rest: str) -> bool:
    if not rest:
        return True
    try:
        read_list_change(rest, word)
    except NotUnderstood:
        return False
    return True
