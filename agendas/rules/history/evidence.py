"""Evidence that counts: the buyer's act, or a third party's proof of it, and the step that it is evidence of."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from agendas.facts.account import EventFacts, Stage
from agendas.facts.events import Moved
from agendas.facts.evidence import Evidence, EvidenceActor, EvidenceJudged

COUNTING = (EvidenceActor.BUYER, EvidenceActor.THIRD_PARTY)


def counts(piece: Evidence) -> bool:
    """Return true for what the buyer did."""
    return piece.actor in COUNTING


def touches(event: EventFacts) -> tuple[Evidence, ...]:
    """Return the pieces of the event's evidence that end the buyer's silence.

    A deal of which the CRM tells no day ends none.
    """
    change = event.change
    is_undated = isinstance(change, Moved) and bool(change.from_deal) and not change.since_known
    return () if is_undated else tuple(filter(counts, event.evidence))


def proofs(event: EventFacts, *stages: Stage) -> tuple[Evidence, ...]:
    """Return the pieces of the event's evidence that prove the step to one of these stages."""
    named = {stage.value for stage in stages}
    return tuple(piece for piece in event.evidence if counts(piece) and piece.step in named)


def shown_stages(event: EventFacts) -> tuple[Stage, ...]:
    """Return the stages that the event's evidence is evidence of by name."""
    named = {piece.step for piece in filter(counts, event.evidence)}
    return tuple(stage for stage in Stage if stage.value in named)


def touch_at(event: EventFacts, pieces: Iterable[Evidence]) -> datetime:
    """Return the instant of the buyer's last act in these pieces; one dated after it was recorded is not believed."""
    believed = [piece.dated_at for piece in pieces if piece.dated_at <= event.recorded_at]
    return max(believed, default=event.happened_at)


def as_judged(events: Iterable[EventFacts]) -> list[EventFacts]:
    """The events with their evidence as people judged it later; the last judgment of an event counts."""
    given = list(events)
    judged = {event.change.event_id: event.change for event in given if isinstance(event.change, EvidenceJudged)}
    return [as_said(event, judged[event.id]) if event.id in judged else event for event in given]


def as_said(event: EventFacts, verdict: EvidenceJudged) -> EventFacts:
    """The event with its evidence as the verdict says; our own act beside another's is not turned into the buyer's."""
    is_all_ours = all(piece.actor is EvidenceActor.US for piece in event.evidence)
    stays_ours = verdict.actor in COUNTING and not is_all_ours
    pieces = tuple(
        piece
        if stays_ours and piece.actor is EvidenceActor.US
        else replace(
            piece,
            actor=verdict.actor,
            act=verdict.act or piece.act,
            step=verdict.step or piece.step,
            contact_ids=piece.contact_ids if verdict.contact_ids is None else verdict.contact_ids,
        )
        for piece in event.evidence
    )
    return replace(event, evidence=pieces)
