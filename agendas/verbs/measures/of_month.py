"""The program over a month that somebody names, for pages of its figures. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.measures.program import Program
from agendas.verbs.measures.cached import known_program
from agendas.verbs.measures.periods import month_asked


def program_of_month(session: Session, workspace_id: str, typed: str, *, now: datetime) -> Program:
    """Return the program over the month that the words name, of the accounts that the session shows.

    Raises NotUnderstood for words that are no month, or one to come.
    """
    period = month_asked(session, workspace_id, typed, now=now)
    return known_program(session, workspace_id, period, now=now)
