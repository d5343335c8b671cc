"""The words after /review skip and /review move, read into which occurrence is meant and what becomes of it."""

import re
from dataclasses import dataclass
from datetime import date, time

from agendas.errors import NotUnderstood
from agendas.text.because import split_because
from agendas.text.dates import read_future_date, read_time
from agendas.text.limits import required_text, within_limit

SKIP_USAGE = "/review skip [DATE] because TEXT"
MOVE_USAGE = "/review move [DATE] to DATE [TIME]"
TO = re.compile(r"(?:^|\s)to\s+", re.IGNORECASE)
TRAILING_TIME = re.compile(
    r"(?P<date>.*?),? (?:at )?(?P<time>\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ReviewMoveWords:
    """One occurrence moved: `from_date` None is the next one, `to_time` None the cadence's own time."""

    from_date: date | None
    to_date: date
    to_time: time | None
    because: str = ""


@dataclass(frozen=True, slots=True)
class SkipWords:
    """One occurrence skipped: `shown_on` None is the next one."""

    shown_on: date | None
    because: str


def read_review_move(rest: str, today: date) -> ReviewMoveWords:
    """Read the words after `/review move` on the cadence's local date `today`; `because` may begin a reason.

    Raises:
        NotUnderstood: without `to DATE`, or for a date or time that cannot be read or has passed.
    """
    dates, because = split_because(rest)
    parts = TO.split(dates)
    if len(parts) != 2 or not parts[1].strip():
        raise NotUnderstood(f"Say to which day: {MOVE_USAGE}.")
    from_text, to_text = (" ".join(part.split()) for part in parts)
    timed = TRAILING_TIME.fullmatch(to_text)
    return ReviewMoveWords(
        from_date=read_future_date(from_text, today) if from_text else None,
        to_date=read_future_date(timed["date"] if timed else to_text, today),
        to_time=read_time(timed["time"]) if timed else None,
        because=within_limit(because or ""),
    )


def read_skip(rest: str, today: date) -> SkipWords:
    """Read the words after `/review skip` on the cadence's local date `today`.

    Raises:
        NotUnderstood: without a reason, or for a date that cannot be read or has passed.
    """
    on, because = split_because(rest)
    if because is None:
        raise NotUnderstood(f"Say why it is skipped, the reason is shown to all: {SKIP_USAGE}.")
    shown_on = read_future_date(on, today) if on else None
    return SkipWords(shown_on, required_text(because, f"Say why after because: {SKIP_USAGE}."))
