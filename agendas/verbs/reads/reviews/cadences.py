"""Cadences of a workspace as admins look after them, and accounts that are reviewed on time. Nothing here writes."""

from collections import defaultdict
from datetime import date, datetime

from sqlmodel import Session

from agendas.facts.account import Rhythm
from agendas.facts.program.health import CadenceHealth, PauseReason, SlotEnd, TierCoverage
from agendas.facts.program.settings import TIERS, of_tier
from agendas.facts.reviews.cadence import CadenceKind
from agendas.rules.reviews.coverage import coverage
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import settings_of
from storage import people, reviews, workspaces
from storage.past_reviews import last_dates
from storage.tables import Cadence, Review, ReviewState

ENDS = {ReviewState.OPEN: SlotEnd.OPEN, ReviewState.MISSED: SlotEnd.MISSED, ReviewState.SKIPPED: SlotEnd.SKIPPED}


def cadences_health(session: Session, workspace_id: str) -> tuple[CadenceHealth, ...]:
    """Return each cadence with its last and next date, by channel."""
    rows = reviews.cadences(session, workspace_id)
    last = last_dates.last_of_cadences(session, workspace_id)
    gone = people.deactivated(session, workspace_id, [row.facilitator for row in rows])
    return tuple(_health(row, last.get(row.row_id), gone) for row in rows)


def reviewed_on_time(session: Session, workspace_id: str, *, now: datetime) -> tuple[TierCoverage, ...]:
    """Return how many named accounts of each tier were reviewed as often as the tier asks for."""
    workspace, settings = workspaces.get(session, workspace_id), settings_of(session, workspace_id)
    zone = workspace.time_zone if workspace else "UTC"
    reviewed: dict[int, list[date]] = defaultdict(list)
    for tier, at in last_dates.last_of_accounts(session, workspace_id):
        reviewed[tier].append(local_date(at, zone))
    rhythms = {tier: Rhythm(str(settings.value(of_tier(tier, "rhythm")))) for tier in TIERS}
    return coverage(reviewed, rhythms, local_date(now, zone))


def _health(row: Cadence, last: Review | None, gone: frozenset[str]) -> CadenceHealth:
    return CadenceHealth(
        channel_id=row.channel_id,
        zone=row.zone,
        rhythm=Rhythm(row.rhythm),
        is_executive=row.kind == CadenceKind.EXECUTIVE,
        facilitator="" if row.facilitator in gone else row.facilitator,
        last_at=last.planned_at if last else None,
        last_end=_end(last) if last else None,
        next_at=row.next_at,
        is_paused=row.is_paused,
        paused_because=PauseReason(row.paused_because) if row.paused_because else None,
    )


def _end(review: Review) -> SlotEnd:
    if review.state in ENDS:
        return ENDS[review.state]
    return SlotEnd.HELD if review.was_held else SlotEnd.NOT_HELD
