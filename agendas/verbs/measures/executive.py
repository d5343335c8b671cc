"""Reads of the executive review and of the accounts behind its numbers. Nothing here writes."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from agendas.facts.measures.executive import ExecutiveReport
from agendas.facts.measures.program import Period
from agendas.rules.executive.report import executive_report
from agendas.verbs.loading.rows import account_state
from agendas.verbs.measures.cached import known_program
from agendas.verbs.measures.of_month import program_of_month
from storage import accounts


def executive(session: Session, workspace_id: str, typed: str, *, now: datetime) -> ExecutiveReport:
    """Return the executive review of the month that the words name, of the accounts that the session shows.

    Raises NotUnderstood for words that are no month, or one to come.
    """
    return _with_now(session, executive_report(program_of_month(session, workspace_id, typed, now=now)), workspace_id)


def executive_of(session: Session, workspace_id: str, period: Period, *, now: datetime) -> ExecutiveReport:
    """Return the executive review of a period, of the accounts that the session shows.

    The foundations that are missing in it are those of the audit, which judges the habits of the team too.
    """
    return _with_now(session, executive_report(known_program(session, workspace_id, period, now=now)), workspace_id)


def _with_now(session: Session, report: ExecutiveReport, workspace_id: str) -> ExecutiveReport:
    """The report of a past period with the accounts that need something in it as they are stored now."""
    if report.period.is_running:
        return report
    needing = {each.account.account_id for each in report.interventions}
    needing |= {each.account_id for each in report.untouched}
    rows = accounts.get_many(session, workspace_id, needing)
    return replace(report, now={row.row_id: account_state(row) for row in rows})
