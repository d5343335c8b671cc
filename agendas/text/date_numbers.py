"""Dates in figures alone: `2026-12-04`, `4.12.`, `04.12.2026`, `13/2`, `4/12/26`."""

import re

YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})?)?", re.ASCII)
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?", re.ASCII)
DASHED = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})", re.ASCII)

CENTURY = 2000
MONTHS_PER_YEAR = 12

Reading = tuple[int | None, int, int]
"""Year (None where none is written), month and day; the calendar may have no such day."""


def numbers_only(words: str) -> tuple[Reading, ...]:
    """The ways in which `words` can be read as a date in figures; none where they have no such form.

    Dots have the day first. With slashes and dashes the day or the month may come first, where neither can be told.
    """
    if found := YEAR_FIRST.fullmatch(words):
        year, month, day = (int(each) for each in found.groups())
        return ((year, day, month),) if month > MONTHS_PER_YEAR >= day else ((year, month, day),)
    if found := DOTTED.fullmatch(words):
        return ((year_in(found[3]), int(found[2]), int(found[1])),)
    if found := SLASHED.fullmatch(words) or DASHED.fullmatch(words):
        first, second, year_told = int(found[1]), int(found[2]), year_in(found[3])
        return tuple(dict.fromkeys(((year_told, second, first), (year_told, first, second))))
    return ()


def year_in(written: str | None) -> int | None:
    """The year written with four figures or two, `'26`; None where none is."""
    if not written:
        return None
    figures = written.removeprefix("'")
    return int(figures) if len(figures) > 2 else CENTURY + int(figures)
