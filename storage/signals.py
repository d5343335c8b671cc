"""Reads and writes of signals: taken once by their sender's id, summed by windows of time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, case, cast, func, literal, or_, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_objects

from storage.light_rows import table_of
from storage.tables import Account, ContactRow, SignalRow
from storage.upsert import insert_all_once

WINDOWS: Mapping[str, tuple[int, int]] = {
    "last_7": (7, 0),
    "baseline": (35, 7),
    "last_30": (30, 0),
    "before_30": (60, 30),
    "before_60": (90, 60),
    "before_90": (120, 90),
    "last_90": (90, 0),
}
"""The windows that points are summed over: from so many days before an instant until so many days before it."""

LONGEST_DAYS = 120

GIVEN_UP = "taken back, then counted again ".ljust(210, ".")
"""Begins the id of a signal that was taken back and then counted again: longer than any that a sender may give."""


@dataclass(frozen=True, slots=True)
class Sums:
    """An account's points by window, and when its latest signal happened."""

    points: Mapping[str, float]
    last_at: datetime | None


def bodies(session: Session, workspace_id: str, source_ids: Collection[str]) -> dict[str, str]:
    """The digests of the signals that came before under these ids, by id."""
    query = select_objects(SignalRow.source_id, SignalRow.body).where(
        SignalRow.workspace_id == workspace_id, col(SignalRow.source_id).in_(source_ids)
    )
    return dict(session.exec(query).all())


def taken_back(session: Session, workspace_id: str, source_ids: Collection[str]) -> set[str]:
    """Those of these ids whose signals do not count any more."""
    query = select_objects(SignalRow.source_id).where(
        SignalRow.workspace_id == workspace_id,
        col(SignalRow.source_id).in_(source_ids),
        col(SignalRow.taken_back_at).is_not(None),
    )
    return set(session.exec(query))


def of_import(session: Session, run_id: int) -> list[int]:
    """The ids of the signals that an import brought and that count."""
    query = select_objects(SignalRow.id).where(
        SignalRow.import_run_id == run_id, col(SignalRow.taken_back_at).is_(None)
    )
    return [number for number in session.exec(query) if number is not None]


def accounts_of(session: Session, signal_ids: Collection[int]) -> set[int]:
    """The accounts of these signals."""
    return set(session.exec(select_objects(SignalRow.account_id).where(col(SignalRow.id).in_(signal_ids))))


def take_back(
    session: Session, workspace_id: str, signal_ids: Collection[int], at: datetime, *, kinds: Collection[str]
) -> int:
    """How many of these signals counted; from now on none of them does. Signals of these kinds make people's days."""
    counted = (
        col(SignalRow.workspace_id) == workspace_id,
        col(SignalRow.id).in_(signal_ids),
        col(SignalRow.taken_back_at).is_(None),
    )
    people = set(session.exec(select_objects(SignalRow.contact_id).where(*counted)))
    result = session.execute(update(SignalRow).where(*counted).values(taken_back_at=at))
    for contact_id in people - {None}:
        note_day_anew(session, contact_id or 0, kinds)
    return int(result.rowcount)  # type: ignore[attr-defined]


def count_again(
    session: Session, source_ids: Collection[str], brought: Mapping[str, Any], *, kinds: Collection[str]
) -> None:
    """Lets these signals, which were taken back, count from now on; `kinds` as above.

    Each stands once more, with what is `brought`: the workspace, when, by whom and by which import. The row that was
    taken back stays as it was, so that what was closed meanwhile does not change, and gives up the sender's id.
    """
    signal = table_of(SignalRow).c
    those = (
        signal.workspace_id == brought["workspace_id"],
        signal.source_id.in_(source_ids),
        signal.taken_back_at.is_not(None),
    )
    kept = [column for column in signal if column.name != "id"]
    found = [dict(row) for row in session.connection().execute(select(*kept).where(*those)).mappings()]
    given_up = literal(GIVEN_UP) + cast(signal.id, String)
    session.execute(update(SignalRow).where(*those).values(source_id=given_up))
    add(session, [{**row, "taken_back_at": None, **brought} for row in found])
    for contact_id in {row["contact_id"] for row in found} - {None}:
        note_day_anew(session, contact_id, kinds)


def stored(session: Session, workspace_id: str, source_ids: Collection[str]) -> dict[str, tuple[str, datetime]]:
    """The digest of each of these signals, and when it was recorded, by id."""
    query = select_objects(SignalRow.source_id, SignalRow.body, SignalRow.recorded_at).where(
        SignalRow.workspace_id == workspace_id, col(SignalRow.source_id).in_(source_ids)
    )
    return {source_id: (body, recorded_at) for source_id, body, recorded_at in session.exec(query)}


def listed(session: Session, workspace_id: str, domains: Collection[str], crm_ids: Collection[str]) -> list[Account]:
    """The accounts on the list that have one of these domains, or one of these ids in the CRM."""
    wanted = col(Account.domain).in_(domains) | col(Account.crm_id).in_(crm_ids)
    query = select_objects(Account).where(Account.workspace_id == workspace_id, Account.list_status == "named", wanted)
    return list(session.exec(query))


def people_called(session: Session, workspace_id: str, emails: Collection[str]) -> list[ContactRow]:
    """The people at accounts with one of these addresses."""
    query = select_objects(ContactRow).where(ContactRow.workspace_id == workspace_id, col(ContactRow.email).in_(emails))
    return list(session.exec(query))


