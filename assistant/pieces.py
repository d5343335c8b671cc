"""A text in its pieces: phrases with their senses, names, days, numbers and amounts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.amounts import AmountSaid, find_amounts
from assistant.days import When
from assistant.lexicon import LONGEST_PHRASE, SOFT, corrected, phrase_at
from assistant.names import COMMON_WORDS, COMPANY_WORDS, EVERYDAY_WORDS, Choice, Named, Names, has_sign, read_names
from assistant.words import NUMBERS, WORD_LISTS, Token, as_typed, word_key, words_of


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that say one thing: a phrase with its senses, a name, days, a number, an amount, or nothing known.

    `is_soft` where the words may go unused.
    """

    typed: str
    word: str
    start: int
    end: int
    senses: tuple[str, ...] = ()
    is_soft: bool = False
    account: int | None = None
    choice: Choice | None = None
    persons: tuple[str, ...] = ()
    contact: str = ""
    segment: str = ""
    when: When | None = None
    number: int | None = None
    amount: AmountSaid | None = None
    mark: str = ""
    is_possessive: bool = False
    is_guessed: bool = False

    @property
    def is_unknown(self) -> bool:
        """True for words that mean nothing here."""
        return not (self.senses or self.is_soft or self.is_name or self.when or self.amount or self.number is not None)

    @property
    def is_name(self) -> bool:
        """True for an account, a person or a segment."""
        return self.account is not None or bool(self.choice or self.persons or self.segment or self.contact)


def pieces_of(tokens: Sequence[Token], names: Names, today: date) -> tuple[Piece, ...]:
    """Return the pieces of a text in its order; every word is in one of them."""
    words = [word_key(each) for each in tokens]
    named = _by_start(read_names(tokens, names, today), tokens, words, names)
    found: list[Piece] = []
    position = 0
    while position < len(tokens):
        limit = min((start for start in named if start > position), default=len(tokens))
        piece = named.get(position) or _phrase(tokens, words[:limit], position)
        both = next((each.split("&") for each in piece.senses if "&" in each), None)
        found += [replace(piece, senses=(each,), is_soft=False) for each in both] if both else [piece]
        position = piece.end
    return tuple(_with_unknown_names(found, tokens))


NAME_PLACES = WORD_LISTS["before unknown names"]


def _with_unknown_names(pieces: Sequence[Piece], tokens: Sequence[Token]) -> list[Piece]:
    """Return the pieces with runs of unknown words that stand as a name made one: "how is hartwell dairy"."""
    found: list[Piece] = []
    i = 0
    while i < len(pieces):
        piece, stop, before = pieces[i], i, found[-1] if found else None
        while stop < len(pieces) and _may_be_of_name(pieces[stop]) and not (stop > i and pieces[stop - 1].mark):
            stop += 1
        token = tokens[piece.start]
        is_capital = token.is_capital and piece.start > 0
        is_long_or_capital = stop - i > 1 or is_capital
        is_place = before is not None and before.word.split()[-1:] and before.word.split()[-1] in NAME_PLACES
        if (
            stop > i
            and before is not None
            and before.account is not None
            and not (before.mark or before.is_possessive)
            and (token.word in COMPANY_WORDS or token.is_capital)
        ):
            found[-1] = _unknown_name(before, pieces[stop - 1], tokens)
        elif any(each.is_unknown for each in pieces[i:stop]) and is_long_or_capital and (is_place or is_capital):
            found.append(_unknown_name(piece, pieces[stop - 1], tokens))
        else:
            found.append(piece)
            stop = i + 1
        i = stop
    return found


def _may_be_of_name(piece: Piece) -> bool:
    return piece.is_unknown or (piece.word in COMPANY_WORDS and not piece.is_name and not piece.senses)


def _unknown_name(first: Piece, last: Piece, tokens: Sequence[Token]) -> Piece:
    typed = as_typed(tokens[first.start : last.end])
    return Piece(typed, typed.casefold(), first.start, last.end, choice=Choice(typed), mark=last.mark, is_guessed=True)


