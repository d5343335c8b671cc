"""When people are asked to prepare a review, and which reviews they prepare together."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agendas.facts.reviews.cadence import Plan
from agendas.rules.reviews.first_touch import WORKING_DAYS
from agendas.rules.reviews.holidays import holiday_on
from agendas.rules.reviews.schedule import day_off, local_instant

MOST_DAYS_OFF = 14
"""Days without work in a row that are passed over. Ours: what is asked longer before a review is forgotten."""
TOGETHER = timedelta(hours=48)
"""Reviews that begin so soon are prepared by one message."""
A_DAY = timedelta(days=1)


def asks_at(plan: Plan, meets_at: datetime, lead: timedelta) -> datetime:
    """Return the wall time `lead` before the review; where nobody works then, that wall time on the last working day.

    Days are those of the plan's zone; its days off and holidays, those of the workspace and days on which everybody is
    away count as no work.
    """
    # by the wall, so that it is asked at one time of the day though clocks change meanwhile
    wall = meets_at.astimezone(ZoneInfo(plan.zone)).replace(tzinfo=None) - lead
    days = (wall.date() - back * A_DAY for back in range(MOST_DAYS_OFF + 1))
    on = next((on for on in days if _is_working_day(plan, on)), wall.date())
    return local_instant(on, wall.time(), plan.zone)[0].astimezone(UTC)


def together_until(plan: Plan, now: datetime) -> datetime:
    """Return until when reviews begin that are prepared by one message: 48 hours, or all of the next working day."""
    today = now.astimezone(ZoneInfo(plan.zone)).date()
    days = (today + number * A_DAY for number in range(1, MOST_DAYS_OFF + 1))
    on = next((on for on in days if _is_working_day(plan, on)), today)
    return max(now + TOGETHER, local_instant(on + A_DAY, time(), plan.zone)[0].astimezone(UTC))


def _is_working_day(plan: Plan, on: date) -> bool:
    is_off = day_off(plan, on) is not None or holiday_on(plan.nobody_works_in, on)
    return on.weekday() in WORKING_DAYS and not is_off
