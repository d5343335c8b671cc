"""Entries that were recorded in a review."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.events import Decided
from agendas.facts.interventions.events import AskTaken
from agendas.facts.reviews.cadence import CadenceKind
from agendas.facts.reviews.review import ReviewFacts
from agendas.pages.executive.review import Outcome
from agendas.rules.closing.turnout import preparers, writers
from agendas.rules.history.corrections import standing
from agendas.rules.history.fold_changes import decision_of
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.reads.reviews.facts import participants
from storage import events
from storage.measures import history
from storage.past_reviews.closed_reviews import closed_before
from storage.preparing import asked_people
from storage.tables import Event, Review

DECIDING = ("decided", "list_changed", "ask_taken", "ask_answered")
"""Kinds of events by which executives decide something."""


def recorded_in(session: Session, review: Review, account_ids: Collection[int], until: datetime) -> Sequence[Event]:
    """Return what was recorded of its accounts since the review opened; in one of executives, every decision."""
    if review.kind != CadenceKind.EXECUTIVE:
        return events.between(session, account_ids, review.opened_at, until)
    after = review.opened_at
    return history.of_kinds_between(session, review.workspace_id, DECIDING, after=after, at=until)


def wrote_in(session: Session, review: Review, account_ids: Collection[int], until: datetime) -> frozenset[str]:
    """Return the people who wrote in the review: who decided or updated."""
    recorded = recorded_in(session, review, account_ids, until)
    if review.kind == CadenceKind.EXECUTIVE:
        return frozenset(participants(recorded))
    return writers(map(event_facts, recorded))


def prepared_by(session: Session, review: Review, account_ids: Collection[int]) -> frozenset[str]:
    """Return the people who said something of its accounts since the channel's review before it and until it opened.

    Before the first review since people were asked to prepare it; nobody in one of executives.
    """
    if review.kind == CadenceKind.EXECUTIVE:
        return frozenset()
    before = closed_before(session, review.workspace_id, review.channel_id, review.opened_at)
    since = before.closed_at if before is not None else None
    if since is None and review.cadence_id:
        since = asked_people.first_asked_at(session, review.cadence_id, review.planned_on)
    if since is None:
        return frozenset()
    return preparers(map(event_facts, events.between(session, account_ids, since, review.opened_at)))


def outcome_of(session: Session, workspace_id: str, review: ReviewFacts, now: datetime) -> Outcome:
    """Return the decisions of an executive review that stand, and the asks taken in it, of accounts that are seen."""
    until = review.closed_at or now
    rows = history.of_kinds_between(session, workspace_id, (*DECIDING, "corrected"), after=review.opened_at, at=until)
    told = standing(map(event_facts, rows))
    names = history.names(session, {event.account_id for event in told})
    counted = [(names[event.account_id], event, event.change) for event in told if event.account_id in names]
    return Outcome(
        decided=[(name, decision_of(change, event)) for name, event, change in counted if isinstance(change, Decided)],
        taken=[(name, change.text, event.actor) for name, event, change in counted if isinstance(change, AskTaken)],
    )
