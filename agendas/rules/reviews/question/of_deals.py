"""Questions that an account's deals and the people who sponsor them give."""

from agendas.facts.account import Stage
from agendas.facts.deals import Opportunity
from agendas.facts.group import BuyingRole
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.rules.deals.proposed_stage import proposed_stage
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.group.coverage import holders
from agendas.rules.history.news import by_people
from agendas.rules.reviews.intervention import TIERS
from agendas.rules.reviews.question.case import Case, Found


def stage_unconfirmed(case: Case) -> Found | None:
    """A stage that a deal of the CRM implies and nobody confirmed."""
    proposal = proposed_stage(case.facts.account)
    return Found(about=proposal.deal.profile.name) if proposal is not None else None


def pushed_unexplained(case: Case) -> Found | None:
    """An open deal whose close date was pushed since the last held review, with no word of a person: the times."""
    facts = case.facts
    pushes = max((_pushes_since(deal, facts) for deal in facts.account.opportunities if deal.is_open), default=0)
    return Found(pushes) if pushes and not _has_words(facts) else None


def expansion_unsponsored(case: Case) -> Found | None:
    """A customer with an open deal for more and nobody there confirmed as executive sponsor."""
    account = case.facts.account
    if account.stage is not Stage.CUSTOMER or account.tier not in TIERS or furthest_deal(account) is None:
        return None
    return None if holders(account, BuyingRole.EXECUTIVE_SPONSOR) else Found()


def _pushes_since(deal: Opportunity, facts: AgendaFacts) -> int:
    """Count the pushes since the last held review; none where it is not known how many there were by then."""
    if facts.before is None or facts.since is None:
        return 0
    known = next((each for each in facts.before.opportunities if each.key == deal.key), None)
    if known is None:
        return deal.pushes if deal.opened_at > facts.since else 0
    return max(0, deal.pushes - known.pushes)


def _has_words(facts: AgendaFacts) -> bool:
    """True if a person wrote anything of the account since its last held review."""
    return any(getattr(event.change, "text", "") for event in by_people(facts.events))
