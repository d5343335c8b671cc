"""Load the plan of a cadence's dates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pydantic import TypeAdapter
from sqlmodel import Session

from agendas.facts.account import Rhythm
from agendas.facts.program.settings import HOLIDAYS
from agendas.facts.reviews.cadence import DayOff, Plan
from agendas.facts.reviews.preparing import Away
from agendas.verbs.loading.days_away import everyone_away
from agendas.verbs.loading.load_facts import settings_of
from storage.tables import Cadence

_dates: TypeAdapter[frozenset[date]] = TypeAdapter(frozenset[date])
_names: TypeAdapter[dict[date, str]] = TypeAdapter(dict[date, str])


def plan_of(session: Session, row: Cadence) -> Plan:
    """Return the schedule of the stored cadence, with the days on which nobody of the workspace works."""
    return plans_of(session, [row])[row.row_id]


def plans_of(session: Session, rows: Iterable[Cadence]) -> Mapping[int, Plan]:
    """Return the schedules of stored cadences by id, as `plan_of`, with two reads for each workspace."""
    found = list(rows)
    workspace_ids = {row.workspace_id for row in found}
    away = {each: everyone_away(session, each) for each in workspace_ids}
    holidays_of = {each: str(settings_of(session, each).value(HOLIDAYS)) for each in workspace_ids}
    return {row.row_id: _plan(row, away[row.workspace_id], holidays_of[row.workspace_id]) for row in found}


def slot_of(cadence_id: int, planned_on: date) -> str:
    """Return the slot of a planned date of the cadence, by which its review is known."""
    return f"{cadence_id}:{planned_on.isoformat()}"


def _plan(row: Cadence, away: Sequence[Away], nobody_works_in: str) -> Plan:
    return Plan(
        rhythm=Rhythm(row.rhythm),
        anchor_on=row.anchor_on,
        local_time=row.local_time,
        zone=row.zone,
        days_off=_dates.validate_python(row.days_off),
        named_days_off=tuple(DayOff(on, name) for on, name in _names.validate_python(row.day_names).items()),
        holidays_of=row.holidays_of,
        everyone_away=tuple(away),
        nobody_works_in=nobody_works_in,
    )
