"""Figures that are wanted for the trend when a review closes: worked out after it, by a job."""

from typing import Any

from sqlmodel import Session

from agendas.facts.measures.trend import TrendKind
from agendas.facts.reviews.cadence import CadenceKind
from agendas.rules.measures.periods import INSTANT, begin_of
from agendas.text.days import local_date
from storage import workspaces
from storage.measures import figures
from storage.tables import Review


def want_review_figures(session: Session, review: Review) -> None:
    """Have figures worked out for a planned review of accounts that was held, since the one before it closed.

    For the first one of a cadence over its month until then.
    """
    is_planned = review.cadence_id is not None and not review.slot.startswith("now:")
    if not review.was_held or review.closed_at is None or not is_planned or review.kind == CadenceKind.EXECUTIVE:
        return
    zone = workspaces.zone(session, review.workspace_id)
    on = local_date(review.closed_at, zone)
    began_at = figures.held_before(session, review) or begin_of(on.replace(day=1), zone) - INSTANT
    row: dict[str, Any] = {"workspace_id": review.workspace_id, "kind": TrendKind.REVIEW.value, "on": on, "zone": zone}
    figures.want(session, row | {"began_at": began_at, "ended_at": review.closed_at})
