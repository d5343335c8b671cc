"""How late a planned post is, and whether it is still worth posting."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

LATE_LIMIT = timedelta(hours=2)
"""A post later than this is not made by itself: it is shown as missed, with an offer to post it now."""

ON_TIME_BELOW = timedelta(minutes=2)
"""A post this little late is not worth a word."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late a planned post is, in whole `minutes`; `on_time` and `late` ones are posted, a `missed` one is not."""

    state: Literal["on_time", "late", "missed"]
    minutes: int


def judge(due_at: datetime, now: datetime, limit: timedelta = LATE_LIMIT) -> Lateness:
    """Whether a post due at `due_at` is on time, late or missed at `now`; exactly at the limit it is late.

    Before it is due it is on time with 0 minutes.
    """
    late_by = max(now - due_at, timedelta())
    minutes = late_by // timedelta(minutes=1)
    if late_by > limit:
        return Lateness("missed", minutes)
    if late_by >= ON_TIME_BELOW:
        return Lateness("late", minutes)
    return Lateness("on_time", minutes)
