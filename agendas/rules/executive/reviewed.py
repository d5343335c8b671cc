"""The month that an executive review looks at."""

from datetime import date

from agendas.text.date_forms import add_months

DAYS_OF_LAST_MONTH = 7
"""In the first days of a month the one before is reviewed, whole; later the running one."""


def month_reviewed(on: date) -> date:
    """Return the first day of the month that an executive review on a local date looks at."""
    first = on.replace(day=1)
    return add_months(first, -1) if on.day <= DAYS_OF_LAST_MONTH else first
