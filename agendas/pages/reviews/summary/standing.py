"""The first lines of an account: its state and people, at most two reasons, and its numbers against their limits."""

from datetime import date

from agendas.facts.account import ListStatus
from agendas.facts.deals import Phase
from agendas.facts.reviews.agenda import ReasonCode
from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.words import Words
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.signals.engagement import stage_hint
from agendas.text.days import local_date

REASONS_SHOWN = 2
"""Reasons in the few lines; Details has all of them."""

SAYS = {
    "stage": {ReasonCode.STALLED_AGED, ReasonCode.FAR_OVER_AGED},
    "silent": {ReasonCode.STALLED_QUIET, ReasonCode.FAR_OVER_QUIET},
    "closes": {ReasonCode.CLOSE_DATE_PAST, ReasonCode.CLOSES_SOON},
    "engagement": {ReasonCode.ENGAGEMENT_FELL},
}
"""Numbers of an account, each with the reasons that say it already."""


def today_of(item: AgendaItem) -> date:
    """Return the day of the facts on the wall of their zone."""
    return local_date(item.facts.now, item.facts.zone)


def standing(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """The state with tier, value and people; why; the numbers that no reason says; the date it waits for."""
    account, stall = item.facts.account, item.placement.stall
    first = words.say("summary.first", account=account, placement=item.placement, tier_before=item.facts.tier_before)
    if account.has_left_list:
        return (first, words.say("summary.left", account=account, zone=item.facts.zone, today=today_of(item)))
    lines = (first, *_reasons(item, words), *_numbers(item, words))
    if stall.excuse is None:
        return lines
    return (*lines, words.say("summary.waits", stall=stall, stage=account.stage, today=today_of(item)))


def shown_reasons(item: AgendaItem) -> set[ReasonCode]:
    """The codes of the reasons that the first lines say."""
    is_named = item.facts.account.list_status is ListStatus.NAMED
    return {code for code, _, _ in item.placement.reasons[:REASONS_SHOWN]} if is_named else set()


def _reasons(item: AgendaItem, words: Words) -> tuple[str, ...]:
    shown = shown_reasons(item)
    if not shown:
        return ()
    account = item.facts.account
    said = words.say(
        "summary.reasons",
        reasons=item.placement.reasons[:REASONS_SHOWN],
        needs_executive=ReasonCode.BLOCKER_NEEDS_EXECUTIVE in shown,
        account=account,
        deal=furthest_deal(account),
        stall=item.placement.stall,
    )
    return (said,)


def _numbers(item: AgendaItem, words: Words) -> tuple[str, ...]:
    facts, stall = item.facts, item.placement.stall
    account, found, deal = facts.account, facts.engagement, furthest_deal(facts.account)
    hint = stage_hint(account, found, facts.settings) if found else None
    has = {
        "stage": True,
        "silent": stall.quiet_days is not None,
        "closes": deal is not None and deal.profile.closes_on is not None,
        "engagement": found is not None and (found.trend is not None or hint is not None),
    }
    shown = shown_reasons(item)
    parts = [part for part, is_there in has.items() if is_there and not SAYS[part] & shown]
    if not parts:
        return ()
    said = words.say(
        "summary.numbers",
        parts=parts,
        account=account,
        deal=deal,
        stall=stall,
        has_bought=any(each.profile.phase is Phase.WON for each in account.opportunities),
        found=found,
        hint=hint,
        today=today_of(item),
    )
    return (said[:1].upper() + said[1:] if said[:1].islower() else said,)
