"""Reads of an account's signals, page by page, and of the signals webhook. Nothing here writes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.signals import NotedSignal
from agendas.pages.accounts.signals import SignalsFacts, WebhookFacts
from agendas.rules.signals.engagement import stage_hint
from agendas.text.days import local_date
from agendas.verbs.loading.engagements import engagements
from agendas.verbs.loading.item_rows import signal_facts
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.accounts import get_account
from storage import account_items, signals, workspaces
from storage.tables import Account, SignalRow

SIGNALS_PER_PAGE = 10
DAY = timedelta(days=1)


def account_signals(
    session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str, before_id: int | None = None
) -> SignalsFacts:
    """Return the account's latest signals, newest first, below `before_id` if given. Raises Outdated."""
    row = get_account(session, workspace_id, account_id)
    found = signals.page(session, account_id, before_id=before_id, limit=SIGNALS_PER_PAGE + 1)
    shown = found[:SIGNALS_PER_PAGE]
    state = account_state(row)
    engagement = engagements(session, [account_id], now).get(account_id)
    hint = stage_hint(state, engagement, settings_of(session, workspace_id)) if engagement else None
    return SignalsFacts(
        account=state,
        engagement=engagement,
        hint=hint,
        signals=_signal_lines(session, row, shown),
        zone=zone,
        today=local_date(now, zone),
        more_value=f"{account_id} {shown[-1].id}" if len(found) > SIGNALS_PER_PAGE else "",
    )


def signals_webhook(session: Session, workspace_id: str, *, now: datetime) -> WebhookFacts:
    """Return the state of the signals webhook: if programs may send, and what arrived in the last 24 hours."""
    workspace = workspaces.get(session, workspace_id)
    count, last_at = signals.came_by_webhook(session, workspace_id, now - DAY)
    return WebhookFacts(workspace_id, bool(workspace and workspace.signals_secret), count, last_at)


def _signal_lines(session: Session, account: Account, rows: Sequence[SignalRow]) -> tuple[NotedSignal, ...]:
    names = account_items.texts(session, {row.contact_id for row in rows if row.contact_id is not None})
    return tuple(
        NotedSignal(
            account_id=row.account_id,
            account_name=account.name,
            signal=signal_facts(row),
            person=names.get(row.contact_id or 0, ""),
            called=row.person,
            is_taken_back=row.taken_back_at is not None,
        )
        for row in rows
    )
