"""Everything that a text names: days, accounts, our people and segments, no word of it twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.reading.named.accounts import AccountSaid, find_accounts, find_near_accounts
from assistant.reading.named.persons import PersonSaid, find_near_persons, find_persons
from assistant.reading.named.segments import ACCOUNT_WORDS, SegmentSaid, find_segments
from assistant.reading.named.widened import widened
from assistant.reading.names import Names
from assistant.reading.periods.read import When, read_periods
from assistant.reading.tokens import Token


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
