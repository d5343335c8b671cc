"""Remarks on the rows of an import of deals."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from agendas.facts.deals import OpportunityProfile
from agendas.rendering.filters import money
from agendas.rules.imports.deals.known import PlannedDeal
from agendas.text.days import local_date


def deal_reasons(row: PlannedDeal, _people: Mapping[str, str]) -> Iterator[str]:
    """Return the remarks on a deal's row: why it is skipped, its changes, and values that were not understood."""
    if row.reason:
        yield row.reason
    elif row.change is not None or row.steps:
        yield row.account_name
    if row.change is not None:
        yield from _news(row.before, row.change.opportunity)
        if row.happened_at is not None:
            yield f"since {_day(row, row.happened_at)}"
        elif row.before is None:
            yield "since when is not said"
    if row.steps:
        stages = ", ".join(f"{change.opportunity.stage_name} {_day(row, at)}" for change, at in row.steps)
        yield f"before that {stages}"
    yield from row.notes


def _day(row: PlannedDeal, instant: datetime) -> str:
    return f"{local_date(instant, row.zone):%d %b %Y}"


def _news(before: OpportunityProfile | None, after: OpportunityProfile) -> Iterator[str]:
    for words, values in (
        ("stage", (before and _stage(before), _stage(after))),
        ("amount", (before and _amount(before), _amount(after))),
        ("closes", (before and _closes(before), _closes(after))),
        ("type", (before and before.type.replace("_", " "), after.type.replace("_", " "))),
        ("next step", (before and before.next_step, after.next_step)),
        ("name", (before and before.name, after.name)),
    ):
        was, is_now = values
        if before is None:
            if is_now and words in ("stage", "amount", "closes"):
                yield f"{words} {is_now}"
        elif was != is_now:
            yield f"{words} {was or 'none'} → {is_now or 'none'}"


def _stage(deal: OpportunityProfile) -> str:
    return f"{deal.stage_name} ({deal.phase})"


def _amount(deal: OpportunityProfile) -> str:
    return money(deal.amount_cents, deal.currency) if deal.amount_cents is not None else ""


def _closes(deal: OpportunityProfile) -> str:
    return f"{deal.closes_on:%d %b %Y}" if deal.closes_on is not None else ""
