"""The fields of one account as facts, each with who told it and since when."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from agendas.facts.account import EventFacts, ListStatus
from agendas.facts.answers import FieldFact
from agendas.facts.deals import Opportunity, OpportunityChanged
from agendas.facts.events import ListChanged, Moved, Nominated
from agendas.facts.justification import Part
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.answers import told_by
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.deals.summary import sum_of
from agendas.rules.fit.score import fit_of
from agendas.rules.group.coverage import buying_group
from agendas.rules.history.fold_changes import UPDATES
from agendas.rules.list.justification import said_parts
from agendas.text.days import local_date
from assistant.look_ups.accounts.loaded import FactOf, Loaded


def _tier(loaded: Loaded, item: AgendaItem) -> FieldFact:
    event = told_by.tier_event(loaded.told_of(item))
    since = event.happened_at if event else None
    return FieldFact("tier", item.facts.account.tier, since, source=event, because=_reason(event))


def _status(loaded: Loaded, item: AgendaItem) -> FieldFact:
    account, event = item.facts.account, told_by.status_event(loaded.told_of(item))
    since = event.happened_at if event else account.list_changed_at
    return FieldFact("status", account.list_status, since, source=event, because=_reason(event) or account.because)


def _named_on(loaded: Loaded, item: AgendaItem) -> FieldFact:
    account = item.facts.account
    if not account.list_status.is_on_list:
        return _status(loaded, item)
    event = told_by.naming_event(loaded.told_of(item))
    return FieldFact("named_on", account.named_at, account.named_at, source=event, because=_reason(event))


def _stage(loaded: Loaded, item: AgendaItem) -> FieldFact:
    account = item.facts.account
    event = told_by.stage_event(loaded.told_of(item), account.stage)
    at_least = not account.stage_since_known
    return FieldFact("stage", account.stage, account.stage_since, at_least=at_least, source=event, because=_text(event))


def _days_in_stage(loaded: Loaded, item: AgendaItem) -> FieldFact:
    deal = furthest_deal(item.facts.account) if item.placement.stall.phase else None
    if deal is None:
        return replace(_stage(loaded, item), code="days_in_stage")
    at_least, source = not deal.stage_since_known, _deal_event(loaded, item, [deal])
    stage = item.facts.account.stage
    return FieldFact("days_in_stage", stage, deal.stage_since, at_least=at_least, source=source)


def _state(loaded: Loaded, item: AgendaItem) -> FieldFact:
    """The state with its reasons; of one that is not named its status, which is why it has none."""
    if item.facts.account.list_status is not ListStatus.NAMED:
        return _status(loaded, item)
    return FieldFact("state", item.placement)


def _stalled(_loaded: Loaded, item: AgendaItem) -> FieldFact:
    return FieldFact("stalled", item.placement)


def _profile(code: str, *attributes: str) -> FactOf:
    """The fact of these attributes of the profile: the first of them that is given is its value."""

    def fact(loaded: Loaded, item: AgendaItem) -> FieldFact:
        profile = item.facts.account.profile
        value = next((given for name in attributes if (given := getattr(profile, name)) not in (None, "")), None)
        return FieldFact(code, value, source=told_by.profile_event(loaded.told_of(item), *attributes))

    return fact


def _pipeline(loaded: Loaded, item: AgendaItem) -> FieldFact:
    deals = [deal for deal in item.facts.account.opportunities if deal.is_open]
    return FieldFact("pipeline", sum_of(deals) if deals else None, source=_deal_event(loaded, item, deals))


def _close_date(loaded: Loaded, item: AgendaItem) -> FieldFact:
    """The close date of the deal that stands furthest, else of the one that closes first."""
    account = item.facts.account
    dated = [deal for deal in account.opportunities if deal.is_open and deal.profile.closes_on]
    furthest = furthest_deal(account)
    first = min(dated, key=lambda deal: deal.profile.closes_on or date.max, default=None)
    deal = furthest if furthest in dated else first
    return FieldFact("close_date", deal, source=_deal_event(loaded, item, [deal] if deal else []))


def _deal_event(loaded: Loaded, item: AgendaItem, deals: Sequence[Opportunity]) -> EventFacts | None:
    keys = {deal.key for deal in deals}
    told = (e for e in reversed(loaded.told_of(item)) if isinstance(e.change, OpportunityChanged))
    return next(
        (e for e in told if isinstance(e.change, OpportunityChanged) and e.change.opportunity.key in keys), None
    )


def _roles(loaded: Loaded, item: AgendaItem) -> FieldFact:
    account, settings = item.facts.account, item.facts.settings
    group = buying_group(account, settings, today=loaded.context.today)
    is_known = bool(account.contacts or group.lines)
    return FieldFact("roles", group if is_known else None)


def _fit(_loaded: Loaded, item: AgendaItem) -> FieldFact:
    account = item.facts.account
    answer = fit_of(account.fit, item.facts.settings)
    last = max(account.fit, key=lambda score: score.scored_at, default=None)
    if last is None:
        return FieldFact("fit")
    return FieldFact("fit", answer, last.scored_at, is_moment=True, by=last.scored_by)


def _engagement(_loaded: Loaded, item: AgendaItem) -> FieldFact:
    return FieldFact("engagement", item.facts.engagement)


def _narrative(_loaded: Loaded, item: AgendaItem) -> FieldFact:
    current = item.facts.account.narrative
    if current is None:
        return FieldFact("narrative")
    return FieldFact("narrative", current, current.written_at, is_moment=True, by=current.written_by)


def _justification(loaded: Loaded, item: AgendaItem) -> FieldFact:
    account = item.facts.account
    parts = said_parts(loaded.told_of(item)) if loaded.told_of(item) else ()
    why = next((each for each in parts if each.part is Part.WHY_ACCOUNT), None)
    is_given = bool(account.justification.why_account or account.because)
    value = account.justification if is_given else None
    return FieldFact(
        "justification", value, why.said_at if why else None, is_moment=True, by=why.said_by if why else ""
    )


def _last_review(_loaded: Loaded, item: AgendaItem) -> FieldFact:
    on = item.facts.reviewed_on
    return FieldFact("last_review", on, on, is_moment=True)


def _next_review(loaded: Loaded, item: AgendaItem) -> FieldFact:
    at = loaded.next_reviews.get(item.facts.account.account_id)
    return FieldFact("next_review", at, at, is_moment=True)


def _last_movement(loaded: Loaded, item: AgendaItem) -> FieldFact:
    at, event = item.facts.account.last_movement_at, told_by.movement_event(loaded.told_of(item))
    return FieldFact("last_movement", at, at, is_moment=True, source=event, because=_text(event))


def _last_update(loaded: Loaded, item: AgendaItem) -> FieldFact:
    at = item.facts.account.last_update_at
    event = told_by.last_event(loaded.told_of(item), UPDATES, by_people=True)
    return FieldFact("last_update", at, at, is_moment=True, source=event)


def _last_touch(loaded: Loaded, item: AgendaItem) -> FieldFact:
    """The last day on which the buyer did something: as evidence shows, or somebody there who is known."""
    on, at, zone = item.placement.stall.heard_on, item.facts.account.last_buyer_touch_at, item.facts.zone
    if on is None or (at is not None and local_date(at, zone) == on):
        return FieldFact("last_touch", on, on, is_moment=True, source=told_by.touch_event(loaded.told_of(item)))
    people = (each.profile.name for each in item.facts.account.contacts if each.last_touch_on == on)
    return FieldFact("last_touch", on, on, is_moment=True, because=next(people, ""))


FIELD_FACTS: Mapping[str, FactOf] = {
    "tier": _tier,
    "stage": _stage,
    "state": _state,
    "stalled": _stalled,
    "status": _status,
    "owner": _profile("owner", "owner", "owner_name"),
    "partner": _profile("partner", "marketing_partner"),
    "executive": _profile("executive", "our_executive"),
    "segment": _profile("segment", "segment"),
    "domain": _profile("domain", "domain"),
    "channel": _profile("channel", "channel_id"),
    "value": _profile("value", "value_cents"),
    "pipeline": _pipeline,
    "close_date": _close_date,
    "roles": _roles,
    "fit": _fit,
    "engagement": _engagement,
    "narrative": _narrative,
    "justification": _justification,
    "last_review": _last_review,
    "next_review": _next_review,
    "last_movement": _last_movement,
    "last_update": _last_update,
    "last_touch": _last_touch,
    "days_in_stage": _days_in_stage,
    "named_on": _named_on,
}


def _reason(event: EventFacts | None) -> str:
    return event.change.because if event and isinstance(event.change, ListChanged | Nominated) else ""


def _text(event: EventFacts | None) -> str:
    return event.change.text if event and isinstance(event.change, Moved) else ""
