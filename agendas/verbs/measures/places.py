"""Places of accounts as they were kept at a month's end."""

from pydantic import TypeAdapter
from sqlmodel import Session

from agendas.facts.account import ListStatus
from agendas.facts.measures.program import Period
from agendas.facts.reviews.review import Bucket, Placement
from storage.measures import months
from storage.tables import ProgramMonth

placements: TypeAdapter[Placement] = TypeAdapter(Placement)


def kept_places(session: Session, workspace_id: str, period: Period) -> dict[int, Placement]:
    """Return the places over a whole month by account id, with their reasons; none for one that is not kept."""
    month = _month(session, workspace_id, period)
    found = months.places(session, month.row_id) if month else ()
    return {each.account_id: placements.validate_json(each.placement) for each in found}


def kept_buckets(session: Session, workspace_id: str, period: Period) -> dict[int, Bucket]:
    """Return the buckets over a whole month of the accounts named at its end, none where it is not kept."""
    month = _month(session, workspace_id, period)
    found = months.places(session, month.row_id) if month else ()
    named = (each for each in found if each.list_status == ListStatus.NAMED)
    return {each.account_id: Bucket(each.bucket) for each in named}


def _month(session: Session, workspace_id: str, period: Period) -> ProgramMonth | None:
    month = None if period.is_running else months.latest(session, workspace_id, period.ends_at)
    spans = month is not None and (month.began_at, month.ended_at) == (period.begins_at, period.ends_at)
    return month if spans else None
