"""Reads and writes of who was asked to score which account."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Update, update
from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.database.upsert import insert_once
from storage.tables import Account, FitRequest


def ask(session: Session, request: FitRequest) -> bool:
    """Open the request, or open a closed one again. Return False when it was open already.

    A person reminded of it once is not reminded again.
    """
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
        .values(is_open=True, is_stopped=False, function=request.function, asked_at=request.asked_at)
        .returning(col(FitRequest.id))
    )
    return session.execute(reopened).first() is not None


def of_account(session: Session, workspace_id: str, account_id: int) -> list[FitRequest]:
    """The requests about the account, in the order in which they were made."""
    query = select(FitRequest).where(FitRequest.workspace_id == workspace_id, FitRequest.account_id == account_id)
    return list(session.exec(fresh(query.order_by(col(FitRequest.id)))))


def open_of_person(
    session: Session, workspace_id: str, user_id: str, *, lock: bool = False
) -> list[tuple[FitRequest, Account]]:
    """The person's open requests with their accounts, in the order in which they were asked.

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
    return list(session.exec(fresh(query.with_for_update(of=FitRequest)) if lock else query))


def close(session: Session, workspace_id: str, user_id: str, account_id: int) -> None:
    """Close the person's request about the account: it is answered."""
    session.execute(
        _open_of(workspace_id, user_id).where(col(FitRequest.account_id) == account_id).values(is_open=False)
    )


def stop(session: Session, workspace_id: str, user_id: str) -> int:
    """Close the person's open requests for good and return their number."""
    stopped = _open_of(workspace_id, user_id).values(is_open=False, is_stopped=True).returning(col(FitRequest.id))
    return len(session.execute(stopped).all())


def close_of_accounts(session: Session, account_ids: Collection[int]) -> None:
    """Close every open request about these accounts: they were decided."""
    wanted = col(FitRequest.account_id).in_(account_ids)
    session.execute(update(FitRequest).where(wanted, col(FitRequest.is_open).is_(True)).values(is_open=False))


def closed_of_accounts(session: Session, account_ids: Collection[int]) -> list[FitRequest]:
    """The closed requests about these accounts, but for those to which the person said stop."""
    query = select(FitRequest).where(
        col(FitRequest.account_id).in_(account_ids),
        col(FitRequest.is_open).is_(False),
        col(FitRequest.is_stopped).is_(False),
    )
    return list(session.exec(query.order_by(col(FitRequest.id))))


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


def _open_of(workspace_id: str, user_id: str) -> Update:
    return update(FitRequest).where(
        col(FitRequest.workspace_id) == workspace_id,
        col(FitRequest.user_id) == user_id,
        col(FitRequest.is_open).is_(True),
    )
