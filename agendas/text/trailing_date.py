"""The date that ends a text, with or without `by`: read, or to be asked about, and never left in the text unseen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.text.date_forms import DAY_FIRST, MONTH_FIRST, MONTHS
from agendas.text.date_numbers import DASHED, DOTTED, SLASHED, YEAR_FIRST, numbers_only
from agendas.text.dates import DATE_EXAMPLES, DAY_WORDS, ahead_of, folded, read_date
from agendas.text.days import day_said
from agendas.text.limits import shown
from agendas.text.spelling import nearest
from agendas.text.vague_dates import vague_dates
from agendas.text.word_stream import is_kept

LONGEST_DATE_WORDS = 5
LONGEST_BY_WORDS = 3
"""Words after a last `by` that are taken for a date even if they are none; more are a sentence that goes on."""

SHORTEST_SLIP_LETTERS = 5
"""A shorter word without `by` is never taken for a misspelt day."""

NOT_DAYS = frozenset({"midday", "sundry", "payday"})
"""Words a slip away from a day that are words of their own."""

AT_THE_DATE = frozenset({"on", "due"})
OTHER_MEANING = frozenset(
    (
        *("until", "till", "before", "after", "since", "from", "of", "for", "about", "between", "and", "or", "to"),
        *("than", "the", "every", "each", "past", "not", "this", "last", "next", "per", "at", "in", "with", "as"),
    )
)
"""Words before a date by which it may be another one than that by which the action is due."""

ALSO_WORDS = frozenset({"sat", "sun"})
"""Short names of days that are words too."""

CLOCK = re.compile(
    r"(?:,? (?:at )?(?:\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?)|,? at \d{1,2}"
    r"|,? (?:at )?(?:noon|midday|midnight|morning|afternoon|evening|night|eod|cob|lunch))$"
)
CLOSING = re.compile(r",? (?:at the latest|latest|please|pls|if possible|asap)$")


@dataclass(frozen=True, slots=True)
class DateAtEnd:
    """The date at the end of some words.

    Args:
        count: how many words tell it, `by` included.
        on: the date; None where it has to be asked.
        stays: the words say more than the date, and stay in the text.
        readings: the dates that may be meant, where it has to be asked.
        problem: the sentence that asks.
    """

    count: int
    on: date | None = None
    stays: bool = False
    readings: tuple[date, ...] = ()
    problem: str = ""


def date_at_end(words: Sequence[str], today: date) -> DateAtEnd | None:
    """The date that ends the words on the local date `today`; None when nothing there is meant as one.

    After a last `by` a date is expected, and whatever else is there is asked about; so are dates that have passed,
    that can be read in several ways, or whose preposition gives them another meaning. Quoted words are never read.
    """
    return _after_by(words, today) or _bare(words, today)


def whole_date(typed: str, today: date) -> DateAtEnd:
    """The date that the words are as a whole, or the question about it; `count` is 0."""
    return _meaning(typed, today) or DateAtEnd(
        0, problem=f"{shown(typed)} is not a date; write one like {DATE_EXAMPLES}."
    )


def _after_by(words: Sequence[str], today: date) -> DateAtEnd | None:
    for count in range(min(LONGEST_DATE_WORDS, len(words) - 1) + 1):
        if not words or any(is_kept(word) for word in words[len(words) - count :]):
            return None
        if folded(words[-count - 1]) != "by":
            continue
        typed = " ".join(words[len(words) - count :])
        if not folded(typed):
            return DateAtEnd(count + 1, problem="Say by when: after by comes a date, such as fri or 4 dec.")
        found = _meaning(typed, today) or _no_date(typed, today, is_short=count <= LONGEST_BY_WORDS)
        return replace(found, count=count + 1) if found else None
    return None


def _no_date(typed: str, today: date, *, is_short: bool) -> DateAtEnd | None:
    """The question about words after `by` that are no date as a whole; None for a sentence that goes on."""
    if CLOCK.fullmatch(f" {folded(typed)}"):
        said = f"{shown(typed)} is a time of day. Is it due today?"
        return DateAtEnd(0, stays=True, readings=(today,), problem=said)
    if (begun := date_at_beginning(typed, today)) is not None:
        said = f"A date stands in {shown(typed)}. Is it the day by which it is due?"
        return DateAtEnd(0, stays=True, readings=(begun[0],), problem=said)
    return DateAtEnd(0, problem=f"After by comes a date, and {shown(typed)} is not one.") if is_short else None


def _bare(words: Sequence[str], today: date) -> DateAtEnd | None:
    for count in range(min(LONGEST_DATE_WORDS, len(words)), 0, -1):
        ending = words[len(words) - count :]
        if any(is_kept(word) for word in ending):
            continue
        typed = " ".join(ending)
        found = _meaning(typed, today, is_bare=True)
        if found is None:
            continue
        before = folded(words[-count - 1]) if count < len(words) else ""
        if before in AT_THE_DATE:
            return replace(found, count=count + 1)
        dates = found.readings if found.on is None else (found.on,)
        if before in OTHER_MEANING and dates:
            said = f"Is it due by the date in {shown(f'{before} {typed}')}?"
            return DateAtEnd(count, stays=True, readings=dates, problem=said)
        if found.on is not None and _may_be_no_date(typed):
            said = f"Is {shown(typed)} the day by which it is due?"
            return DateAtEnd(count, readings=dates, problem=said)
        return replace(found, count=count)
    return None


def _meaning(typed: str, today: date, *, is_bare: bool = False) -> DateAtEnd | None:
    """The meaning of words that are a date as a whole, whatever `count`; None when they are not."""
    said = folded(typed)
    if (closing := CLOSING.search(said)) is not None:
        return _meaning(said[: closing.start()], today, is_bare=is_bare)
    if (clock := CLOCK.search(said)) is not None:
        found = _meaning(said[: clock.start()], today, is_bare=is_bare)
        return DateAtEnd(0, found.on, True, found.readings, found.problem) if found else None
    if vague := vague_dates(said, today, is_bare=is_bare):
        return DateAtEnd(0, readings=vague, problem=f"{shown(typed)} can be several days. Which one?")
    try:
        on = read_date(said.removeprefix("the "), today)
    except AmbiguousDate as two:
        return _ambiguous(two, typed, today)
    except NotUnderstood as refused:
        if _is_surely_a_date(said) or (DOTTED.fullmatch(said) and typed.endswith(".") and not typed.endswith("..")):
            return DateAtEnd(0, problem=str(refused))
        return _slip(typed, today, is_bare=is_bare)
    if on < today:
        return DateAtEnd(
            0, problem=f"{day_said(on, today)} has passed; give today, {day_said(today)}, or a later date."
        )
    return DateAtEnd(0, on)


def _ambiguous(two: AmbiguousDate, typed: str, today: date) -> DateAtEnd:
    ahead = ahead_of(two, today) if numbers_only(folded(typed)) else tuple(on for on in two.dates if on >= today)
    if len(ahead) == 1:
        return DateAtEnd(0, ahead[0])
    return DateAtEnd(0, readings=ahead, problem=f"{shown(folded(typed))} can be read in two ways. Which day?")


def _slip(typed: str, today: date, *, is_bare: bool) -> DateAtEnd | None:
    """A word that is a small slip from a day, to be asked about; names keep their capital where no `by` is there."""
    word = folded(typed)
    if " " in word or word in NOT_DAYS or (is_bare and (len(word) < SHORTEST_SLIP_LETTERS or not typed[0].islower())):
        return None
    near = nearest(word, DAY_WORDS)
    on = read_date(near, today) if near else None
    if near is None or on is None or on < today:
        return None
    return DateAtEnd(0, readings=(on,), problem=f"{shown(typed)} is not a date. Did you mean {near}?")


def date_at_beginning(typed: str, today: date) -> tuple[date, str] | None:
    """The date that begins the words, and the rest of them; None when they begin otherwise, or end with it."""
    words = typed.split()
    for count in range(len(words) - 1, 0, -1):
        found = _meaning(" ".join(words[:count]).rstrip(":"), today)
        if found is not None and found.on is not None:
            return found.on, " ".join(words[count:])
    return None


def date_in_front(words: Sequence[str], today: date) -> DateAtEnd | None:
    """The question whether the date that begins the words, as in `friday: send it`, is the due one; None without."""
    for count in range(min(LONGEST_DATE_WORDS, len(words) - 1), 0, -1):
        beginning = words[:count]
        if any(is_kept(word) for word in beginning):
            continue
        typed = " ".join(beginning).rstrip(":")
        found = _meaning(typed, today, is_bare=True)
        if found is not None and found.on is not None and not _may_be_no_date(folded(typed)):
            return DateAtEnd(count, readings=(found.on,), problem=f"Is {shown(typed)} the day by which it is due?")
    return None


def _is_surely_a_date(said: str) -> bool:
    """Return true for words that have the form of a date, in the calendar or not."""
    if YEAR_FIRST.fullmatch(said) or DASHED.fullmatch(said) or _has_year(said):
        return True
    found = DAY_FIRST.fullmatch(said) or MONTH_FIRST.fullmatch(said)
    return found is not None and found["month"] in MONTHS


def _has_year(said: str) -> bool:
    found = DOTTED.fullmatch(said) or SLASHED.fullmatch(said)
    return found is not None and bool(found[3])


def _may_be_no_date(typed: str) -> bool:
    """Return true for what is a date after `by`, and may be something else without: `24/7`, `2.5`, `sat`."""
    said = folded(typed)
    if typed in ALSO_WORDS or (SLASHED.fullmatch(said) and not _has_year(said)):
        return True
    return bool(DOTTED.fullmatch(said)) and not _has_year(said) and not typed.endswith(".")
