"""History of deals: its rows, the latest instant at which each was recorded, and the past that they describe."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import itemgetter

from agendas.facts.account import EventFacts
from agendas.facts.deals import OpportunityChanged, OpportunityProfile

LAST_SECOND = 59
"""Of a day without a time an import takes the last second."""

DealStep = tuple[datetime, str, int | None, date | None]
"""Instant, stage, amount and close date of a deal at one point of its history."""


def steps_of(events: Iterable[EventFacts]) -> tuple[dict[str, frozenset[DealStep]], dict[str, datetime]]:
    """The rows of history that were told of each deal, by its key, and when it was told of last by any row.

    The row of a deal itself is no step: it tells when its stage began, and its amount and close date of later.
    """
    steps: dict[str, set[DealStep]] = defaultdict(set)
    told_at: dict[str, datetime] = {}
    for event in events:
        if isinstance(event.change, OpportunityChanged):
            deal = event.change.opportunity
            told_at[deal.key] = max(told_at.get(deal.key, event.happened_at), event.happened_at)
            if event.change.is_history:
                steps[deal.key].add((event.happened_at, deal.stage_name, deal.amount_cents, deal.closes_on))
    return {key: frozenset(each) for key, each in steps.items()}, told_at


def stages_of(events: Iterable[EventFacts]) -> dict[str, frozenset[tuple[datetime, str]]]:
    """The instants and stages that any row told of each deal, by its key."""
    told: dict[str, set[tuple[datetime, str]]] = defaultdict(set)
    for event in events:
        if isinstance(event.change, OpportunityChanged):
            told[event.change.opportunity.key].add((event.happened_at, event.change.opportunity.stage_name))
    return {key: frozenset(each) for key, each in told.items()}


def told_by_history(events: Iterable[EventFacts]) -> set[int]:
    """The ids of the rows of deals that tell nothing but a row of the deal's history does, of events that count.

    Such a row of history has its stage at its instant, or is the last before it and has its stage, amount and date (or
    no amount and date, where the deal was found without the day of its stage), or has its stage after it: a deal that
    was won or lost is dated by its close date where nothing is surer.
    """
    history: dict[str, list[tuple[datetime, OpportunityProfile]]] = defaultdict(list)
    rows: list[tuple[EventFacts, OpportunityChanged]] = []
    for event in sorted(events, key=lambda event: (event.happened_at, event.id)):
        if isinstance(event.change, OpportunityChanged):
            deal = event.change.opportunity
            if event.change.is_history:
                history[deal.key].append((event.happened_at, deal))
            else:
                rows.append((event, event.change))
    return {
        event.id
        for event, change in rows
        if _is_told(event.happened_at, change, history.get(change.opportunity.key, []))
    }


def _is_told(
    happened_at: datetime, change: OpportunityChanged, history: Sequence[tuple[datetime, OpportunityProfile]]
) -> bool:
    deal = change.opportunity
    place = bisect(history, happened_at, key=itemgetter(0))
    if place and history[place - 1][1].stage_name == deal.stage_name:
        at, last = history[place - 1]
        is_found = not change.since_known and last.amount_cents is None and last.closes_on is None
        return at == happened_at or is_found or _has(last, deal)
    later = history if place == 0 else history[place : place + 1]
    begins_in_it = place == 0 and bool(history) and history[0][1].stage_name == deal.stage_name
    if deal.phase.is_open or (begins_in_it and not is_of_close_date(happened_at, deal)):
        return False
    return any(row.stage_name == deal.stage_name for _, row in later)


def as_history_has_it(events: Sequence[EventFacts]) -> Sequence[EventFacts]:
    """The events in their order, the rows of deals with the amount and close date that history has at their instant.

    A row of a deal is dated by its stage, and says the amount and close date of the export. Where history goes on after
    it, they count from the row of history that has them; where none has, history is older than they are, and they count
    after its last row, with nothing new to show. A deal that was won or lost is dated by its close date where its row
    has no better one: where history begins later, it counts from the row that has its stage.
    """
    rows = _rows_of_history(events)
    if not rows:
        return events
    told = [[event] for event in events]
    for place, event in enumerate(events):
        change = event.change
        if not isinstance(change, OpportunityChanged) or change.is_history:
            continue
        there = rows.get(change.opportunity.key, [])
        later = bisect(there, place, key=itemgetter(0))
        if later == len(there):
            continue
        around, (last_place, last) = there[max(later - 1, 0) :], there[-1]
        entered = _entered_in(there, event.happened_at, change.opportunity) if later == 0 else None
        if entered is None:
            told[place] = [_saying(event, change, _with_amounts_of(change.opportunity, around[0][1]))]
        else:
            entered_place, row = entered
            moved = replace(event, happened_at=events[entered_place].happened_at)
            told[place] = []
            told[entered_place].append(_saying(moved, change, _with_amounts_of(change.opportunity, row)))
        if not any(_has(row, change.opportunity) for _, row in around):
            stated = replace(event, happened_at=events[last_place].happened_at, evidence=())
            told[last_place].append(_saying(stated, change, _updated(last, change.opportunity)))
    return [event for each in told for event in each]


def _entered_in(
    rows: Sequence[tuple[int, OpportunityProfile]], happened_at: datetime, deal: OpportunityProfile
) -> tuple[int, OpportunityProfile] | None:
    """The row of a closed deal's history, after its own row of that instant, that enters its stage.

    None where history begins in it and the deal's own row has a date of its stage, which is surer.
    """
    begins_in_it = rows[0][1].stage_name == deal.stage_name
    if deal.phase.is_open or (begins_in_it and not is_of_close_date(happened_at, deal)):
        return None
    return next((row for row in rows if row[1].stage_name == deal.stage_name), None)


def is_of_close_date(happened_at: datetime, deal: OpportunityProfile) -> bool:
    """Return true if the instant is the end of the deal's close date, in whatever zone the file was made."""
    on = deal.closes_on
    return on is not None and happened_at.second == LAST_SECOND and abs((happened_at.date() - on).days) <= 1


def _rows_of_history(events: Sequence[EventFacts]) -> dict[str, list[tuple[int, OpportunityProfile]]]:
    """By deal its rows of history, each with its place among the events."""
    rows: dict[str, list[tuple[int, OpportunityProfile]]] = defaultdict(list)
    for place, event in enumerate(events):
        if isinstance(event.change, OpportunityChanged) and event.change.is_history:
            rows[event.change.opportunity.key].append((place, event.change.opportunity))
    return rows


def _saying(event: EventFacts, change: OpportunityChanged, deal: OpportunityProfile) -> EventFacts:
    return replace(event, change=replace(change, opportunity=deal))


def _with_amounts_of(deal: OpportunityProfile, row: OpportunityProfile) -> OpportunityProfile:
    """The deal with the amount and close date of a row of its history, and with none where that says none."""
    return replace(deal, amount_cents=row.amount_cents, currency=row.currency, closes_on=row.closes_on)


def _updated(row: OpportunityProfile, deal: OpportunityProfile) -> OpportunityProfile:
    """The deal as a row of its history has it, with the amount and close date that the deal's own row says."""
    has_amount = deal.amount_cents is not None
    return replace(
        row,
        amount_cents=deal.amount_cents if has_amount else row.amount_cents,
        currency=deal.currency if has_amount else row.currency,
        closes_on=deal.closes_on or row.closes_on,
    )


def _has(row: OpportunityProfile, deal: OpportunityProfile) -> bool:
    """Return true if the row of history has the amount and close date of the deal's own row."""
    return _updated(row, deal) == row
