"""Part a text into its pieces: names first, then the longest phrases, then slips of known words."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from rapidfuzz.distance import OSA, Prefix

from agendas.facts.people import Function, PersonFacts
from agendas.text.names import NameKey, normal_key
from assistant.query import Subject
from assistant.reading.as_wanted import Names
from assistant.reading.lexicon import EVERYDAY_WORDS, SLIPS, Phrase, Piece, corrected, is_known, phrase_at, word_key
from assistant.reading.name_places import (
    COMMON_WORDS,
    COMPANY_WORDS,
    GRAMMAR,
    Fit,
    Near,
    Rank,
    best_fits,
    fitting_words,
    has_sign,
    is_name_asked_of,
    is_name_here,
    is_set_apart,
    is_slip,
    longer_names,
    may_be_meant,
    may_be_slip,
    nearest_names,
    unknown_runs,
)
from assistant.reading.read import Cue, When, read_periods
from assistant.reading.tokens import AmountSaid, Choice, Token, as_typed, find_amounts, words_of

# Find the accounts that a text names: the longest name wins, then the nearest spelling.

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
    found: list[AccountSaid] = []
    position = 0
    while position < len(tokens):
        said = _account_at(tokens, position, names, taken)
        if said is not None:
            found.append(said)
        position = said.end if said else position + 1
    return tuple(found)


def find_near_accounts(tokens: Sequence[Token], names: Names, taken: Collection[int]) -> tuple[AccountSaid, ...]:
    """Return what may be misspelt accounts, or accounts that nobody has, among the words that are nothing else.

    Reads every name, and only where there is such a word; the first of them alone in a text of many.
    """
    runs = unknown_runs(tokens, taken)
    keys = names.all_keys() if runs else ()
    return tuple(islice((said for span in runs for said in _near(tokens, span, keys)), MOST_SEARCHED))


def _account_at(tokens: Sequence[Token], start: int, names: Names, taken: Collection[int]) -> AccountSaid | None:
    first = tokens[start]
    if start in taken or not _may_begin(first):
        return None
    keys = names.keys_beginning(_beginning(first))
    fits = best_fits(tokens, start, keys)
    fits = [fit for fit in fits if is_name_here(tokens, fit, taken)]
    if not fits:
        return None
    best = max((fit.end, fit.rank) for fit in fits)
    chosen = [fit for fit in fits if (fit.end, fit.rank) == best]
    return _said(tokens, start, chosen, keys)


def _said(tokens: Sequence[Token], start: int, fits: Sequence[Fit], keys: Sequence[NameKey]) -> AccountSaid:
    accounts = dict.fromkeys((fit.key.account_id, fit.key.name) for fit in fits)
    end, rank = fits[0].end, fits[0].rank
    if len(accounts) == 1:
        [(account_id, name)] = accounts
        longer = longer_names(tokens, (start, end), fits[0].key, keys)
        if longer:
            return _either(tokens, (start, end + 1), [fits[0].key, *longer])
        return AccountSaid(start, end, account_id, name, is_guessed=rank < Rank.BEGINNING, is_exact=rank is Rank.WHOLE)
    ordered = sorted(accounts, key=lambda each: (each[1].casefold(), each[0]))
    return AccountSaid(start, end, choice=Choice(as_typed(tokens[start:end]), tuple(ordered), is_ambiguous=True))


def _either(tokens: Sequence[Token], span: tuple[int, int], keys: Sequence[NameKey]) -> AccountSaid:
    choice = Choice(as_typed(tokens[slice(*span)]), tuple((each.account_id, each.name) for each in keys), True)
    return AccountSaid(*span, choice=choice)


def _near(tokens: Sequence[Token], span: tuple[int, int], keys: Sequence[NameKey]) -> Iterable[AccountSaid]:
    """Yield the accounts near to the words of a run, and the rest of the run as names that no account has."""
    start, end = span
    while start < end:
        near = nearest_names(tokens[start:end], keys)
        stop = start + near.word_count
        typed = as_typed(tokens[start:stop])
        if near.is_near and not may_be_slip(tokens, start, stop):
            near = Near(near.word_count, near.accounts, is_near=False)
        if near.is_one:
            account_id, name = near.accounts[0]
            own = NameKey(account_id, name, normal_key(name))
            longer = longer_names(tokens, (start, stop), own, keys)
            yield (
                _either(tokens, (start, stop + 1), [own, *longer])
                if longer
                else AccountSaid(start, stop, account_id, name, is_guessed=True)
            )
            stop += bool(longer)
        else:
            choice = Choice(typed, near.accounts, is_ambiguous=near.is_near)
            yield AccountSaid(start, stop, choice=choice, is_likely=near.is_near or may_be_meant(tokens, start, stop))
        start = stop


def _may_begin(token: Token) -> bool:
    has_letter = any(each.isalpha() for each in token.word)
    is_grammar = token.word in GRAMMAR and not (token.quote or token.is_capital)
    return has_letter and not is_grammar


def _beginning(token: Token) -> str:
    """Return the beginning of the keys that the word may begin, with its accents."""
    typed = token.typed
    if token.suffix:
        typed = typed[: typed.rfind("'")] if "'" in typed else typed
    key = normal_key(typed)
    return key[:-1] if token.stem != token.word and key.endswith("s") else key


# Find our people in a text: by mention, full name, or the first or last name that one of them alone has.

SHORTEST_SLIP = 4
"""Letters of a first name below which a slip makes another word of it."""

_BEFORE_PERSONS_SAID = (
    "about and are ask at by did does doesnt for from has hasnt hows is isnt mr mrs of on or than to versus vs whos "
    "with will can should would could"
)
BEFORE_PERSONS = frozenset(_BEFORE_PERSONS_SAID.split())
"""Words after which a name that is a word too (`will`, `may`, `mark`) is one."""

_AFTER_PERSONS_SAID = (
    "and did do does finish finished got had has have is on or owe owed owes own owns promised s said was vs versus "
    "against"
)
AFTER_PERSONS = frozenset(_AFTER_PERSONS_SAID.split())
"""Words that follow such a name where it begins a text or stands alone."""

OBJECTS = frozenset({"it", "this", "that", "them", "as", "the", "a"})
"""Words after a verb, not after a person: "can you mark it"."""

HELPING = frozenset({"will", "may"})
"""Names that are helping verbs too: a thing or an account before or after them makes a verb of them."""

ASKING = frozenset({"who", "what", "where", "how", "when"})
"""Words of which "is" may be a part: "what's May up to"."""

THIRD_PERSON = frozenset(
    [
        "owns",
        "owes",
        "has",
        "is",
        "was",
        "does",
        "did",
        "had",
        "works",
        "looks",
        "runs",
        "covers",
        "handles",
        "manages",
        "should",
        "would",
        "could",
        "can",
        "must",
    ]
)
"""Verbs that no helping verb stands before: "may owns"."""

_SUBJECTS_SAID = "he how i it she that there these they this those we what when which who why you"
SUBJECTS = frozenset(_SUBJECTS_SAID.split())


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


def find_persons(
    tokens: Sequence[Token], members: Sequence[PersonFacts], taken: Collection[int]
) -> tuple[PersonSaid, ...]:
    """Return the people mentioned or named in a text, in its order, outside of the tokens taken."""
    named = [(each.user_id, words_of(each.name)) for each in members]
    found: list[PersonSaid] = []
    position = 0
    while position < len(tokens):
        said = None
        if tokens[position].user_id:
            said = PersonSaid(position, position + 1, (tokens[position].user_id,))
        elif position not in taken and tokens[position].word:
            said = _person_at(tokens, position, named)
        if said is not None:
            found.append(said)
        position = said.end if said else position + 1
    return tuple(found)


def find_near_persons(
    tokens: Sequence[Token], members: Sequence[PersonFacts], taken: Collection[int]
) -> tuple[PersonSaid, ...]:
    """Return people whose first name is one slip away from a word that is nothing else."""
    named = [(each.user_id, words_of(each.name)) for each in members]
    found = []
    for position, token in enumerate(tokens):
        if position in taken or len(token.word) < SHORTEST_SLIP or {token.word, token.stem} & COMMON_WORDS:
            continue
        near = tuple(user_id for user_id, words in named if words and _is_slip(token, words[0]))
        if near:
            end = position + 1
            beyond = [user_id for user_id, words in named if user_id in near and _goes_on(tokens, end, words)]
            found.append(PersonSaid(position, end + bool(beyond), tuple(beyond) or near, is_guessed=True))
    return tuple(found)


_Named = Sequence[tuple[str, tuple[str, ...]]]
"""User ids with the words of their names."""


def _person_at(tokens: Sequence[Token], start: int, named: _Named) -> PersonSaid | None:
    token = tokens[start]
    said = _names_said(token)
    first = [(user_id, words) for user_id, words in named if words and words[0] in said]
    if first and not (token.is_possessive or token.word != first[0][1][0]) and start + 1 < len(tokens):
        whole = tuple(user_id for user_id, words in first if _goes_on(tokens, start + 1, words))
        if whole:
            return PersonSaid(start, start + 2, whole)
    if first and _may_stand(tokens, start):
        return PersonSaid(start, start + 1, tuple(user_id for user_id, _ in first))
    last = tuple([user_id for user_id, words in named if len(words) > 1 and words[-1] in said])
    if len(last) == 1 and _may_stand(tokens, start):
        return PersonSaid(start, start + 1, last)
    return None


def _goes_on(tokens: Sequence[Token], position: int, words: Sequence[str]) -> bool:
    """Return true if the token is the person's last name, or its first letter."""
    if position >= len(tokens) or len(words) < 2:
        return False
    token = tokens[position]
    is_initial = len(token.word) == 1 and words[-1].startswith(token.word) and token.word not in ("a", "i", "s")
    return words[-1] in _names_said(token) or is_initial


