"""Part a text into its pieces: names first, then the longest phrases, then slips of known words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from agendas.facts.people import Function
from assistant.query import Subject
from assistant.reading.named.accounts import AccountSaid
from assistant.reading.named.amounts import AmountSaid, find_amounts
from assistant.reading.named.common_words import COMMON_WORDS
from assistant.reading.named.everyday_words import EVERYDAY_WORDS
from assistant.reading.named.name_places import is_name_asked_of
from assistant.reading.named.persons import PersonSaid
from assistant.reading.named.read import Named, read_names
from assistant.reading.named.segments import SegmentSaid
from assistant.reading.names import Names
from assistant.reading.periods.read import When
from assistant.reading.pieces import Piece
from assistant.reading.tokens import Token, as_typed
from assistant.reading.vocabulary.cues import Cue
from assistant.reading.vocabulary.lexicon import SLIPS, Phrase, corrected, is_known, phrase_at, word_key

NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ],
        start=1,
    )
} | {"twenty": 20, "dozen": 12, "couple": 2}
LARGEST_NUMBER = 999
LONG_SLIP = 7
"""Letters of a word that is rather a slip of another than a name."""

ING = re.compile(r"[a-z]{3,}ing")
"""Verbs of work that are in no phrase: negotiating, rewriting."""

ARTICLES = frozenset({"the", "a", "an", "our", "their", "its"})
"""Words that leave a phrase to the word after them: "the account manager" is no account."""

IS_ON = (["is", "on"], ["are", "on"], ["was", "in"])
"""Words that leave the last of them to a phrase that begins with it: "are on hold" is no owner."""

LY = re.compile(r"[a-z]{4,}ly")
"""Adverbs, which say nothing where they are in no phrase: seriously, kindly."""

BEFORE_NAMES = frozenset(
    [
        "at",
        "with",
        "for",
        "of",
        "about",
        "on",
        "in",
        "from",
        "is",
        "are",
        "does",
        "did",
        "has",
        "how",
        "hows",
        "owns",
        "and",
    ]
)
"""Words after which a word that means nothing here may be the name of an account."""

RIGHT_WORDS = EVERYDAY_WORDS | COMMON_WORDS
"""Words that are spelled right, and no slip of another: summer."""

ASKED_OF_NAMES = (["status"], ["tier"], ["stage"], ["owner"], ["value"], ["segment"], ["update"], ["state"], ["health"])
"""Words that are asked of an account alone: a word that means nothing before them is a name, "vantage status"."""

ENDING = (".", "?", "!", ":", ";", "-")
"""Marks over which no phrase reaches."""


def read_pieces(tokens: Sequence[Token], names: Names, today: date) -> tuple[Piece, ...]:
    """Return the pieces of a text, in its order; every word is in one of them."""
    words = [_key(each) for each in tokens]
    named = _by_start(read_names(tokens, names, today), tokens, words)
    found: list[Piece] = []
    position = 0
    while position < len(tokens):
        limit = min((start for start in named if start > position), default=len(tokens))
        said = named.get(position)
        piece = _name(tokens, said) if said else _phrase(tokens, words[:limit], position)
        found.append(piece)
        position = piece.end
    return tuple(found)


def _key(token: Token) -> str:
    """Return the form in which a word is looked up; the department in capitals is not "it"."""
    return "" if as_typed([token]) == "IT" else word_key(token)


_Name = AccountSaid | PersonSaid | SegmentSaid | When | AmountSaid


def _by_start(named: Named, tokens: Sequence[Token], words: Sequence[str]) -> Mapping[int, _Name]:
    accounts = [each for each in named.accounts if _is_name(each, tokens, words) and not _is_noun(each, tokens, words)]
    periods = [each for each in named.periods if not (_is_how_long(each, words) or _is_last(each, words))]
    persons = [each for each in named.persons if not (each.is_guessed and is_known(words[each.start]))]
    spans: list[_Name] = [*periods, *accounts, *persons, *named.segments]
    names = [each for each in spans if not isinstance(each, AccountSaid) or each.account_id]
    amounts = [each for each in find_amounts(tokens) if not any(_overlap(each, other) for other in names)]
    spans = [each for each in spans if not any(_overlap(each, other) for other in amounts)]
    return {each.start: each for each in (*spans, *amounts)}


def _overlap(one: _Name, other: _Name) -> bool:
    return one.start < other.end and other.start < one.end


def _is_name(account: AccountSaid, tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Return true if words that may be a name, but are no account's, are not words of questions."""
    if account.account_id or (account.choice is not None and account.choice.is_ambiguous):
        return True
    said = words[account.start : account.end]
    if is_name_asked_of(tokens, account.start, account.end) and not any(map(is_known, said)):
        return account.is_likely and not all(map(_is_slip, said))
    return account.is_likely and not all(_has_meaning(word) for word in said)


