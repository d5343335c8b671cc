"""The weight of an entry: whether the place of its account on an agenda may follow from it."""

from enum import StrEnum

from agendas.facts.account import EventFacts, Source
from agendas.facts.deals import OpportunityChanged
from agendas.facts.events import BlockerChanged, Corrected, Decided, ListChanged, Moved, Nominated
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor, EvidenceAdded, EvidenceJudged, WaitingSet
from agendas.facts.interventions.events import AskAnswered, AskTaken
from agendas.facts.plays import PlayEnd, PlayEnded

AUTOMATIC = (Source.IMPORT, Source.SYSTEM, Source.WEBHOOK)
"""Sources of events that nobody typed."""

DECIDING = (
    Nominated,
    ListChanged,
    Decided,
    AskAnswered,
    AskTaken,
    Corrected,
    WaitingSet,
    EvidenceAdded,
    EvidenceJudged,
    OpportunityChanged,
)
"""Changes that always decide."""


class Weight(StrEnum):
    """Weight of an entry. Cards and lists read all that decide, the latest that are told, and none beside those."""

    DECIDES = "decides"
    """Movement, a reason or a claim may follow from it, or its evidence waits for somebody."""
    TOLD = "told"
    """Somebody told it: the latest are shown."""
    BESIDE = "beside"
    """An import or the bot itself recorded it, and it shows elsewhere."""


def weight_of(event: EventFacts) -> Weight:
    """Return the weight of the entry as it is recorded; what is said of it later has its own."""
    if _changes_the_place(event) or any(map(_shows, event.evidence)):
        return Weight.DECIDES
    return Weight.BESIDE if event.source in AUTOMATIC else Weight.TOLD


def _changes_the_place(event: EventFacts) -> bool:
    match event.change:
        case Moved(to_stage=stage, expansion=expansion, from_deal=deal):
            return bool(stage or expansion or deal)
        case BlockerChanged(what=what):
            return what == "resolved"
        case PlayEnded(what=end):
            return end is PlayEnd.OUTCOME
        case change:
            return isinstance(change, DECIDING)


def _shows(piece: Evidence) -> bool:
    """True for evidence of a step, of a meeting, from before its actor was asked, or in doubt."""
    is_open = piece.actor in (None, EvidenceActor.IN_DOUBT)
    return is_open or bool(piece.step) or piece.act is BuyerAct.MEETING
