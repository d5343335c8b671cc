"""Follow the months of a program from its first entry on: each is kept when it is over."""

from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.rules.measures.periods import INSTANT, begin_of, last_instant
from agendas.text.date_forms import month_end
from agendas.text.days import local_date
from storage import workspaces
from storage.measures import months

KEPT_AFTER = timedelta(hours=1)
"""A month is kept so long after its end: whoever records at its last moment, or imports, has ended by then."""

ZONES_APART = timedelta(days=2)
"""More than the local times of two zones are ever apart."""


def begin_months(session: Session, workspace_id: str, at: datetime) -> None:
    """Follow the months from that of an instant on, where none is followed."""
    if not months.has_any(session, workspace_id):
        zone = workspaces.zone(session, workspace_id)
        first = local_date(at, zone).replace(day=1)
        follow_month(session, workspace_id, begin_of(first, zone) - INSTANT, zone)


def follow_month(session: Session, workspace_id: str, began_at: datetime, zone: str) -> None:
    """Follow the month that begins after an instant, as it is in this zone."""
    # the month before may have ended in another zone, and it is then up to a day before that here
    first = local_date(began_at + ZONES_APART, zone).replace(day=1)
    last = month_end(first)
    ended_at = last_instant(last, zone)
    row = {"workspace_id": workspace_id, "first": first, "last": last, "zone": zone, "began_at": began_at}
    months.add(session, row | {"ended_at": ended_at, "due_at": ended_at + KEPT_AFTER})
