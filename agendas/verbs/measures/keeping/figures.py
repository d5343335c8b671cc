"""Figures of the program for its trend: one point for each held review, and one for each month."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlmodel import Session

from agendas.facts.measures.program import Period
from agendas.facts.measures.trend import TrendKind
from agendas.rules.audit.audit import audit_codes
from agendas.rules.measures.figures import figures_of
from agendas.rules.measures.periods import INSTANT
from agendas.text.days import local_date
from agendas.verbs.measures.audit.sent import send_audit
from agendas.verbs.measures.load import program
from agendas.verbs.measures.practice import with_practice
from agendas.verbs.measures.trend import points
from storage.database.hidden_rows import hiding
from storage.measures import figures
from storage.privacy import private_accounts
from storage.tables import ProgramFigures, Progress

Write = Callable[[Session], object]


def keep_figures(session: Session, figures_id: int, now: datetime) -> Write:
    """Work out the figures and return the write that keeps them: of all accounts, and without the private ones."""
    row = figures.get(session, figures_id)
    if row is None or row.progress != Progress.OPEN:
        return _nothing
    values = {"figures": _point(session, row, now), "others": None}
    nobody = private_accounts.hidden(session, row.workspace_id, user_id=None, channel_id="", known_since=now)
    if nobody:
        with hiding(session, nobody):
            values["others"] = _point(session, row, now)
    return partial(_keep, figures_id=figures_id, values=values, now=now)


def leave_figures(session: Session, figures_id: int) -> None:
    """Leave a point out of the trend: working it out failed too often."""
    row = figures.get(session, figures_id, lock=True)
    if row is not None and row.progress == Progress.OPEN:
        row.progress = Progress.LEFT
        session.add(row)


def _point(session: Session, row: ProgramFigures, now: datetime) -> object:
    first = local_date(row.began_at + INSTANT, row.zone)
    period = Period(row.began_at, row.ended_at, first, row.on, row.zone)
    found = with_practice(session, row.workspace_id, program(session, row.workspace_id, period, now=now))
    point = replace(figures_of(found, TrendKind(row.kind)), audit=audit_codes(found))
    return points.dump_python(point, mode="json")


def _keep(session: Session, *, figures_id: int, values: dict[str, object], now: datetime) -> None:
    row = figures.get(session, figures_id, lock=True)
    if row is None or row.progress != Progress.OPEN:
        return
    row.figures, row.others, row.progress = values["figures"], values["others"], Progress.DONE
    session.add(row)
    if row.kind == TrendKind.MONTH:
        send_audit(session, row, now)


def _nothing(session: Session) -> None:
    """Write nothing: another process was here."""
