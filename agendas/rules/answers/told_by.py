"""The events that told the facts of an account as it stands: its tier, its status, its stage, parts of its profile."""

from collections.abc import Sequence

from agendas.facts.account import EventFacts, ListStatus, Stage
from agendas.facts.events import Decided, Edited, ListChanged, Moved, Nominated
from agendas.rules.history.evidence import touch_at, touches

Told = Sequence[EventFacts]
"""Events of one account that nobody took back, in the order in which they happened."""


def tier_event(told: Told) -> EventFacts | None:
    """Return the event that gave the account its present tier, None where it never had one."""
    found, tier = None, None
    for event in told:
        if isinstance(event.change, ListChanged) and event.change.tier != tier:
            found, tier = event, event.change.tier
    return found if tier is not None else None


def last_in_tier(told: Told, tiers: Sequence[int]) -> EventFacts | None:
    """Return the event that gave the account one of these tiers last."""
    found, tier = None, None
    for event in told:
        if isinstance(event.change, ListChanged) and event.change.tier != tier:
            tier = event.change.tier
            found = event if tier in tiers else found
    return found


def status_event(told: Told, *statuses: ListStatus) -> EventFacts | None:
    """Return the event that gave the account its present status, or the last that gave it one of these."""
    found, before = None, ""
    for event in told:
        change = event.change
        status = change.status if isinstance(change, ListChanged) else ListStatus.CANDIDATE
        if not isinstance(change, ListChanged | Nominated) or status == before:
            continue
        before = status
        if not statuses or status in statuses:
            found = event
    return found


def naming_event(told: Told) -> EventFacts | None:
    """Return the event that put the account on the list last, which the end of a pause does not."""
    found, was_on_list = None, False
    for event in told:
        if isinstance(event.change, ListChanged):
            is_on_list = ListStatus(event.change.status).is_on_list
            found = event if is_on_list and not was_on_list else found
            was_on_list = is_on_list
    return found


def stage_event(told: Told, stage: Stage) -> EventFacts | None:
    """Return the last event that led to the stage."""
    steps = (event for event in told if isinstance(event.change, Moved) and event.change.to_stage == stage)
    return max(steps, key=lambda event: (event.happened_at, event.id), default=None)


def movement_event(told: Told) -> EventFacts | None:
    """Return the last event that moved the account: a step to a stage, or an expansion."""
    moved = [event for event in told if isinstance(event.change, Moved) and _is_movement(event.change)]
    return moved[-1] if moved else None


def profile_event(told: Told, *attributes: str) -> EventFacts | None:
    """Return the event that gave these attributes of the profile their present values."""
    found, values = None, None
    for event in told:
        if isinstance(event.change, Nominated | Edited):
            profile = event.change.profile
            now = tuple(getattr(profile, name) for name in attributes)
            if now != values:
                found, values = event, now
    return found


def touch_event(told: Told) -> EventFacts | None:
    """Return the event whose evidence shows the buyer's last act."""
    heard = [(touch_at(event, pieces), event.id, event) for event in told if (pieces := touches(event))]
    return max(heard, key=lambda each: each[:2])[2] if heard else None


def decision_event(told: Told) -> EventFacts | None:
    """Return the last decision."""
    return next((event for event in reversed(told) if isinstance(event.change, Decided)), None)


def last_event(told: Told, kinds: Sequence[str], *, by_people: bool = False) -> EventFacts | None:
    """Return the last event of these kinds; with `by_people` without what an import found."""
    fitting = (event for event in reversed(told) if event.change.kind in kinds)
    return next((event for event in fitting if not (by_people and event.source == "import")), None)


def _is_movement(change: Moved) -> bool:
    return change.expansion is not None or (change.to_stage is not None and change.since_known)
