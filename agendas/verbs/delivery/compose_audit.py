"""Compose the audit of a month that ended."""

from dataclasses import replace

from agendas.pages.audit.audit import AuditView, audit_page
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Page
from agendas.verbs.delivery.composing import Composing
from agendas.verbs.measures.of_month import program_of_month
from storage.delivery.subjects import MonthSubject


def month_audit(composing: Composing) -> Page:
    """Return the audit as it was at the month's end, with a button for how it stands now."""
    month = composing.subject(MonthSubject).month
    found = program_of_month(composing.session, composing.letter.workspace_id, month, now=composing.now)
    page = audit_page(AuditView.of(found), composing.words)
    return replace(page, items=(*page.items, Buttons((labelled(composing.words, "menu.audit"),))))
