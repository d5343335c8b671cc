"""Self-calibration: limits of stages that follow from how long accounts stayed in them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import floor
from statistics import median

from agendas.facts.account import EventFacts, Stage
from agendas.facts.deals import OpportunityChanged, OpportunityProfile
from agendas.facts.events import ListChanged
from agendas.facts.measures.program import Stay
from agendas.facts.program.calibration import CalibratedLimit, Calibration
from agendas.facts.program.settings import CALIBRATABLE, SETTINGS, of_tier
from agendas.rules.history.fold_subjects import is_step
from agendas.rules.measures.velocity import TRAILING_DAYS, days_of, is_completed
from agendas.text.days import days_between

LEAST_STAYS = 10
"""Completed stays that a limit wants to follow from. Our own."""

BY_DEALS = (Stage.OPPORTUNITY, Stage.CUSTOMER)
"""Stages in which an account ages by its deal."""

TIMES_MEDIAN = 1.5
"""A published rule: longer than one and a half times the usual stay is late. The median is not moved by a few."""

LEAST_TIMES, MOST_TIMES = 0.5, 3.0
"""A limit never leaves these times its default. Our own."""


@dataclass(frozen=True, slots=True)
class DealStay:
    """Stay of a deal in one of its stages, an open one; `tier` is the account's at its end."""

    deal: OpportunityProfile
    tier: int | None
    began_at: datetime
    ended_at: datetime


def calibrated(days: Mapping[str, Sequence[int]], on: date) -> Calibration:
    """Return the limits that follow from completed stays, in days by the key of the limit, as of a local day.

    A limit is 1.5 x the median, at least half and at most three times its default, in whole days rounded half up. Where
    there are fewer than ten stays the default stands, and limits that a default does not set are not calibrated.
    """
    limits = (
        CalibratedLimit(key, _limit(key, stays), len(stays))
        for key, stays in sorted(days.items())
        if key in CALIBRATABLE and len(stays) >= LEAST_STAYS
    )
    return Calibration(tuple(limits), on)


def days_by_limit(
    stays: Iterable[Stay], deals: Iterable[DealStay], *, now: datetime, zone: str
) -> Mapping[str, tuple[int, ...]]:
    """The days of the completed stays of the last year, by the key of the limit that they count for.

    An opportunity ages by the stage of its deal, and so does a customer while a deal for more is open: their limits
    follow from stays of deals.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for stay in stays:
        if stay.stage not in BY_DEALS and is_completed(stay, now=now, zone=zone):
            found[of_tier(stay.tier, f"aged.{stay.stage}")].append(days_of(stay, now=now, zone=zone))
    for of_deal in deals:
        limits = _limits_of(of_deal.deal)
        if limits and days_between(of_deal.ended_at, now, zone) <= TRAILING_DAYS:
            days = days_between(of_deal.began_at, of_deal.ended_at, zone)
            found[of_tier(of_deal.tier, f"aged.{limits}")].append(days)
    return {key: tuple(days) for key, days in found.items()}


def deal_stays(events: Sequence[EventFacts]) -> tuple[DealStay, ...]:
    """Return the stays of an account's deals in open stages that began and ended on known days.

    Args:
        events: the entries of one account that count, in the order of what happened: of its deals, and changes of its
            place on the list, by which a stay has the tier that the account had at its end.
    """
    found: list[DealStay] = []
    begun: dict[str, tuple[OpportunityProfile, datetime | None]] = {}
    tier: int | None = None
    for event in events:
        change = event.change
        if isinstance(change, ListChanged):
            tier = change.tier if change.tier is not None else tier
        elif isinstance(change, OpportunityChanged):
            deal, key = change.opportunity, change.opportunity.key
            before, began_at = begun.get(key, (None, None))
            if before is not None and not is_step(before, deal):
                begun[key] = deal, began_at
                continue
            if before is not None and before.phase.is_open and began_at is not None and change.since_known:
                found.append(DealStay(before, tier, began_at, event.happened_at))
            begun[key] = deal, event.happened_at if change.since_known else None
    return tuple(found)


def _limits_of(deal: OpportunityProfile) -> str:
    """The limits that a stay of the deal counts for; '' for a renewal, which stalls nobody."""
    if deal.is_expansion:
        return Stage.CUSTOMER.value
    return "" if not deal.adds_value else f"{Stage.OPPORTUNITY}_{deal.phase}"


def _limit(key: str, days: Sequence[int]) -> int:
    default = SETTINGS[key].default
    if not isinstance(default, int):
        raise TypeError(key)
    limit = min(max(TIMES_MEDIAN * median(days), LEAST_TIMES * default), MOST_TIMES * default)
    return floor(limit + 0.5)
