"""Keeping of past months as they were at their end, and of figures for the trend."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from agendas.facts.measures import Period, TrendKind
from agendas.facts.reviews import CadenceKind
from agendas.rules.audit import audit_codes
from agendas.rules.measures import INSTANT, figures_of, start_of_day
from agendas.text.dates import local_date
from agendas.verbs.follow import follow_month
from agendas.verbs.loading import state_adapter
from agendas.verbs.measures import (
    Placed,
    listed_at,
    load_program,
    placed_over,
    placements,
    points,
    send_audit,
    settings_at,
    states_at,
)
from storage import measures, privacy, workspaces
from storage.database import hiding
from storage.models.measures import ProgramFigures, ProgramMonth, Progress
from storage.models.reviews import Review

# Figures of the program for its trend: one point for each held review, and one for each month.

Write = Callable[[Session], object]


def keep_figures(session: Session, figures_id: int, now: datetime) -> Write:
    """Work out the figures and return the write that keeps them: of all accounts, and without the private ones."""
    row = measures.get_figures(session, figures_id)
    if row is None or row.progress != Progress.OPEN:
        return _nothing
    values = {"figures": _point(session, row, now), "others": None}
    private = privacy.hidden(session, row.workspace_id, user_id=None, channel_id="", known_since=now)
    if private:
        with hiding(session, private):
            values["others"] = _point(session, row, now)
    return partial(_store_figures, figures_id=figures_id, values=values, now=now)


def set_aside_figures(session: Session, figures_id: int) -> None:
    """Leave a point out of the trend: working it out failed too often."""
    row = measures.get_figures(session, figures_id, lock=True)
    if row is not None and row.progress == Progress.OPEN:
        row.progress = Progress.LEFT
        session.add(row)


def _point(session: Session, row: ProgramFigures, now: datetime) -> object:
    """The figures as JSON, of the accounts that the session sees."""
    first = local_date(row.began_at + INSTANT, row.zone)
    period = Period(row.began_at, row.ended_at, first, row.on, row.zone)
    found = load_program(session, row.workspace_id, period, now=now)
    point = replace(figures_of(found, TrendKind(row.kind)), audit=audit_codes(found))
    return points.dump_python(point, mode="json")


def _store_figures(session: Session, *, figures_id: int, values: dict[str, object], now: datetime) -> None:
    """Store the figures, unless another process did; for a month, also send its audit."""
    row = measures.get_figures(session, figures_id, lock=True)
    if row is None or row.progress != Progress.OPEN:
        return
    row.figures, row.others, row.progress = values["figures"], values["others"], Progress.DONE
    session.add(row)
    if row.kind == TrendKind.MONTH:
        send_audit(session, row, now)


def _nothing(session: Session) -> None:
    """Write nothing: another process was here."""


# Keep the accounts of a program as they are at each local month's end, a part at a time.

ACCOUNTS_AT_ONCE = 100
"""Accounts worked out by one read and written by one write: a moment's work."""

MonthsWrite = Callable[[Session], object]
"""What a read found out, as the write that keeps it."""


def keep_accounts(session: Session, month_id: int, now: datetime, *, at_once: int = ACCOUNTS_AT_ONCE) -> MonthsWrite:
    """Work out the month's next accounts and return the write that keeps them, or that ends the month."""
    month = measures.get_month(session, month_id)
    if month is None or month.progress != Progress.OPEN or month.due_at > now:
        return _nothing
    ids = [each for each in listed_at(session, month.workspace_id, month.ended_at) if each > month.done_until]
    part = sorted(ids)[:at_once]
    settings = settings_at(session, month.workspace_id, month.ended_at)
    if not part:
        return partial(_end_month, month_id=month_id, settings=settings.to_store())
    before = states_at(session, month.workspace_id, month.began_at, ids=part)
    after = states_at(session, month.workspace_id, month.ended_at, ids=part)
    placed = placed_over(session, month.workspace_id, period_of(month), before=before, after=after, settings=settings)
    rows = [_values(month, each) for each in placed.values()]
    return partial(_keep_months, month_id=month_id, done_until=month.done_until, last_id=part[-1], rows=rows)


def set_aside_month(session: Session, month_id: int) -> None:
    """Leave the month as it is, and follow the next one: keeping it failed too often, so reports fold its history."""
    month = measures.get_month(session, month_id, lock=True)
    if month is not None and month.progress == Progress.OPEN:
        month.progress = Progress.LEFT
        _follow_next(session, month)


def period_of(month: ProgramMonth) -> Period:
    return Period(month.began_at, month.ended_at, month.first, month.last, month.zone)


def _keep_months(
    session: Session, *, month_id: int, done_until: int, last_id: int, rows: Sequence[Mapping[str, Any]]
) -> None:
    month = measures.get_month(session, month_id, lock=True)
    # another process may have kept these, or the month may have been left
    if month is None or month.progress != Progress.OPEN or month.done_until != done_until:
        return
    measures.keep_month(session, rows)
    month.done_until = last_id
    session.add(month)


def _end_month(session: Session, *, month_id: int, settings: Mapping[str, object]) -> None:
    """Note that all accounts are kept, want the month's figures, follow the next; nothing if another process did."""
    month = measures.get_month(session, month_id, lock=True)
    if month is None or month.progress != Progress.OPEN:
        return
    month.progress, month.settings = Progress.DONE, dict(settings)
    row: dict[str, Any] = {"workspace_id": month.workspace_id, "kind": TrendKind.MONTH.value, "on": month.last}
    row |= {"zone": month.zone, "began_at": month.began_at, "ended_at": month.ended_at}
    measures.ask_for_figures(session, row)
    _follow_next(session, month)


def _follow_next(session: Session, month: ProgramMonth) -> None:
    session.add(month)
    follow_month(session, month.workspace_id, month.ended_at, workspaces.zone(session, month.workspace_id))


def _values(month: ProgramMonth, placed: Placed) -> dict[str, Any]:
    account = placed.facts.account
    return {
        "workspace_id": month.workspace_id,
        "month_id": month.row_id,
        "account_id": account.account_id,
        "list_status": account.list_status.value,
        "tier": account.tier,
        "bucket": placed.placement.bucket.value,
        "state": state_adapter.dump_python(account, mode="json"),
        "placement": placements.dump_python(placed.placement, mode="json"),
    }


# Figures that are wanted for the trend when a review closes: worked out after it, by a job.


def want_review_figures(session: Session, review: Review) -> None:
    """Have figures worked out for a held, planned review of accounts, over the time since the held one before it.

    For the first review of a cadence that time begins with the month.
    """
    # the slot of a review opened on request begins so
    is_planned = review.cadence_id is not None and not review.slot.startswith("now:")
    if not review.was_held or review.closed_at is None or not is_planned or review.kind == CadenceKind.EXECUTIVE:
        return
    zone = workspaces.zone(session, review.workspace_id)
    on = local_date(review.closed_at, zone)
    began_at = measures.held_before(session, review) or start_of_day(on.replace(day=1), zone) - INSTANT
    row: dict[str, Any] = {"workspace_id": review.workspace_id, "kind": TrendKind.REVIEW.value, "on": on, "zone": zone}
    measures.ask_for_figures(session, row | {"began_at": began_at, "ended_at": review.closed_at})
