"""The clock by which leases begin and end."""

from datetime import datetime, timedelta

from sqlmodel import Session

INFO_KEY = "lease_clock"
"""The key in `Session.info` under which a store gives each of its sessions its lease clock."""


class LeaseClock:
    """One clock for the leases of all processes that share a database: the database's, as far as it is known.

    `ahead` is how far that clock is ahead of the one that gives `now`; zero on SQLite, which has one process.
    """

    def __init__(self) -> None:
        self.ahead = timedelta()

    def at(self, now: datetime) -> datetime:
        """Return the instant by the shared clock while ours says `now`."""
        return now + self.ahead


def lease_now(session: Session, now: datetime) -> datetime:
    """Return the instant by the lease clock of the session's store while ours says `now`."""
    clock: LeaseClock = session.info[INFO_KEY]
    return clock.at(now)
