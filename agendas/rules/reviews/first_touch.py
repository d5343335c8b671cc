"""Check that somebody reacted in time to an account that became marketing-qualified."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from agendas.facts.account import ListStatus, Stage
from agendas.facts.program.settings import of_tier
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.rules.deals.stalled import in_stage_since

BEGINS, ENDS = time(9), time(17)
"""Business hours are these of Monday to Friday, on the wall of the reader's zone: eight a day. Our own default."""

WORKING_DAYS = range(5)
HOUR = timedelta(hours=1)


def late_first_touch(facts: AgendaFacts) -> tuple[int, int] | None:
    """The business hours since the account became MQA without anything recorded, and the limit; None within it.

    They count from its naming where it was MQA before. Where the day is not known, as after an import, nothing is late.
    """
    account = facts.account
    since = account.stage_since
    if account.list_status is not ListStatus.NAMED or account.stage is not Stage.MQA or since is None:
        return None
    if not account.stage_since_known or (account.last_update_at is not None and account.last_update_at > since):
        return None
    hours = business_hours(in_stage_since(account) or since, facts.now, facts.zone)
    limit = facts.settings.number(of_tier(account.tier, "response"))
    return (hours, limit) if hours > limit else None


def business_hours(since: datetime, until: datetime, zone: str) -> int:
    """The whole business hours between two instants."""
    wall = ZoneInfo(zone)
    start, end = since.astimezone(wall), until.astimezone(wall)
    total = timedelta()
    on = start.date()
    while on <= end.date():
        if on.weekday() in WORKING_DAYS:
            opens, closes = (datetime.combine(on, at, tzinfo=wall) for at in (BEGINS, ENDS))
            total += max(timedelta(), min(end, closes) - max(start, opens))
        on += timedelta(days=1)
    return total // HOUR
