"""Reads and writes of signals: taken once by their sender's id, summed by windows of time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, case, cast, func, literal, or_, tuple_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from storage import people as stored_people
from storage.database import insert_all_once, read_columns
from storage.models.accounts import Account
from storage.models.subjects import SignalRow
from storage.models.types import UTCDateTime, table_of

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
"""Begins the id of a signal taken back and then counted again: longer than any id that a sender may give."""


@dataclass(frozen=True, slots=True)
class SignalPoints:
    """An account's points by window, and when its latest signal happened."""

    points: Mapping[str, float]
    last_at: datetime | None


def digests_by_source(session: Session, workspace_id: str, source_ids: Collection[str]) -> dict[str, str]:
    """The digest of each signal stored under these ids of its sender, by that id."""
    query = select(SignalRow.source_id, SignalRow.body).where(
        SignalRow.workspace_id == workspace_id, col(SignalRow.source_id).in_(source_ids)
    )
    return dict(session.exec(query).all())


def taken_back(session: Session, workspace_id: str, source_ids: Collection[str]) -> set[str]:
    """Those of these sender's ids whose signals were taken back."""
    query = select(SignalRow.source_id).where(
        SignalRow.workspace_id == workspace_id,
        col(SignalRow.source_id).in_(source_ids),
        col(SignalRow.taken_back_at).is_not(None),
    )
    return set(session.exec(query))


def of_import(session: Session, run_id: int) -> list[int]:
    """The ids of the signals that an import brought and that count."""
    query = select(SignalRow.id).where(SignalRow.import_run_id == run_id, col(SignalRow.taken_back_at).is_(None))
    return [signal_id for signal_id in session.exec(query) if signal_id is not None]


def accounts_of(session: Session, signal_ids: Collection[int]) -> set[int]:
    return set(session.exec(select(SignalRow.account_id).where(col(SignalRow.id).in_(signal_ids))))


def take_back(
    session: Session, workspace_id: str, signal_ids: Collection[int], at: datetime, *, kinds: Collection[str]
) -> int:
    """Take back these signals and return how many still counted. `kinds` are those that set a person's latest day."""
    still_counting = (
        col(SignalRow.workspace_id) == workspace_id,
        col(SignalRow.id).in_(signal_ids),
        col(SignalRow.taken_back_at).is_(None),
    )
    contact_ids = set(session.exec(select(SignalRow.contact_id).where(*still_counting)))
    result = session.exec(update(SignalRow).where(*still_counting).values(taken_back_at=at))
    for contact_id in filter(None, contact_ids):
        stored_people.recompute_day(session, contact_id, kinds)
    return result.rowcount


def count_again(
    session: Session, source_ids: Collection[str], brought: Mapping[str, Any], *, kinds: Collection[str]
) -> None:
    """Count withdrawn signals again from now on. `kinds` are those that set a person's latest day.

    Each gets a new row with the values `brought`: the workspace, when, by whom and by which import. The withdrawn row
    stays as it was, so that reviews closed meanwhile do not change, but gives the sender's id to the new one.
    """
    withdrawn = (
        col(SignalRow.workspace_id) == brought["workspace_id"],
        col(SignalRow.source_id).in_(source_ids),
        col(SignalRow.taken_back_at).is_not(None),
    )
    columns = [getattr(SignalRow, column.name) for column in table_of(SignalRow).c if column.name != "id"]
    found = [dict(row) for row in session.execute(select_columns(*columns).where(*withdrawn)).mappings()]
    # unique, so that the new row can have the sender's id
    given_up = literal(GIVEN_UP) + cast(col(SignalRow.id), String)
    session.execute(update(SignalRow).where(*withdrawn).values(source_id=given_up))
    add(session, [{**row, "taken_back_at": None, **brought} for row in found])
    for contact_id in {row["contact_id"] for row in found} - {None}:
        stored_people.recompute_day(session, contact_id, kinds)


def stored(session: Session, workspace_id: str, source_ids: Collection[str]) -> dict[str, tuple[str, datetime]]:
    """The digest of each signal stored under these ids of its sender, and when it was recorded, by that id."""
    query = select(SignalRow.source_id, SignalRow.body, SignalRow.recorded_at).where(
        SignalRow.workspace_id == workspace_id, col(SignalRow.source_id).in_(source_ids)
    )
    return {source_id: (body, recorded_at) for source_id, body, recorded_at in session.exec(query)}


def listed(session: Session, workspace_id: str, domains: Collection[str], crm_ids: Collection[str]) -> list[Account]:
    """The named accounts that have one of these domains, or one of these ids in the CRM."""
    wanted = col(Account.domain).in_(domains) | col(Account.crm_id).in_(crm_ids)
    query = select(Account).where(Account.workspace_id == workspace_id, Account.list_status == "named", wanted)
    return list(session.exec(query))


