"""Reads and writes of the current state of accounts."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, func, literal_column, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database import fresh, read_columns
from storage.models.accounts import Account, AccountKey

# Reads of the list: how many accounts of each status and tier there are, and a part of them in the list's order.

NOBODY = ""
"""Stands for no owner among people."""


def counts(
    session: Session,
    workspace_id: str,
    *,
    people: Collection[str] = (),
    segments: Collection[str] = (),
    stages: Collection[str] = (),
) -> dict[tuple[str, int | None], int]:
    """The number of accounts by (list status, tier); of these people, segments and stages, where any are given."""
    query = _select_counts().where(*_parts(Account, people, segments, stages))
    return {(status, tier): number for status, tier, number in session.execute(query, {"workspace_id": workspace_id})}


@cache
def _select_counts() -> Select[str, int | None, int]:
    of_workspace = col(Account.workspace_id) == bindparam("workspace_id")
    counted = select_columns(col(Account.list_status), col(Account.tier), func.count()).where(of_workspace)
    return counted.group_by(col(Account.list_status), col(Account.tier))


def in_group(
    session: Session,
    workspace_id: str,
    status: str,
    tier: int | None,
    *,
    skipped: int,
    limit: int,
    people: Collection[str] = (),
    segments: Collection[str] = (),
    stages: Collection[str] = (),
) -> list[Account]:
    """Accounts of one status and tier, by name, after the first `skipped`; candidates by their fit, the best first.

    Those of these people, segments and stages, where any are given.
    """
    values = {"workspace_id": workspace_id, "status": status, "tier": tier, "skipped": skipped, "limit": limit}
    has_tier, by_fit = tier is not None, status == "candidate"
    parts = _parts(listed := aliased(Account, name="listed"), people, segments, stages)
    query = _select_group(listed, parts, has_tier, by_fit) if parts else _select_whole_group(has_tier, by_fit)
    return list(session.scalars(query, values))


@cache
def _select_whole_group(has_tier: bool, by_fit: bool) -> SelectOfScalar[Account]:
    return _select_group(aliased(Account, name="listed"), (), has_tier, by_fit)


def fitting(
    session: Session,
    workspace_id: str,
    statuses: Collection[str] | None,
    *,
    ids: Collection[int] = (),
    tiers: Collection[int] = (),
    people: Collection[str] = (),
    segments: Collection[str] = (),
    stages: Collection[str] = (),
) -> list[Account]:
    """The accounts of these statuses, ids, tiers, and so on, by tier and name.

    `statuses` are no filter where they are None, the others where they are empty.
    """
    parts = _parts(Account, people, segments, stages)
    query = _select_fitting(statuses is not None, bool(ids), bool(tiers))
    values = {"workspace_id": workspace_id, "statuses": statuses, "ids": list(ids), "tiers": list(tiers)}
    return list(session.scalars(query.where(*parts) if parts else query, values))


@cache
def _select_fitting(has_statuses: bool, has_ids: bool, has_tiers: bool) -> SelectOfScalar[Account]:
    query = select(Account).where(col(Account.workspace_id) == bindparam("workspace_id"))
    if has_statuses:
        query = query.where(col(Account.list_status).in_(bindparam("statuses", expanding=True)))
    if has_ids:
        query = query.where(col(Account.id).in_(bindparam("ids", expanding=True)))
    if has_tiers:
        query = query.where(col(Account.tier).in_(bindparam("tiers", expanding=True)))
    return query.order_by(col(Account.tier), *_list_order(Account, by_fit=False))


def segments_of_all(session: Session, workspace_id: str) -> list[str]:
    """The segments of accounts of any status, by name."""
    query = select(Account.segment).where(Account.workspace_id == workspace_id, Account.segment != "")
    return list(session.exec(query.distinct().order_by(Account.segment)))


def _select_group(
    listed: type[Account], parts: Collection[ColumnElement[bool]], has_tier: bool, by_fit: bool
) -> SelectOfScalar[Account]:
    # the ids come from ix_account_list alone; only rows that are shown are read whole
    tier = col(listed.tier) == bindparam("tier") if has_tier else col(listed.tier).is_(None)
    of_workspace = col(listed.workspace_id) == bindparam("workspace_id")
    of_group = (of_workspace, col(listed.list_status) == bindparam("status"), tier, *parts)
    ids = select_columns(col(listed.id)).where(*of_group).order_by(*_list_order(listed, by_fit=by_fit))
    shown = ids.limit(bindparam("limit")).offset(bindparam("skipped"))
    return select(Account).where(col(Account.id).in_(shown)).order_by(*_list_order(Account, by_fit=by_fit))


def _parts(
    account: type[Account], people: Collection[str], segments: Collection[str], stages: Collection[str]
) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a filter by people, who own or partner the account, by segments and by stages."""
    named = [user_id for user_id in people if user_id != NOBODY]
    of_people: list[ColumnElement[bool]] = [col(account.owner).is_(None)] if NOBODY in people else []
    if named:
        of_people += [col(account.owner).in_(named), col(account.marketing_partner).in_(named)]
    in_segments = [col(account.segment).in_(segments)] if segments else []
    in_stages = [col(account.stage).in_(stages)] if stages else []
    return (*([or_(*of_people)] if of_people else []), *in_segments, *in_stages)


