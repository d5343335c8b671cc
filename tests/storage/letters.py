"""Letters with defaults, and their way through the outbox, for tests of what goes out."""

from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from storage import outbox
from storage.database import Store
from storage.models.delivery import Letter, LetterKind, LetterState

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def letter(key: str = "review:1:header", **changes: Any) -> Letter:
    """A post due at noon in the sample channel."""
    values: dict[str, Any] = {
        "workspace_id": "T1",
        "key": key,
        "kind": LetterKind.POST,
        "page": "agenda",
        "subject": {"item_id": 1},
        "channel_id": "C1",
        "created_at": NOON,
        "due_at": NOON,
    }
    given = values | changes
    return Letter(**given | {"kind": LetterKind(given["kind"]), "state": LetterState(given.get("state", "waiting"))})


LEASE = timedelta(seconds=60)


def claim(session: Session, now: datetime = NOON, worker: str = "one", batch: int = 20) -> list[Letter]:
    return outbox.claim_letters(session, now=now, tried_at=now, worker=worker, lease=LEASE, batch=batch)


def claimed_keys(store: Store, now: datetime = NOON) -> list[str]:
    return [each.key for each in store.write_now(claim, now)]


def queue(store: Store, *letters: Letter) -> list[Letter]:
    with store.writing() as session:
        return [outbox.queue(session, each) for each in letters]


def send(store: Store, sent: Letter, ts: str = "1764000000.000100") -> Letter:
    """The one letter that can go, which is this one, sent."""
    [claimed] = store.write_now(claim)
    assert claimed.key == sent.key
    return store.write_now(outbox.record_sent, claimed, channel_id="C1", ts=ts, at=NOON)


def until_it_waits(store: Store, work: Future[Any]) -> None:
    """Returns once the work waits for a lock; SQLite's one writer waits from the beginning."""
    query = text(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    )
    while not store.is_sqlite and not work.done():
        if store.read_now(lambda session: session.execute(query).scalar_one()):
            return
