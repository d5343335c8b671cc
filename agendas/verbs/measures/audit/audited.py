"""The program that the audit of a month judges. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.measures.program import Program
from agendas.verbs.measures.of_month import program_of_month
from agendas.verbs.measures.practice import with_practice


def audited(session: Session, workspace_id: str, typed: str, *, now: datetime) -> Program:
    """Return the program over the month that the words name, of the accounts that the session shows.

    Raises NotUnderstood for words that are no month, or one to come.
    """
    return with_practice(session, workspace_id, program_of_month(session, workspace_id, typed, now=now))
