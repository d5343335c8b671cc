"""Reasons to intervene that an account's deals give."""

from datetime import date

from agendas.facts.account import Movement
from agendas.facts.group import BuyingRole
from agendas.facts.reviews.agenda import AgendaFacts, CodedReason, MovementFlag, ReasonCode
from agendas.facts.reviews.review import MovementAnswer
from agendas.rules.group.coverage import is_engaged
from agendas.text.days import local_date


def regression_reasons(movement: MovementAnswer) -> tuple[CodedReason, ...]:
    """Return the hard reason of an account that fell back, if any: regressed, only_deal_lost or deal_back.

    The only open deal lost is none where another was won since the last held review: the flag opportunity_lost says it.
    """
    down = movement.from_stage.rank - movement.to_stage.rank if movement.from_stage else 0
    if movement.movement is Movement.REGRESSED and down > 0:
        return ((ReasonCode.REGRESSED, down, 0),)
    if MovementFlag.OPPORTUNITY_LOST in movement.flags and movement.to_phase is None:
        return ((ReasonCode.ONLY_DEAL_LOST, 0, 0),)
    if movement.movement is Movement.REGRESSED:
        ranks = [phase.rank if phase else 0 for phase in (movement.from_phase, movement.to_phase)]
        return ((ReasonCode.DEAL_BACK, ranks[0] - ranks[1], 0),)
    return ()


def closing(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    """Return a hard reason where an open deal closes soon and no economic buyer is engaged."""
    today, limit_days = local_date(facts.now, facts.zone), facts.settings.number("list.renewal")
    left = [(on - today).days for on in _close_dates(facts) if 0 <= (on - today).days <= limit_days]
    if not left or is_engaged(facts.account, BuyingRole.ECONOMIC_BUYER, facts.settings, today=today):
        return ()
    return ((ReasonCode.CLOSES_SOON, min(left), limit_days),)


def slipping(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    """Return a soft reason where a close date has passed, else where one was pushed too often."""
    today, limit = local_date(facts.now, facts.zone), facts.settings.number("list.pushes")
    past = [(today - on).days for on in _close_dates(facts) if on < today]
    pushes = max((deal.pushes for deal in facts.account.opportunities if deal.is_open), default=0)
    if past:
        return ((ReasonCode.CLOSE_DATE_PAST, max(past), 0),)
    return ((ReasonCode.CLOSE_DATE_PUSHED, pushes, limit),) if pushes >= limit else ()


def _close_dates(facts: AgendaFacts) -> list[date]:
    return [
        deal.profile.closes_on
        for deal in facts.account.opportunities
        if deal.is_open and deal.profile.closes_on is not None
    ]
