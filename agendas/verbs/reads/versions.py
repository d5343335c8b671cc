"""Reads of the list's versions, folded from the history. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import ListStatus
from agendas.rules.list.versions import ChangesFacts, ListEntry, VersionFacts, changes_between, counting, version_at
from agendas.text.days import day_said, local_date
from storage import accounts, events
from storage.events import ListEvent

DEFAULT_DAYS = 30
"""The period of changes when no first date is given."""

NOTHING_YET = "Nothing is on the list yet. Nominate a first account: /account nominate NAME [DOMAIN]."


def list_version(session: Session, workspace_id: str, on: date, *, zone: str) -> VersionFacts:
    """Return the list at the end of a local date. Raises Refused for a date before the first entry."""
    history = _history(session, workspace_id)
    _refuse_before(history, on, zone)
    return VersionFacts(on, version_at(history.entries, _end_of(on, zone)), accounts.names(session, workspace_id))


def list_changes(session: Session, workspace_id: str, first: date | None, second: date, *, zone: str) -> ChangesFacts:
    """Return the changes from the end of one local date to the end of another; `first` defaults to 30 days before.

    Raises Refused for a date before the first entry, and for an empty history.
    """
    history = _history(session, workspace_id)
    began_on = local_date(history.began_at, zone)
    if first is None:
        first = max(second - timedelta(days=DEFAULT_DAYS), began_on - timedelta(days=1))
    else:
        _refuse_before(history, first, zone)
    after, until = _end_of(first, zone), _end_of(second, zone)
    return ChangesFacts(
        first=first,
        second=second,
        before=version_at(history.entries, after),
        after=version_at(history.entries, until),
        changes=changes_between(history.entries, after, until),
        names=accounts.names(session, workspace_id),
        zone=zone,
    )


@dataclass(frozen=True, slots=True)
class _History:
    """The list's entries without those taken back, and the instant of the first one."""

    entries: Sequence[ListEntry]
    began_at: datetime


def _history(session: Session, workspace_id: str) -> _History:
    entries = counting(_entry(row) for row in events.of_list(session, workspace_id))
    if not entries:
        raise Refused(NOTHING_YET)
    return _History(entries, entries[0].happened_at)


def _entry(row: ListEvent) -> ListEntry:
    change = row.change or {}
    if row.kind == "corrected":
        return ListEntry(row.id, row.account_id, row.happened_at, row.actor, corrects=change["event_id"])
    if row.kind == "nominated":
        return ListEntry(row.id, row.account_id, row.happened_at, row.actor)
    status = _STATUSES[change["status"]]
    return ListEntry(
        row.id, row.account_id, row.happened_at, row.actor, status, tier=change["tier"], because=change["because"]
    )


_STATUSES = {status.value: status for status in ListStatus}


def _refuse_before(history: _History, on: date, zone: str) -> None:
    began_on = local_date(history.began_at, zone)
    if on < began_on:
        raise Refused(
            f"The history of the list begins on {day_said(began_on)} {began_on.year}; give that date or a later one."
        )


def _end_of(on: date, zone: str) -> datetime:
    """Return the instant at which the local date ends."""
    return datetime.combine(on + timedelta(days=1), time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