def _names_said(token: Token) -> Collection[str]:
    """Return the names that a word may say: itself, and that of which it is a possessive, as `mays` and `lees` are."""
    if token.word in COMMON_WORDS:
        return (token.word,)
    is_plural = not token.suffix and token.word.endswith("s")
    return (token.word, token.stem, *((token.word[:-1],) if is_plural else ()))


def _may_stand(tokens: Sequence[Token], start: int) -> bool:
    """Return true if a name that may be another word can stand there; any other name can."""
    token = tokens[start]
    if token.word not in COMMON_WORDS and token.stem not in COMMON_WORDS:
        return True
    end = start + 1
    if (token.word not in COMMON_WORDS and token.stem in COMMON_WORDS) or token.is_possessive or token.quote:
        return True
    before = tokens[start - 1].word if start else ""
    if before in ASKING and tokens[start - 1].suffix == "s":
        before = "is"
    after = tokens[end].word if end < len(tokens) else ""
    if token.word in HELPING and after in THIRD_PERSON:
        return True
    if token.word in HELPING and (before in SUBJECTS or after in SUBJECTS):
        return False
    if has_sign(tokens, start, end) or is_set_apart(tokens, start, end):
        return True
    if start and tokens[start - 1].mark == "," and after in ("and", "or"):
        return True
    return (before in BEFORE_PERSONS and before != "to") or (not before and after in AFTER_PERSONS)


