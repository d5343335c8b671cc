"""The accounts, people and segments that a text names, as the asker may see them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

from agendas.facts.people import PersonFacts
from agendas.text.names import NameKey, nearest_accounts, normal_key
from assistant.days import When, read_periods
from assistant.lexicon import single_words
from assistant.words import WORD_LISTS, Token, as_typed, words_of

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
    last_review_on: Callable[[], date | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Choice:
    """A name that may be one of several accounts: the words typed, and (account id, name) of the nearest, best first.

    `is_ambiguous` where the words fit each of them, false where they fit none and these are merely near. Words such as
    "it" that nothing was said before fit every account: they are ambiguous without any here.
    """

    typed: str
    accounts: tuple[tuple[int, str], ...] = ()
    is_ambiguous: bool = False


# Words that are names only where a name can stand.

GRAMMAR = WORD_LISTS["grammar"]
COMMON_WORDS = GRAMMAR | WORD_LISTS["common"]
COMPANY_WORDS = WORD_LISTS["company"]
EVERYDAY_WORDS = COMMON_WORDS | WORD_LISTS["everyday"]
"""Words that are spelled right, and no slip of a name or of another word."""


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


@lru_cache(maxsize=8192)
def ways_to_say(key: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a key; of a domain also its first label alone."""
    words = words_of(key)
    if len(words) == 1 and "." in words[0]:
        return words, (words[0].partition(".")[0],)
    return (words,)


def _fit(tokens: Sequence[Token], start: int, words: tuple[str, ...]) -> tuple[int, Rank]:
    """Return where the tokens that fit the words of a name end, at the start for none, and how much of it they are."""
    position, fitted, ranks = start, 0, [Rank.WHOLE]
    while fitted < len(words) and position < len(tokens):
        word = words[fitted]
        if word == "and" and tokens[position].word not in WORD_LISTS["and"]:
            fitted += 1
            continue
        count, rank = _step(tokens[position : position + 2], word, is_first=fitted == 0)
        if not count:
            break
        ranks.append(rank)
        position, fitted = position + count, fitted + 1
        if tokens[position - 1].is_possessive or tokens[position - 1].mark not in ("", "."):
            break
    if position > start and tokens[position - 1].word in WORD_LISTS["and"]:
        position -= 1
    return position, min(ranks) if fitted == len(words) else min(*ranks, Rank.BEGINNING)


def _step(tokens: Sequence[Token], word: str, *, is_first: bool) -> tuple[int, Rank]:
    """Return how many tokens are a word of a name, 0 for another word, and how much of it they are."""
    token = tokens[0]
    if word in (token.word, token.stem) or (word == "and" and token.word in WORD_LISTS["and"]):
        return 1, Rank.WHOLE
    if len(tokens) > 1 and word in (f"{token.word}{tokens[1].word}", f"{token.word}{tokens[1].stem}"):
        return 2, Rank.WHOLE
    is_long = len(token.word) >= (SHORTEST_FIRST_PART if is_first else SHORTEST_LATER_PART)
    if is_long and token.word not in COMMON_WORDS and word.startswith((token.word, token.stem)):
        return 1, Rank.PART if is_first else Rank.BEGINNING
    return int(not is_first and _is_slip(token, word)), Rank.BEGINNING


def _is_slip(token: Token, word: str) -> bool:
    """Return true if the token is spelled nearly as a word of a name, and is no common word."""
    is_long = len(word) >= SHORTEST_FIRST_PART and not _is_common(token)
    return is_long and _is_near(token, word, 1 if len(word) < TWO_SLIPS else 2)


def _is_near(token: Token, word: str, slips: int) -> bool:
    return any(OSA.distance(typed, word, score_cutoff=slips) <= slips for typed in {token.word, token.stem})


# Whether a name that is a common word too can be one where it stands.


