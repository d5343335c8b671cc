"""Progress of an account's deals since a review: steps of the furthest one, and deals lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.deals import Opportunity, OpportunityChanged, Phase
from agendas.facts.events import Profile
from agendas.rules.history.fold_subjects import after_any_change


@dataclass(frozen=True, slots=True)
class DealStep:
    """One change of how far the furthest deal stands, as ranks of phases; 0 is no open deal.

    `is_skip`: the deal itself left out a phase on its way up.
    """

    event: EventFacts
    from_rank: int
    to_rank: int
    is_skip: bool = False

    @property
    def ranks(self) -> int:
        """Number of phases up; negative for down."""
        return self.to_rank - self.from_rank


@dataclass(frozen=True, slots=True)
class DealWalk:
    """From where deals count (`start`), and what happened to them from there on, in order.

    The ranks are those of the furthest open deal; at the end a deal won since the review stands highest, at the start
    none does. `lost` are the deals lost since. `was_found`: an import moved the start, which is no movement.
    """

    since: datetime | None
    start: tuple[Opportunity, ...]
    start_rank: int
    end_rank: int
    steps: tuple[DealStep, ...]
    lost: tuple[Opportunity, ...]
    was_found: bool


def walk_deals(
    before: AccountState, after: AccountState, events: Sequence[EventFacts], since: datetime | None
) -> DealWalk:
    """The way of the deals from the last held review, which closed at `since`, to the account as it stands.

    What an import tells of days before the review, a deal that it finds without a date or open and older than the
    review, and another meaning of a stage's name only move the start. A deal that it finds closed since is a step.
    """
    start = {deal.key: deal for deal in before.opportunities}
    there = dict(start)
    steps: list[DealStep] = []
    for event in events:
        if not isinstance(event.change, OpportunityChanged):
            continue
        known = there.get(event.change.opportunity.key)
        is_late = since is not None and event.happened_at <= since
        if is_late and known is not None and event.happened_at < known.stage_since:
            continue
        if is_late or _is_found(event.change, known, since):
            _put(start, event)
            _put(there, event)
        else:
            from_rank = furthest_rank(there.values(), since)
            _put(there, event)
            to_rank = furthest_rank(there.values(), since)
            if to_rank != from_rank:
                steps.append(DealStep(event, from_rank, to_rank, _is_skip(event.change, known)))
    start_rank = furthest_rank(start.values(), None)
    return DealWalk(
        since=since,
        start=tuple(start.values()),
        start_rank=start_rank,
        end_rank=furthest_rank(after.opportunities, since),
        steps=tuple(steps),
        lost=tuple(deal for deal in after.opportunities if _was_lost(deal, start.get(deal.key), since)),
        was_found=start_rank != furthest_rank(before.opportunities, None),
    )


def furthest_rank(deals: Iterable[Opportunity], won_since: datetime | None) -> int:
    """The highest rank among open deals, and those won after `won_since` where that is given; 0 when there is none."""
    return max((deal.profile.phase.rank for deal in deals if deal.is_open or was_won(deal, won_since)), default=0)


def was_won(deal: Opportunity, since: datetime | None) -> bool:
    """Return true if the deal was won after that instant."""
    is_won = deal.profile.phase is Phase.WON
    return is_won and since is not None and deal.closed_at is not None and deal.closed_at > since


def phase_of(rank: int) -> Phase | None:
    """The phase of this rank; None for 0, where no deal is open."""
    return next((phase for phase in Phase if phase.rank == rank and rank), None)


def _is_found(change: OpportunityChanged, known: Opportunity | None, since: datetime | None) -> bool:
    """Return true if an import found an older deal, or only a new meaning of its stage."""
    if known is not None:
        profile = known.profile
        return profile.stage_name == change.opportunity.stage_name and profile.phase is not change.opportunity.phase
    if not change.opportunity.phase.is_open:
        return not change.since_known
    if since is not None and change.opened_at is not None:
        return change.opened_at <= since
    return not change.since_known


def _is_skip(change: OpportunityChanged, known: Opportunity | None) -> bool:
    return known is not None and known.is_open and change.opportunity.phase.rank - known.profile.phase.rank > 1


def _was_lost(deal: Opportunity, at_start: Opportunity | None, since: datetime | None) -> bool:
    """Return true if the deal was lost since the review, or found as lost since and not known to be lost at it.

    One that was lost then, too, was open again since if it has another day on which it was lost.
    """
    if deal.profile.phase is not Phase.LOST:
        return False
    if at_start is not None and at_start.profile.phase is Phase.LOST and at_start.closed_at in (None, deal.closed_at):
        return False
    return since is not None and deal.closed_at is not None and deal.closed_at > since


def _put(deals: dict[str, Opportunity], event: EventFacts) -> None:
    """Folds the event into these deals, by key."""
    state = AccountState(event.account_id, Profile(""), opportunities=tuple(deals.values()))
    for deal in after_any_change(event.change, state, event).opportunities:
        deals[deal.key] = deal
