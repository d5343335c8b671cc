"""Weekly cap of the messages that the bot sends a person by itself: asks and blockers and digests have a reserve.

Its default is 20, four a working day, and its least 10, which has room for a digest on each of them and for asks.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from agendas.rules.reviews.schedule import local_instant

WEEK = timedelta(days=7)
DIGESTS_RESERVED = 5
"""Messages of a week that are kept for digests: one a working day. So what is over the cap is told in one of them."""
FIRST_SHARE = 4
"""The part of the cap that is kept for asks and blockers: a quarter. Ours."""


class Rank(StrEnum):
    """Order in which messages get what is left of a week."""

    FIRST = "first"
    """An ask or a blocker."""
    USUAL = "usual"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Spent:
    """Messages that a person got in a week or will get, digests apart."""

    messages: int = 0
    digests: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.messages + self.digests

    def plus(self, rank: Rank) -> "Spent":
        """Count one more."""
        if rank is Rank.DIGEST:
            return Spent(self.messages, self.digests + 1)
        return Spent(self.messages + 1, self.digests)


def has_room(cap: int, spent: Spent, rank: Rank) -> bool:
    """Return true if one more message of this rank keeps the cap and what is reserved for others."""
    if rank is Rank.DIGEST:
        return spent.total < cap
    reserved = DIGESTS_RESERVED + (0 if rank is Rank.FIRST else cap // FIRST_SHARE)
    return spent.total < cap and spent.messages < cap - reserved


def week_of(at: datetime, zone: str) -> datetime:
    """Return when the week began that holds the instant: Monday 00:00 in the zone, in UTC."""
    on = at.astimezone(ZoneInfo(zone)).date()
    begins_at, _ = local_instant(on - timedelta(days=on.weekday()), time(), zone)
    return begins_at.astimezone(UTC)


def week_after(begins_at: datetime, zone: str) -> datetime:
    """Return when the week after the one begins that began at this instant."""
    # noon of the Monday after: clocks move by hours at most
    return week_of(begins_at + WEEK + timedelta(hours=12), zone)