def _is_name_here(tokens: Sequence[Token], start: int, end: int, rank: Rank) -> bool:
    """Return true if the words may be the name where they stand.

    Words that are no common ones always may, and so may a whole name of several words. One common word needs a sign: it
    is possessive, in quotation marks, a capital among small letters, the whole text or what stands before its first
    mark; or it stands between words that a name stands between. If it is only the beginning of a name, the word
    before must be one that little else than a name follows.
    """
    said, before, after = tokens[start:end], _word_at(tokens, start - 1), _word_at(tokens, end)
    if not all(map(_is_common, said)):
        return True
    if len(said) > 1 and rank is Rank.WHOLE:
        return before not in WORD_LISTS["choosing"] or has_sign(tokens, start, end)
    if has_sign(tokens, start, end):
        return rank > Rank.PART
    is_before_noun = after and after not in WORD_LISTS["after names"] and (after not in GRAMMAR or after == "the")
    if is_before_noun and not tokens[end - 1].mark:
        return False
    if rank is Rank.WHOLE:
        is_subject, is_ordered = start == 0 and after in WORD_LISTS["after subjects"], before in WORD_LISTS["orders"]
        is_set_apart = before in WORD_LISTS["before names"] or _is_set_apart(tokens, start, end)
        return is_subject or is_set_apart or (start == 1 and is_ordered)
    is_done = start == 1 and before in ("did", "does") and after in WORD_LISTS["done by accounts"]
    return rank is Rank.BEGINNING and (is_done or _is_place(tokens, start))


def _is_place(tokens: Sequence[Token], start: int) -> bool:
    """Return true after words that little else than a name follows."""
    before, is_short = _word_at(tokens, start - 1), start > 0 and tokens[start - 1].suffix == "s"
    is_how = before == "how" and is_short
    return before in WORD_LISTS["before places"] or is_how or (before == "is" and _word_at(tokens, start - 2) == "how")


