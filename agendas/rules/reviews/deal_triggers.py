"""Reasons to intervene that an account's deals give."""

from datetime import date

from agendas.facts.account import Movement
from agendas.facts.agenda import AgendaFacts
from agendas.facts.group import BuyingRole
from agendas.facts.review import MovementAnswer
from agendas.rules.group.coverage import is_engaged
from agendas.text.days import local_date

Reason = tuple[str, int, int]


def fallen(movement: MovementAnswer) -> tuple[Reason, ...]:
    """Why an account that fell back did: one hard reason at most.

    Codes: regressed (stages down), only_deal_lost, deal_back (phases down).
    """
    down = movement.from_stage.rank - movement.to_stage.rank if movement.from_stage else 0
    if movement.movement is Movement.REGRESSED and down > 0:
        return (("regressed", down, 0),)
    if "opportunity_lost" in movement.flags and movement.to_phase is None:
        return (("only_deal_lost", 0, 0),)
    if movement.movement is Movement.REGRESSED:
        ranks = [phase.rank if phase else 0 for phase in (movement.from_phase, movement.to_phase)]
        return (("deal_back", ranks[0] - ranks[1], 0),)
    return ()


def closing(facts: AgendaFacts) -> tuple[Reason, ...]:
    """A hard reason where an open deal closes soon and nobody engaged can pay: closes_soon (days left, days)."""
    today, limit_days = local_date(facts.now, facts.zone), facts.settings.number("list.renewal")
    left = [(on - today).days for on in _close_dates(facts) if 0 <= (on - today).days <= limit_days]
    if not left or is_engaged(facts.account, BuyingRole.ECONOMIC_BUYER, facts.settings, today=today):
        return ()
    return (("closes_soon", min(left), limit_days),)


def slipping(facts: AgendaFacts) -> tuple[Reason, ...]:
    """A soft reason: close_date_past (days since then), else close_date_pushed (times, limit)."""
    today, limit = local_date(facts.now, facts.zone), facts.settings.number("list.pushes")
    past = [(today - on).days for on in _close_dates(facts) if on < today]
    pushes = max((deal.pushes for deal in facts.account.opportunities if deal.is_open), default=0)
    if past:
        return (("close_date_past", max(past), 0),)
    return (("close_date_pushed", pushes, limit),) if pushes >= limit else ()


def _close_dates(facts: AgendaFacts) -> list[date]:
    return [
        deal.profile.closes_on
        for deal in facts.account.opportunities
        if deal.is_open and deal.profile.closes_on is not None
    ]
