"""The one reminder of scores that were asked for and not given."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.verbs.letters.queue import tell
from agendas.verbs.loading.days_away import person_at
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.reads.people import scorers
from storage import people
from storage.asked import fit_requests
from storage.delivery.subjects import FitQuestionSubject
from storage.tables import FitRequest

SOONEST = timedelta(days=1)
"""No workspace may have its reminder sooner."""


def due_reminders(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the first request of each person to remind, the longest waiting first; of nobody who is away."""
    first: dict[tuple[str, str], int] = {}
    limits: dict[str, datetime] = {}
    for request in fit_requests.unreminded(session, now - SOONEST):
        workspace_id = request.workspace_id
        if workspace_id not in limits:
            limits[workspace_id] = _asked_before(session, workspace_id, now)
        if request.asked_at <= limits[workspace_id]:
            first.setdefault((workspace_id, request.user_id), request.row_id)
    workspaces = {workspace_id for workspace_id, _ in first}
    here = {
        (workspace_id, scorer.person.user_id)
        for workspace_id in workspaces
        for scorer in scorers(session, workspace_id, now=now)
    }
    return [number for who, number in first.items() if who in here][:limit]


def next_reminder_at(session: Session, now: datetime) -> datetime | None:
    """Return the earliest instant from `now` on at which somebody is reminded, None when nobody will be.

    Somebody who is away then is reminded on the day they are back.
    """
    due = (_reminded_at(session, request, now) for request in fit_requests.unreminded(session, now))
    return min((instant for instant in due if instant is not None), default=None)


def remind(session: Session, request_id: int, *, now: datetime) -> None:
    """Remind the person of everything that is due, by one message, and never again of the same."""
    first = fit_requests.get(session, request_id)
    if first is None:
        return
    asked_before = _asked_before(session, first.workspace_id, now)
    found = fit_requests.open_of_person(session, first.workspace_id, first.user_id, lock=True)
    due = [request for request, _ in found if request.reminded_at is None and request.asked_at <= asked_before]
    if not due:
        return
    for request in due:
        request.reminded_at = now
        session.add(request)
    key = f"fit:{first.user_id}:reminder:{due[0].row_id}:{due[0].asked_at:%Y-%m-%d}"
    subject = FitQuestionSubject(is_reminder=True)
    tell(session, first.workspace_id, first.user_id, page="fit_question", subject=subject, key=key, at=now)


def leave_unreminded(session: Session, request_id: int, *, now: datetime) -> None:
    """Mark the person's requests as reminded without a message: making one failed too often."""
    first = fit_requests.get(session, request_id)
    for request, _ in fit_requests.open_of_person(session, first.workspace_id, first.user_id) if first else ():
        request.reminded_at = now
        session.add(request)


def _reminded_at(session: Session, request: FitRequest, now: datetime) -> datetime | None:
    """Return when the person is reminded of the request, `now` at once, None for somebody who may not score."""
    row = people.find(session, request.workspace_id, request.user_id)
    if row is None:
        return None
    days = settings_of(session, request.workspace_id).number("fit.reminder")
    # what is overdue waits for who is away now, whether or not they were when it fell due
    due_at = max(now, request.asked_at + max(SOONEST, timedelta(days=days)))
    while (until := person_at(session, row, due_at).away_until) is not None:
        due_at = datetime.combine(until + timedelta(days=1), time(), ZoneInfo(row.time_zone)).astimezone(UTC)
    is_asked = any(
        each.person.user_id == request.user_id for each in scorers(session, request.workspace_id, now=due_at)
    )
    return due_at if is_asked else None


def _asked_before(session: Session, workspace_id: str, now: datetime) -> datetime:
    return now - timedelta(days=settings_of(session, workspace_id).number("fit.reminder"))
