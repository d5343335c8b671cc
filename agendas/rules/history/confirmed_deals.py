"""Stages that were confirmed from deals of the CRM, and the older steps that they overtake."""

from collections.abc import Sequence
from dataclasses import replace

from agendas.facts.account import EventFacts, Stage
from agendas.facts.events import Moved


def as_deals_have_it(events: Sequence[EventFacts]) -> Sequence[EventFacts]:
    """The events in their order, where a stage confirmed from a deal overtakes the lower ones recorded before it.

    Such a stage counts from the deal's own day on. A lower stage that was recorded earlier, of a later day, was the
    stage of an account whose deal nobody had told of: it stays as news, with its evidence.
    """
    confirmed = [event for event in events if isinstance(event.change, Moved) and event.change.from_deal]
    return [_as_news(event) if _is_overtaken(event, confirmed) else event for event in events] if confirmed else events


def _is_overtaken(event: EventFacts, confirmed: Sequence[EventFacts]) -> bool:
    rank = _rank(event)
    return rank is not None and any(
        event.id < each.id and event.happened_at >= each.happened_at and rank < (_rank(each) or 0) for each in confirmed
    )


def _rank(event: EventFacts) -> int | None:
    """The rank of the stage that the event is a step to; None for any other event."""
    change = event.change
    return Stage(change.to_stage).rank if isinstance(change, Moved) and change.to_stage is not None else None


def _as_news(event: EventFacts) -> EventFacts:
    change = event.change
    return replace(event, change=replace(change, to_stage=None)) if isinstance(change, Moved) else event