def _may_be_meant(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if unknown words stand where a name does: `blockers at hexley steel`, `how is hexley`."""
    before = _word_at(tokens, start - 1)
    is_named = start == 0 or has_sign(tokens, start, end) or _is_place(tokens, start)
    is_asked = before in ("is", "are") and end < len(tokens)
    return is_named or is_asked or before in ("of", "for", "does", "did", "has", "owns")


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
    tried = [(*_fit(tokens, start, words), key) for key in keys for words in ways_to_say(key.key)]
    fits = [fit for fit in tried if fit[0] > start and _is_name_here(tokens, start, *fit[:2])]
    if not fits:
        return None
    best = max(fit[:2] for fit in fits)
    (end, rank), own = best, [fit[2] for fit in fits if fit[:2] == best]
    if len({each.account_id for each in own}) > 1:
        return _either(tokens, start, end, sorted(own, key=lambda each: (each.name.casefold(), each.account_id)))
    if longer := _longer_names(tokens, start, end, own[0], keys):
        return _either(tokens, start, end + 1, [own[0], *longer])
    is_guessed, is_exact = rank < Rank.BEGINNING, rank is Rank.WHOLE
    return AccountSaid(start, end, own[0].account_id, own[0].name, is_guessed=is_guessed, is_exact=is_exact)


def _beginning(token: Token) -> str:
    """Return the beginning of the keys that the word may begin, with its accents."""
    typed = token.typed
    if token.suffix and "'" in typed:
        typed = typed[: typed.rfind("'")]
    key = normal_key(typed)
    return key[:-1] if token.stem != token.word and key.endswith("s") else key


def _either(tokens: Sequence[Token], start: int, end: int, keys: Sequence[NameKey]) -> AccountSaid:
    accounts = tuple(dict.fromkeys((each.account_id, each.name) for each in keys))
    return AccountSaid(start, end, choice=Choice(as_typed(tokens[start:end]), accounts, is_ambiguous=True))


# Accounts with a longer name that may be meant where the shorter one was found: "maple insurnaac" is not Maple.

HALF = 0.5
"""Letters of a word, as a part of all, that are in a word of a name too where it may be a slip of that."""

SAME_START = 4
"""Letters at the beginning by which a word that is spelled right is perhaps one of a name: insured."""

SHORTEST_SLIP_OF_LONGER = 3


def _longer_names(
    tokens: Sequence[Token], start: int, end: int, shorter: NameKey, keys: Iterable[NameKey]
) -> list[NameKey]:
    """Return the keys of other accounts that the words, with the word after them, may be meant for."""
    if end == len(tokens) or tokens[end - 1].mark not in ("", ",", "-"):
        return []
    is_parted = bool(tokens[end - 1].mark or tokens[end - 1].suffix)
    said = {tuple(each.stem for each in tokens[start:end]), tuple(each.word for each in tokens[start:end])}
    said.add(words_of(shorter.key))
    found: dict[int, NameKey] = {}
    for key in keys:
        words = words_of(key.key)
        after = [words[len(each)] for each in said if words[: len(each)] == each and len(each) < len(words)]
        if key.account_id != shorter.account_id and any(_may_be(tokens[end], word, is_parted) for word in after):
            found.setdefault(key.account_id, key)
    return [*found.values()]


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


class Near(NamedTuple):
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
    return tuple(islice((said for span in runs for said in _near(tokens, *span, keys)), MOST_SEARCHED))


def _unknown_runs(tokens: Sequence[Token], taken: Collection[int]) -> list[tuple[int, int]]:
    """Return the spans of adjacent words that are no common ones, with a company's words beside them."""
    runs: list[tuple[int, int]] = []
    for position, token in enumerate(tokens):
        if position in taken or not any(each.isalpha() for each in token.word):
            continue
        follows = bool(runs) and runs[-1][1] == position and not tokens[position - 1].mark
        # only the first word of a name has to be no English one
        is_everyday = not {token.word, token.stem}.isdisjoint(EVERYDAY_WORDS)
        if follows and (not _is_common(token) or token.word in COMPANY_WORDS):
            runs[-1] = (runs[-1][0], position + 1)
        elif not (is_everyday or token.word in single_words() or token.word in COMPANY_WORDS):
            runs.append((position, position + 1))
    return runs


def _near(tokens: Sequence[Token], start: int, end: int, keys: Sequence[NameKey]) -> Iterable[AccountSaid]:
    """Yield the accounts near to the words of a run, and the rest of the run as names that no account has."""
    while start < end:
        word_count, accounts, is_near = _nearest_names(tokens[start:end], keys)
        stop = start + word_count
        is_long = sum(len(each.word) for each in tokens[start:stop]) >= SURE
        is_near = is_near and (is_long or _word_at(tokens, start - 1) not in WORD_LISTS["articles"])
        if not is_near or len(accounts) != 1:
            choice = Choice(as_typed(tokens[start:stop]), accounts, is_ambiguous=is_near)
            yield AccountSaid(start, stop, choice=choice, is_likely=is_near or _may_be_meant(tokens, start, stop))
        else:
            own = NameKey(*accounts[0], normal_key(accounts[0][1]))
            if longer := _longer_names(tokens, start, stop, own, keys):
                stop += 1
                yield _either(tokens, start, stop, [own, *longer])
            else:
                yield AccountSaid(start, stop, *accounts[0], is_guessed=True)
        start = stop


def _nearest_names(said: Sequence[Token], keys: Sequence[NameKey]) -> Near:
    """Return the accounts nearest to the longest beginning of some words that is near to any, else to all of them."""
    # the beginnings of the keys in whole words, each with its key and true where it is all of it
    owners = [
        ("".join(words[:count]), key, count == len(words))
        for key in keys
        for words in ways_to_say(key.key)
        for count in range(1, min(len(words), MOST_WORDS) + 1)
        if count == len(words) or words[count - 1] not in COMMON_WORDS
    ]
    beginnings = [each for each, _, _ in owners]
    best: tuple[float, int, list[NameKey]] | None = None
    for word_count in range(min(len(said), MOST_WORDS), 0, -1):
        before, last = "".join(each.word for each in said[: word_count - 1]), said[word_count - 1]
        for typed in dict.fromkeys((f"{before}{last.word}", f"{before}{last.stem}")):
            letters = len(typed)
            slips = 1 + (letters >= TWO_SLIPS) + (letters >= THREE_SLIPS) if letters >= SHORTEST_NAME else 0
            found = process.extract(typed, beginnings, scorer=OSA.distance, score_cutoff=slips, limit=None)
            fewest = min((distance for _, distance, _ in found), default=0)
            if found and (best is None or fewest / letters < best[0]):
                # a slip more makes no sure difference between two names: "vantro" is Vantor or Vantora
                near = [owners[index] for _, distance, index in found if distance <= fewest + (fewest > 0)]
                whole = [key for _, key, is_whole in near if is_whole]
                best = (fewest / letters, word_count, whole or [key for _, key, _ in near])
    # the first word alone may be a later one of a name
    ways = {said[0].stem, said[0].word}
    later = [key for key in keys if ways & set(words_of(key.key)[1:])]
    count, nearest = (best[1], best[2]) if best is not None else (1, later)
    if nearest:
        accounts = dict.fromkeys((key.account_id, key.name) for key in nearest)
        return Near(count, tuple(accounts)[:MOST_NEAR], is_near=True)
    spaced = " ".join((*(each.word for each in said[:-1]), said[-1].stem))
    return Near(len(said), nearest_accounts(spaced, keys), is_near=False)


# Accounts named by more words than were found at first: the trade or form of the company after its name.


def widened(tokens: Sequence[Token], accounts: Sequence[AccountSaid], free: frozenset[int]) -> tuple[AccountSaid, ...]:
    """Return the accounts with the words after them that belong to their names ("nordhavn shipping", "maple inc").

    `free` are the tokens that nothing else has taken, or a segment that may be part of a name ("brightwatr energy").
    """
    found: list[AccountSaid] = []
    for account in sorted(accounts, key=lambda each: each.start):
        end, last = account.end, found[-1] if found else None
        can_go_on = account.account_id and not tokens[end - 1].is_possessive
        while can_go_on and not tokens[end - 1].mark and end in free and _belongs(tokens[end], account):
            end += 1
        if last is not None and last.account_id == account.account_id != 0 and last.end == account.start:
            found[-1] = replace(last, end=end)
        else:
            found.append(replace(account, end=end))
    return tuple(found)


def _belongs(token: Token, account: AccountSaid) -> bool:
    later = words_of(account.name)[1:]
    is_like = any(word == token.stem or word.startswith(token.word) for word in later)
    is_slip = any(token.word == word or _is_slip(token, word) for word in later)
    return token.word in WORD_LISTS["legal forms"] or is_slip or (is_like and token.word in COMPANY_WORDS)


# Find our people in a text: by mention, full name, or the first or last name that one of them alone has.


@dataclass(frozen=True, slots=True)
class PersonSaid:
    """The tokens from `start` up to `end` that name a person.

    `user_ids` is the person, or those who all have that name; `is_guessed` where the name was misspelt.
    """

    start: int
    end: int
    user_ids: tuple[str, ...]
    is_guessed: bool = False


_Named = Sequence[tuple[str, tuple[str, ...]]]
"""User ids with the words of their names, or segments with theirs."""


def _near_persons(tokens: Sequence[Token], named: _Named, taken: Collection[int]) -> Iterator[PersonSaid]:
    """Yield people whose first name is one slip away from a word that is nothing else."""
    for start, token in enumerate(tokens):
        if start in taken or len(token.word) < SHORTEST_NAME or _is_common(token):
            continue
        near = [each for each in named if _is_near(token, each[1][0], int(len(each[1][0]) >= SHORTEST_NAME))]
        beyond = [each for each in near if _goes_on(tokens, start + 1, each[1])]
        if near:
            found = tuple(user_id for user_id, _ in beyond or near)
            yield PersonSaid(start, start + 1 + bool(beyond), found, is_guessed=True)


def _person_at(tokens: Sequence[Token], start: int, named: _Named, taken: Collection[int]) -> PersonSaid | None:
    token = tokens[start]
    if token.user_id:
        return PersonSaid(start, start + 1, (token.user_id,))
    if start in taken or not token.word:
        return None
    said = _names_said(token)
    first = [(user_id, words) for user_id, words in named if words[0] in said]
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
    if token.word in WORD_LISTS["helping"]:
        if after in WORD_LISTS["third person"] or before in WORD_LISTS["before owners"]:
            return True
        if not WORD_LISTS["subjects"].isdisjoint((before, after)):
            return False
    is_listed = start > 0 and tokens[start - 1].mark == "," and after in ("and", "or")
    is_set_apart = has_sign(tokens, start, end) or _is_set_apart(tokens, start, end)
    return is_listed or is_set_apart or before in WORD_LISTS["before persons"]


# Find the segments of accounts in a text, as they are stored or by their stem.

SHORTEST_STEM = 4
"""Letters that a short form of a segment has in common with it: `health` for Healthcare."""

LONGEST_ENDING = 6
"""Letters in which the short form and the segment may differ at their ends."""

SHARED = 5
"""Letters that two forms of one word begin with alike: `finance` and `financial`."""


@dataclass(frozen=True, slots=True)
class SegmentSaid:
    """The tokens from `start` up to `end` that name a segment, as it is stored."""

    start: int
    end: int
    segment: str


def _segment_at(tokens: Sequence[Token], start: int, named: _Named, taken: Collection[int]) -> SegmentSaid | None:
    """Return the segment that words name, as it is stored.

    The whole name of a segment is one wherever it stands. A short form ("finance", "health", "transportation") is one
    before a word for accounts or after "in"; alone it may be something else: "finance" in "what needs finance" is our
    function, and stays what it is to the reader of functions.
    """
    here = [each.word for each in tokens[start:]]
    ends = {segment: start + len(words) for segment, words in named if (*here[: len(words)],) == words}
    ends = ends or {segment: start + 2 for segment, words in named if here[1:] and words == ("".join(here[:2]),)}
    stems = [] if ends else [(segment, words) for segment, words in named if _is_form_of(here[0], words[0])]
    if len(stems) == 1:
        [(segment, words)] = stems
        is_meant = _word_at(tokens, start - 1) in WORD_LISTS["before segments"] or _is_of_accounts(tokens, start + 1)
        if is_meant or here[0] == f"{words[0]}s":
            ends[segment] = start + 1
    if not ends:
        return None
    segment = max(ends, key=lambda each: ends[each])
    is_free = set(range(start, ends[segment])).isdisjoint(taken)
    return SegmentSaid(start, ends[segment], segment) if is_free else None


def _is_of_accounts(tokens: Sequence[Token], position: int) -> bool:
    return _word_at(tokens, position) in WORD_LISTS["accounts"]


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
    people = [(each.user_id, words) for each in names.members() if (words := words_of(each.name))]
    kinds = [(each, words) for each in names.segments() if (words := words_of(each))]
    accounts = _found_at(tokens, lambda start: None if start in mentions else _account_at(tokens, start, names))
    accounts, periods = _parted(accounts, read_periods(tokens, today))
    taken = _taken(periods)
    accounts, persons = _parted(accounts, _found_at(tokens, lambda start: _person_at(tokens, start, people, taken)))
    taken = _taken(accounts, periods, persons)
    segments = _found_at(tokens, lambda start: _segment_at(tokens, start, kinds, taken))
    persons += tuple(_near_persons(tokens, people, _taken(accounts, periods, persons, segments) | mentions))
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
Other = TypeVar("Other", When, PersonSaid)


def _taken(*found: Sequence[_Span]) -> set[int]:
    return {position for spans in found for each in spans for position in range(each.start, each.end)}


def _overlap(one: _Span, other: _Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_part_of(tokens: Sequence[Token], segment: SegmentSaid, account: AccountSaid) -> bool:
    """Return true for the segment in a name: "brightwatr energy", and "hexley energy" that nobody knows."""
    follows_unknown = not account.account_id and account.end == segment.start
    return _overlap(segment, account) or (follows_unknown and not _is_of_accounts(tokens, segment.end))


def _parted(
    accounts: Sequence[AccountSaid], others: Sequence[Other]
) -> tuple[tuple[AccountSaid, ...], tuple[Other, ...]]:
    """Return both without those that give way: where they overlap the longer one stays.

    Of as many words, days win over an account, and a person over one that is not named whole.
    """

    def gives_way(account: AccountSaid, other: When | PersonSaid) -> bool:
        longer = (other.end - other.start) - (account.end - account.start)
        is_better = longer > 0 or (longer == 0 and (isinstance(other, When) or not account.is_exact))
        return _overlap(account, other) and is_better

    left = tuple(each for each in accounts if not any(gives_way(each, other) for other in others))
    return left, tuple(each for each in others if not any(_overlap(each, other) for other in left))
