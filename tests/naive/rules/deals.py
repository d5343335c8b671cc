"""An account's deals from the rows of the CRM. Written from the rules alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from agendas.facts.account import EventFacts
from agendas.facts.deals import OpportunityProfile, Phase

OPEN_RANKS = {Phase.EARLY: 1, Phase.MIDDLE: 2, Phase.LATE: 3}
WON_RANK = 4


@dataclass
class Deal:
    """A deal as it stands; `closed_at` is None where it is open, or where nobody knows the day."""

    profile: OpportunityProfile
    opened_at: datetime
    since: datetime
    since_known: bool
    pushes: int = 0
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.profile.phase in OPEN_RANKS


def deals_of(events: Iterable[EventFacts]) -> dict[str, Deal]:
    """The deals after these events, which count and are in the order in which they happened."""
    deals: dict[str, Deal] = {}
    for event in events:
        if event.change.kind == "opportunity_changed":
            key = event.change.opportunity.key
            deals[key] = _after(deals.get(key), event)
    return deals


def _after(deal: Deal | None, event: EventFacts) -> Deal:
    change, at = event.change, event.happened_at
    profile = change.opportunity
    is_step = deal is None or deal.profile.stage_name != profile.stage_name
    since, known = (at, change.since_known) if is_step else (deal.since, deal.since_known)
    pushes = 0 if deal is None else deal.pushes
    if (
        deal
        and deal.is_open
        and deal.profile.closes_on
        and profile.closes_on
        and profile.closes_on > deal.profile.closes_on
    ):
        pushes += 1
    opened_at = change.opened_at or (deal.opened_at if deal else at)
    return Deal(profile, opened_at, since, known, pushes, _closed_at(deal, event))


def _closed_at(deal: Deal | None, event: EventFacts) -> datetime | None:
    """The day on which it was won or lost: it stays with a closed deal. One found closed has none."""
    phase = event.change.opportunity.phase
    if phase in OPEN_RANKS:
        return None
    if deal is not None and deal.profile.phase is phase:
        return deal.closed_at
    return event.happened_at if event.change.since_known or deal is not None else None


def open_rank(deals: Iterable[Deal]) -> int:
    return max((OPEN_RANKS[deal.profile.phase] for deal in deals if deal.is_open), default=0)


def won_in(deals: Iterable[Deal], since: datetime) -> bool:
    return any(deal.profile.phase is Phase.WON and deal.closed_at and deal.closed_at > since for deal in deals)


def lost_in(deals: Iterable[Deal], since: datetime) -> bool:
    return any(deal.profile.phase is Phase.LOST and deal.closed_at and deal.closed_at > since for deal in deals)


def furthest(deals: Iterable[Deal]) -> Deal | None:
    """The open deal that stands furthest, of several the one that moved last."""
    found = [deal for deal in deals if deal.is_open]
    return max(found, key=lambda deal: (OPEN_RANKS[deal.profile.phase], deal.since), default=None)
