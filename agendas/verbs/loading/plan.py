"""Load the plan of a cadence's dates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pydantic import TypeAdapter
from sqlmodel import Session

from agendas.facts.account import Rhythm
from agendas.facts.reviews.cadence import DayOff, Plan
from agendas.facts.reviews.preparing import Away
from agendas.verbs.loading.days_away import everyone_away
from storage.tables import Cadence

_dates: TypeAdapter[frozenset[date]] = TypeAdapter(frozenset[date])
_names: TypeAdapter[dict[date, str]] = TypeAdapter(dict[date, str])


def plan_of(session: Session, row: Cadence) -> Plan:
    """Return the schedule of the stored cadence, with the days on which everybody of the workspace is away."""
    return _plan(row, everyone_away(session, row.workspace_id))


def plans_of(session: Session, rows: Iterable[Cadence]) -> Mapping[int, Plan]:
    """Return the schedules of stored cadences by id, as `plan_of`, with one read for each workspace."""
    found = list(rows)
    away = {workspace_id: everyone_away(session, workspace_id) for workspace_id in {row.workspace_id for row in found}}
    return {row.row_id: _plan(row, away[row.workspace_id]) for row in found}


def slot_of(cadence_id: int, planned_on: date) -> str:
    """Return the slot of a planned date of the cadence, by which its review is known."""
    return f"{cadence_id}:{planned_on.isoformat()}"


def _plan(row: Cadence, away: Sequence[Away]) -> Plan:
    return Plan(
        rhythm=Rhythm(row.rhythm),
        anchor_on=row.anchor_on,
        local_time=row.local_time,
        zone=row.zone,
        days_off=_dates.validate_python(row.days_off),
        named_days_off=tuple(DayOff(on, name) for on, name in _names.validate_python(row.day_names).items()),
        holidays_of=row.holidays_of,
        everyone_away=tuple(away),
    )
