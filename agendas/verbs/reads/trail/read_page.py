"""Reads of the audit trail, page by page. Nothing here writes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.people import PersonFacts
from agendas.facts.program.trail import TrailFacts, TrailFilter
from agendas.rules.access.rights import Deed, may
from agendas.text.days import local_date
from agendas.verbs.reads.accounts import get_account
from agendas.verbs.reads.people import admin_ids
from agendas.verbs.reads.trail.lines import audit_line, event_lines, named_in
from agendas.verbs.reads.trail.value import read_value, written_value
from storage import people
from storage.audit import trail
from storage.audit.trail import Place, Wanted
from storage.tables import AuditEntry, Event

LINES_PER_PAGE = 12
"""Lines of one page: two screens of a phone."""

SEEN_NEVER = "Cadence does not know that person, so nothing is noted of them."


def trail_facts(
    session: Session,
    workspace_id: str,
    wanted: TrailFilter,
    *,
    reader: PersonFacts,
    now: datetime,
    after: Place | None = None,
) -> TrailFacts:
    """Return the entries asked for, newest first, those that follow `after` where it is given.

    An editor finds only what is about accounts. Raises Outdated for an account or a person that is not known.
    """
    if wanted.account_id is not None:
        get_account(session, workspace_id, wanted.account_id)
    if wanted.user_id and people.find(session, workspace_id, wanted.user_id) is None:
        raise Outdated(SEEN_NEVER)
    is_narrow = not may(reader, Deed.ADMINISTER)
    rows = _newest(session, workspace_id, _stored(wanted, reader.time_zone, of_accounts=is_narrow), after)
    shown = rows[:LINES_PER_PAGE]
    changes = event_lines(session, [row for row in shown if isinstance(row, Event)])
    lines = tuple(audit_line(row) if isinstance(row, AuditEntry) else changes[row.row_id] for row in shown)
    admins = admin_ids(session, workspace_id) if is_narrow else ()
    others = {*admins, wanted.user_id}
    return TrailFacts(
        lines=lines,
        named=named_in(session, workspace_id, lines, account_id=wanted.account_id, user_ids=others),
        wanted=TrailFilter(wanted.account_id, wanted.user_id, wanted.first, wanted.last, of_accounts=is_narrow),
        zone=reader.time_zone,
        today=local_date(now, reader.time_zone),
        more_value=written_value(wanted, _place(shown[-1])) if len(rows) > LINES_PER_PAGE else "",
        is_first=after is None,
        admins=admins,
    )


def older_facts(
    session: Session, workspace_id: str, value: str, *, reader: PersonFacts, now: datetime
) -> TrailFacts | None:
    """Return the page that the button for older entries asks for, None for a value that no button carries."""
    asked = read_value(value)
    if asked is None:
        return None
    wanted, place = asked
    return trail_facts(session, workspace_id, wanted, reader=reader, now=now, after=place)


def _newest(session: Session, workspace_id: str, wanted: Wanted, after: Place | None) -> list[AuditEntry | Event]:
    """Return the newest rows of both tables, one more than a page has."""
    limit = LINES_PER_PAGE + 1
    found: list[AuditEntry | Event] = [
        *trail.events(session, workspace_id, wanted, after=after, limit=limit),
        *trail.entries(session, workspace_id, wanted, after=after, limit=limit),
    ]
    return sorted(found, key=lambda row: _sort_key(_place(row)), reverse=True)[:limit]


def _place(row: AuditEntry | Event) -> Place:
    is_event = isinstance(row, Event)
    return Place(row.recorded_at if isinstance(row, Event) else row.at, is_event, row.row_id)


def _sort_key(place: Place) -> tuple[datetime, bool, int]:
    return (place.at, place.is_event, place.id)


def _stored(wanted: TrailFilter, zone: str, *, of_accounts: bool) -> Wanted:
    return Wanted(
        account_id=wanted.account_id,
        actor=wanted.user_id,
        since=_start_of(wanted.first, zone) if wanted.first else None,
        until=_start_of(wanted.last + timedelta(days=1), zone) if wanted.last else None,
        of_accounts=of_accounts,
    )


def _start_of(on: date, zone: str) -> datetime:
    return datetime.combine(on, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
