"""The words after /abm versions, read into one date, two, or none."""

from datetime import date

from agendas.errors import NotUnderstood
from agendas.rules.commands.reviews import TO
from agendas.text.dates import past_date
from agendas.text.days import day_said

USAGE = "/abm versions [DATE | DATE to DATE]"


def read_versions(text: str, today: date) -> tuple[date, ...]:
    """No date, one, or two of which the first is the earlier.

    A day and month without a year is the last such date. Raises NotUnderstood for what is no date or lies in the
    future, and for two dates in the wrong order.
    """
    parts = [part.strip() for part in TO.split(text)] if text.strip() else []
    if len(parts) > 2 or (len(parts) == 2 and not all(parts)):
        raise NotUnderstood(f"Give one date, or two with to between them: {USAGE}.")
    dates = tuple(past_date(part, today) for part in parts)
    if len(dates) == 2 and dates[0] >= dates[1]:
        first, last = (day_said(each, today) for each in dates)
        raise NotUnderstood(f"{first} is not before {last}; give the earlier date first: {USAGE}.")
    return dates