def add(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Stores these signals; one whose id came before, or came from another process meanwhile, is left out."""
    insert_all_once(session, SignalRow, rows)


def note_days(session: Session, days: Mapping[int, date]) -> None:
    """Keeps for each person the day of the latest signal, if it is later than the one known."""
    contact = table_of(ContactRow)
    known = func.coalesce(contact.c.signalled_on, date.min)
    statement = (
        update(contact)
        .where(contact.c.id == bindparam("number"), known < bindparam("day"))
        .values(signalled_on=bindparam("day"))
    )
    if days:
        session.connection().execute(statement, [{"number": number, "day": day} for number, day in days.items()])


def note_day_anew(session: Session, contact_id: int, kinds: Collection[str]) -> None:
    """Makes the day of the person's latest signal that of those of these kinds that stand."""
    query = select_objects(func.max(SignalRow.happened_at)).where(
        SignalRow.contact_id == contact_id, col(SignalRow.taken_back_at).is_(None), col(SignalRow.kind).in_(kinds)
    )
    latest_at = session.exec(query).one()
    person = session.get(ContactRow, contact_id)
    if person is not None:
        person.signalled_on = latest_at.astimezone(UTC).date() if latest_at else None
        session.add(person)


def seen(
    session: Session, contact_ids: Collection[int], since: datetime, until: datetime
) -> list[tuple[int, str, datetime]]:
    """(person, kind, when) of the signals of these people within [since, until)."""
    query = select_objects(SignalRow.contact_id, SignalRow.kind, SignalRow.happened_at).where(
        col(SignalRow.contact_id).in_(contact_ids),
        SignalRow.happened_at >= since,
        SignalRow.happened_at < until,
        col(SignalRow.taken_back_at).is_(None),
    )
    return [(number, kind, at) for number, kind, at in session.exec(query) if number is not None]


def of_people(session: Session, account_ids: Collection[int]) -> list[SignalRow]:
    """The signals of known people at these accounts, those taken back too."""
    query = select_objects(SignalRow).where(
        col(SignalRow.account_id).in_(account_ids), col(SignalRow.contact_id).is_not(None)
    )
    return list(session.exec(query))


def sums(session: Session, account_ids: Collection[int], now: datetime) -> dict[int, Sums]:
    """The points of these accounts by window, of what happened and was recorded until now; none without signals."""
    moments = {f"days_{days}": now - timedelta(days=days) for days in (0, 7, 30, 35, 60, 90, 120)}
    values = {"account_ids": list(account_ids), "now": now} | moments
    found = session.connection().execute(_sums(), values).mappings()
    return {row["account_id"]: Sums({name: float(row[name] or 0) for name in WINDOWS}, row["last_at"]) for row in found}


def page(session: Session, account_id: int, *, before_id: int | None, limit: int) -> list[SignalRow]:
    """The account's latest signals, those taken back too, newest first, below `before_id` if given."""
    query = select_objects(SignalRow).where(SignalRow.account_id == account_id)
    if before_id is not None:
        query = query.where(col(SignalRow.id) < before_id)
    return list(session.exec(query.order_by(col(SignalRow.id).desc()).limit(limit)))


def came_by_webhook(session: Session, workspace_id: str, since: datetime) -> tuple[int, datetime | None]:
    """How many signals were recorded by webhook since an instant, and when the last one was."""
    query = select_objects(func.count(), func.max(SignalRow.recorded_at)).where(
        SignalRow.workspace_id == workspace_id, SignalRow.source == "webhook", SignalRow.recorded_at > since
    )
    count, last_at = session.exec(query).one()
    return count, last_at


def by_source(session: Session, workspace_id: str, source_id: str) -> SignalRow | None:
    """The signal that came under this id, or None."""
    query = select_objects(SignalRow).where(SignalRow.workspace_id == workspace_id, SignalRow.source_id == source_id)
    return session.exec(query).first()


def get(session: Session, workspace_id: str, signal_id: int) -> SignalRow | None:
    """The signal, or None."""
    query = select_objects(SignalRow).where(SignalRow.workspace_id == workspace_id, SignalRow.id == signal_id)
    return session.exec(query).first()


@cache
def _sums() -> Select[Any]:
    signal = table_of(SignalRow).c
    within = (
        signal.account_id.in_(bindparam("account_ids", expanding=True)),
        signal.happened_at > bindparam(f"days_{LONGEST_DAYS}"),
        signal.happened_at <= bindparam("now"),
        signal.recorded_at <= bindparam("now"),
        or_(signal.taken_back_at.is_(None), signal.taken_back_at > bindparam("now")),
    )
    windows = [_window(signal, first, last).label(name) for name, (first, last) in WINDOWS.items()]
    last_at = func.max(signal.happened_at, type_=signal.happened_at.type).label("last_at")
    return select(signal.account_id, last_at, *windows).where(*within).group_by(signal.account_id)


def _window(signal: Any, first: int, last: int) -> ColumnElement[Any]:
    inside = (signal.happened_at > bindparam(f"days_{first}")) & (signal.happened_at <= bindparam(f"days_{last}"))
    return func.sum(case((inside, signal.points), else_=0.0))
