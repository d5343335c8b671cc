"""The entry, person or deal that a reason rests on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from agendas.facts.account import EventFacts, Stage
from agendas.facts.deals import Opportunity, Phase
from agendas.facts.events import Moved
from agendas.facts.group import BuyingRole, Contact
from agendas.facts.people import Function
from agendas.facts.reviews.agenda import AgendaFacts, ReasonCode
from agendas.rules.deals.stalled import heard_on, in_stage_since
from agendas.rules.group.coverage import active_people, holders
from agendas.rules.group.triggers import departures
from agendas.rules.history.corrections import standing
from agendas.text.days import local_date


@dataclass(frozen=True, slots=True)
class Source:
    """Words of an entry, or the name of a person or deal; the local day, and who recorded it as a user id."""

    text: str = ""
    on: date | None = None
    by: str | None = None


def source_of(code: ReasonCode, facts: AgendaFacts) -> Source | None:
    """Return what the reason rests on; None where something is missing, or where a count alone tells it."""
    find = _SOURCES.get(code)
    return find(facts) if find else None


def _day(instant: datetime | None, facts: AgendaFacts) -> date | None:
    return None if instant is None else local_date(instant, facts.zone)


def _blocker(facts: AgendaFacts, *, for_executive: bool) -> Source | None:
    found = [each for each in facts.account.open_blockers if (each.needs == Function.EXECUTIVE) is for_executive]
    oldest = min(found, key=lambda each: each.opened_at, default=None)
    return Source(oldest.text, _day(oldest.opened_at, facts), oldest.owner) if oldest else None


def _ask(facts: AgendaFacts) -> Source | None:
    if not facts.account.open_asks:
        return None
    ask = facts.account.open_asks[0]
    return Source(ask.text, _day(ask.decided_at, facts), ask.decided_by)


def _stage(facts: AgendaFacts) -> Source | None:
    """The day since which it is in its stage."""
    return Source(on=_day(in_stage_since(facts.account), facts))


def _silence(facts: AgendaFacts) -> Source | None:
    """The buyer's last act, else the naming of the account."""
    account = facts.account
    return Source(on=heard_on(account, facts.zone) or _day(account.named_at, facts))


def _action(facts: AgendaFacts) -> Source | None:
    first = next(iter(facts.account.open_actions), None)
    return Source(first.text, first.due_on, first.owner) if first else None


def _fall(facts: AgendaFacts) -> Source | None:
    """The last step down that was told in the period."""
    stage = facts.counted_from.stage if facts.counted_from else Stage.TARGET
    found: EventFacts | None = None
    for event in standing(facts.events):
        if isinstance(event.change, Moved) and event.change.to_stage:
            to_stage = Stage(event.change.to_stage)
            found, stage = (event if to_stage.rank < stage.rank else found), to_stage
    if found is None or not isinstance(found.change, Moved):
        return None
    return Source(found.change.text, _day(found.happened_at, facts), found.actor)


def _lost(facts: AgendaFacts) -> Source | None:
    lost = [each for each in facts.account.opportunities if each.profile.phase is Phase.LOST and each.closed_at]
    last = max(lost, key=lambda each: each.closed_at or each.stage_since, default=None)
    return Source(last.profile.name, _day(last.closed_at, facts)) if last else None


def _open_deals(facts: AgendaFacts) -> list[Opportunity]:
    return [each for each in facts.account.opportunities if each.is_open]


def _deal_back(facts: AgendaFacts) -> Source | None:
    last = max(_open_deals(facts), key=lambda each: each.stage_since, default=None)
    return Source(last.profile.name, _day(last.stage_since, facts)) if last else None


def _closing(facts: AgendaFacts, *, is_past: bool) -> Source | None:
    """The open deal that closes first among those whose day has passed, or is to come."""
    today = local_date(facts.now, facts.zone)
    dated = [each for each in _open_deals(facts) if each.profile.closes_on]
    found = [each for each in dated if ((each.profile.closes_on or today) < today) is is_past]
    first = min(found, key=lambda each: each.profile.closes_on or date.max, default=None)
    return Source(first.profile.name, first.profile.closes_on) if first else None


def _pushed(facts: AgendaFacts) -> Source | None:
    found = max(_open_deals(facts), key=lambda each: each.pushes, default=None)
    return Source(found.profile.name, found.profile.closes_on) if found else None


def _left(facts: AgendaFacts, role: BuyingRole) -> Source | None:
    gone = next((each for held, each in departures(facts) if held is role), None)
    return Source(gone.profile.name, gone.profile.left_on) if gone else None


def _people(found: Iterable[Contact]) -> Source | None:
    names = [each.profile.name for each in found]
    return Source(", ".join(names)) if names else None


def _active(facts: AgendaFacts) -> Source | None:
    today = local_date(facts.now, facts.zone)
    return _people(active_people(facts.account.contacts, facts.settings, today=today))


_SOURCES: Mapping[ReasonCode, Callable[[AgendaFacts], Source | None]] = {
    ReasonCode.REGRESSED: _fall,
    ReasonCode.ONLY_DEAL_LOST: _lost,
    ReasonCode.DEAL_BACK: _deal_back,
    ReasonCode.BLOCKER_NEEDS_EXECUTIVE: lambda facts: _blocker(facts, for_executive=True),
    ReasonCode.BLOCKER_OLD: lambda facts: _blocker(facts, for_executive=False),
    ReasonCode.ASKED_FOR: _ask,
    ReasonCode.ASK_OVERDUE: _ask,
    ReasonCode.STALLED_AGED: _stage,
    ReasonCode.FAR_OVER_AGED: _stage,
    ReasonCode.NO_EVIDENCE: _stage,
    ReasonCode.STALLED_QUIET: _silence,
    ReasonCode.FAR_OVER_QUIET: _silence,
    ReasonCode.ACTION_OVERDUE: _action,
    ReasonCode.ECONOMIC_BUYER_LEFT: lambda facts: _left(facts, BuyingRole.ECONOMIC_BUYER),
    ReasonCode.CHAMPION_LEFT: lambda facts: _left(facts, BuyingRole.CHAMPION),
    ReasonCode.ECONOMIC_BUYER_AGAINST: lambda facts: _people(holders(facts.account, BuyingRole.ECONOMIC_BUYER)),
    ReasonCode.CHAMPION_AGAINST: lambda facts: _people(holders(facts.account, BuyingRole.CHAMPION)),
    ReasonCode.SINGLE_THREADED: _active,
    ReasonCode.CLOSES_SOON: lambda facts: _closing(facts, is_past=False),
    ReasonCode.CLOSE_DATE_PAST: lambda facts: _closing(facts, is_past=True),
    ReasonCode.CLOSE_DATE_PUSHED: _pushed,
}
