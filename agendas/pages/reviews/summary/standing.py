"""The first lines of an account: its state and people, at most two reasons, and its numbers against their limits."""

from datetime import date

from agendas.facts.account import ListStatus
from agendas.facts.deals import Phase
from agendas.facts.reviews.agenda import ReasonCode
from agendas.facts.reviews.review import AgendaItem
from agendas.facts.reviews.sections import AgendaSection
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


def first_lines(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """The state with tier, value and people; of an account that left the list also when and why."""
    account = item.facts.account
    first = words.say("summary.first", account=account, placement=item.placement, tier_before=item.facts.tier_before)
    if not account.has_left_list:
        return (first,)
    return (first, words.say("summary.left", account=account, zone=item.facts.zone, today=today_of(item)))


def standing(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """The first lines with the reasons and the numbers, as a card begins."""
    return (*first_lines(item, words), *reasons(item, words), *numbers(item, words))


def shown_reasons(item: AgendaItem) -> set[ReasonCode]:
    """The codes of the reasons that its agenda says in a section of their own."""
    is_said = item.facts.account.list_status is ListStatus.NAMED and AgendaSection.WHY in item.sections
    return {code for code, _, _ in item.placement.reasons[:REASONS_SHOWN]} if is_said else set()


def reasons(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """Why the account is discussed: at most two reasons."""
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


def numbers(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """The numbers that no reason says, against their limits, and the date that the account waits for."""
    if item.facts.account.has_left_list:
        return ()
    return (*_against_limits(item, words), *_waits(item, words))


def _waits(item: AgendaItem, words: Words) -> tuple[str, ...]:
    stall = item.placement.stall
    if stall.excuse is None:
        return ()
    return (words.say("summary.waits", stall=stall, stage=item.facts.account.stage, today=today_of(item)),)


def _against_limits(item: AgendaItem, words: Words) -> tuple[str, ...]:
    facts, stall = item.facts, item.placement.stall
    account, found, deal = facts.account, facts.engagement, furthest_deal(facts.account)
    hint = stage_hint(account, found, facts.settings) if found else None
    has = {
        "stage": True,
        "silent": stall.quiet_days is not None,
        "closes": deal is not None and deal.profile.closes_on is not None,
        "engagement": found is not None and (found.is_any or hint is not None),
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
