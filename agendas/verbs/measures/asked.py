"""The program over the month that somebody asks for."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.measures.program import Program
from agendas.rules.measures.periods import read_month
from agendas.verbs.measures.load import program
from storage import workspaces


def program_zone(session: Session, workspace_id: str) -> str:
    """Return the IANA zone in which the program's months begin and end: that of the workspace."""
    workspace = workspaces.get(session, workspace_id)
    return workspace.time_zone if workspace else "UTC"


def program_of_month(session: Session, workspace_id: str, text: str, *, now: datetime) -> Program:
    """Return the program over the month that the words name, the running one without any.

    Raises NotUnderstood for words that name no month, and for a month to come.
    """
    period = read_month(text, program_zone(session, workspace_id), now=now)
    return program(session, workspace_id, period, now=now)
