"""Reads of days away for the page of them. Nothing here writes."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.people import PersonFacts
from agendas.facts.program.settings import HOLIDAYS
from agendas.facts.reviews.away import AwayFacts
from agendas.facts.reviews.preparing import Away
from agendas.text.days import local_date
from agendas.verbs.loading.days_away import away_facts, away_on
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.standing_in import standing_for
from agendas.verbs.reads.people import list_people
from storage.preparing import days_away

SOON = timedelta(days=14)
GONE = "Those days were taken back already. See who is away with /abm away."


def away_now(session: Session, workspace_id: str, person: PersonFacts, *, now: datetime) -> AwayFacts:
    """Return the person's own days away, who is away now and in the next two weeks, and everybody's days."""
    today = local_date(now, person.time_zone)
    rows = days_away.between(session, workspace_id, today, date.max)
    ranges = [away_facts(row) for row in rows]
    everyone = tuple(each for each in ranges if each.user_id == days_away.EVERYBODY)
    members = {each.user_id for each in list_people(session, workspace_id, now=now)} - {person.user_id}
    others = [each for each in ranges if each.user_id in members]
    absent = away_on(session, workspace_id, {each.user_id for each in others if each.covers(today)}, today)
    return AwayFacts(
        person=person,
        today=today,
        own=tuple(each for each in ranges if each.user_id == person.user_id),
        standing_for=standing_for(session, workspace_id, person.user_id, now=now, zone=person.time_zone),
        now=tuple(sorted((each for each in absent.values() if each.user_id in members), key=_end)),
        soon=tuple(each for each in others if today < each.from_on <= today + SOON),
        everyone=everyone,
        holidays_of=str(settings_of(session, workspace_id).value(HOLIDAYS)),
    )


def _end(away: Away) -> date:
    return away.until_on


def days_to_change(session: Session, workspace_id: str, days_id: int) -> Away:
    """Return stored days away. Raises Outdated when they were taken back."""
    row = days_away.get(session, workspace_id, days_id)
    if row is None:
        raise Outdated(GONE)
    return away_facts(row)
