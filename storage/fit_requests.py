"""Reads and writes of who was asked to score which account."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, update
from sqlalchemy import select as select_rows
from sqlmodel import Session, col, select

from storage.light_rows import columns_of, read, table_of
from storage.tables import Account, FitRequest
from storage.upsert import insert_once


def ask(session: Session, request: FitRequest) -> bool:
    """Whether the request is open from now on; False where it was open already. One that was closed opens again."""
    if insert_once(session, FitRequest, request.model_dump(exclude={"id"})):
        return True
    reopened = (
        update(FitRequest)
        .where(
            col(FitRequest.workspace_id) == request.workspace_id,
            col(FitRequest.account_id) == request.account_id,
            col(FitRequest.user_id) == request.user_id,
            col(FitRequest.is_open).is_(False),
        )
        .values(is_open=True, function=request.function, asked_at=request.asked_at, reminded_at=None)
        .returning(col(FitRequest.id))
    )
    return session.execute(reopened).first() is not None


def of_account(session: Session, workspace_id: str, account_id: int) -> list[FitRequest]:
    """Everybody who was asked about the account, in the order in which they were; to be read only."""
    return read(session, FitRequest, _of_account(), {"workspace_id": workspace_id, "account_id": account_id})


def open_of_person(
    session: Session, workspace_id: str, user_id: str, *, lock: bool = False
) -> list[tuple[FitRequest, Account]]:
    """What the person was asked and did not answer, with the accounts, in the order in which they were asked.

    With `lock` no other transaction changes these requests before this one ends.
    """
    query = (
        select(FitRequest, Account)
        .join(Account, col(Account.id) == col(FitRequest.account_id))
        .where(
            FitRequest.workspace_id == workspace_id, FitRequest.user_id == user_id, col(FitRequest.is_open).is_(True)
        )
        .order_by(col(FitRequest.id))
    )
    return list(session.exec(query.with_for_update(of=FitRequest) if lock else query))


def close(session: Session, workspace_id: str, user_id: str, account_ids: Collection[int] | None = None) -> int:
    """How many of the person's open requests were closed: those about these accounts, or all."""
    statement = update(FitRequest).where(
        col(FitRequest.workspace_id) == workspace_id,
        col(FitRequest.user_id) == user_id,
        col(FitRequest.is_open).is_(True),
    )
    if account_ids is not None:
        statement = statement.where(col(FitRequest.account_id).in_(account_ids))
    return len(session.execute(statement.values(is_open=False).returning(col(FitRequest.id))).all())


def close_of_accounts(session: Session, account_ids: Collection[int]) -> None:
    """Closes every open request about these accounts: they were decided."""
    wanted = col(FitRequest.account_id).in_(account_ids)
    session.execute(update(FitRequest).where(wanted, col(FitRequest.is_open).is_(True)).values(is_open=False))


def unreminded(session: Session, asked_before: datetime) -> list[FitRequest]:
    """The requests of every workspace that were made before then and not answered, and that nobody was reminded of."""
    query = select(FitRequest).where(
        col(FitRequest.is_open).is_(True),
        col(FitRequest.reminded_at).is_(None),
        col(FitRequest.asked_at) <= asked_before,
    )
    return list(session.exec(query.order_by(col(FitRequest.asked_at), col(FitRequest.id))))


def get(session: Session, request_id: int) -> FitRequest | None:
    """The request of any workspace: for the ticks, which serve all of them."""
    return session.get(FitRequest, request_id)


@cache
def _of_account() -> Select[Any]:
    request = table_of(FitRequest).c
    query = select_rows(*columns_of(FitRequest)).where(
        request.workspace_id == bindparam("workspace_id"), request.account_id == bindparam("account_id")
    )
    return query.order_by(request.id)
