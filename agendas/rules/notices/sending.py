"""When a message that nobody asked for is sent: at once, after quiet hours, in the digest, or never."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from agendas.facts.people import Choice, NoticeKind, Preferences, QuietHours
from agendas.rules.reviews.schedule import local_instant

QUARTER = timedelta(minutes=15)
"""Nobody is told of new things in two messages closer together; what comes meanwhile is collected."""


class Reason(StrEnum):
    """Why a message is sent when it is."""

    AT_ONCE = "at_once"
    COLLECTED = "collected"
    """Another one went less than a quarter of an hour ago."""
    QUIET_HOURS = "quiet_hours"
    DIGEST = "digest"
    OVER_CAP = "over the weekly cap"
    """The week has no more room: it waits for the next digest."""
    LIGHT = "light cadences"
    """All cadences of the person are light: it waits for the next digest."""


@dataclass(frozen=True, slots=True)
class Sending:
    """The instant at which a message is sent, and why then."""

    at: datetime
    reason: Reason


def when_to_send(kind: NoticeKind, preferences: Preferences, zone: str, at: datetime) -> Sending | None:
    """Return when a message of this kind that is ready at `at` is sent to a person in this zone, None for never."""
    choice = preferences.of(kind)
    if choice is Choice.OFF:
        return None
    if choice is Choice.DIGEST:
        return Sending(next_digest(preferences, zone, at), Reason.DIGEST)
    ends_at = after_quiet_hours(preferences.quiet, zone, at)
    return Sending(ends_at, Reason.AT_ONCE if ends_at == at else Reason.QUIET_HOURS)


def when_to_tell(preferences: Preferences, zone: str, at: datetime, *, last_at: datetime | None) -> Sending:
    """Return when the person is told of something new; `last_at` is when they were told last, None for never."""
    collected_at = at if last_at is None else max(at, last_at + QUARTER)
    ends_at = after_quiet_hours(preferences.quiet, zone, collected_at)
    if ends_at != collected_at:
        return Sending(ends_at, Reason.QUIET_HOURS)
    return Sending(ends_at, Reason.AT_ONCE if ends_at == at else Reason.COLLECTED)


def next_digest(preferences: Preferences, zone: str, at: datetime, *, last_at: datetime | None = None) -> datetime:
    """Return the instant of the person's next digest, `at` itself if it is its time.

    There is one a day: none on the local day of the digest before, which was or is sent at `last_at`.
    """
    local = ZoneInfo(zone)
    on = at.astimezone(local).date()
    while True:
        due_at, _ = local_instant(on, preferences.digest_at, zone)
        if due_at >= at and (last_at is None or last_at.astimezone(local).date() != on):
            return after_quiet_hours(preferences.quiet, zone, due_at)
        on += timedelta(days=1)


def after_quiet_hours(quiet: QuietHours | None, zone: str, at: datetime) -> datetime:
    """Return `at`, or the end of the quiet hours that it lies in.

    Wall times decide. An end that the clocks leave out is the first time that exists after it; of one that comes twice,
    the first counts.
    """
    if quiet is None or quiet.begins == quiet.ends:
        return at
    local = at.astimezone(ZoneInfo(zone))
    ends_on = _ends_on(quiet, local)
    if ends_on is None:
        return at
    ends_at, _ = local_instant(ends_on, quiet.ends, zone)
    return max(at, ends_at.astimezone(UTC))


def is_quiet(quiet: QuietHours, wall: time) -> bool:
    """Return true if the wall time lies in the quiet hours."""
    if quiet.begins < quiet.ends:
        return quiet.begins <= wall < quiet.ends
    return wall >= quiet.begins or wall < quiet.ends


def _ends_on(quiet: QuietHours, local: datetime) -> date | None:
    """The day on which the quiet hours end that this local instant lies in, None outside of them."""
    wall, today = local.time().replace(fold=0), local.date()
    if not is_quiet(quiet, wall):
        return None
    return today if wall < quiet.ends else today + timedelta(days=1)