def _is_slip(token: Token, name: str) -> bool:
    allowed = 1 if len(name) >= SHORTEST_SLIP else 0
    return any(OSA.distance(word, name, score_cutoff=allowed) <= allowed for word in {token.word, token.stem})


# Find the segments of accounts in a text, as they are stored or by their stem.

SHORTEST_STEM = 4
"""Letters that a short form of a segment has in common with it: `health` for Healthcare."""

LONGEST_ENDING = 6
"""Letters in which the short form and the segment may differ at their ends."""

SHARED = 5
"""Letters that two forms of one word begin with alike: `finance` and `financial`."""

_ACCOUNT_WORDS_SAID = (
    "account accounts accts business candidates client clients companies company customer customers firms industry "
    "names ones people pipeline prospect prospects sector segment segments side space vertical"
)
ACCOUNT_WORDS = frozenset(_ACCOUNT_WORDS_SAID.split())
"""Words that make a segment of the word before them, even where it may be one of our functions."""

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
    named = [(segment, words_of(segment)) for segment in segments]
    found: list[SegmentSaid] = []
    position = 0
    while position < len(tokens):
        said = _segment_at(tokens, position, named) if position not in taken else None
        if said is not None and any(each in taken for each in range(said.start, said.end)):
            said = None
        if said is not None:
            found.append(said)
        position = said.end if said else position + 1
    return tuple(found)


def _segment_at(
    tokens: Sequence[Token], start: int, named: Sequence[tuple[str, tuple[str, ...]]]
) -> SegmentSaid | None:
    whole = [
        SegmentSaid(start, start + len(words), segment)
        for segment, words in named
        if words and tuple(each.word for each in tokens[start : start + len(words)]) == words
    ]
    if whole:
        return max(whole, key=lambda each: each.end)
    joined = "".join(each.word for each in tokens[start : start + 2])
    for segment, words in named:
        if len(words) == 1 and joined == words[0] and start + 1 < len(tokens):
            return SegmentSaid(start, start + 2, segment)
    stems = [segment for segment, words in named if words and _is_form_of(tokens[start].word, words[0])]
    if len(stems) != 1:
        return None
    end = start + 1
    second = next(words for segment, words in named if segment == stems[0])[1:]
    if second and end < len(tokens) and _is_form_of(tokens[end].word, second[0]):
        return SegmentSaid(start, end + 1, stems[0])
    before = tokens[start - 1].word if start else ""
    after = tokens[end].word if end < len(tokens) else ""
    is_meant = after in ACCOUNT_WORDS or before in BEFORE_SEGMENTS or tokens[start].word == f"{named_word(stems[0])}s"
    return SegmentSaid(start, end, stems[0]) if is_meant else None


