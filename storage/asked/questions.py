"""Reads that every question makes: columns and no whole rows, by statements that are made once.

Making a statement takes longer than carrying it out.
"""

from collections.abc import Collection
from functools import cache

from sqlalchemy import Select, bindparam, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from storage.accounts import LISTED
from storage.tables import Account, Event, Person


def accounts_seen(session: Session, workspace_id: str, account_ids: Collection[int]) -> set[int]:
    """Those of these ids that are accounts which the session may see."""
    values = {"workspace_id": workspace_id, "account_ids": list(account_ids)}
    found = session.scalars(_accounts(), values) if account_ids else ()
    return {row_id for row_id in found if row_id is not None}


def events_seen(session: Session, event_ids: Collection[int]) -> set[int]:
    """Those of these ids that are events which the session may see."""
    found = session.scalars(_events(), {"event_ids": list(event_ids)}) if event_ids else ()
    return {row_id for row_id in found if row_id is not None}


def owner_of(session: Session, workspace_id: str, account_id: int) -> str:
    """The user id of the account's owner, '' where it has none."""
    values = {"workspace_id": workspace_id, "account_id": account_id}
    return session.scalars(_owner(), values).first() or ""


def account_of_channel(session: Session, workspace_id: str, channel_id: str) -> int | None:
    """The id of the account whose own channel this is; of several that have had it, one of the list."""
    return session.scalars(_of_channel(), {"workspace_id": workspace_id, "channel_id": channel_id}).first()


def colleagues(session: Session, workspace_id: str) -> list[tuple[str, str, str, str | None, str]]:
    """(user id, name, right, function, zone) of people who are neither bots, nor deactivated, nor of another company.

    By name.
    """
    found = session.execute(_colleagues(), {"workspace_id": workspace_id})
    return [(each[0], each[1], each[2], each[3], each[4]) for each in found]


@cache
def _accounts() -> Select[int | None]:
    is_one = col(Account.id).in_(bindparam("account_ids", expanding=True))
    return select_columns(col(Account.id)).where(col(Account.workspace_id) == bindparam("workspace_id"), is_one)


@cache
def _events() -> Select[int | None]:
    return select_columns(col(Event.id)).where(col(Event.id).in_(bindparam("event_ids", expanding=True)))


@cache
def _owner() -> Select[str | None]:
    return select_columns(col(Account.owner)).where(
        col(Account.workspace_id) == bindparam("workspace_id"), col(Account.id) == bindparam("account_id")
    )


@cache
def _of_channel() -> Select[int | None]:
    query = select_columns(col(Account.id)).where(
        col(Account.workspace_id) == bindparam("workspace_id"), col(Account.channel_id) == bindparam("channel_id")
    )
    # a list of values would be written into the statement anew each time
    is_listed = or_(*(col(Account.list_status) == each for each in LISTED))
    return query.order_by(is_listed.desc(), col(Account.id).desc())


@cache
def _colleagues() -> Select[str, str, str, str | None, str]:
    columns = (col(Person.user_id), col(Person.name), col(Person.right), col(Person.function), col(Person.time_zone))
    is_other = (col(Person.is_bot), col(Person.is_deleted), col(Person.is_external))
    of_workspace = col(Person.workspace_id) == bindparam("workspace_id")
    query = select_columns(*columns).where(of_workspace, *(flag.is_(False) for flag in is_other))
    return query.order_by(func.lower(Person.name))
