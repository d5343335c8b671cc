"""Days without a review as people write them: dates in a list or line by line, each with a name if they like."""

import re
from collections.abc import Iterator
from datetime import date

from agendas.errors import NotUnderstood
from agendas.facts.reviews.cadence import DayOff, Plan
from agendas.text.dates import read_date
from agendas.text.days import day_said
from agendas.text.limits import shown

LONGEST_DATE_WORDS = 4
NAME_CHARACTERS = 80
HAS_DIGIT = re.compile(r"\d")


def days_in_words(plan: Plan, today: date) -> str:
    """The plan's own days off from today on, one in a line."""
    names = {each.on: each.name for each in plan.named_days_off}
    days = sorted(on for on in plan.days_off if on >= today)
    return "\n".join(f"{on.isoformat()} {names.get(on, '')}".strip() for on in days)


def read_days_off(written: str, today: date) -> tuple[DayOff, ...]:
    """The days as written, each once.

    Raises:
        NotUnderstood: for what is no date, a date that has passed, one that is there twice, and a name too long.
    """
    found: dict[date, str] = {}
    for each in _entries(written, today):
        if each.on in found:
            raise NotUnderstood(f"{day_said(each.on, today)} is there twice. Keep one of them.")
        if each.on < today:
            raise NotUnderstood(f"{day_said(each.on, today)} has passed. Leave it out.")
        if len(each.name) > NAME_CHARACTERS:
            raise NotUnderstood(
                f"The name of {day_said(each.on, today)} is too long; write at most {NAME_CHARACTERS} characters."
            )
        found[each.on] = each.name
    return tuple(DayOff(on, name) for on, name in found.items())


def _entries(written: str, today: date) -> Iterator[DayOff]:
    """The days of each line. A comma between parts of a name stays in it."""
    for line in re.split(r"[\n;]+", written):
        last: DayOff | None = None
        for part in filter(None, map(str.strip, line.split(","))):
            if last is not None and last.name and not HAS_DIGIT.search(part):
                last = DayOff(last.on, f"{last.name}, {part}")
                continue
            if last is not None:
                yield last
            *others, last = _days(part, today)
            yield from others
        if last is not None:
            yield last


def _days(part: str, today: date) -> list[DayOff]:
    """The dates that a part begins with, the last one with the name that follows. Raises NotUnderstood without any."""
    words, found = part.split(), list[DayOff]()
    while words:
        taken = _leading_date(words, today)
        if taken is None:
            break
        on, count = taken
        found.append(DayOff(on, ""))
        words = words[count:]
    if not found:
        raise NotUnderstood(f"{shown(part)} is not a date. Write dates like 2026-12-25.")
    return [*found[:-1], DayOff(found[-1].on, " ".join(words))]


def _leading_date(words: list[str], today: date) -> tuple[date, int] | None:
    """The date that the words begin with, and the number of its words; None for anything else."""
    for count in range(min(len(words), LONGEST_DATE_WORDS), 0, -1):
        typed = " ".join(words[:count])
        if not HAS_DIGIT.search(typed):
            continue
        try:
            return read_date(typed, today), count
        except NotUnderstood:
            continue
    return None
