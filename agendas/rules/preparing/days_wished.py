"""Checks of days away that somebody wishes to keep."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from agendas.facts.reviews.preparing import Away
from agendas.text.days import day_said

LONGEST = timedelta(days=365)
"""Longest time away, and the longest time until it begins. Ours: longer is a matter of who owns what."""
NAME_CHARACTERS = 80
MOST_RANGES = 20
"""Ranges that are not over, of one person or of everybody."""
TOO_MANY = f"There are {MOST_RANGES} ranges already. Take one back first: /abm away."


def problems(first: date, last: date, today: date) -> Mapping[str, str]:
    """Return what is wrong with days from `first` to `last` on the person's local `today`, by field; nothing if well.

    They may have begun already, but not be over.
    """
    if last < first:
        return {
            "until_on": f"{day_said(last, today)} is before {day_said(first, today)}. Give a last day after the first."
        }
    if last < today:
        return {
            "until_on": f"{day_said(last, today)} has passed. Give today, {day_said(today, today)}, or a later day."
        }
    if last - first >= LONGEST:
        return {"until_on": "That is longer than a year. Give at most a year."}
    if first - today > LONGEST:
        return {"from_on": f"{day_said(first, today)} is more than a year from today. Check the year."}
    return {}


def with_another_stand_in(wish: Away, kept: Iterable[Away]) -> Away | None:
    """Return the first of these days of the same person that share a day with the wish and name another stand-in.

    Of two ranges of which one names nobody the longest counts on each day, as anywhere.
    """
    others = (each for each in kept if each.from_on <= wish.until_on and each.until_on >= wish.from_on)
    return next((each for each in others if wish.stand_in and each.stand_in not in ("", wish.stand_in)), None)
