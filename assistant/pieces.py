"""A text in its pieces: phrases with their senses, names, days, numbers and amounts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.amounts import AmountSaid, find_amounts
from assistant.days import When
from assistant.lexicon import LONGEST_PHRASE, SOFT, corrected, phrase_at
from assistant.names import COMMON_WORDS, COMPANY_WORDS, EVERYDAY_WORDS, Choice, Named, Names, has_sign, read_names
from assistant.words import NUMBERS, Token, as_typed, word_key, words_of


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


_NAME_PLACES_SAID = "at for of about on from is with owns has how hows owner vs and does did compare running between or"
NAME_PLACES = frozenset(_NAME_PLACES_SAID.split())
"""Words after which words that mean nothing here are a name that no account has."""


def _with_unknown_names(pieces: Sequence[Piece], tokens: Sequence[Token]) -> list[Piece]:
    """Return the pieces with runs of unknown words that stand as a name made one: "how is hartwell dairy"."""
    found: list[Piece] = []
    i = 0
    while i < len(pieces):
        piece, stop = pieces[i], i
        while stop < len(pieces) and _may_be_of_name(pieces[stop]) and not (stop > i and pieces[stop - 1].mark):
            stop += 1
        before = found[-1] if found else None
        after_account = (
            before is not None and before.account is not None and not before.mark and not before.is_possessive
        )
        word = tokens[piece.start].word
        if (
            stop > i
            and after_account
            and before is not None
            and (word in COMPANY_WORDS or tokens[piece.start].is_capital)
        ):
            found[-1] = _unknown_name(before, pieces[stop - 1], tokens)
            i = stop
            continue
        place = before.word.split()[-1] if before is not None and before.word else ""
        capital = tokens[piece.start].is_capital and piece.start > 0
        if (
            stop > i
            and any(each.is_unknown for each in pieces[i:stop])
            and (stop - i > 1 or capital)
            and (place in NAME_PLACES or capital)
        ):
            found.append(_unknown_name(piece, pieces[stop - 1], tokens))
            i = stop
            continue
        found.append(piece)
        i += 1
    return found


def _may_be_of_name(piece: Piece) -> bool:
    return piece.is_unknown or (piece.word in COMPANY_WORDS and not piece.is_name and not piece.senses)


def _unknown_name(first: Piece, last: Piece, tokens: Sequence[Token]) -> Piece:
    typed = as_typed(tokens[first.start : last.end])
    return Piece(typed, typed.casefold(), first.start, last.end, choice=Choice(typed), mark=last.mark, is_guessed=True)


def _by_start(named: Named, tokens: Sequence[Token], words: Sequence[str], names: Names) -> dict[int, Piece]:
    """Return the names, days and amounts by the token that they begin at."""
    found: list[Piece] = []

    def add(start: int, end: int, **what: Any) -> None:
        token = tokens[end - 1]
        possessive = token.is_possessive or token.stem != token.word
        typed = as_typed(tokens[start:end])
        found.append(
            Piece(typed, " ".join(words[start:end]), start, end, mark=token.mark, is_possessive=possessive, **what)
        )

    for each in named.periods:
        if "how" not in words[max(0, each.start - 1) : each.end]:
            add(each.start, each.end, when=each)
    for account in named.accounts:
        said = words[account.start : account.end]
        if account.account_id:
            is_part = len(said) == 1 and not account.is_exact and not has_sign(tokens, account.start, account.end)
            if not (is_part and phrase_at(said, 0)):
                add(account.start, account.end, account=account.account_id, is_guessed=account.is_guessed)
        elif account.choice is not None and (account.choice.is_ambiguous or _is_unknown_name(account, tokens, said)):
            add(account.start, account.end, choice=account.choice, is_guessed=True)
    for person in named.persons:
        if not (person.is_guessed and phrase_at(words[person.start : person.end], 0)):
            add(person.start, person.end, persons=person.user_ids, is_guessed=person.is_guessed or not person.is_one)
    for segment in named.segments:
        senses = phrase_at(words[segment.start : segment.end], 0)
        functions = tuple(each for each in senses[1] if each.startswith("function.")) if senses else ()
        add(segment.start, segment.end, segment=segment.segment, senses=functions)
    taken = {i for each in found if not each.choice for i in range(each.start, each.end)}
    for start, end, called in _contacts(tokens, taken, names):
        found = [each for each in found if not (start < each.end and each.start < end)]
        add(start, end, contact=called)
    named_ones = [each for each in found if not each.choice]
    for amount in find_amounts(tokens):
        if not any(amount.start < each.end and each.start < amount.end for each in named_ones):
            found = [each for each in found if not (amount.start < each.end and each.start < amount.end)]
            add(amount.start, amount.end, amount=amount)
    return {each.start: each for each in found}


def _contacts(tokens: Sequence[Token], taken: Collection[int], names: Names) -> Iterator[tuple[int, int, str]]:
    """Yield the people at accounts whom words name that are nothing else: (start, end, the words of the name)."""
    free = [
        i
        for i, each in enumerate(tokens)
        if i not in taken and each.word and len(each.word) > 1 and not phrase_at([each.word], 0)
    ]
    if not free:
        return
    known = [words_of(each) for each in names.contacts()]
    end = 0
    for i in free:
        if i < end:
            continue
        said = tokens[i].word, tokens[i].stem
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
    is_written = tokens[account.start].is_capital and account.start > 0
    return account.is_likely and (
        bool(account.choice.accounts) or is_written or bool(tokens[account.end - 1].suffix) or before in BEFORE_NAMES
    )


_BEFORE_NAMES_SAID = "at with for of about on from is does did has how hows owns"
BEFORE_NAMES = frozenset(_BEFORE_NAMES_SAID.split())
"""Words after which a word that means nothing here may be the name of an account."""

SENTENCE_ENDS = (".", "?", "!", ":", ";", "-")
"""Marks over which no phrase reaches."""


def _phrase(tokens: Sequence[Token], words: Sequence[str], start: int) -> Piece:
    """Return the longest phrase that begins there and is parted by no mark, else a number, else the word alone."""
    longest = min(start + LONGEST_PHRASE, len(words))
    end = next((each + 1 for each in range(start, longest) if tokens[each].mark in SENTENCE_ENDS), longest)

    def piece(count: int, senses: tuple[str, ...] = (), **what: Any) -> Piece:
        stop = start + count
        meaning = tuple(each for each in senses if each != SOFT)
        said = as_typed(tokens[start:stop])
        mark = tokens[stop - 1].mark
        word = " ".join(words[start:stop])
        return Piece(said, word, start, stop, meaning, is_soft=SOFT in senses, mark=mark, **what)

    word = words[start]
    found = phrase_at(words[start:end], 0)
    number = NUMBERS.get(word) or (int(word) if word.isdecimal() and int(word) < 1000 else None)
    if found is not None:
        return piece(*found, number=number if found == (1, (SOFT,)) else None)
    if number is not None:
        return piece(1, number=number)
    near = None if word in EVERYDAY_WORDS else corrected(word)
    found = phrase_at([near, *words[start + 1 : end]], 0) if near else None
    if found is not None:
        return piece(*found, is_guessed=True)
    return piece(1)
