"""The accounts that a follow-up means: named, the other one, the second one, or those of the answer before."""

from dataclasses import dataclass

from assistant.conversation import LastAnswer
from assistant.query import Form
from assistant.reading.follow_ups.ties import Ties
from assistant.reading.parts import Mark, Parts, Pronoun

ACCOUNT_FILTERS = ("tiers", "stages", "statuses", "segments", "owners")
"""Filters by which several accounts are chosen; a name takes their place."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The accounts meant, and true for `is_new` where they are others than those of the last query."""

    of: tuple[int, ...]
    is_new: bool


def accounts_meant(parts: Parts, ties: Ties, last: LastAnswer) -> Meant:
    """Return the accounts that the follow-up is about."""
    before = last.query.of
    is_compared = last.query.form is Form.COMPARE and Mark.FOLLOWING in parts.marks and parts.form is None
    if parts.of and before and (ties.is_also or is_compared):
        return Meant(tuple(dict.fromkeys((*before, *parts.of))), is_new=False)
    if parts.of:
        return Meant(parts.of, is_new=parts.of != before)
    if Mark.OTHER in parts.marks and (others := _others(last)):
        return Meant(others[:1], is_new=True)
    if parts.ordinal and (one := _by_number(parts.ordinal, last)):
        return Meant(one, is_new=True)
    if Mark.YES in parts.marks and not before and last.offered:
        return Meant(last.offered[:1], is_new=True)
    if parts.not_of:
        return Meant(tuple(each for each in before if each not in parts.not_of), is_new=True)
    if Pronoun.IT in parts.pronouns and not before and len(last.listed) == 1:
        return Meant(last.listed, is_new=True)
    return Meant(before, is_new=False)


def _others(last: LastAnswer) -> tuple[int, ...]:
    """Return the accounts that were offered or listed beside the one that was answered about."""
    choices = last.offered or last.listed
    return tuple(each for each in choices if each not in last.query.of) if len(last.query.of) < 2 else ()


def _by_number(number: int, last: LastAnswer) -> tuple[int, ...]:
    """Return the account of that place among those offered, named or listed."""
    choices = last.offered if len(last.offered) > 1 and not last.query.of else ()
    choices = choices or (last.query.of if len(last.query.of) > 1 else ()) or last.listed
    place = number - 1 if number > 0 else number
    return (choices[place],) if -len(choices) <= place < len(choices) else ()
