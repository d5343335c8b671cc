"""The decision that fits an account as it stands, for a form to open with: people decide."""

from dataclasses import dataclass

from agendas.facts.events import DecisionKind
from agendas.facts.reviews.review import AgendaItem, Bucket
from agendas.rules.list.fit_proposals import Proposed, pending


@dataclass(frozen=True, slots=True)
class FittingDecision:
    """A decision, with the new tier of a change of tier."""

    kind: DecisionKind
    tier: int | None = None


def fitting_decision(item: AgendaItem) -> FittingDecision:
    """Help is asked for where the account needs intervention; its fit may propose another tier; else it is kept.

    A removal is never filled in, as nobody should confirm one by habit.
    """
    if item.placement.bucket is Bucket.NEEDS_INTERVENTION:
        return FittingDecision(DecisionKind.INTERVENE)
    proposal = pending(item.facts)
    if proposal is not None and proposal.what in (Proposed.PROMOTE, Proposed.DEMOTE):
        return FittingDecision(DecisionKind.CHANGE_TIER, proposal.tier)
    return FittingDecision(DecisionKind.KEEP)