def _by_start(named: Named, tokens: Sequence[Token], words: Sequence[str], names: Names) -> dict[int, Piece]:
    """Return the names, days and amounts by the token that they begin at."""
    found: list[Piece] = []

    def add(start: int, end: int, *, over: bool = False, **what: Any) -> None:
        """Add a piece; with `over` in the place of those that it overlaps."""
        token, said = tokens[end - 1], " ".join(words[start:end])
        possessive = token.is_possessive or token.stem != token.word
        found[:] = [each for each in found if not (over and each.start < end and start < each.end)]
        typed = as_typed(tokens[start:end])
        found.append(Piece(typed, said, start, end, mark=token.mark, is_possessive=possessive, **what))

    for each in named.periods:
        if "how" not in words[max(0, each.start - 1) : each.end]:
            add(each.start, each.end, when=each)
    for account in named.accounts:
        start, end = account.start, account.end
        said = words[start:end]
        if account.account_id:
            is_part = len(said) == 1 and not account.is_exact and not has_sign(tokens, start, end)
            if not (is_part and phrase_at(said, 0)):
                add(start, end, account=account.account_id, is_guessed=account.is_guessed)
        elif account.choice is not None and (account.choice.is_ambiguous or _is_unknown_name(account, tokens, said)):
            add(start, end, choice=account.choice, is_guessed=True)
    for person in named.persons:
        if not (person.is_guessed and phrase_at(words[person.start : person.end], 0)):
            is_guessed = person.is_guessed or len(person.user_ids) > 1
            add(person.start, person.end, persons=person.user_ids, is_guessed=is_guessed)
    for segment in named.segments:
        senses = phrase_at(words[segment.start : segment.end], 0)
        functions = tuple(each for each in senses[1] if each.startswith("function.")) if senses else ()
        add(segment.start, segment.end, segment=segment.segment, senses=functions)
    taken = {i for each in found if not each.choice for i in range(each.start, each.end)}
    for start, end, called in _contacts(tokens, taken, names):
        add(start, end, over=True, contact=called)
    taken = {i for each in found if not each.choice for i in range(each.start, each.end)}
    for amount in find_amounts(tokens):
        if taken.isdisjoint(range(amount.start, amount.end)):
            add(amount.start, amount.end, over=True, amount=amount)
    return {each.start: each for each in found}


def _contacts(tokens: Sequence[Token], taken: Collection[int], names: Names) -> Iterator[tuple[int, int, str]]:
    """Yield the people at accounts whom words name that are nothing else: (start, end, the words of the name)."""
    known: list[tuple[str, ...]] = []
    end = 0
    for i, token in enumerate(tokens):
        if i in taken or i < end or len(token.word) < 2 or phrase_at([token.word], 0):
            continue
        known = known or [words_of(each) for each in names.contacts()]
        said = token.word, token.stem
        for words in known:
            both = i + 1 < len(tokens) and words[0] in said and words[-1] in (tokens[i + 1].word, tokens[i + 1].stem)
            if both or words[-1] in said or (words[0] in said and words[0] not in COMMON_WORDS):
                end = i + 1 + both
                yield i, end, " ".join(words if both else [said[0] if said[0] in words else said[1]])
                break


def _is_unknown_name(account: Any, tokens: Sequence[Token], said: Sequence[str]) -> bool:
    """Return true for words that stand as a name and are no words of questions."""
    if any(phrase_at([word], 0) or word in NUMBERS or word.endswith("ly") or corrected(word) for word in said):
        return False
    before = tokens[account.start - 1].word if account.start else ""
    is_written = (tokens[account.start].is_capital and account.start > 0) or bool(tokens[account.end - 1].suffix)
    is_meant = bool(account.choice.accounts) or is_written or before in WORD_LISTS["before a strange name"]
    return bool(account.is_likely and is_meant)


SENTENCE_ENDS = (".", "?", "!", ":", ";", "-")
"""Marks over which no phrase reaches."""


def _phrase(tokens: Sequence[Token], words: Sequence[str], start: int) -> Piece:
    """Return the longest phrase that begins there and is parted by no mark, else a number, else the word alone."""
    longest = min(start + LONGEST_PHRASE, len(words))
    end = next((each + 1 for each in range(start, longest) if tokens[each].mark in SENTENCE_ENDS), longest)
    word = words[start]
    count, senses = phrase_at(words[start:end], 0) or (0, ())
    number = NUMBERS.get(word) or (int(word) if word.isdecimal() and int(word) < 1000 else None)
    number = number if count == 0 or (count, senses) == (1, (SOFT,)) else None
    is_guessed = False
    if not count and number is None and word not in EVERYDAY_WORDS and (near := corrected(word)):
        count, senses = phrase_at([near, *words[start + 1 : end]], 0) or (0, ())
        is_guessed = count > 0
    stop = start + max(1, count)
    typed, said = as_typed(tokens[start:stop]), " ".join(words[start:stop])
    meaning, mark = tuple(each for each in senses if each != SOFT), tokens[stop - 1].mark
    piece = Piece(typed, said, start, stop, meaning, is_soft=SOFT in senses, mark=mark)
    return replace(piece, number=number, is_guessed=is_guessed)
