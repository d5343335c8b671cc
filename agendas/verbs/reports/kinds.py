"""The pages that there are as files."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from agendas.facts.measures.program import Period
from agendas.facts.program.reports import ReportKind
from agendas.rendering.page import Page
from agendas.rendering.words import Words


class PageOf(Protocol):
    """A page of the program over a period, whole, as the reader of the session may see it."""

    def __call__(self, session: Session, workspace_id: str, period: Period, *, words: Words, now: datetime) -> Page:
        """Return the page."""


REPORTS: Mapping[ReportKind, PageOf] = {}
"""The function that makes the page of each kind."""
