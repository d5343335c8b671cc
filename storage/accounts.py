"""Reads and writes of the current state of accounts."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, literal_column, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from storage.database import fresh, read_columns
from storage.models.accounts import Account, AccountKey

# Reads of the list: how many accounts of each status and tier there are, and a part of them in the list's order.

NOBODY = ""
"""Stands for no owner among people."""

Filters = Collection[ColumnElement[bool]]


def filters(
    *,
    tiers: Collection[int] = (),
    people: Collection[str] = (),
    segments: Collection[str] = (),
    stages: Collection[str] = (),
) -> Filters:
    """The conditions of a filter by tiers, by people, who own or partner an account, by segments and by stages.

    NOBODY among `people` stands for accounts without owner. An empty part gives no condition.
    """
    named = [user_id for user_id in people if user_id != NOBODY]
    of_people: list[ColumnElement[bool]] = [col(Account.owner).is_(None)] if NOBODY in people else []
    if named:
        of_people += [col(Account.owner).in_(named), col(Account.marketing_partner).in_(named)]
    columns = ((Account.tier, tiers), (Account.segment, segments), (Account.stage, stages))
    conditions = [col(column).in_(values) for column, values in columns if values]
    return [*conditions, or_(*of_people)] if of_people else conditions


def counts(session: Session, workspace_id: str, wanted: Filters = ()) -> dict[tuple[str, int | None], int]:
    """The number of accounts that meet the conditions `wanted`, by (list status, tier)."""
    group: tuple[Any, ...] = (col(Account.list_status), col(Account.tier))
    query = select_columns(*group, func.count()).where(col(Account.workspace_id) == workspace_id, *wanted)
    return {(status, tier): number for status, tier, number in session.execute(query.group_by(*group))}


def page(
    session: Session, workspace_id: str, statuses: Sequence[str], wanted: Filters = (), *, skipped: int, limit: int
) -> list[Account]:
    """The accounts of these statuses after the first `skipped`, in the order of `statuses`, by tier and name.

    Those without a tier come last; candidates of one tier by their fit, the best first.
    """
    status, tier = col(Account.list_status), col(Account.tier)
    fit = case((status == "candidate", func.coalesce(col(Account.fit_score), 0)), else_=0)
    status_order = case({each: position for position, each in enumerate(statuses)}, value=status)
    # ids alone are sorted; whole rows are read for this page only
    query = select_columns(col(Account.id)).where(col(Account.workspace_id) == workspace_id, *wanted)
    query = query.where(status.in_(statuses))
    query = query.order_by(status_order, tier.is_(None), tier, fit.desc(), func.lower(Account.name), col(Account.id))
    ids = list(session.execute(query.limit(limit).offset(skipped)).scalars())
    accounts = {row.row_id: row for row in get_many(session, workspace_id, ids)}
    return [accounts[account_id] for account_id in ids]


def fitting(
    session: Session,
    workspace_id: str,
    statuses: Collection[str] | None = ("named",),
    wanted: Filters = (),
    *,
    ids: Collection[int] = (),
) -> list[Account]:
    """The accounts of these statuses, of any for None, by tier and name; of those with these ids if any are given."""
    query = select(Account).where(Account.workspace_id == workspace_id, *wanted)
    if statuses is not None:
        query = query.where(col(Account.list_status).in_(statuses))
    if ids:
        query = query.where(col(Account.id).in_(ids))
    return list(session.exec(query.order_by(col(Account.tier), func.lower(Account.name), col(Account.id))))


LAST_CHARACTER = "\U0010ffff"
"""The highest of all characters: ends the range of keys with the same beginning."""
LISTED = ("named", "paused", "candidate")
"""Statuses of accounts that have somebody responsible."""


def get(session: Session, workspace_id: str, account_id: int, *, lock: bool = False) -> Account | None:
    """The account, or None; with `lock` no other transaction changes it before this one ends."""
    found = session.execute(_select_account(lock), {"workspace_id": workspace_id, "account_id": account_id})
    return found.scalars().first()


def by_id(session: Session, account_id: int) -> Account | None:
    """The account of any workspace, or None."""
    return session.get(Account, account_id)


@cache
def _select_account(lock: bool) -> Select[Any]:
    query = select_columns(Account).where(
        col(Account.workspace_id) == bindparam("workspace_id"), col(Account.id) == bindparam("account_id")
    )
    return fresh(query.with_for_update()) if lock else query


def get_many(session: Session, workspace_id: str, account_ids: Collection[int], *, lock: bool = False) -> list[Account]:
    """The accounts with these ids, by id; with `lock` no other transaction changes them before this one ends."""
    query = select(Account).where(Account.workspace_id == workspace_id, col(Account.id).in_(account_ids))
    query = query.order_by(col(Account.id))
    return list(session.exec(fresh(query.with_for_update()) if lock else query))


def lock_shared(session: Session, account_ids: Collection[int]) -> None:
    """Lock these accounts: others may lock them like this too, but changes wait until this transaction ends."""
    query = select(Account.id).where(col(Account.id).in_(account_ids)).order_by(col(Account.id))
    session.exec(query.with_for_update(read=True, key_share=True)).all()


def in_scope(
    session: Session,
    workspace_id: str,
    *,
    tiers: Collection[int] = (),
    owners: Collection[str] = (),
    segments: Collection[str] = (),
    account_ids: Collection[int] = (),
) -> list[Account]:
    """The named accounts that fit every part that is not empty: the rule of a cadence's scope, as a query."""
    wanted = [*filters(tiers=tiers, segments=segments), *([col(Account.owner).in_(owners)] if owners else [])]
    return fitting(session, workspace_id, wanted=wanted, ids=account_ids)


