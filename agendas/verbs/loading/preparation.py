"""How the reviews of a stored cadence are prepared."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlmodel import Session

from agendas.facts.reviews.preparing import Part, Preparation, Reminding
from storage import reviews
from storage.tables import Cadence, Review

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


def updates_ended_at(session: Session, review: Review) -> datetime | None:
    """Return when updates for an opened review ended, None where nobody was asked to prepare it."""
    row = reviews.cadence(session, review.cadence_id) if review.roster and review.cadence_id else None
    return review.planned_at - timedelta(minutes=row.cutoff_minutes) if row else None
