"""Stays in stages of a program at an instant."""

from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.measures.program import Stay
from agendas.rules.measures.stays import open_stay
from agendas.verbs.measures.states import States
from agendas.verbs.record.follow_stays import stay_facts
from storage.measures import stays

LOOK_BACK = timedelta(days=366)
"""A year in days of the calendar: the first of them counts from its beginning."""


def stays_at(session: Session, workspace_id: str, states: States, at: datetime) -> tuple[Stay, ...]:
    """Return the stays that ended in the year before an instant, as known then, and those of `states` that last."""
    ended = map(stay_facts, stays.known_at(session, workspace_id, at, ended_after=at - LOOK_BACK))
    lasting = (open_stay(state) for state in states.values())
    found = (*ended, *(each for each in lasting if each is not None))
    return tuple(sorted(found, key=lambda each: (each.began_at, each.account_id, each.stage.rank)))
