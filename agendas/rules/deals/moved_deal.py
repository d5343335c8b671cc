"""The deal behind an account's movement: won, lost, or further in its phases."""

from datetime import datetime

from agendas.facts.account import AccountState
from agendas.facts.deals import Opportunity, Phase
from agendas.facts.reviews.agenda import MovementFlag
from agendas.facts.reviews.review import MovementAnswer
from agendas.rules.deals.stalled import furthest_deal


def moved_deal(account: AccountState, answer: MovementAnswer, *, since: datetime | None) -> Opportunity | None:
    """Return the deal that moved the account since the last held review; None where no deal did."""
    if any(each.kind == "booked" for each in answer.expansions) or (answer.by_deals and answer.to_phase is Phase.WON):
        return _last_closed(account, Phase.WON, since)
    if MovementFlag.OPPORTUNITY_LOST in answer.flags:
        return _last_closed(account, Phase.LOST, since)
    return furthest_deal(account) if answer.by_deals else None


def _last_closed(account: AccountState, phase: Phase, since: datetime | None) -> Opportunity | None:
    """Return the deal that ended so last, one without a day where none has one."""
    ended = [deal for deal in account.opportunities if deal.profile.phase is phase]
    known = [deal for deal in ended if deal.closed_at and (since is None or deal.closed_at > since)]
    return max(known, key=lambda deal: (deal.closed_at or deal.stage_since, deal.key), default=None) or next(
        (deal for deal in ended if deal.closed_at is None), None
    )
