"""Reads and writes of import runs, and of many accounts at a time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, insert, select

from storage.tables import Account, AccountKey, Event, ImportRun, Review, ReviewItem
from storage.tables.types import JsonValue

CHUNK_ROWS = 500
"""How many rows one statement names: below the number of parameters that either database takes."""


def chunks(ids: Collection[int]) -> Iterator[list[int]]:
    """The ids in order, so many at a time as one statement takes."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK_ROWS):
        yield ordered[start : start + CHUNK_ROWS]


def every_account(session: Session, workspace_id: str) -> list[Account]:
    """All accounts of the workspace, whatever their list status."""
    return list(session.exec(select(Account).where(Account.workspace_id == workspace_id)))


def locked_accounts(session: Session, workspace_id: str, account_ids: Collection[int]) -> dict[int, Account]:
    """These accounts by id; no other transaction changes them before this one ends."""
    query = select(Account).where(Account.workspace_id == workspace_id, col(Account.id).in_(account_ids))
    # by id, so that two imports wait for each other instead of holding each other up
    return {row.row_id: row for row in session.exec(query.order_by(col(Account.id)).with_for_update())}


def events_of(session: Session, account_ids: Collection[int]) -> list[Event]:
    """Every event of these accounts, in the order recorded."""
    query = select(Event).where(col(Event.account_id).in_(account_ids))
    return list(session.exec(query.order_by(col(Event.id))))


def add_events(session: Session, rows: Sequence[Mapping[str, JsonValue]]) -> None:
    """Stores these events, numbered in their order. Plain rows: ten thousand objects would take several seconds."""
    if rows:
        session.exec(insert(Event), params=list(rows))


def replace_keys(session: Session, workspace_id: str, wanted: Mapping[int, Mapping[str, str]]) -> None:
    """Makes `wanted` (account id → key → kind) the words that these accounts answer to."""
    rows = session.exec(select(AccountKey).where(col(AccountKey.account_id).in_(wanted))).all()
    kept = {(row.account_id, row.key) for row in rows if wanted[row.account_id].get(row.key) == row.kind}
    gone = [row.row_id for row in rows if (row.account_id, row.key) not in kept]
    if gone:
        session.exec(delete(AccountKey).where(col(AccountKey.id).in_(gone)))
    new = [
        {"workspace_id": workspace_id, "account_id": account_id, "key": key, "kind": kind}
        for account_id, keys in wanted.items()
        for key, kind in keys.items()
        if (account_id, key) not in kept
    ]
    if new:
        session.exec(insert(AccountKey), params=new)


def add_run(session: Session, run: ImportRun) -> ImportRun:
    """The run, stored and numbered."""
    session.add(run)
    session.flush()
    return run


def run(session: Session, workspace_id: str, run_id: int) -> ImportRun | None:
    """The run, or None; no other transaction undoes it before this one ends."""
    query = select(ImportRun).where(ImportRun.workspace_id == workspace_id, ImportRun.id == run_id)
    return session.exec(query.with_for_update()).first()


def runs(session: Session, workspace_id: str, limit: int = 10) -> Sequence[ImportRun]:
    """The workspace's latest runs, newest first."""
    query = select(ImportRun).where(ImportRun.workspace_id == workspace_id)
    return session.exec(query.order_by(col(ImportRun.id).desc()).limit(limit)).all()


def mark_undone(session: Session, undone: ImportRun, at: datetime) -> None:
    """Notes when the run was undone."""
    undone.undone_at = at
    session.add(undone)
    session.flush()


def open_items(session: Session, workspace_id: str) -> list[tuple[ReviewItem, Review]]:
    """Every account of every open review, with that review."""
    query = (
        select(ReviewItem, Review)
        .join(Review, col(Review.id) == ReviewItem.review_id)
        .where(Review.workspace_id == workspace_id, Review.state == "open")
    )
    return list(session.exec(query.order_by(col(ReviewItem.id))))