def _is_noun(account: AccountSaid, tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Return true for "signals", which is the noun and not the beginning of a name, unless it is written as a name."""
    token = tokens[account.start]
    is_one_word = account.end == account.start + 1 and not account.is_exact
    has_sign = token.suffix or token.quote or (token.is_capital and account.start > 0)
    phrase = phrase_at(words[account.start : account.end], 0) if is_one_word and not has_sign else None
    return phrase is not None and any(isinstance(each, Subject) for each in phrase.meanings)


def _has_meaning(word: str) -> bool:
    return bool(is_known(word) or word in NUMBERS or LY.fullmatch(word) or corrected(word))


def _is_slip(word: str) -> bool:
    """Return true for a slip of a word that means something or is long; Acme is no slip of "came"."""
    near = corrected(word)
    found = phrase_at((near,), 0) if near else None
    is_filler = found is None or found.meanings == (Cue.FILLER,)
    return near is not None and (word in SLIPS or not is_filler or len(word) >= LONG_SLIP)


def _is_last(when: When, words: Sequence[str]) -> bool:
    """Return true for the days of "most recently", which is the last time."""
    return words[max(0, when.start - 1) : when.end] == ["most", "recently"]


def _is_how_long(when: When, words: Sequence[str]) -> bool:
    """Return true for the days of "since how many days"."""
    return "how" in words[max(0, when.start - 1) : when.end]


def _name(tokens: Sequence[Token], named: _Name) -> Piece:
    piece = _piece(tokens, named.start, named.end)
    piece = replace(piece, is_possessive=_is_possessive(tokens[named.end - 1]))
    if isinstance(named, When):
        return replace(piece, when=named)
    if isinstance(named, AmountSaid):
        return replace(piece, amount=named)
    if isinstance(named, SegmentSaid):
        found = phrase_at([word_key(each) for each in tokens[named.start : named.end]], 0)
        functions = tuple(each for each in found.meanings if isinstance(each, Function)) if found else ()
        return replace(piece, segment=named.segment, meanings=functions)
    if isinstance(named, PersonSaid):
        return replace(piece, persons=named.user_ids, is_guessed=named.is_guessed or not named.is_one)
    if named.account_id:
        return replace(piece, account=named.account_id, is_guessed=named.is_guessed)
    is_name = named.is_likely and (_is_near(named) or _stands_as_name(tokens, named))
    return replace(piece, choice=named.choice if is_name else None, is_guessed=True)


def _is_near(named: AccountSaid) -> bool:
    return named.choice is not None and bool(named.choice.accounts)


def _stands_as_name(tokens: Sequence[Token], named: AccountSaid) -> bool:
    """Return true for words near to no account that stand where only a name can, or are written as one."""
    before = tokens[named.start - 1].word if named.start else ""
    is_written = tokens[named.start].is_capital and named.start > 0
    is_alone = named.start == 0 and named.end == len(tokens)
    is_possessive = bool(tokens[named.end - 1].suffix)
    is_asked = named.start == 0 and [each.word for each in tokens[named.end :]] in ASKED_OF_NAMES
    return is_written or is_alone or is_possessive or is_asked or before in BEFORE_NAMES


def _phrase(tokens: Sequence[Token], words: Sequence[str], start: int) -> Piece:
    """Return the longest phrase that begins there and is parted by no full stop or question mark, else a number."""
    end = next((each + 1 for each in range(start, len(words)) if tokens[each].mark in ENDING), len(words))
    found = phrase_at(words[:end], start)
    may_leave = words[start] in ARTICLES or list(words[start : start + 2]) in IS_ON
    if found is not None and may_leave and start + 1 < end:
        after = phrase_at(words[:end], start + 1)
        found = phrase_at(words[: start + 1], start) if after and after.count >= found.count > 1 else found
    if found is not None:
        number = NUMBERS.get(words[start]) if found.meanings == (Cue.FILLER,) and found.count == 1 else None
        return replace(_piece(tokens, start, start + found.count), meanings=found.meanings, number=number)
    number = NUMBERS.get(words[start]) or _figure(words[start])
    if number is not None:
        return replace(_piece(tokens, start, start + 1), number=number)
    if LY.fullmatch(words[start]):
        return replace(_piece(tokens, start, start + 1), meanings=(Cue.FILLER,))
    near = None if words[start] in RIGHT_WORDS else corrected(words[start])
    if near is None and ING.fullmatch(words[start]):
        return replace(_piece(tokens, start, start + 1), meanings=(Cue.DOING,))
    phrase = _with_slip(words[:end], start, near) if near else None
    if phrase is None:
        return _piece(tokens, start, start + 1)
    return replace(_piece(tokens, start, start + phrase.count), meanings=phrase.meanings, is_guessed=True)


def _with_slip(words: Sequence[str], start: int, near: str) -> Phrase | None:
    return phrase_at([*words[:start], near, *words[start + 1 :]], start)


def _piece(tokens: Sequence[Token], start: int, end: int) -> Piece:
    return Piece(as_typed(tokens[start:end]), start, end, mark=tokens[end - 1].mark)


def _is_possessive(token: Token) -> bool:
    return token.is_possessive or token.stem != token.word


def _figure(word: str) -> int | None:
    return int(word) if word.isdecimal() and int(word) <= LARGEST_NUMBER else None
