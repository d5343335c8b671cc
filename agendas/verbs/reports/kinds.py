"""The pages that there are as files."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from agendas.facts.measures.program import Period
from agendas.facts.program.reports import ReportKind
from agendas.pages.audit.audit import AuditView, audit_page
from agendas.pages.executive.page import executive_details_page
from agendas.pages.scoreboard.page import scoreboard_page
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.scoreboard.board import scoreboard_of
from agendas.verbs.measures.cached import known_program
from agendas.verbs.measures.executive import executive_of


class PageOf(Protocol):
    """A page of the program over a period, whole, as the reader of the session may see it."""

    def __call__(self, session: Session, workspace_id: str, period: Period, *, words: Words, now: datetime) -> Page:
        """Return the page."""


def _executive(session: Session, workspace_id: str, period: Period, *, words: Words, now: datetime) -> Page:
    # a file has no button for what the page leaves out
    return executive_details_page(executive_of(session, workspace_id, period, now=now), words, can_act=False)


def _audit(session: Session, workspace_id: str, period: Period, *, words: Words, now: datetime) -> Page:
    found = known_program(session, workspace_id, period, now=now)
    return audit_page(AuditView.of(found), words)


def _scoreboard(session: Session, workspace_id: str, period: Period, *, words: Words, now: datetime) -> Page:
    return scoreboard_page(scoreboard_of(known_program(session, workspace_id, period, now=now)), words, whole=True)


REPORTS: Mapping[ReportKind, PageOf] = {
    ReportKind.EXECUTIVE: _executive,
    ReportKind.SCOREBOARD: _scoreboard,
    ReportKind.AUDIT: _audit,
}
"""The function that makes the page of each kind."""