def _list_order(account: type[Account], *, by_fit: bool) -> tuple[SQLColumnExpression[Any], ...]:
    name = func.lower(account.name), col(account.id)
    return (func.coalesce(account.fit_score, 0).desc(), *name) if by_fit else name


LAST_CHARACTER = "\U0010ffff"
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
    """Lock these accounts against changes, which wait until this transaction ends."""
    query = select(Account.id).where(col(Account.id).in_(account_ids)).order_by(col(Account.id))
    session.exec(query.with_for_update(read=True, key_share=True)).all()


def on_list(
    session: Session, workspace_id: str, *, statuses: Sequence[str] = ("named",), tiers: Sequence[int] = ()
) -> list[Account]:
    """Accounts with one of these statuses, and one of these tiers if any is given, by tier and name."""
    query = select(Account).where(Account.workspace_id == workspace_id, col(Account.list_status).in_(statuses))
    if tiers:
        query = query.where(col(Account.tier).in_(tiers))
    return list(session.exec(query.order_by(col(Account.tier), col(Account.name))))


def in_scope(
    session: Session,
    workspace_id: str,
    *,
    tiers: Collection[int] = (),
    owners: Collection[str] = (),
    segments: Collection[str] = (),
    account_ids: Collection[int] = (),
) -> set[int]:
    """The ids of the named accounts that fit every part that is not empty: the rule of a scope, as a query."""
    query = select(Account.id).where(Account.workspace_id == workspace_id, Account.list_status == "named")
    parts = ((Account.tier, tiers), (Account.owner, owners), (Account.segment, segments), (Account.id, account_ids))
    for column, wanted in parts:
        if wanted:
            query = query.where(col(column).in_(wanted))
    return {row_id for row_id in session.exec(query) if row_id is not None}


def segments(session: Session, workspace_id: str) -> list[str]:
    """The segments of named accounts, by name."""
    return sorted(read_columns(session, _select_segments(), {"workspace_id": workspace_id}).scalars(), key=str.casefold)


# made once, as every question asks for it: making a statement takes longer than carrying it out
@cache
def _select_segments() -> Select[str]:
    of_workspace = col(Account.workspace_id) == bindparam("workspace_id")
    has_one = (col(Account.list_status) == "named", col(Account.segment) != "")
    return select_columns(col(Account.segment)).where(of_workspace, *has_one).distinct()


def of_owner(
    session: Session, workspace_id: str, user_id: str, *, or_executive: bool = False, most: int | None = None
) -> list[Account]:
    """Named, paused and candidate accounts the person owns or partners, by tier and name, `most` at most.

    With `or_executive` also those that they are our executive of.
    """
    roles = [
        col(Account.owner),
        col(Account.marketing_partner),
        *([col(Account.our_executive)] if or_executive else []),
    ]
    query = select(Account).where(
        Account.workspace_id == workspace_id,
        or_(*(role == user_id for role in roles)),
        col(Account.list_status).in_(LISTED),
    )
    query = query.limit(most)
    return list(session.exec(query.order_by(col(Account.tier), col(Account.name))))


def listed(session: Session, workspace_id: str) -> set[int]:
    """The ids of named, paused and candidate accounts."""
    query = select(Account.id).where(Account.workspace_id == workspace_id, col(Account.list_status).in_(LISTED))
    return {row_id for row_id in session.exec(query) if row_id is not None}


def with_domains(session: Session, workspace_id: str, domains: Collection[str]) -> list[Account]:
    if not domains:
        return []
    return list(
        session.exec(select(Account).where(Account.workspace_id == workspace_id, col(Account.domain).in_(domains)))
    )


