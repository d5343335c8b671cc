"""Reads of the executive review and of the accounts behind its numbers. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.measures.executive import ExecutiveReport
from agendas.facts.measures.program import Period
from agendas.rules.executive.report import executive_report
from agendas.verbs.measures.cached import known_program
from agendas.verbs.measures.of_month import program_of_month


def executive(session: Session, workspace_id: str, typed: str, *, now: datetime) -> ExecutiveReport:
    """Return the executive review of the month that the words name, of the accounts that the session shows.

    Raises NotUnderstood for words that are no month, or one to come.
    """
    return executive_report(program_of_month(session, workspace_id, typed, now=now))


def executive_of(session: Session, workspace_id: str, period: Period, *, now: datetime) -> ExecutiveReport:
    """Return the executive review of a period, of the accounts that the session shows.

    The foundations that are missing in it are those of the audit, which judges the habits of the team too.
    """
    return executive_report(known_program(session, workspace_id, period, now=now))
