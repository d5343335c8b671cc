"""Keep the accounts of a program as they are at each local month's end, a part at a time.

What is kept is worked out in a read, and written in a short write. A month is done when every account was gone
through; until then, and of instants between, states are folded from what was recorded.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from agendas.facts.measures.program import Period
from agendas.facts.measures.trend import TrendKind
from agendas.verbs.loading.rows import state_adapter
from agendas.verbs.measures.places import placements
from agendas.verbs.measures.placing import Placed, placed_over
from agendas.verbs.measures.settings import settings_at
from agendas.verbs.measures.states import listed_at, states_at
from agendas.verbs.record.follow_months import follow_month
from storage import workspaces
from storage.measures import figures, months
from storage.tables import ProgramMonth, Progress

ACCOUNTS_AT_ONCE = 100
"""Accounts worked out by one read and written by one write: a moment's work."""

Write = Callable[[Session], object]
"""What a read found out, as the write that keeps it."""


def keep_accounts(session: Session, month_id: int, now: datetime, *, at_once: int = ACCOUNTS_AT_ONCE) -> Write:
    """Work out the month's next accounts and return the write that keeps them, or that ends the month."""
    month = months.get(session, month_id)
    if month is None or month.progress != Progress.OPEN or month.due_at > now:
        return _nothing
    ids = [number for number in listed_at(session, month.workspace_id, month.ended_at) if number > month.done_until]
    part = sorted(ids)[:at_once]
    settings = settings_at(session, month.workspace_id, month.ended_at)
    if not part:
        return partial(_end, month_id=month_id, settings=settings.to_store())
    before = states_at(session, month.workspace_id, month.began_at, ids=part)
    after = states_at(session, month.workspace_id, month.ended_at, ids=part)
    placed = placed_over(session, month.workspace_id, period_of(month), before=before, after=after, settings=settings)
    rows = [_values(month, one) for one in placed.values()]
    return partial(_keep, month_id=month_id, done_until=month.done_until, last_id=part[-1], rows=rows)


def leave_month(session: Session, month_id: int) -> None:
    """Leave the month as it is, and follow the next one: keeping it failed too often, so it is always folded."""
    month = months.get(session, month_id, lock=True)
    if month is not None and month.progress == Progress.OPEN:
        month.progress = Progress.LEFT
        _follow_next(session, month)


def period_of(month: ProgramMonth) -> Period:
    """Return the month as a period."""
    return Period(month.began_at, month.ended_at, month.first, month.last, month.zone)


def _nothing(session: Session) -> None:
    """Write nothing: another process was here."""


def _keep(session: Session, *, month_id: int, done_until: int, last_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    month = months.get(session, month_id, lock=True)
    # another process may have kept these, or the month may have been left
    if month is None or month.progress != Progress.OPEN or month.done_until != done_until:
        return
    months.keep(session, rows)
    month.done_until = last_id
    session.add(month)


def _end(session: Session, *, month_id: int, settings: Mapping[str, object]) -> None:
    month = months.get(session, month_id, lock=True)
    if month is None or month.progress != Progress.OPEN:
        return
    month.progress, month.settings = Progress.DONE, dict(settings)
    figures.want(session, _figures(month))
    _follow_next(session, month)


def _follow_next(session: Session, month: ProgramMonth) -> None:
    session.add(month)
    follow_month(session, month.workspace_id, month.ended_at, workspaces.zone(session, month.workspace_id))


def _figures(month: ProgramMonth) -> dict[str, Any]:
    return {
        "workspace_id": month.workspace_id,
        "kind": TrendKind.MONTH.value,
        "on": month.last,
        "zone": month.zone,
        "began_at": month.began_at,
        "ended_at": month.ended_at,
    }


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
