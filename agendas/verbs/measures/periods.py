"""Periods of a workspace's program, in the zone of the program."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.measures.program import Period
from agendas.rules.measures.periods import read_period
from storage import workspaces


def month_asked(session: Session, workspace_id: str, typed: str, *, now: datetime) -> Period:
    """Return the month that the words name, the running one without any, or a month up to the day that they name.

    Raises NotUnderstood for other words, and for a month or day to come.
    """
    return read_period(typed, workspaces.zone(session, workspace_id), now=now)
