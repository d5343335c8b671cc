"""Load the engagement of accounts: the sums of their signals' points over windows of time."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from agendas.facts.signals import Engagement
from agendas.rules.signals.engagement import WEEKS_OF_BASELINE, trend
from storage import signals
from storage.signals import Sums


def engagements(session: Session, account_ids: Collection[int], now: datetime) -> dict[int, Engagement]:
    """Return the engagement of these accounts at an instant, by id; accounts without recent signals are left out."""
    found = signals.sums(session, account_ids, now) if account_ids else {}
    return {number: _engagement(sums) for number, sums in found.items()}


def _engagement(sums: Sums) -> Engagement:
    points = sums.points
    weekly_baseline = points["baseline"] / WEEKS_OF_BASELINE
    return Engagement(
        last_90=points["last_90"],
        last_30=points["last_30"],
        earlier_30s=(points["before_30"], points["before_60"], points["before_90"]),
        last_7=points["last_7"],
        weekly_baseline=weekly_baseline,
        trend=trend(points["last_7"], weekly_baseline),
        last_signal_at=sums.last_at,
    )
