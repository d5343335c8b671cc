"""Which events and which evidence count. Written from the rules alone, and plain on purpose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agendas.facts.account import EventFacts, Stage
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor

RANKS = {stage.value: rank for rank, stage in enumerate(Stage)}


@dataclass(frozen=True)
class Piece:
    """One piece of evidence as it counts: of which stage it is, '' for none, and if it ends the buyer's silence."""

    stage: str
    ends_silence: bool
    dated_at: datetime
    is_row: bool
    act: BuyerAct | None
    contact_ids: tuple[int, ...]


def taken_back(events: Sequence[EventFacts]) -> set[int]:
    """The ids of corrected events. A correction may be corrected itself, and reaches only what was recorded before."""
    gone: set[int] = set()
    for event in sorted(events, key=lambda event: event.id, reverse=True):
        if event.change.kind == "corrected" and event.id not in gone and event.change.event_id < event.id:
            gone.add(event.change.event_id)
    return gone


def standing(events: Sequence[EventFacts]) -> list[EventFacts]:
    """The events that nobody took back, in the order in which they happened, the nomination first."""
    gone = taken_back(events)
    left = [event for event in events if event.id not in gone]
    return sorted(left, key=lambda event: (event.change.kind != "nominated", event.happened_at, event.id))


def judged(events: Sequence[EventFacts]) -> list[EventFacts]:
    events = standing(events)
    judgments = {}
    for event in sorted(events, key=lambda event: event.id):
        if event.change.kind == "evidence_judged" and event.change.event_id < event.id:
            judgments[event.change.event_id] = event.change
    return [_as_judged(event, judgments[event.id]) if event.id in judgments else event for event in events]


def _as_judged(event, judgment) -> EventFacts:
    """Our own act stays ours where something of somebody else stands beside it."""
    others = [piece for piece in event.evidence if piece.actor is not EvidenceActor.US]
    pieces = []
    for piece in event.evidence:
        if others and piece.actor is EvidenceActor.US and judgment.actor is not EvidenceActor.US:
            pieces.append(piece)
            continue
        step = judgment.step or piece.step
        people = piece.contact_ids if judgment.contact_ids is None else judgment.contact_ids
        act = judgment.act or piece.act
        pieces.append(replace(piece, actor=judgment.actor, step=step, act=act, contact_ids=people))
    return replace(event, evidence=tuple(pieces))


def pieces_of(event: EventFacts) -> list[Piece]:
    """The pieces of an event that count: the buyer's act, a third party's proof of it, and a CRM's row, for deals."""
    return [_read(event, piece) for piece in event.evidence if _counts(piece)]


def _counts(piece: Evidence) -> bool:
    return piece.actor in (EvidenceActor.BUYER, EvidenceActor.THIRD_PARTY) or (
        piece.actor is None and piece.kind == "crm"
    )


def _read(event: EventFacts, piece: Evidence) -> Piece:
    stage = piece.step
    is_undated_deal = event.change.kind == "moved" and event.change.from_deal and not event.change.since_known
    ends_silence = not is_undated_deal and piece.actor is not None
    if event.change.kind == "evidence_added":
        stage = stage or event.change.to_stage
    return Piece(stage, ends_silence, piece.dated_at, piece.kind == "crm", piece.act, piece.contact_ids)
