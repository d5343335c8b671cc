"""Reads and writes of import runs, and of many accounts at a time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, insert, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database import fresh, lease_now, showing_all
from storage.models.accounts import Account, AccountKey
from storage.models.events import Event, FileImport, FileImportState, ImportRun
from storage.models.reviews import Review, ReviewItem, ReviewState
from storage.models.subjects import ContactRow
from storage.models.types import JsonValue, table_of

# Reads and writes of the files that people gave in Slack to be imported.

WAITING = (FileImportState.ASKED, FileImportState.CONFIRMED, FileImportState.UNDO)
"""States of a file with which something is to be done."""


def save_file_imports(session: Session, row: FileImport) -> FileImport:
    session.add(row)
    session.flush()
    return row


def find_file_imports(session: Session, workspace_id: str, number: int) -> FileImport | None:
    query = select(FileImport).where(FileImport.workspace_id == workspace_id, FileImport.id == number)
    return session.exec(query).first()


def locked(session: Session, workspace_id: str, number: int) -> FileImport | None:
    """The file, or None; no other transaction changes it before this one ends."""
    query = select(FileImport).where(FileImport.workspace_id == workspace_id, FileImport.id == number)
    return session.exec(fresh(query.with_for_update())).first()


def undoing(session: Session, workspace_id: str) -> set[int]:
    """The ids of the runs that are waiting to be taken back, or being taken back."""
    query = select(FileImport.run_id).where(
        FileImport.workspace_id == workspace_id, FileImport.state == FileImportState.UNDO
    )
    return {run_id for run_id in session.exec(query) if run_id is not None}


def is_any_free(session: Session, now: datetime) -> bool:
    """Return whether `claim_file_imports` would find a file."""
    return session.exec(_free(lease_now(session, now)).limit(1)).first() is not None


def claim_file_imports(session: Session, *, now: datetime, lease: timedelta) -> FileImport | None:
    """Lease the oldest file that waits for work and that nobody works on; None when there is none."""
    held_at = lease_now(session, now)
    row = session.exec(fresh(_free(held_at).limit(1).with_for_update(skip_locked=True))).first()
    if row is not None:
        row.leased_until = held_at + lease
        save_file_imports(session, row)
    return row


def extend(session: Session, row: FileImport, *, now: datetime, lease: timedelta) -> None:
    row.leased_until = lease_now(session, now) + lease
    save_file_imports(session, row)


def forget_before(session: Session, instant: datetime) -> int:
    """The number of files forgotten: those given before then."""
    statement = delete(FileImport).where(col(FileImport.asked_at) < instant)
    return session.exec(statement).rowcount


def _free(now: datetime) -> SelectOfScalar[FileImport]:
    is_free = or_(col(FileImport.leased_until).is_(None), col(FileImport.leased_until) < now)
    return select(FileImport).where(col(FileImport.state).in_(WAITING), is_free).order_by(col(FileImport.id))


CHUNK_ROWS = 500
"""Rows named by one statement: below the number of parameters that either database takes."""

LEFT = "left"
"""A key of a run's counts: rows left to write or to take back. Missing once the run is done."""

NAMED = "named"
"""A key of a run's counts: accounts put on the named list. Missing where none were."""

SEEN_ALONE = "seen_alone"
"""A key of the counts of a run that was undone without the private accounts, whether or not it has any."""

WRITTEN = "written"
"""A key of the counts of a run that is not done: rows written so far, by verdict."""


