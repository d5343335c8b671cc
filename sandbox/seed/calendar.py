"""The calendar of the sample: weeks from the first weekly review on, in the review's zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from agendas.facts.account import Rhythm
from agendas.facts.reviews.cadence import Plan
from agendas.rules.reviews.schedule import local_instant, next_occurrence

ZONE = "America/New_York"
REVIEW_TIME = time(9, 0)
SEGMENT_TIME = time(15, 0)
HELD_REVIEWS = 10
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Turns "9 tue 14:20" into an instant. `first_on` is the Monday of the first weekly review, of week 1."""

    first_on: date

    @property
    def plan(self) -> Plan:
        """The plan of the weekly review."""
        return Plan(Rhythm.WEEKLY, self.first_on, REVIEW_TIME, ZONE)

    @property
    def first_plan(self) -> Plan:
        """The plan of the first months: every second Monday."""
        return Plan(Rhythm.BIWEEKLY, self.day("-14 mon"), REVIEW_TIME, ZONE)

    @property
    def segment_plan(self) -> Plan:
        """The plan of the review of two segments: every second Friday from the eleventh week on."""
        return Plan(Rhythm.BIWEEKLY, self.day("11 fri"), SEGMENT_TIME, ZONE, holidays_of="US")

    def day(self, written: str) -> date:
        """Return the date of "WEEK day"."""
        week, day = written.split()[:2]
        return self.first_on + timedelta(weeks=int(week) - 1, days=DAYS.index(day))

    def instant(self, written: str) -> datetime:
        """Return the instant in UTC of "WEEK day HH:MM"."""
        return local_instant(self.day(written), time.fromisoformat(written.split()[2]), ZONE)[0]

    def review_at(self, week: int) -> datetime:
        """Return the instant in UTC of that week's review."""
        return self.instant(f"{week} mon {REVIEW_TIME:%H:%M}")


def calendar_before(now: datetime) -> Calendar:
    """Return the calendar in which the next Monday after `now` has the first review not held yet."""
    today = now.date()
    monday = today - timedelta(days=today.weekday() + 7)
    coming = next_occurrence(Plan(Rhythm.WEEKLY, monday, REVIEW_TIME, ZONE), now, ())
    if coming is None:
        raise ValueError(f"there is no Monday after {now}")
    return Calendar(coming.planned_on - timedelta(weeks=HELD_REVIEWS))
