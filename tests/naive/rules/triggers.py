"""Triggers of an intervention, and the place on the agenda; written from the definitions alone."""

from dataclasses import dataclass
from datetime import date

from agendas.facts.deals import Phase
from tests.naive.rules.counting import standing
from tests.naive.rules.coverage import holds, is_engaged, threads
from tests.naive.rules.deals import OPEN_RANKS, Deal, furthest, lost_in
from tests.naive.rules.expansion import expansions
from tests.naive.rules.limits import local, tier_of
from tests.naive.rules.movement import Movement, Period, counted, movement_of, no_deal_open, was_won
from tests.naive.rules.stall import Stall, stall_of
from tests.naive.rules.state import State

BLOCKER_DAYS = {1: 14, 2: 21}
DECIDERS = ("champion", "economic_buyer")
AGAINST = ("non_supporter", "enemy")


@dataclass(frozen=True)
class Look:
    """One account at one review: its period, and what the other rules say of it."""

    period: Period
    state: State
    movement: Movement
    stall: Stall

    @property
    def today(self) -> date:
        return local(self.period.now, self.period.zone)

    @property
    def open_deals(self) -> list[Deal]:
        return [deal for deal in self.state.deals.values() if deal.is_open]


def look(period: Period) -> Look:
    stall = stall_of(period.events, period.now, period.zone, period.excused_before)
    return Look(period, period.state, movement_of(period), stall)


def triggers(period: Period) -> set[str]:
    """The triggers of an intervention: all of them if one is hard or two are soft, else none. Not for tier 3."""
    seen = look(period)
    if tier_of(seen.state) == 3:
        return set()
    hard, soft = hard_triggers(seen), soft_triggers(seen)
    return hard | soft if hard or len(soft) >= 2 else set()


def hard_triggers(seen: Look) -> set[str]:
    """H1 to H6."""
    state, stall = seen.state, seen.stall
    found = set()
    if stall.is_stalled and seen.period.was_stalled:
        found.add("H1")
    if any(days > 2 * limit for days, limit in stall.causes.values()):
        found.add("H1")
    if seen.movement.movement == "regressed" or _lost_its_only_deal(seen):
        found.add("H2")
    if _is_blocked(seen):
        found.add("H3")
    if any(_was_left(seen, role) for role in DECIDERS):
        found.add("H4")
    if _closes_soon(seen) and not is_engaged(state, "economic_buyer", seen.today):
        found.add("H5")
    if any(ask.due_on is not None and ask.due_on < seen.today for ask in state.asks.values()):
        found.add("H6")
    return found


def _is_blocked(seen: Look) -> bool:
    limit = BLOCKER_DAYS[tier_of(seen.state)]
    blockers = seen.state.open_blockers.values()
    is_old = any((seen.today - local(each.opened_at, seen.period.zone)).days > limit for each in blockers)
    return is_old or any(each.needs == "executive" for each in blockers)


def _closes_soon(seen: Look) -> bool:
    closings = [deal.profile.closes_on for deal in seen.open_deals if deal.profile.closes_on]
    return any(0 <= (on - seen.today).days <= 30 for on in closings)


def _lost_its_only_deal(seen: Look) -> bool:
    """Not where another was won in the period."""
    period = counted(seen.period)
    return lost_in(seen.state.deals.values(), period.since) and no_deal_open(period) and not was_won(period)


def _was_left(seen: Look, role: str) -> bool:
    """Somebody confirmed in the role left: it is told since the review. One who was told of as gone never was there."""
    before = seen.period.state_before
    for key, person in seen.state.people.items():
        if before:
            was_there = key not in before.people or before.people[key].profile.left_on is None
        else:
            was_there = person.profile.left_on is not None and person.profile.left_on >= local(
                person.added_at, seen.period.zone
            )
        if role in person.profile.roles and person.profile.left_on and was_there:
            return True
    return False


def soft_triggers(seen: Look) -> set[str]:
    """S1 to S8; S5 needs engagement points, which no event tells."""
    state, found = seen.state, set()
    due = [action.due_on for action in state.open_actions.values()]
    if not due or (seen.today - min(due)).days > 7:
        found.add("S1")
    if _is_from_middle(state) and len(threads(state, seen.today)) <= 1:
        found.add("S2")
    if _is_from_middle(state) and not holds(state, "economic_buyer"):
        found.add("S3")
    if any(_slips_away(deal, seen.today) for deal in seen.open_deals):
        found.add("S4")
    if any(person.profile.support in AGAINST for role in DECIDERS for person in holds(state, role)):
        found.add("S6")
    if seen.period.left_out >= 2:
        found.add("S7")
    if state.stage != "target" and not state.has_evidence:  # every account begins as a target
        found.add("S8")
    return found


def _slips_away(deal: Deal, today: date) -> bool:
    return deal.pushes >= 2 or (deal.profile.closes_on is not None and deal.profile.closes_on < today)


def _is_from_middle(state: State) -> bool:
    """An opportunity, or a customer that buys more, whose furthest deal is at least in its middle phase."""
    deals = state.deals.values()
    if state.stage == "customer":
        deals = [deal for deal in deals if deal.profile.is_expansion]
    deal = furthest(deals) if state.stage in ("opportunity", "customer") else None
    return deal is not None and OPEN_RANKS[deal.profile.phase] >= OPEN_RANKS[Phase.MIDDLE]


def _grew(period: Period) -> bool:
    """Somebody told since the last review of a customer's growth."""
    period = counted(period)
    if period.state_before.stage != "customer":
        return False
    news = [event for event in standing(period.events) if event.change.kind == "moved" and event.change.expansion]
    known = {event.id for event in period.before}
    return any(event.id not in known for event in news)


def bucket(period: Period) -> str:
    """The one place of an account: need first, then stalled, expanded, advanced, new, and steady."""
    seen = look(period)
    if triggers(period):
        return "needs_intervention"
    if seen.stall.is_stalled or (seen.movement.movement == "regressed" and tier_of(seen.state) == 3):
        return "stalled"
    if expansions(period) or _grew(period):
        return "expanded"
    if seen.movement.movement in ("advanced", "new"):
        return seen.movement.movement
    return "steady"