def segments(session: Session, workspace_id: str, *, of_any_status: bool = False) -> list[str]:
    """The segments of named accounts, or of accounts `of_any_status`, by name."""
    query = select(Account.segment).where(Account.workspace_id == workspace_id, Account.segment != "")
    query = query if of_any_status else query.where(Account.list_status == "named")
    return sorted(session.exec(query.distinct()), key=str.casefold)


def of_person(
    session: Session, workspace_id: str, user_id: str, *, or_executive: bool = False, most: int | None = None
) -> list[Account]:
    """Named, paused and candidate accounts the person owns or partners, by tier and name, `most` at most.

    With `or_executive` also those that they are our executive of.
    """
    roles = (Account.owner, Account.marketing_partner, *((Account.our_executive,) if or_executive else ()))
    owned = or_(*(col(role) == user_id for role in roles))
    query = select(Account).where(Account.workspace_id == workspace_id, owned, col(Account.list_status).in_(LISTED))
    return list(session.exec(query.order_by(col(Account.tier), col(Account.name)).limit(most)))


def listed(session: Session, workspace_id: str) -> set[int]:
    """The ids of named, paused and candidate accounts."""
    query = select(Account.id).where(Account.workspace_id == workspace_id, col(Account.list_status).in_(LISTED))
    return {row_id for row_id in session.exec(query) if row_id is not None}


def with_domains(session: Session, workspace_id: str, domains: Collection[str]) -> list[Account]:
    """The accounts of any status with one of these domains."""
    query = select(Account).where(Account.workspace_id == workspace_id, col(Account.domain).in_(domains))
    return list(session.exec(query)) if domains else []


def scored(session: Session, workspace_id: str) -> list[Account]:
    """Lock and return the accounts with a fit score, by id."""
    query = select(Account).where(Account.workspace_id == workspace_id, col(Account.fit_score).is_not(None))
    return list(session.exec(fresh(query.order_by(col(Account.id)).with_for_update())))


def of_channel(session: Session, workspace_id: str, channel_id: str) -> Account | None:
    """The account whose own channel this is; of several one on the list if any is, and of those the newest."""
    return session.scalars(_select_of_channel(), {"workspace_id": workspace_id, "channel_id": channel_id}).first()


@cache
def _select_of_channel() -> Select[Account]:
    own = col(Account.channel_id)
    # with a literal, as in the condition of the index of accounts with a channel: else the database cannot use that
    is_own = (own == bindparam("channel_id")) & (own != literal_column("''"))
    query = select_columns(Account).where(col(Account.workspace_id) == bindparam("workspace_id"), is_own)
    return query.order_by(col(Account.list_status).not_in(LISTED), col(Account.id).desc())


