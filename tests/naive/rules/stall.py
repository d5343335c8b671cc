"""Stalled accounts, written from the definitions alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from agendas.facts.account import EventFacts
from agendas.facts.evidence import EvidenceActor
from tests.naive.cases import Case
from tests.naive.rules.counting import judged
from tests.naive.rules.coverage import touched_on
from tests.naive.rules.deals import furthest
from tests.naive.rules.limits import AGED, QUIET, local, row_of, tier_of
from tests.naive.rules.state import State, state_of


@dataclass
class Stall:
    """The exceeded limits that nothing excuses: days and limit by cause.

    `excused` are those that a date excuses, or would if it had not done so at two reviews in a row: it is spent then.
    """

    causes: dict[str, tuple[int, int]] = field(default_factory=dict)
    excused: set[str] = field(default_factory=set)

    @property
    def is_stalled(self) -> bool:
        return bool(self.causes)


def stall_of(events: Sequence[EventFacts], now: datetime, zone: str, excused_before: int = 0) -> Stall:
    state = state_of(events)
    if state is None or not _can_stall(state):
        return Stall()
    answer = Stall()
    row, tier, today = row_of(state), tier_of(state), local(now, zone)
    aged, quiet = _days_in_stage(state, now, zone), _quiet_days(state, now, zone)
    limit = AGED[row][tier - 1]
    if limit is not None and aged is not None and aged > limit:
        answer.causes["aged"] = aged, limit
    limit = QUIET[row][tier - 1]
    if limit is not None and quiet is not None and quiet > limit:
        answer.causes["quiet"] = quiet, limit
    if waits_until(events, today):
        answer.excused = _excusable(answer)
    if excused_before < 2:
        answer.causes = {cause: days for cause, days in answer.causes.items() if cause not in answer.excused}
    return answer


def _excusable(answer: Stall) -> set[str]:
    """A date that the buyer confirmed excuses days in the stage, and silence up to twice its limit."""
    return {cause for cause, (days, limit) in answer.causes.items() if cause == "aged" or days <= 2 * limit}


def _can_stall(state: State) -> bool:
    """Named, and no pure customer without an open expansion. Tier 3 is only watched until it is engaged."""
    if state.status != "named":
        return False
    if tier_of(state) == 3 and state.stage in ("target", "aware"):
        return False
    return state.stage != "customer" or _expansion(state) is not None


def _expansion(state: State):
    """The furthest open deal for more."""
    return furthest(deal for deal in state.deals.values() if deal.profile.is_expansion)


def _days_in_stage(state: State, now: datetime, zone: str) -> int | None:
    """Days in the stage; of an opportunity and of an open expansion, those of the furthest open deal.

    Where the day is not known the clock starts at the import, which is the day that stands in the state.
    """
    since = stage_entered_at(state)
    deal = furthest(state.deals.values()) if state.stage == "opportunity" else None
    if state.stage == "customer":
        deal = _expansion(state)
    if deal:
        since = deal.since
    return None if since is None else (local(now, zone) - local(since, zone)).days


def _quiet_days(state: State, now: datetime, zone: str) -> int | None:
    """Days since the buyer, or a person known at the account, did anything; since the naming if nothing ever came."""
    days = [touched_on(person) for person in state.people.values()]
    days += [local(state.touched_at, zone)] if state.touched_at else []
    heard = max((on for on in days if on), default=None)
    if heard is None and state.named_at:
        heard = local(state.named_at, zone)
    return None if heard is None else (local(now, zone) - heard).days


def stage_entered_at(state: State) -> datetime | None:
    """Days as a candidate are no stage age: they count from the naming, where that came later than the stage."""
    days = [at for at in (state.since, state.named_at) if at]
    return max(days, default=None)


def waits_until(events: Sequence[EventFacts], today: date) -> date | None:
    """The day that the buyer, or a third party, confirmed last, if it is to come.

    It is at most 30 days after the day on which it was set.
    """
    last = _last_date(events)
    if last is None or last.change.until > last.happened_at.date() + timedelta(days=30):
        return None
    return last.change.until if last.change.until >= today else None


def _last_date(events: Sequence[EventFacts]) -> EventFacts | None:
    last = None
    for event in judged(events):
        confirms = any(piece.actor in (EvidenceActor.BUYER, EvidenceActor.THIRD_PARTY) for piece in event.evidence)
        if event.change.kind == "waiting_set" and confirms:
            last = event
    return last


def excused_before(case: Case) -> int:
    """The held reviews in a row before this instant at which a date stood against a stall.

    It excuses at the first two and is spent at the others, for as long as that date stands. A new one begins anew,
    but not where the last review was the second that one excused: that would be a third in a row.
    """
    held = case.since
    if held is None:
        return 0
    then = case.at(held)
    count = excused_before(then)
    count = count + 1 if stall_of(then.known, held, case.zone, count).excused else 0
    date_set = _last_date(case.known)
    is_new = date_set is not None and date_set.happened_at > held
    return 0 if is_new and count > 2 else count