def named_word(segment: str) -> str:
    """Return the first word of a segment in its normal form."""
    return words_of(segment)[0]


def _is_form_of(word: str, name: str) -> bool:
    """Return true if two words have one stem: `financial` and `finance`, `foods` and `food`."""
    shared = Prefix.similarity(word, name)
    is_alike = shared >= SHARED or (shared >= SHORTEST_STEM and shared == min(len(word), len(name)))
    return is_alike and len(word) - shared <= LONGEST_ENDING and len(name) - shared <= LONGEST_ENDING


# Accounts named by more words than were found at first: the trade or form of the company after its name.

_LEGAL_FORMS_SAID = "ag co corp corporation gmbh inc limited llc ltd plc"
LEGAL_FORMS = frozenset(_LEGAL_FORMS_SAID.split())


def widened(tokens: Sequence[Token], accounts: Sequence[AccountSaid], free: frozenset[int]) -> tuple[AccountSaid, ...]:
    """Return the accounts with the words after them that belong to their names ("nordhavn shipping", "maple inc").

    `free` are the tokens that nothing else has taken, or a segment that may be part of a name ("brightwatr energy").
    """
    found: list[AccountSaid] = []
    for account in sorted(accounts, key=lambda each: each.start):
        last = found[-1] if found else None
        if last is not None and account.start < last.end:
            continue
        is_same = last is not None and last.account_id == account.account_id != 0 and last.end == account.start
        if is_same and last is not None:
            found[-1] = replace(last, end=max(account.end, _end(tokens, account, free)))
        else:
            found.append(replace(account, end=_end(tokens, account, free)))
    return tuple(found)


def _end(tokens: Sequence[Token], account: AccountSaid, free: frozenset[int]) -> int:
    end = account.end
    if not account.account_id or tokens[end - 1].is_possessive or tokens[end - 1].mark:
        return end
    if [each.word for each in tokens[end : end + 1]] == ["not"] and end + 1 < len(tokens):
        end += 2 if tokens[end + 1].word in COMPANY_WORDS else 0
    while end < len(tokens) and end in free and _belongs(tokens[end], account):
        end += 1
        if tokens[end - 1].mark:
            break
    return end


def _belongs(token: Token, account: AccountSaid) -> bool:
    if token.word in LEGAL_FORMS:
        return True
    later = words_of(account.name)[1:]
    if any(is_slip(token, word) for word in later):
        return True
    return token.word in COMPANY_WORDS and any(_is_like(token, word) for word in later)


def _is_like(token: Token, word: str) -> bool:
    return fitting_words(token, word) or token.word.startswith(word) or is_slip(token, word)


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
    is_of_accounts = segment.end < len(tokens) and tokens[segment.end].word in ACCOUNT_WORDS
    return _overlap(segment, account) or (follows_unknown and not is_of_accounts)


def _gives_way(account: AccountSaid, other: When | PersonSaid) -> bool:
    """Return true if days or a person are the better reading of words: they overlap, and are not fewer.

    Of as many words, a whole name of an account wins over a person.
    """
    length, of_other = account.end - account.start, other.end - other.start
    is_better = length < of_other or (length == of_other and (isinstance(other, When) or not account.is_exact))
    return _overlap(account, other) and is_better


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
    amounts = [each for each in find_amounts(tokens) if not any(_read_pieces_overlap(each, other) for other in names)]
    spans = [each for each in spans if not any(_read_pieces_overlap(each, other) for other in amounts)]
    return {each.start: each for each in (*spans, *amounts)}


def _read_pieces_overlap(one: _Name, other: _Name) -> bool:
    return one.start < other.end and other.start < one.end


def _is_name(account: AccountSaid, tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Return true if words that may be a name, but are no account's, are not words of questions."""
    if account.account_id or (account.choice is not None and account.choice.is_ambiguous):
        return True
    said = words[account.start : account.end]
    if is_name_asked_of(tokens, account.start, account.end) and not any(map(is_known, said)):
        return account.is_likely and not all(map(_is_slip_read_pieces, said))
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


def _is_slip_read_pieces(word: str) -> bool:
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
