"""Reads of the list: how many accounts of each status and tier there are, and a part of them in the list's order."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, func, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Account

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
    query = _counts().where(*_parts(Account, people, segments, stages))
    return {(status, tier): number for status, tier, number in session.execute(query, {"workspace_id": workspace_id})}


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
    query = _group(listed, parts, has_tier, by_fit) if parts else _whole_group(has_tier, by_fit)
    return list(session.scalars(query, values))


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

    Another part than the statuses asks nothing where it is empty; they ask nothing where they are None.
    """
    parts = _parts(Account, people, segments, stages)
    query = _fitting(statuses is not None, bool(ids), bool(tiers))
    values = {"workspace_id": workspace_id, "statuses": statuses, "ids": list(ids), "tiers": list(tiers)}
    return list(session.scalars(query.where(*parts) if parts else query, values))


def segments(session: Session, workspace_id: str) -> list[str]:
    """The segments that accounts have, by name."""
    query = select(Account.segment).where(Account.workspace_id == workspace_id, Account.segment != "")
    return list(session.exec(query.distinct().order_by(Account.segment)))


@cache
def _fitting(has_statuses: bool, has_ids: bool, has_tiers: bool) -> SelectOfScalar[Account]:
    query = select(Account).where(col(Account.workspace_id) == bindparam("workspace_id"))
    if has_statuses:
        query = query.where(col(Account.list_status).in_(bindparam("statuses", expanding=True)))
    if has_ids:
        query = query.where(col(Account.id).in_(bindparam("ids", expanding=True)))
    if has_tiers:
        query = query.where(col(Account.tier).in_(bindparam("tiers", expanding=True)))
    return query.order_by(col(Account.tier), *_list_order(Account, by_fit=False))


@cache
def _counts() -> Select[str, int | None, int]:
    of_workspace = col(Account.workspace_id) == bindparam("workspace_id")
    counted = select_columns(col(Account.list_status), col(Account.tier), func.count()).where(of_workspace)
    return counted.group_by(col(Account.list_status), col(Account.tier))


@cache
def _whole_group(has_tier: bool, by_fit: bool) -> SelectOfScalar[Account]:
    return _group(aliased(Account, name="listed"), (), has_tier, by_fit)


def _group(
    listed: type[Account], parts: Collection[ColumnElement[bool]], has_tier: bool, by_fit: bool
) -> SelectOfScalar[Account]:
    # which accounts is answered by ix_account_list alone; only those shown are read whole
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