def scored(session: Session, workspace_id: str) -> list[Account]:
    """Lock and return the accounts with a fit score, by id."""
    query = select(Account).where(Account.workspace_id == workspace_id, col(Account.fit_score).is_not(None))
    return list(session.exec(fresh(query.order_by(col(Account.id)).with_for_update())))


def of_channel(session: Session, workspace_id: str, channel_id: str) -> Account | None:
    """The account whose own channel this is; of several that have had it, one of the list."""
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
    return [(row_id or 0, name) for row_id, name in session.exec(query.order_by(col(Account.name)).limit(most))]


def keys(session: Session, workspace_id: str, *, beginning: str = "") -> list[tuple[int, str, str, str]]:
    """(account id, account name, key, kind) of every key, or of those that start with `beginning`."""
    # a range instead of LIKE: it uses the index on both databases, and the text needs no escaping
    range_of_keys = {"workspace_id": workspace_id, "first": beginning, "last": beginning + LAST_CHARACTER}
    return [(each[0], each[1], each[2], each[3]) for each in read_columns(session, _select_keys(), range_of_keys)]


@cache
def _select_keys() -> Select[int, str, str, str]:
    return (
        select_columns(col(AccountKey.account_id), col(Account.name), col(AccountKey.key), col(AccountKey.kind))
        .join(Account, col(Account.id) == col(AccountKey.account_id))
        .where(col(AccountKey.workspace_id) == bindparam("workspace_id"))
        .where(col(AccountKey.key) >= bindparam("first"), col(AccountKey.key) < bindparam("last"))
    )


def by_key(session: Session, workspace_id: str, key: str) -> list[tuple[int, str]]:
    """(account id, kind) of the accounts that answer to exactly this normalised key."""
    query = select(AccountKey.account_id, AccountKey.kind).where(
        AccountKey.workspace_id == workspace_id, AccountKey.key == key
    )
    return list(session.exec(query))


def set_keys(session: Session, workspace_id: str, account_id: int, wanted: dict[str, str]) -> None:
    """Replace the words that the account answers to by `wanted` (key → kind)."""
    rows = session.exec(select(AccountKey).where(AccountKey.account_id == account_id)).all()
    for row in rows:
        if wanted.get(row.key) != row.kind:
            session.delete(row)
    session.flush()
    had = {row.key for row in rows if wanted.get(row.key) == row.kind}
    for key, kind in wanted.items():
        if key not in had:
            session.add(AccountKey(workspace_id=workspace_id, account_id=account_id, key=key, kind=kind))


def names(session: Session, workspace_id: str) -> dict[int, str]:
    query = select_columns(col(Account.id), col(Account.name)).where(col(Account.workspace_id) == workspace_id)
    return {row.id: row.name for row in session.execute(query)}


def first_names(session: Session, workspace_id: str, *, limit: int) -> list[str]:
    query = select_columns(col(Account.name)).where(
        col(Account.workspace_id) == workspace_id, col(Account.list_status) == "named"
    )
    by_need = query.order_by(col(Account.tier), func.lower(Account.name), col(Account.id))
    return list(session.execute(by_need.limit(limit)).scalars())


def owners_in(session: Session, workspace_id: str, tier: int) -> tuple[str | None, ...]:
    """The owner of each account named in a tier, None for one without."""
    query = select_columns(col(Account.owner)).where(
        col(Account.workspace_id) == workspace_id, col(Account.list_status) == "named", col(Account.tier) == tier
    )
    return tuple(session.execute(query).scalars())


def without_owner(session: Session, workspace_id: str) -> list[tuple[int, str]]:
    """(id, name) of the named accounts that nobody owns, by tier and name."""
    query = select_columns(col(Account.id), col(Account.name)).where(
        col(Account.workspace_id) == workspace_id, col(Account.list_status) == "named", col(Account.owner).is_(None)
    )
    found = session.execute(query.order_by(col(Account.tier), func.lower(Account.name), col(Account.id)))
    return [(row.id, row.name) for row in found]


def named_in(
    session: Session, workspace_id: str, tier: int, owner: str | None, *, excluded: Collection[int]
) -> tuple[int, int]:
    """The number of accounts named in a tier, and of those that are this owner's, without the accounts `excluded`."""
    query = select(func.count(), func.count().filter(col(Account.owner) == owner)).where(
        Account.workspace_id == workspace_id,
        Account.list_status == "named",
        Account.tier == tier,
        col(Account.id).not_in(excluded),
    )
    in_tier, of_owner = session.exec(query).one()
    return in_tier, of_owner if owner else 0
