"""A workspace whose messages of the minute are used up holds up no other, and its letters are left in the queue."""

from datetime import UTC, datetime, timedelta

from bot.pacing import FullWorkspaces
from storage import outbox
from storage.database import Store
from tests.storage.delivery.letters import NOON, letter, queue

MINUTE = timedelta(minutes=1)


def test_a_workspace_is_full_until_its_instant() -> None:
    full, now = FullWorkspaces(), datetime(2026, 11, 24, tzinfo=UTC)
    full.note("T2", now + MINUTE)
    full.note("T1", now + 2 * MINUTE)
    assert [full.ids(now + minutes * MINUTE) for minutes in range(3)] == [["T1", "T2"], ["T1"], []]


def test_letters_of_a_full_workspace_are_left(store: Store) -> None:
    queue(store, letter("a"), letter("b", workspace_id="T2"))
    taken = store.write_now(
        outbox.claim_letters, now=NOON, tried_at=NOON, worker="one", lease=MINUTE, batch=20, full=["T1", "T9"]
    )
    assert [each.key for each in taken] == ["b"]
    assert not store.read_now(outbox.is_any_claimable, NOON, full=["T1"])
    assert store.read_now(outbox.is_any_claimable, NOON)
