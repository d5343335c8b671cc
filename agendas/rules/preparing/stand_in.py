"""Absence on a day, and stand-ins who are asked instead."""

from collections.abc import Iterable, Mapping

from agendas.facts.reviews.preparing import Away


def longest(ranges: Iterable[Away]) -> Away | None:
    """Return the longest of the ranges that cover one day, the one that ends last of two as long; None of none.

    Days of the person's own count before those on which everybody is away.
    """
    return max(ranges, key=lambda each: (each.until_on - each.from_on, each.until_on, each.user_id != ""), default=None)


def stands_in(user_id: str, away: Mapping[str, Away]) -> str:
    """Return who is asked in the place of a person who is away, '' for nobody.

    Nobody stands in for a person who is not away, who named nobody, or whose stand-in is away too. Those who may not
    record are left out of `away` before: `away_on` names none as stand-in who is deactivated or may not record.
    """
    entry = away.get(user_id)
    if entry is None or entry.stand_in in away or entry.stand_in == user_id:
        return ""
    return entry.stand_in