def chunks(ids: Collection[int]) -> Iterator[list[int]]:
    """The ids in order, in chunks that fit into one statement."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK_ROWS):
        yield ordered[start : start + CHUNK_ROWS]


def every_account(session: Session, workspace_id: str) -> list[Account]:
    return list(session.exec(select(Account).where(Account.workspace_id == workspace_id)))


def locked_accounts(session: Session, workspace_id: str, account_ids: Collection[int]) -> dict[int, Account]:
    """Lock and return these accounts, by id."""
    query = select(Account).where(Account.workspace_id == workspace_id, col(Account.id).in_(account_ids))
    # by id, so that two imports wait for each other instead of holding each other up
    return {row.row_id: row for row in session.exec(fresh(query.order_by(col(Account.id)).with_for_update()))}


def add_accounts(session: Session, workspace_id: str, rows: Sequence[Mapping[str, JsonValue]]) -> dict[str, int]:
    """Store accounts of different names and return their ids by name. Nobody else may add accounts meanwhile."""
    newest = session.exec(select(func.coalesce(func.max(Account.id), 0))).one()
    session.execute(insert(table_of(Account)), list(rows))
    query = select(Account.name, Account.id).where(Account.workspace_id == workspace_id, col(Account.id) > newest)
    return {name: number for name, number in session.exec(query) if number is not None}


def answering_to(session: Session, workspace_id: str, keys: Collection[str]) -> dict[str, set[int]]:
    """The ids of the accounts with each normalised word as name, alias or domain, by word.

    Of hidden accounts too: a word is taken whoever may see its account, and a second one with it would be a double.
    """
    query = select(AccountKey.key, AccountKey.account_id)
    query = query.where(AccountKey.workspace_id == workspace_id, col(AccountKey.key).in_(keys))
    found: dict[str, set[int]] = {}
    with showing_all(session):
        for key, account_id in session.exec(query):
            found.setdefault(key, set()).add(account_id)
    return found


def taken_crm_ids(session: Session, workspace_id: str, crm_ids: Collection[str]) -> set[tuple[str, str]]:
    """(CRM, id in it) of the accounts that have one of these ids, hidden ones too."""
    query = select(Account.crm_system, Account.crm_id).where(
        Account.workspace_id == workspace_id, col(Account.crm_id).in_(crm_ids)
    )
    with showing_all(session):
        return set(session.exec(query))


def crms_with(
    session: Session, workspace_id: str, kind: type[Account] | type[ContactRow], ids: Sequence[str]
) -> set[str]:
    """The CRMs by which accounts, or people, of the workspace have one of these ids."""
    found: set[str] = set()
    for start in range(0, len(ids), CHUNK_ROWS):
        query = select(kind.crm_system).where(
            kind.workspace_id == workspace_id, col(kind.crm_id).in_(ids[start : start + CHUNK_ROWS])
        )
        found |= set(session.exec(query.distinct()))
    return found


def events_of(session: Session, account_ids: Collection[int]) -> list[Event]:
    """Every event of these accounts, in the order recorded."""
    query = select(Event).where(col(Event.account_id).in_(account_ids))
    return list(session.exec(query.order_by(col(Event.id))))


def events_until_named(session: Session, account_ids: Collection[int], named_at: datetime) -> list[Event]:
    """Events of these accounts recorded until that instant or that happened before it, and all corrections."""
    is_until = or_(col(Event.recorded_at) <= named_at, col(Event.happened_at) < named_at)
    query = select(Event).where(col(Event.account_id).in_(account_ids), or_(is_until, col(Event.kind) == "corrected"))
    return list(session.exec(query.order_by(col(Event.id))))


def last_of_import(session: Session, workspace_id: str, import_run_id: int) -> dict[int, int]:
    """The number of the last event that one import made of each account, by account id."""
    query = select_columns(col(Event.account_id), func.max(Event.id))
    query = query.where(col(Event.workspace_id) == workspace_id, col(Event.import_run_id) == import_run_id)
    return {account_id: int(number) for account_id, number in session.execute(query.group_by(col(Event.account_id)))}


def with_later_ones(session: Session, last_ids: Mapping[int, int]) -> set[int]:
    """The accounts with an event recorded after the one given for each."""
    found: set[int] = set()
    for chunk in chunks(last_ids):
        query = select_columns(col(Event.account_id), func.max(Event.id)).where(col(Event.account_id).in_(chunk))
        newest = session.execute(query.group_by(col(Event.account_id)))
        found |= {account_id for account_id, number in newest if number > last_ids[account_id]}
    return found


def add_events(session: Session, rows: Sequence[Mapping[str, JsonValue]]) -> list[int]:
    """Store the events, numbered in their order, and return their ids."""
    if not rows:
        return []
    event = table_of(Event)
    return list(session.scalars(insert(event).returning(event.c.id, sort_by_parameter_order=True), list(rows)))


def replace_keys(session: Session, workspace_id: str, wanted: Mapping[int, Mapping[str, str]]) -> None:
    """Replace the words that these accounts answer to by `wanted` (account id → key → kind)."""
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
        session.execute(insert(table_of(AccountKey)), new)


def save_run(session: Session, run: ImportRun) -> ImportRun:
    session.add(run)
    session.flush()
    return run


def run(session: Session, workspace_id: str, run_id: int) -> ImportRun | None:
    """The run, or None; no other transaction undoes it before this one ends."""
    query = select(ImportRun).where(ImportRun.workspace_id == workspace_id, ImportRun.id == run_id)
    return session.exec(fresh(query.with_for_update())).first()


def runs(session: Session, workspace_id: str, limit: int = 10) -> Sequence[ImportRun]:
    query = select(ImportRun).where(ImportRun.workspace_id == workspace_id)
    return session.exec(query.order_by(col(ImportRun.id).desc()).limit(limit)).all()


def unfinished(session: Session, workspace_id: str) -> list[ImportRun]:
    """The runs that have rows left to write or, of those being undone, to take back; newest first."""
    query = select(ImportRun).where(ImportRun.workspace_id == workspace_id).order_by(col(ImportRun.id).desc())
    return [run for run in session.exec(query) if LEFT in run.counts]


def open_items(session: Session, workspace_id: str, account_ids: Collection[int]) -> list[tuple[ReviewItem, Review]]:
    """Every item of these accounts in open reviews, with that review."""
    query = (
        select(ReviewItem, Review)
        .join(Review, col(Review.id) == ReviewItem.review_id)
        .where(
            Review.workspace_id == workspace_id,
            Review.state == ReviewState.OPEN,
            col(ReviewItem.account_id).in_(account_ids),
        )
    )
    return list(session.exec(query.order_by(col(ReviewItem.id))))
