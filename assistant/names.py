"""The accounts, people and segments that a text names, as the asker may see them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

from agendas.facts.people import PersonFacts
from agendas.text.names import NameKey, nearest_accounts, normal_key
from assistant.days import When, read_periods
from assistant.lexicon import single_words
from assistant.words import Token, as_typed, words_of

# Which names there are, and who asks.


class Names(Protocol):
    """Names to look for in a question, all of them seen by the asker."""

    def keys_beginning(self, first_word: str) -> Sequence[NameKey]:
        """Return the keys of accounts that begin with this normal form of a word."""

    def all_keys(self) -> Sequence[NameKey]:
        """Return every key of every account: for words that no key begins with."""

    def members(self) -> Sequence[PersonFacts]:
        """Return our people, without those who were deactivated."""

    def segments(self) -> Sequence[str]:
        """Return the segments of accounts as stored, each once."""

    def contacts(self) -> Sequence[str]:
        """Return the names of the people at accounts."""


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


@dataclass(frozen=True, slots=True)
class Choice:
    """A name that may be one of several accounts: the words typed, and (account id, name) of the nearest, best first.

    `is_ambiguous` where the words fit each of them, false where they fit none and these are merely near. Words such as
    "it" that nothing was said before fit every account: they are ambiguous without any here.
    """

    typed: str
    accounts: tuple[tuple[int, str], ...] = ()
    is_ambiguous: bool = False


# Words that are names only where a name can stand: `common.txt` has them by heading.


def _lists() -> dict[str, frozenset[str]]:
    """Return the lists of words of the file by their headings."""
    found: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in Path(__file__).with_name("common.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            words.update(line.split())
    return {heading: frozenset(each) for heading, each in found.items()}


_LISTS = _lists()
GRAMMAR = _LISTS["grammar"]
COMMON_WORDS = GRAMMAR | _LISTS["common"]
COMPANY_WORDS = _LISTS["company"]
EVERYDAY_WORDS = COMMON_WORDS | _LISTS["everyday"]
"""Words that are spelled right, and no slip of a name or of another word."""

AFTER_NAMES = _LISTS["after names"]
BEFORE_NAMES = _LISTS["before names"]
BEFORE_PLACES = frozenset({"at", "on", "with", "about", "hows", "vs", "versus"})
"""Words after which little else than a name stands."""

SPOKEN_AND = frozenset({"and", "an", "n", "und", "et"})


def has_sign(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if the words are written as a name: possessive, quoted, or with a capital where others have none."""
    said, others = tokens[start:end], (*tokens[:start], *tokens[end:])
    is_quoted = said[0].quote and said[0].quote not in {each.quote for each in others}
    if is_quoted or said[-1].is_possessive or (said[-1].word not in COMMON_WORDS and said[-1].stem in COMMON_WORDS):
        return True
    has_small = any(not each.is_capital for each in others if each.word[:1].isalpha())
    is_capital = all(each.is_capital for each in said) and start > 0 and has_small
    return is_capital and tokens[start - 1].mark != "."


