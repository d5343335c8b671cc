"""Lateness of a planned post, and whether it is still worth posting."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

LATE_LIMIT = timedelta(hours=2)
"""A post later than this is not made by itself: it is shown as missed, with an offer to post it now."""

ON_TIME_BELOW = timedelta(minutes=2)
"""A post this little late is not worth a word."""

POSTING_TAKES = timedelta(minutes=10)
"""Longest time from opening a review just within the limit until its first message is posted."""

WAITED_BELOW = timedelta(minutes=5)
"""A message that waited less than this needs no word about it: a long review takes minutes by Slack's own limits."""


TWO_DAYS_HOURS = 48


@dataclass(frozen=True, slots=True)
class Lateness:
    """Lateness of a planned post in whole `minutes`; `on_time` and `late` ones are posted, a `missed` one is not."""

    state: Literal["on_time", "late", "missed"]
    minutes: int


def judge(due_at: datetime, now: datetime, limit: timedelta = LATE_LIMIT) -> Lateness:
    """Judge a post due at `due_at` as on time, late or missed at `now`; exactly at the limit it is late.

    Before it is due it is on time with 0 minutes.
    """
    late_by = max(now - due_at, timedelta())
    minutes = late_by // timedelta(minutes=1)
    if late_by > limit:
        return Lateness("missed", minutes)
    if late_by >= ON_TIME_BELOW:
        return Lateness("late", minutes)
    return Lateness("on_time", minutes)


def is_too_late(planned_at: datetime, opened_at: datetime, now: datetime) -> bool:
    """Return true if a review that was opened in time and is not posted yet at `now` counts as missed."""
    return judge(planned_at, now).state == "missed" and now - opened_at > POSTING_TAKES


def has_waited(queued_at: datetime, sent_at: datetime) -> bool:
    """Return true if a message was sent so late that it says when it was meant."""
    return sent_at - queued_at >= WAITED_BELOW


def late_by(minutes: int) -> str:
    """Return the lateness in words: `45 minutes late`, `3 hours late`, `2 days late`."""
    hours = minutes // 60
    if hours < 2:
        return f"{minutes} minutes late"
    return f"{hours} hours late" if hours < TWO_DAYS_HOURS else f"{hours // 24} days late"
