"""Load the plan of a cadence's dates."""

from datetime import date

from pydantic import TypeAdapter
from sqlmodel import Session

from agendas.facts.account import Rhythm
from agendas.facts.reviews.cadence import DayOff, Plan
from agendas.verbs.loading.days_away import everyone_away
from storage.tables import Cadence

_dates: TypeAdapter[frozenset[date]] = TypeAdapter(frozenset[date])
_names: TypeAdapter[dict[date, str]] = TypeAdapter(dict[date, str])


def plan_of(session: Session, row: Cadence) -> Plan:
    """Return the schedule of the stored cadence, with the days on which everybody of the workspace is away."""
    return Plan(
        rhythm=Rhythm(row.rhythm),
        anchor_on=row.anchor_on,
        local_time=row.local_time,
        zone=row.zone,
        days_off=_dates.validate_python(row.days_off),
        named_days_off=tuple(DayOff(on, name) for on, name in _names.validate_python(row.day_names).items()),
        holidays_of=row.holidays_of,
        everyone_away=everyone_away(session, row.workspace_id),
    )