def _is_set_apart(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if the words are the whole text, or begin it and a mark follows: `early - blocked?`."""
    return start == 0 and (end == len(tokens) or tokens[end - 1].mark in ("-", ":", ",", "?"))


def _is_common(token: Token) -> bool:
    return token.word in COMMON_WORDS or token.stem in COMMON_WORDS


def _word_at(tokens: Sequence[Token], position: int) -> str:
    """Return the word of the token, '' before the first and after the last."""
    return tokens[position].word if 0 <= position < len(tokens) else ""


# How well words of a text fit the name of an account.

SHORTEST_FIRST_PART = 4
"""Letters of a first word that may stand for the whole of it: `bright` for Brightwater."""

SHORTEST_LATER_PART = 3
"""Letters of a later word that may stand for it: `maple ins`."""

TWO_SLIPS = 6
"""Letters of a word or name from which two slips are forgiven."""

THREE_SLIPS = 11
SHORTEST_NAME = 4
"""Letters below which a slip makes another word of a name."""


class Rank(IntEnum):
    """How much of a name the words are, the better the higher."""

    PART = 1
    """The beginning of its first word."""
    BEGINNING = 2
    """Its first words, the later ones perhaps cut short."""
    WHOLE = 3
    """All of it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Words from `start` up to `end` that fit a key."""

    start: int
    end: int
    key: NameKey
    rank: Rank


@lru_cache(maxsize=8192)
def ways_to_say(key: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a key; of a domain also its first label alone."""
    words = words_of(key)
    if len(words) == 1 and "." in words[0]:
        return words, (words[0].partition(".")[0],)
    return (words,) if words else ()


def _fit(tokens: Sequence[Token], start: int, key: NameKey, words: tuple[str, ...]) -> Fit | None:
    position, fitted, ranks = start, 0, [Rank.WHOLE]
    while fitted < len(words) and position < len(tokens):
        word = words[fitted]
        if word == "and" and tokens[position].word not in SPOKEN_AND:
            fitted += 1
            continue
        step = _step(tokens[position : position + 2], word, is_first=fitted == 0)
        if step is None:
            break
        ranks.append(step[1])
        position, fitted = position + step[0], fitted + 1
        if tokens[position - 1].is_possessive or tokens[position - 1].mark not in ("", "."):
            break
    if position > start and tokens[position - 1].word in SPOKEN_AND:
        position -= 1
    if position == start:
        return None
    return Fit(start, position, key, min(ranks) if fitted == len(words) else min(*ranks, Rank.BEGINNING))


def _step(tokens: Sequence[Token], word: str, *, is_first: bool) -> tuple[int, Rank] | None:
    """Return how many tokens are a word of a name, and how much of it; None for another word."""
    token = tokens[0]
    if word in (token.word, token.stem) or (word == "and" and token.word in SPOKEN_AND):
        return 1, Rank.WHOLE
    if len(tokens) > 1 and word in (f"{token.word}{tokens[1].word}", f"{token.word}{tokens[1].stem}"):
        return 2, Rank.WHOLE
    is_long = len(token.word) >= (SHORTEST_FIRST_PART if is_first else SHORTEST_LATER_PART)
    if is_long and token.word not in COMMON_WORDS and word.startswith((token.word, token.stem)):
        return 1, Rank.PART if is_first else Rank.BEGINNING
    return (1, Rank.BEGINNING) if not is_first and _is_slip(token, word) else None


def _is_slip(token: Token, word: str) -> bool:
    """Return true if the token is spelled nearly as a word of a name, and is no common word."""
    if len(word) < SHORTEST_FIRST_PART or _is_common(token):
        return False
    slips = 1 if len(word) < TWO_SLIPS else 2
    return any(OSA.distance(typed, word, score_cutoff=slips) <= slips for typed in {token.word, token.stem})


# Whether a name that is a common word too can be one where it stands.

AFTER_SUBJECT = frozenset({"is", "has", "was", "belongs", "needs"})
"""Verbs of a name that begins a sentence."""

CHOOSING = frozenset({"a", "any", "each", "every", "no", "some", "that", "this", "what", "which"})
"""Words before a noun: "which signal works best"."""


def _is_name_here(tokens: Sequence[Token], fit: Fit) -> bool:
    """Return true if the words may be the name where they stand.

    Words that are no common ones always may, and so may a whole name of several words. One common word needs a sign: it
    is possessive, in quotation marks, a capital among small letters, the whole text or what stands before its first
    mark; or it stands between words that a name stands between. If it is only the beginning of a name, the word
    before must be one that little else than a name follows.
    """
    start, end = fit.start, fit.end
    said, before, after = tokens[start:end], _word_at(tokens, start - 1), _word_at(tokens, end)
    if not all(map(_is_common, said)):
        return True
    if len(said) > 1 and fit.rank is Rank.WHOLE:
        return before not in CHOOSING or has_sign(tokens, start, end)
    if has_sign(tokens, start, end):
        return fit.rank > Rank.PART
    if fit.rank is Rank.WHOLE and start == 0 and end + 1 == len(tokens) and after in _LISTS["asked of one"]:
        return True
    is_before_noun = after and after not in AFTER_NAMES and (after not in GRAMMAR or after == "the")
    if is_before_noun and not tokens[end - 1].mark:
        return False
    if fit.rank is Rank.WHOLE:
        begins = (start == 0 and after in AFTER_SUBJECT) or (start == 1 and before in _LISTS["orders"])
        return begins or before in BEFORE_NAMES or _is_set_apart(tokens, start, end)
    if fit.rank is Rank.BEGINNING and start == 1 and before in ("did", "does") and after in _LISTS["done by accounts"]:
        return True
    return fit.rank is Rank.BEGINNING and (before in BEFORE_PLACES or _is_after_how_is(tokens, start))


def _is_after_how_is(tokens: Sequence[Token], start: int) -> bool:
    words = [each.word for each in tokens[max(0, start - 2) : start]]
    is_short = words[-1:] == ["how"] and tokens[start - 1].suffix == "s"
    return words[-1:] == ["hows"] or words == ["how", "is"] or is_short


def _may_be_meant(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if unknown words stand where a name does: `blockers at hexley steel`, `how is hexley`."""
    before = _word_at(tokens, start - 1)
    return (
        start == 0
        or has_sign(tokens, start, end)
        or before in BEFORE_PLACES | {"of", "for", "does", "did", "has", "owns"}
        or _is_after_how_is(tokens, start)
        or (before in ("is", "are") and end < len(tokens))
    )


# Find the accounts that a text names: the longest name wins, then the nearest spelling.

S = TypeVar("S", "AccountSaid", "PersonSaid", "SegmentSaid")
MOST_SEARCHED = 8
"""Names of one text that are compared with every name there is, which takes some 10 ms among a thousand accounts."""


@dataclass(frozen=True, slots=True)
class AccountSaid:
    """The tokens from `start` up to `end` that name an account, or seem to.

    Attributes:
        account_id, name: the account; 0 where it has to be asked about, then with `choice`.
        choice: the accounts that it may be, or that are near to a name that no account has.
        is_guessed: true for a misspelt name, or one word of it.
        is_likely: false for words that no account is called and that stand where no name has to: they may be part of
            the title of an action, or the name of a person at an account.
        is_exact: true for a whole name, alias or domain.
    """

    start: int
    end: int
    account_id: int = 0
    name: str = ""
    choice: Choice | None = None
    is_guessed: bool = False
    is_likely: bool = True
    is_exact: bool = False


def find_accounts(tokens: Sequence[Token], names: Names, taken: Collection[int]) -> tuple[AccountSaid, ...]:
    """Return the accounts that a text names, in its order, outside of the tokens `taken` by dates and mentions."""
    return _found_at(tokens, lambda start: None if start in taken else _account_at(tokens, start, names))


def _found_at(tokens: Sequence[Token], find: Callable[[int], S | None]) -> tuple[S, ...]:
    """Return what is found at the tokens, each after the end of the one before."""
    found: list[S] = []
    for start in range(len(tokens)):
        if (not found or start >= found[-1].end) and (said := find(start)):
            found.append(said)
    return tuple(found)


def _account_at(tokens: Sequence[Token], start: int, names: Names) -> AccountSaid | None:
    first = tokens[start]
    is_grammar = first.word in GRAMMAR and not (first.quote or first.is_capital)
    if is_grammar or not any(each.isalpha() for each in first.word):
        return None
    keys = names.keys_beginning(_beginning(first))
    tried = (_fit(tokens, start, each, words) for each in keys for words in ways_to_say(each.key))
    fits = [fit for fit in tried if fit and _is_name_here(tokens, fit)]
    if not fits:
        return None
    best = max((fit.end, fit.rank) for fit in fits)
    fits = [fit for fit in fits if (fit.end, fit.rank) == best]
    end, rank = best
    accounts = dict.fromkeys((fit.key.account_id, fit.key.name) for fit in fits)
    if len(accounts) > 1:
        ordered = sorted(accounts, key=lambda each: (each[1].casefold(), each[0]))
        return AccountSaid(start, end, choice=Choice(as_typed(tokens[start:end]), tuple(ordered), is_ambiguous=True))
    own = fits[0].key
    if longer := _longer_names(tokens, (start, end), own, keys):
        return _either(tokens, (start, end + 1), [own, *longer])
    is_guessed = rank < Rank.BEGINNING
    return AccountSaid(start, end, own.account_id, own.name, is_guessed=is_guessed, is_exact=rank is Rank.WHOLE)


def _beginning(token: Token) -> str:
    """Return the beginning of the keys that the word may begin, with its accents."""
    typed = token.typed
    if token.suffix and "'" in typed:
        typed = typed[: typed.rfind("'")]
    key = normal_key(typed)
    return key[:-1] if token.stem != token.word and key.endswith("s") else key


def _either(tokens: Sequence[Token], span: tuple[int, int], keys: Sequence[NameKey]) -> AccountSaid:
    choice = Choice(as_typed(tokens[slice(*span)]), tuple((each.account_id, each.name) for each in keys), True)
    return AccountSaid(*span, choice=choice)


# Accounts with a longer name that may be meant where the shorter one was found: "maple insurnaac" is not Maple.

HALF = 0.5
"""Letters of a word, as a part of all, that are in a word of a name too where it may be a slip of that."""

SAME_START = 4
"""Letters at the beginning by which a word that is spelled right is perhaps one of a name: insured."""

SHORTEST_SLIP_OF_LONGER = 3


def _longer_names(
    tokens: Sequence[Token], span: tuple[int, int], shorter: NameKey, keys: Iterable[NameKey]
) -> tuple[NameKey, ...]:
    """Return the keys of other accounts that the words of the span, with the word after them, may be meant for."""
    start, end = span
    if end == len(tokens) or tokens[end - 1].mark not in ("", ",", "-"):
        return ()
    is_parted = bool(tokens[end - 1].mark or tokens[end - 1].suffix)
    said = {tuple(each.stem for each in tokens[start:end]), tuple(each.word for each in tokens[start:end])}
    said.add(words_of(shorter.key))
    found: dict[int, NameKey] = {}
    for key in keys:
        begun = [(words, len(each)) for words in ways_to_say(key.key) for each in said if words[: len(each)] == each]
        after = [words[count] for words, count in begun if count < len(words)]
        if key.account_id != shorter.account_id and any(_may_be(tokens[end], word, is_parted) for word in after):
            found.setdefault(key.account_id, key)
    return tuple(found.values())


def _may_be(token: Token, word: str, is_parted: bool) -> bool:
    """Return true for a word that may be a slip of one in a name; after a comma it has to be that word itself."""
    if is_parted:
        return word in (token.word, token.stem)
    if len(token.word) < SHORTEST_SLIP_OF_LONGER or _is_common(token) or token.word in single_words():
        return False
    if token.word in EVERYDAY_WORDS:
        return token.word[:SAME_START] == word[:SAME_START]
    return OSA.normalized_similarity(token.word, word) >= HALF


# Accounts whose name is spelled nearly as words that are nothing else.

MOST_WORDS = 4
"""Words of a name that are compared together."""

MOST_NEAR = 5
SURE = 7
"""Letters from which a word that is nearly a name is taken for it wherever it stands."""


@dataclass(frozen=True, slots=True)
class Near:
    """The accounts nearest to the first `word_count` words of a run, best first.

    `is_near` where they are spelled nearly so, false for those that are merely alike.
    """

    word_count: int
    accounts: tuple[tuple[int, str], ...]
    is_near: bool


def find_near_accounts(tokens: Sequence[Token], names: Names, taken: Collection[int]) -> tuple[AccountSaid, ...]:
    """Return what may be misspelt accounts, or accounts that nobody has, among the words that are nothing else.

    Reads every name, and only where there is such a word; the first of them alone in a text of many.
    """
    runs = _unknown_runs(tokens, taken)
    keys = names.all_keys() if runs else ()
    return tuple(islice((said for span in runs for said in _near(tokens, span, keys)), MOST_SEARCHED))


def _unknown_runs(tokens: Sequence[Token], taken: Collection[int]) -> list[tuple[int, int]]:
    """Return the spans of adjacent words that are no common ones, with a company's words beside them."""
    runs: list[tuple[int, int]] = []
    for position, token in enumerate(tokens):
        if position in taken or not any(each.isalpha() for each in token.word):
            continue
        follows = bool(runs) and runs[-1][1] == position and not tokens[position - 1].mark
        if follows and (not _is_common(token) or token.word in COMPANY_WORDS):
            runs[-1] = (runs[-1][0], position + 1)
        elif _begins_name(token):
            runs.append((position, position + 1))
    return runs


def _begins_name(token: Token) -> bool:
    """Return true for a word that is no English one: only the first of a name has to be none."""
    is_everyday = not {token.word, token.stem}.isdisjoint(EVERYDAY_WORDS)
    return not (is_everyday or token.word in single_words() or token.word in COMPANY_WORDS)


def _near(tokens: Sequence[Token], span: tuple[int, int], keys: Sequence[NameKey]) -> Iterable[AccountSaid]:
    """Yield the accounts near to the words of a run, and the rest of the run as names that no account has."""
    start, end = span
    while start < end:
        near = nearest_names(tokens[start:end], keys)
        stop = start + near.word_count
        is_long = sum(len(each.word) for each in tokens[start:stop]) >= SURE
        is_near = near.is_near and (is_long or start == 0 or tokens[start - 1].word not in _LISTS["articles"])
        if not is_near or len(near.accounts) != 1:
            choice = Choice(as_typed(tokens[start:stop]), near.accounts, is_ambiguous=is_near)
            yield AccountSaid(start, stop, choice=choice, is_likely=is_near or _may_be_meant(tokens, start, stop))
        else:
            account_id, name = near.accounts[0]
            own = NameKey(account_id, name, normal_key(name))
            longer = _longer_names(tokens, (start, stop), own, keys)
            if not longer:
                yield AccountSaid(start, stop, account_id, name, is_guessed=True)
            else:
                stop += 1
                yield _either(tokens, (start, stop), [own, *longer])
        start = stop


def nearest_names(said: Sequence[Token], keys: Sequence[NameKey]) -> Near:
    """Return the accounts nearest to the longest beginning of some words that is near to any, else to all of them."""
    choices, owners = _choices(keys)
    best: tuple[float, int, list[tuple[NameKey, bool]]] | None = None
    for word_count in range(min(len(said), MOST_WORDS), 0, -1):
        before, last = "".join(each.word for each in said[: word_count - 1]), said[word_count - 1]
        for typed in dict.fromkeys((f"{before}{last.word}", f"{before}{last.stem}")):
            letters = len(typed)
            slips = 1 + (letters >= TWO_SLIPS) + (letters >= THREE_SLIPS) if letters >= SHORTEST_NAME else 0
            found = process.extract(typed, choices, scorer=OSA.distance, score_cutoff=slips, limit=None)
            fewest = min((distance for _, distance, _ in found), default=0)
            if found and (best is None or fewest / letters < best[0]):
                # a slip more makes no sure difference between two names: "vantro" is Vantor or Vantora
                owned = [owners[index] for _, distance, index in found if distance <= fewest + (fewest > 0)]
                best = (fewest / letters, word_count, owned)
    if best is not None:
        whole = [key for key, is_whole in best[2] if is_whole]
        return Near(best[1], _accounts(whole or [key for key, _ in best[2]]), is_near=True)
    # the first word alone may be a later one of a name
    ways = {said[0].stem, said[0].word}
    if later := [key for key in keys for words in ways_to_say(key.key) if ways & set(words[1:])]:
        return Near(1, _accounts(later), is_near=True)
    spaced = " ".join((*(each.word for each in said[:-1]), said[-1].stem))
    return Near(len(said), nearest_accounts(spaced, keys), is_near=False)


def _choices(keys: Sequence[NameKey]) -> tuple[list[str], list[tuple[NameKey, bool]]]:
    """Return the beginnings of the keys in whole words, each with its key and true where it is all of it."""
    choices: list[str] = []
    owners: list[tuple[NameKey, bool]] = []
    for key in keys:
        for words in ways_to_say(key.key):
            for count in range(1, min(len(words), MOST_WORDS) + 1):
                if count == len(words) or words[count - 1] not in COMMON_WORDS:
                    choices.append("".join(words[:count]))
                    owners.append((key, count == len(words)))
    return choices, owners


def _accounts(keys: Sequence[NameKey]) -> tuple[tuple[int, str], ...]:
    return tuple(dict.fromkeys((key.account_id, key.name) for key in keys))[:MOST_NEAR]


# Accounts named by more words than were found at first: the trade or form of the company after its name.

LEGAL_FORMS = frozenset({"ag", "co", "corp", "corporation", "gmbh", "inc", "limited", "llc", "ltd", "plc"})


def widened(tokens: Sequence[Token], accounts: Sequence[AccountSaid], free: frozenset[int]) -> tuple[AccountSaid, ...]:
    """Return the accounts with the words after them that belong to their names ("nordhavn shipping", "maple inc").

    `free` are the tokens that nothing else has taken, or a segment that may be part of a name ("brightwatr energy").
    """
    found: list[AccountSaid] = []
    for account in sorted(accounts, key=lambda each: each.start):
        last = found[-1] if found else None
        if last is not None and account.start < last.end:
            continue
        if last is not None and last.account_id == account.account_id != 0 and last.end == account.start:
            found[-1] = replace(last, end=_end(tokens, account, free))
        else:
            found.append(replace(account, end=_end(tokens, account, free)))
    return tuple(found)


def _end(tokens: Sequence[Token], account: AccountSaid, free: frozenset[int]) -> int:
    end = account.end
    if not account.account_id or tokens[end - 1].is_possessive or tokens[end - 1].mark:
        return end
    if _word_at(tokens, end) == "not" and _word_at(tokens, end + 1) in COMPANY_WORDS:
        end += 2
    while end < len(tokens) and end in free and _belongs(tokens[end], account):
        end += 1
        if tokens[end - 1].mark:
            break
    return end


def _belongs(token: Token, account: AccountSaid) -> bool:
    if token.word in LEGAL_FORMS:
        return True
    later = words_of(account.name)[1:]
    is_like = any(word == token.stem or word.startswith(token.word) for word in later)
    return (token.word in COMPANY_WORDS and is_like) or any(
        token.word == word or _is_slip(token, word) for word in later
    )


# Find our people in a text: by mention, full name, or the first or last name that one of them alone has.

HELPING = frozenset({"will", "may"})
"""Names that are helping verbs too: a thing or an account before or after them makes a verb of them."""


BEFORE_OWNERS = frozenset({"of", "by", "from"})
"""Words after which no verb stands."""


@dataclass(frozen=True, slots=True)
class PersonSaid:
    """The tokens from `start` up to `end` that name a person.

    `user_ids` is the person, or those who all have that name; `is_guessed` where the name was misspelt.
    """

    start: int
    end: int
    user_ids: tuple[str, ...]
    is_guessed: bool = False

    @property
    def is_one(self) -> bool:
        """Return true if one person alone can be meant."""
        return len(self.user_ids) == 1


_Named = Sequence[tuple[str, tuple[str, ...]]]
"""User ids with the words of their names."""


def find_persons(
    tokens: Sequence[Token], members: Sequence[PersonFacts], taken: Collection[int]
) -> tuple[PersonSaid, ...]:
    """Return the people mentioned or named in a text, in its order, outside of the tokens taken."""
    named = [(each.user_id, words_of(each.name)) for each in members]
    return _found_at(tokens, lambda start: _person_at(tokens, start, named, taken))


def find_near_persons(
    tokens: Sequence[Token], members: Sequence[PersonFacts], taken: Collection[int]
) -> tuple[PersonSaid, ...]:
    """Return people whose first name is one slip away from a word that is nothing else."""
    named = [(each.user_id, words) for each in members if (words := words_of(each.name))]
    found = []
    for position, token in enumerate(tokens):
        if position in taken or len(token.word) < SHORTEST_NAME or _is_common(token):
            continue
        near = tuple(user_id for user_id, words in named if _is_near(token, words[0]))
        if near:
            end = position + 1
            beyond = tuple(user_id for user_id, words in named if user_id in near and _goes_on(tokens, end, words))
            found.append(PersonSaid(position, end + bool(beyond), beyond or near, is_guessed=True))
    return tuple(found)


def _is_near(token: Token, name: str) -> bool:
    slips = 1 if len(name) >= SHORTEST_NAME else 0
    return any(OSA.distance(word, name, score_cutoff=slips) <= slips for word in {token.word, token.stem})


def _person_at(tokens: Sequence[Token], start: int, named: _Named, taken: Collection[int]) -> PersonSaid | None:
    token = tokens[start]
    if token.user_id:
        return PersonSaid(start, start + 1, (token.user_id,))
    if start in taken or not token.word:
        return None
    said = _names_said(token)
    first = [(user_id, words) for user_id, words in named if words and words[0] in said]
    if first and not token.is_possessive and token.word == first[0][1][0]:
        whole = tuple(user_id for user_id, words in first if _goes_on(tokens, start + 1, words))
        if whole:
            return PersonSaid(start, start + 2, whole)
    last = tuple(user_id for user_id, words in named if len(words) > 1 and words[-1] in said)
    found = tuple(user_id for user_id, _ in first) or (last if len(last) == 1 else ())
    return PersonSaid(start, start + 1, found) if found and _may_stand(tokens, start) else None


def _goes_on(tokens: Sequence[Token], position: int, words: Sequence[str]) -> bool:
    """Return true if the token is the person's last name, or its first letter."""
    if position >= len(tokens) or len(words) < 2:
        return False
    token = tokens[position]
    is_initial = len(token.word) == 1 and words[-1].startswith(token.word) and token.word not in ("a", "i", "s")
    return words[-1] in _names_said(token) or is_initial


def _names_said(token: Token) -> Collection[str]:
    """Return the names that a word may say: itself, and that of which it is a possessive, as `mays` and `lees` are."""
    is_plural = not token.suffix and token.word.endswith("s") and token.word not in COMMON_WORDS
    return (token.word, token.word[:-1]) if is_plural else (token.word,)


def _may_stand(tokens: Sequence[Token], start: int) -> bool:
    """Return true if a name that may be another word can stand there; any other name can."""
    token, end = tokens[start], start + 1
    if token.word not in COMMON_WORDS or token.is_possessive or token.quote:
        return True
    before, after = _word_at(tokens, start - 1), _word_at(tokens, end)
    if token.word in HELPING and (after in _LISTS["third person"] or before in BEFORE_OWNERS):
        return True
    if token.word in HELPING and not _LISTS["subjects"].isdisjoint((before, after)):
        return False
    if has_sign(tokens, start, end) or _is_set_apart(tokens, start, end):
        return True
    if start and tokens[start - 1].mark == "," and after in ("and", "or"):
        return True
    return before in _LISTS["before persons"]


# Find the segments of accounts in a text, as they are stored or by their stem.

SHORTEST_STEM = 4
"""Letters that a short form of a segment has in common with it: `health` for Healthcare."""

LONGEST_ENDING = 6
"""Letters in which the short form and the segment may differ at their ends."""

SHARED = 5
"""Letters that two forms of one word begin with alike: `finance` and `financial`."""

ACCOUNT_WORDS = _LISTS["accounts"]
BEFORE_SEGMENTS = frozenset({"in", "segment", "sector", "industry", "across", "within"})


@dataclass(frozen=True, slots=True)
class SegmentSaid:
    """The tokens from `start` up to `end` that name a segment, as it is stored."""

    start: int
    end: int
    segment: str


def find_segments(tokens: Sequence[Token], segments: Sequence[str], taken: Collection[int]) -> tuple[SegmentSaid, ...]:
    """Return the segments that a text names, in its order, outside of the tokens taken.

    The whole name of a segment is one wherever it stands. A short form ("finance", "health", "transportation") is one
    before a word for accounts or after "in"; alone it may be something else: "finance" in "what needs finance" is our
    function, and stays what it is to the reader of functions.
    """
    named = [(segment, words) for segment in segments if (words := words_of(segment))]

    def free_at(start: int) -> SegmentSaid | None:
        said = _segment_at(tokens, start, named)
        return said if said and set(range(said.start, said.end)).isdisjoint(taken) else None

    return _found_at(tokens, free_at)


def _segment_at(tokens: Sequence[Token], start: int, named: _Named) -> SegmentSaid | None:
    longest = max((len(words) for _, words in named), default=0) + 1
    words_here = tuple(each.word for each in tokens[start : start + longest + 1])
    word, end = words_here[0], start + 1
    if whole := [each for each in named if words_here[: len(each[1])] == each[1]]:
        segment, words = max(whole, key=lambda each: len(each[1]))
        return SegmentSaid(start, start + len(words), segment)
    for segment, words in named:
        if words == ("".join(words_here[:2]),) and end < len(tokens):
            return SegmentSaid(start, start + 2, segment)
    stems = [each for each in named if _is_form_of(word, each[1][0])]
    if len(stems) != 1:
        return None
    [(segment, words)] = stems
    if len(words) > 1 and end < len(tokens) and _is_form_of(tokens[end].word, words[1]):
        return SegmentSaid(start, end + 1, segment)
    is_meant = _word_at(tokens, end) in ACCOUNT_WORDS or _word_at(tokens, start - 1) in BEFORE_SEGMENTS
    return SegmentSaid(start, end, segment) if is_meant or word == f"{words[0]}s" else None


def _is_form_of(word: str, name: str) -> bool:
    """Return true if two words have one stem: `financial` and `finance`, `foods` and `food`."""
    shared = Prefix.similarity(word, name)
    is_alike = shared >= SHARED or (shared >= SHORTEST_STEM and shared == min(len(word), len(name)))
    return is_alike and max(len(word), len(name)) - shared <= LONGEST_ENDING


# Everything that a text names: days, accounts, our people and segments, no word of it twice.


@dataclass(frozen=True, slots=True)
class Named:
    """Everything that a text names, each in its order; no token is part of two."""

    periods: tuple[When, ...] = ()
    accounts: tuple[AccountSaid, ...] = ()
    persons: tuple[PersonSaid, ...] = ()
    segments: tuple[SegmentSaid, ...] = ()


def read_names(tokens: Sequence[Token], names: Names, today: date) -> Named:
    """Return what a text names.

    Days are read first, but a longer name wins over them ("March Foods"), as it wins over a person or segment
    ("Mark Foods", "Brightwater Energy"). What is left and is no word of questions may be a misspelt name.
    """
    mentions = {position for position, each in enumerate(tokens) if not each.word}
    accounts = find_accounts(tokens, names, mentions)
    periods = read_periods(tokens, today)
    accounts = tuple(each for each in accounts if not any(_gives_way(each, other) for other in periods))
    periods = tuple(each for each in periods if not any(_overlap(each, other) for other in accounts))
    persons = find_persons(tokens, names.members(), _taken(periods))
    accounts = tuple(each for each in accounts if not any(_gives_way(each, other) for other in persons))
    persons = tuple(each for each in persons if not any(_overlap(each, other) for other in accounts))
    segments = find_segments(tokens, names.segments(), _taken(accounts, periods, persons))
    persons += find_near_persons(tokens, names.members(), _taken(accounts, periods, persons, segments) | mentions)
    accounts += find_near_accounts(tokens, names, _taken(accounts, periods, persons, segments) | mentions)
    sure = tuple(each for each in accounts if each.account_id)
    free = frozenset(range(len(tokens))) - _taken(sure, periods, persons) - mentions
    accounts = widened(tokens, accounts, free)
    return Named(
        periods,
        accounts,
        tuple(sorted(persons, key=lambda each: each.start)),
        tuple(each for each in segments if not any(_is_part_of(tokens, each, other) for other in accounts)),
    )


_Span = AccountSaid | When | PersonSaid | SegmentSaid


def _taken(*found: Sequence[_Span]) -> set[int]:
    return {position for spans in found for each in spans for position in range(each.start, each.end)}


def _overlap(one: _Span, other: _Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_part_of(tokens: Sequence[Token], segment: SegmentSaid, account: AccountSaid) -> bool:
    """Return true for the segment in a name: "brightwatr energy", and "hexley energy" that nobody knows."""
    follows_unknown = not account.account_id and account.end == segment.start
    return _overlap(segment, account) or (follows_unknown and _word_at(tokens, segment.end) not in ACCOUNT_WORDS)


def _gives_way(account: AccountSaid, other: When | PersonSaid) -> bool:
    """Return true if days or a person are the better reading of words: they overlap, and are not fewer.

    Of as many words, a whole name of an account wins over a person.
    """
    length, of_other = account.end - account.start, other.end - other.start
    is_better = length < of_other or (length == of_other and (isinstance(other, When) or not account.is_exact))
    return _overlap(account, other) and is_better
