"""Work done once for each planned date of a cadence: executives are told, people asked to prepare, somebody briefed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, update
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from storage.preparing.working_channels import works
from storage.tables import Cadence

ACCOUNTS, EXECUTIVE = "accounts", "executive"
"""Kinds of cadences."""

MAY_BE_DONE = date(1970, 1, 1)
"""The mark of a cadence for whose next date it may have been done, unknown to this database: none is on such a day."""


@dataclass(frozen=True, slots=True)
class OnceADate:
    """Work before the dates of cadences of a kind; the date that it was done for last is in the column `mark`."""

    kind: str
    mark: Mapped[date | None]

    def undone(self) -> ColumnElement[bool]:
        """Return the condition of a cadence that meets again, and for whose next date it was not done yet."""
        is_marked_otherwise = or_(self.mark.is_(None), self.mark != col(Cadence.next_on))
        return and_(col(Cadence.kind) == self.kind, col(Cadence.next_at).is_not(None), is_marked_otherwise)

    def due(self, session: Session, until: datetime, limit: int) -> list[int]:
        """Return the ids of the cadences that meet until an instant, by time, and for which it was not done.

        None whose channel is in trouble: they wait until it is mended.
        """
        query = select(Cadence.id).where(self.undone(), works(), col(Cadence.next_at) <= until)
        found = session.exec(query.order_by(col(Cadence.next_at)).limit(limit))
        return [row for row in found if row is not None]

    def next_meeting_at(self, session: Session) -> datetime | None:
        """Return the earliest instant at which a cadence meets for which it was not done, None without one."""
        return session.exec(select(func.min(Cadence.next_at)).where(self.undone(), works())).one()

    def doubt(self, session: Session) -> None:
        """Note of each next date for which it was not done that it may have been, unknown to this database."""
        session.execute(update(Cadence).where(self.undone()).values({self.mark: MAY_BE_DONE}))


TOLD = OnceADate(EXECUTIVE, col(Cadence.told_on))
"""The page that executives get a day before their review."""
PREPARED = OnceADate(ACCOUNTS, col(Cadence.prepared_on))
"""The questions of those who prepare a review."""
BRIEFED = OnceADate(ACCOUNTS, col(Cadence.briefed_on))
"""The brief of a facilitator."""