def add(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Store these signals; one whose sender's id came before, or from another process meanwhile, is left out."""
    insert_all_once(session, SignalRow, rows)


def points_of(session: Session, account_ids: Collection[int], now: datetime) -> dict[int, SignalPoints]:
    """The signal points of these accounts by window of days up to now; accounts without signals are left out."""
    # every end of one of WINDOWS
    bounds = {f"days_{days}": now - timedelta(days=days) for days in (0, 7, 30, 35, 60, 90, 120)}
    values = {"account_ids": list(account_ids), "now": now} | bounds
    found = read_columns(session, _select_sums(), values).mappings()
    return {
        row["account_id"]: SignalPoints({name: float(row[name] or 0) for name in WINDOWS}, row["last_at"])
        for row in found
    }


@cache
def _select_sums() -> Select[Any]:
    """The points of these accounts in each of WINDOWS up to `now`, of signals that counted then."""
    account_id, happened_at = col(SignalRow.account_id), col(SignalRow.happened_at)
    taken_back_at = col(SignalRow.taken_back_at)
    within = (
        account_id.in_(bindparam("account_ids", expanding=True)),
        happened_at > bindparam(f"days_{LONGEST_DAYS}"),
        happened_at <= bindparam("now"),
        col(SignalRow.counts_since) <= bindparam("now"),
        or_(taken_back_at.is_(None), taken_back_at > bindparam("now")),
    )
    windows = [_window(first, last).label(name) for name, (first, last) in WINDOWS.items()]
    last_at = func.max(happened_at, type_=UTCDateTime()).label("last_at")
    return select_columns(account_id, last_at, *windows).where(*within).group_by(account_id)


def _window(first: int, last: int) -> ColumnElement[Any]:
    """The sum of points from `first` days before now until `last` days before it."""
    happened_at = col(SignalRow.happened_at)
    inside = (happened_at > bindparam(f"days_{first}")) & (happened_at <= bindparam(f"days_{last}"))
    return func.sum(case((inside, col(SignalRow.points))))


def accounts_with(
    session: Session, account_ids: Collection[int], begin: datetime | None, end: datetime | None
) -> set[int]:
    """The accounts among these with a signal that counts, from `begin` until before `end`; None is no limit."""
    query = select(SignalRow.account_id).where(
        col(SignalRow.account_id).in_(account_ids), col(SignalRow.taken_back_at).is_(None)
    )
    if begin is not None:
        query = query.where(SignalRow.happened_at >= begin)
    if end is not None:
        query = query.where(SignalRow.happened_at < end)
    return set(session.exec(query.distinct()))


def latest(session: Session, account_ids: Collection[int]) -> dict[int, datetime]:
    """The instant of the latest signal that counts of each of these accounts that has any."""
    query = select(SignalRow.account_id, func.max(SignalRow.happened_at)).where(
        col(SignalRow.account_id).in_(account_ids), col(SignalRow.taken_back_at).is_(None)
    )
    return dict(session.exec(query.group_by(col(SignalRow.account_id))).all())


def page(session: Session, account_id: int, *, before_id: int | None, limit: int) -> list[SignalRow]:
    """The account's latest signals, newest first, also taken-back ones; before the signal `before_id` if given."""
    query = select(SignalRow).where(SignalRow.account_id == account_id, col(SignalRow.is_replaced).is_(False))
    position = tuple_(col(SignalRow.happened_at), col(SignalRow.id))
    before = session.get(SignalRow, before_id) if before_id is not None else None
    if before is not None:
        query = query.where(position < tuple_(before.happened_at, before.id))
    latest_first = (col(SignalRow.happened_at).desc(), col(SignalRow.id).desc())
    return list(session.exec(query.order_by(*latest_first).limit(limit)))


def came_by_webhook(session: Session, workspace_id: str, since: datetime) -> tuple[int, datetime | None]:
    """The number of signals recorded by webhook since an instant, and the time of the last one."""
    query = select(func.count(), func.max(SignalRow.recorded_at)).where(
        SignalRow.workspace_id == workspace_id,
        SignalRow.source == "webhook",
        SignalRow.recorded_at > since,
        col(SignalRow.is_replaced).is_(False),
    )
    count, last_at = session.exec(query).one()
    return count, last_at


def by_source(session: Session, workspace_id: str, source_id: str) -> SignalRow | None:
    """The signal that came under this id of its sender, or None."""
    query = select(SignalRow).where(SignalRow.workspace_id == workspace_id, SignalRow.source_id == source_id)
    return session.exec(query).first()


def by_sources(session: Session, workspace_id: str, source_ids: Collection[str]) -> list[SignalRow]:
    query = select(SignalRow).where(SignalRow.workspace_id == workspace_id, col(SignalRow.source_id).in_(source_ids))
    return list(session.exec(query))


def noted_since(session: Session, account_id: int, actor: str, instant: datetime) -> list[SignalRow]:
    """The person's signals of the account recorded after an instant and not taken back, the newest first."""
    query = select_columns(SignalRow).where(
        col(SignalRow.account_id) == account_id,
        col(SignalRow.actor) == actor,
        col(SignalRow.recorded_at) > instant,
        col(SignalRow.taken_back_at).is_(None),
    )
    return list(session.scalars(query.order_by(col(SignalRow.id).desc())))


def of_kinds_since(
    session: Session, account_ids: Collection[int], kinds: Collection[str], instant: datetime
) -> list[SignalRow]:
    """The signals of these kinds at the accounts after an instant that were not taken back, in the order recorded."""
    query = select(SignalRow).where(
        col(SignalRow.account_id).in_(account_ids),
        col(SignalRow.kind).in_(kinds),
        col(SignalRow.happened_at) > instant,
        col(SignalRow.taken_back_at).is_(None),
    )
    return list(session.exec(query.order_by(col(SignalRow.id))))


def get(session: Session, workspace_id: str, signal_id: int) -> SignalRow | None:
    query = select(SignalRow).where(SignalRow.workspace_id == workspace_id, SignalRow.id == signal_id)
    return session.exec(query).first()
