"""The steps of an account by day: up with evidence or only claimed, shown later, down, and expansions."""

from collections.abc import Collection, Iterator, Sequence

from agendas.facts.account import EventFacts, Source, Stage
from agendas.facts.deals import OpportunityChanged, Phase
from agendas.facts.events import Moved
from agendas.facts.evidence import EvidenceAdded
from agendas.facts.found.items import Moving, StageMove
from agendas.rules.history.evidence import proofs

KINDS = ("moved", "evidence_added", "opportunity_changed")
"""Kinds of events that the steps are read from, beside corrections and judgements."""


def moves(events: Sequence[EventFacts]) -> Iterator[StageMove]:
    """Yield the steps that these events of one account tell, which count and are in order from its first on.

    A stage that an import found, and one set from the CRM as of before, is no step, but later ones count from it.
    """
    stage, won = Stage.TARGET, set[str]()
    for event in events:
        change = event.change
        if isinstance(change, Moved):
            yield from _moved(event, change, stage)
            stage = Stage(change.to_stage) if change.to_stage is not None else stage
        elif isinstance(change, EvidenceAdded):
            yield StageMove(Moving.SHOWN, event, None, Stage(change.to_stage))
        elif isinstance(change, OpportunityChanged) and _is_booked(change, won):
            won.add(change.opportunity.key)
            yield StageMove(Moving.EXPANDED, event)


def _moved(event: EventFacts, change: Moved, stage: Stage) -> Iterator[StageMove]:
    """Yield the steps of one entry: an expansion, and a step from the stage that it was at."""
    if change.expansion is not None:
        yield StageMove(Moving.EXPANDED, event)
    if change.to_stage is not None and change.to_stage != stage.value and not _is_found(event, change):
        yield StageMove(_way(event, stage, Stage(change.to_stage)), event, stage, Stage(change.to_stage))


def _is_booked(change: OpportunityChanged, won: Collection[str]) -> bool:
    """True for the entry by which a deal with a customer is won, on a day that is known."""
    deal = change.opportunity
    return deal.phase is Phase.WON and deal.is_expansion and deal.key not in won and change.since_known


def _way(event: EventFacts, from_stage: Stage, to_stage: Stage) -> Moving:
    if to_stage.rank < from_stage.rank:
        return Moving.REGRESSED
    at_least = tuple(stage for stage in Stage if stage.rank >= to_stage.rank)
    return Moving.ADVANCED if proofs(event, *at_least) else Moving.CLAIMED


def _is_found(event: EventFacts, change: Moved) -> bool:
    """True for a stage that an import met without its day, or that corrects the record."""
    return change.is_reclassified or (event.source is Source.IMPORT and not change.since_known)
