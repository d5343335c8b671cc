"""Profiles of the cadences that people take part in."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from storage.tables import Asked, Cadence


def of_people(
    session: Session, workspace_id: str, user_ids: Collection[str], *, since: date
) -> dict[str, frozenset[str]]:
    """The profiles of the cadences that asked each of these people to prepare a review planned since that day."""
    query = (
        select(col(Asked.user_id), col(Cadence.profile))
        .join(Cadence, col(Cadence.id) == col(Asked.cadence_id))
        .where(Asked.workspace_id == workspace_id, col(Asked.user_id).in_(user_ids), col(Asked.planned_on) >= since)
        .distinct()
    )
    found: dict[str, set[str]] = defaultdict(set)
    for user_id, profile in session.exec(query):
        found[user_id].add(profile)
    return {user_id: frozenset(each) for user_id, each in found.items()}
