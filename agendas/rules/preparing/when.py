"""When people are asked to prepare a review, and which reviews they prepare together."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from agendas.facts.reviews.cadence import Plan
from agendas.rules.notices.working_hours import WEEKEND
from agendas.rules.reviews.schedule import day_off, local_instant

MOST_DAYS_OFF = 14
"""Days without work in a row that are passed over. Ours: what is asked longer before a review is forgotten."""
TOGETHER_DAYS = 2
"""Working days within which reviews begin that are prepared by one message."""
A_DAY = timedelta(days=1)


def asks_at(plan: Plan, meets_at: datetime, lead: timedelta) -> datetime:
    """Return the wall time `lead` before the review; where nobody works then, that wall time on the last working day.

    Days are those of the plan's zone; its days off, holidays and days on which everybody is away count as no work.
    """
    # by the wall, so that it is asked at one time of the day though clocks change meanwhile
    wall = meets_at.astimezone(ZoneInfo(plan.zone)).replace(tzinfo=None) - lead
    days = (wall.date() - back * A_DAY for back in range(MOST_DAYS_OFF + 1))
    on = next((on for on in days if _is_working_day(plan, on)), wall.date())
    return local_instant(on, wall.time(), plan.zone)[0].astimezone(UTC)


def together_until(plan: Plan, now: datetime) -> datetime:
    """Return the same wall time two working days on: reviews that begin until then are prepared by one message."""
    here = now.astimezone(ZoneInfo(plan.zone))
    on, left = here.date(), TOGETHER_DAYS
    for _ in range(MOST_DAYS_OFF):
        on += A_DAY
        left -= _is_working_day(plan, on)
        if not left:
            break
    return local_instant(on, here.time(), plan.zone)[0].astimezone(UTC)


def _is_working_day(plan: Plan, on: date) -> bool:
    return on.weekday() not in WEEKEND and day_off(plan, on) is None
