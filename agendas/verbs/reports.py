"""The executive review, the scoreboard and the audit as files, for readers outside Slack."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.measures import Period
from agendas.facts.program import ReportKind
from agendas.pages.audit import AuditView, audit_page
from agendas.pages.executive import executive_details_page
from agendas.pages.scoreboard import scoreboard_page
from agendas.rendering.html import Reader, csv_file, document
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.measures import read_period, written_period
from agendas.rules.scoreboard import scoreboard_of
from agendas.verbs.loading import names
from agendas.verbs.measures import executive_of, load_program
from storage import people, workspaces

# The pages that there are as files.


class PageOf(Protocol):
    """A page of the program over a period, whole, as the reader of the session may see it."""

    def __call__(self, session: Session, workspace_id: str, period: Period, *, words: Words, now: datetime) -> Page:
        """Return the page."""


def _executive(session: Session, workspace_id: str, period: Period, *, words: Words, now: datetime) -> Page:
    # a file has no button for what the page leaves out
    return executive_details_page(executive_of(session, workspace_id, period, now=now), words, can_act=False)


def _audit(session: Session, workspace_id: str, period: Period, *, words: Words, now: datetime) -> Page:
    found = load_program(session, workspace_id, period, now=now)
    return audit_page(AuditView.of(found), words)


def _scoreboard(session: Session, workspace_id: str, period: Period, *, words: Words, now: datetime) -> Page:
    return scoreboard_page(scoreboard_of(load_program(session, workspace_id, period, now=now)), words, whole=True)


REPORTS: Mapping[ReportKind, PageOf] = {
    ReportKind.EXECUTIVE: _executive,
    ReportKind.SCOREBOARD: _scoreboard,
    ReportKind.AUDIT: _audit,
}
"""The function that makes the page of each kind."""


# Make a page of the program as a file: HTML to read and print, or CSV for a spreadsheet.

HTML, CSV = "html", "csv"

WRITERS: Mapping[str, Callable[[Page, Reader], bytes]] = {
    HTML: lambda page, reader: document(page, reader).encode(),
    CSV: csv_file,
}
"""How a page becomes the content of a file, by the ending of its name."""

_ID = re.compile(r"<[@#]([A-Z][A-Z0-9]{2,20})[|>]")
"""The id in a mention of a person or channel: `<@U0123ABC>`, `<#C0123ABC|sales>`."""


@dataclass(frozen=True, slots=True)
class Report:
    """A page of the program over a period, and its reader."""

    kind: ReportKind
    period: Period
    page: Page
    reader: Reader

    def content(self, ending: str) -> bytes:
        return WRITERS[ending](self.page, self.reader)

    def name(self, ending: str) -> str:
        """Return the name of the file: `cadence-executive-2026-10.html`."""
        return f"cadence-{self.kind.value}-{written_period(self.period)}.{ending}"


def report(
    session: Session,
    workspace_id: str,
    kind: ReportKind,
    month: str,
    *,
    words: Words,
    now: datetime,
    pages: Mapping[ReportKind, PageOf] = REPORTS,
) -> Report:
    """Return the report on a month, the running one where none is named, as the reader of the session may see it.

    A day, `2026-10-15`, is its month up to the end of that day.
    Raises NotUnderstood for words that name no month, or one to come; Refused for an unknown workspace or kind.
    """
    workspace = workspaces.get(session, workspace_id)
    if workspace is None or kind not in pages:
        raise Refused(f"There is no {kind.value} report of workspace {workspace_id}.")
    zone = workspace.time_zone
    period = read_period(month, zone, now=now)
    page = pages[kind](session, workspace_id, period, words=words, now=now)
    ids = set(_ID.findall(repr(page)))
    return Report(kind, period, page, Reader(now, zone, names_by_id(session, workspace_id, ids)))


def names_by_id(session: Session, workspace_id: str, ids: Collection[str]) -> dict[str, str]:
    """Return the names of these people and channels by id, without those not known."""
    channels = {
        found.channel_id: found.name
        for each in ids
        if each[0] in "CG" and (found := people.find_channel(session, workspace_id, each)) is not None and found.name
    }
    return names(session, workspace_id, {each for each in ids if each[0] in "UW"}) | channels
