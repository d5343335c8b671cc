"""How the reviews of a stored cadence are prepared."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlmodel import Session

from agendas.facts.reviews.cadence import Plan
from agendas.facts.reviews.preparing import Part, Preparation, Reminding
from agendas.rules.preparing.when import asks_at
from storage import reviews
from storage.preparing import asked_people
from storage.tables import Cadence, Review

MOST_MINUTES = 7 * 24 * 60
"""Longest lead of a cadence."""

_user_ids: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[str, ...])


def preparation_of(row: Cadence) -> Preparation:
    """Return how the reviews of the stored cadence are prepared; a profile of a later version counts as standard."""
    parts: Mapping[str, object] = row.parts if isinstance(row.parts, dict) else {}
    optional, observing = (_user_ids.validate_python(parts.get(part, ())) for part in (Part.OPTIONAL, Part.OBSERVING))
    return Preparation(
        prep_minutes=row.prep_minutes,
        cutoff_minutes=row.cutoff_minutes,
        reminding=Reminding(row.profile) if row.profile in set(Reminding) else Reminding.STANDARD,
        optional=optional,
        observing=observing,
    )


def cutoff_of(row: Cadence) -> datetime | None:
    """Return the instant until which updates are on the agenda of the next review, None without one."""
    return row.next_at - timedelta(minutes=row.cutoff_minutes) if row.next_at else None


def asks_at_of(row: Cadence, plan: Plan) -> datetime | None:
    """Return the instant at which people are asked to prepare the next review, None where nobody is."""
    if row.next_at is None or row.prep_minutes <= 0:
        return None
    return asks_at(plan, row.next_at, timedelta(minutes=min(row.prep_minutes, MOST_MINUTES)))


def updates_ended_at(session: Session, review: Review) -> datetime | None:
    """Return when updates for an opened review ended, None where nobody was asked to prepare it."""
    if review.updates_ended_at is not None or not review.roster:
        return review.updates_ended_at
    # opened by a version that did not keep it
    row = reviews.cadence(session, review.cadence_id) if review.cadence_id else None
    return review.planned_at - timedelta(minutes=row.cutoff_minutes) if row else None


def asked_about_next_at(session: Session, review: Review) -> datetime | None:
    """Return when people were first asked about the review that follows this closed one, None where nobody was.

    What is said from then on is for that review, and no late update of this one.
    """
    return asked_people.next_asked_at(session, review.cadence_id, review.planned_on) if review.cadence_id else None
