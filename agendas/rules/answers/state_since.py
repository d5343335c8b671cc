"""The day since when an account is in its state: when the first of its reasons went over its limit."""

from datetime import date, timedelta

from agendas.facts.reviews.agenda import CodedReason, ReasonCode
from agendas.facts.reviews.review import AgendaItem, Bucket
from agendas.text.days import local_date

OVER_LIMIT = (ReasonCode.STALLED_AGED, ReasonCode.STALLED_QUIET, ReasonCode.STALLED_TWICE, ReasonCode.BLOCKER_OLD)
"""Reasons whose number of days is over their limit."""

OVER_TWICE = (ReasonCode.FAR_OVER_AGED, ReasonCode.FAR_OVER_QUIET)
"""Reasons whose number of days is over twice their limit."""

SO_MANY_DAYS = (
    ReasonCode.BLOCKER_NEEDS_EXECUTIVE,
    ReasonCode.ACTION_OVERDUE,
    ReasonCode.ASK_OVERDUE,
    ReasonCode.ECONOMIC_BUYER_LEFT,
    ReasonCode.CHAMPION_LEFT,
    ReasonCode.CLOSE_DATE_PAST,
)
"""Reasons that hold for their number of days."""


def state_since(item: AgendaItem) -> date | None:
    """Return the local day since when the account is in its state, None where its reasons tell none."""
    facts, placement = item.facts, item.placement
    today = local_date(facts.now, facts.zone)
    if placement.reasons:
        days = [found for reason in placement.reasons if (found := _days(reason)) is not None]
        if placement.reasons[0][0] is ReasonCode.REGRESSED and facts.account.last_movement_at:
            return local_date(facts.account.last_movement_at, facts.zone)
        return today - timedelta(days=max(days)) if days else None
    moved_at = facts.account.named_at if placement.bucket is Bucket.NEW else facts.account.last_movement_at
    return local_date(moved_at, facts.zone) if moved_at else None


def _days(reason: CodedReason) -> int | None:
    """The days for which the reason holds: its first day is the one after the limit."""
    code, number, limit = reason
    if code in OVER_LIMIT:
        return max(0, number - limit - 1)
    if code in OVER_TWICE:
        return max(0, number - 2 * limit - 1)
    return number if code in SO_MANY_DAYS else None