def at_home_in(session: Session, workspace_id: str, channel_id: str, *, most: int) -> list[tuple[int, str]]:
    """(id, name) of the accounts whose own channel this is, or that are private to it, by name."""
    is_home = or_(col(Account.channel_id) == channel_id, col(Account.private_channel) == channel_id)
    listed = col(Account.list_status).in_(LISTED)
    query = select(Account.id, Account.name).where(Account.workspace_id == workspace_id, is_home, listed)
    found = session.exec(query.order_by(col(Account.name)).limit(most))
    return [(row_id, name) for row_id, name in found if row_id is not None]


def keys(session: Session, workspace_id: str, *, beginning: str = "") -> list[tuple[int, str, str, str]]:
    """(account id, account name, key, kind) of every key, or of those that start with `beginning`."""
    # a range instead of LIKE: it uses the index on both databases, and the text needs no escaping
    range_of_keys = {"workspace_id": workspace_id, "first": beginning, "last": beginning + LAST_CHARACTER}
    return [(each[0], each[1], each[2], each[3]) for each in read_columns(session, _select_keys(), range_of_keys)]


@cache
def _select_keys() -> Select[int, str, str, str]:
    """The statement of `keys`: those from `first` on and before `last`."""
    return (
        select_columns(col(AccountKey.account_id), col(Account.name), col(AccountKey.key), col(AccountKey.kind))
        .join(Account, col(Account.id) == col(AccountKey.account_id))
        .where(col(AccountKey.workspace_id) == bindparam("workspace_id"))
        .where(col(AccountKey.key) >= bindparam("first"), col(AccountKey.key) < bindparam("last"))
    )


def by_key(session: Session, workspace_id: str, key: str) -> list[tuple[int, str]]:
    """(account id, kind of the key) of the accounts that are found by exactly this normalised key."""
    query = select(AccountKey.account_id, AccountKey.kind).where(
        AccountKey.workspace_id == workspace_id, AccountKey.key == key
    )
    return list(session.exec(query))


def set_keys(session: Session, workspace_id: str, account_id: int, wanted: dict[str, str]) -> None:
    """Replace the keys by which the account is found by `wanted` (key → kind); unchanged rows stay as they are."""
    rows = session.exec(select(AccountKey).where(AccountKey.account_id == account_id)).all()
    for row in rows:
        if wanted.get(row.key) != row.kind:
            session.delete(row)
    # deleted first, because a key that has another kind now is added again, and each key is there once
    session.flush()
    kept = {row.key for row in rows if wanted.get(row.key) == row.kind}
    for key, kind in wanted.items():
        if key not in kept:
            session.add(AccountKey(workspace_id=workspace_id, account_id=account_id, key=key, kind=kind))


def names(session: Session, workspace_id: str) -> dict[int, str]:
    query = select_columns(col(Account.id), col(Account.name)).where(col(Account.workspace_id) == workspace_id)
    return {row.id: row.name for row in session.execute(query)}


def owners_in(session: Session, workspace_id: str, tier: int) -> tuple[str | None, ...]:
    """The owner of each account named in a tier, None for one without."""
    query = select_columns(col(Account.owner)).where(
        col(Account.workspace_id) == workspace_id, col(Account.list_status) == "named", col(Account.tier) == tier
    )
    return tuple(session.execute(query).scalars())


def named_in(
    session: Session, workspace_id: str, tier: int, owner: str | None, *, excluded: Collection[int]
) -> tuple[int, int]:
    """How many accounts are named in a tier, without `excluded` ones, and how many are this owner's (0 for None)."""
    query = select(func.count(), func.count().filter(col(Account.owner) == owner)).where(
        Account.workspace_id == workspace_id,
        Account.list_status == "named",
        Account.tier == tier,
        col(Account.id).not_in(excluded),
    )
    in_tier, of_owner = session.exec(query).one()
    return in_tier, of_owner if owner else 0
