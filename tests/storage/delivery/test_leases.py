"""Leases: a letter is one worker's until its lease ends, and the next one knows when it may have been sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from storage import outbox
from storage.database import Store
from tests.storage.delivery.letters import LEASE, NOON, claim, claimed_keys, letter, queue

pytestmark = pytest.mark.database("sqlite", "postgres")


def test_a_letter_is_claimed_by_one_worker_until_its_lease_ends(store: Store) -> None:
    queue(store, letter("a"))
    assert claimed_keys(store) == ["a"]
    assert claimed_keys(store, NOON + LEASE - timedelta(seconds=1)) == []
    assert claimed_keys(store, NOON + LEASE) == ["a"]


def test_a_lease_goes_by_the_clock_that_the_workers_share(store: Store) -> None:
    queue(store, letter("a"))
    ahead = {"now": NOON + LEASE, "tried_at": NOON, "lease": LEASE, "batch": 20}
    store.lease_clock.ahead = -LEASE
    assert store.write_now(outbox.claim_letters, worker="one", **ahead) != []
    assert not store.read_now(outbox.is_any_claimable, NOON + LEASE)
    assert store.write_now(outbox.claim_letters, worker="two", **ahead) == []
    store.lease_clock.ahead = timedelta()
    assert store.write_now(outbox.claim_letters, worker="two", **ahead) != []


def test_a_letter_claimed_again_shows_since_when_it_may_have_been_sent(store: Store) -> None:
    queue(store, letter("a"))
    [first] = store.write_now(claim, NOON)
    assert first.first_tried_at == NOON
    [second] = store.write_now(claim, NOON + LEASE)
    assert second.first_tried_at == NOON
    assert second.attempts == 2


def test_a_letter_put_off_keeps_its_place_in_front_of_later_ones(store: Store) -> None:
    queue(store, letter("a"), letter("b"))
    [first] = store.write_now(claim)
    later = NOON + timedelta(seconds=30)
    store.write_now(outbox.put_off, first, until=later, error="ratelimited", tried=None)
    assert claimed_keys(store, NOON + timedelta(seconds=10)) == []
    [again] = store.write_now(claim, later)
    assert (again.key, again.first_tried_at, again.last_error) == ("a", later, "ratelimited")


def test_two_workers_never_claim_the_same_letter(database_url: str) -> None:
    stores = [Store(database_url) for _ in range(4)]
    queue(stores[0], *(letter(f"k{n}", channel_id=f"C{n}") for n in range(60)))

    def drain(store: Store) -> list[str]:
        keys: list[str] = []
        while claimed := store.write_now(claim, batch=3):
            keys += [each.key for each in claimed]
        return keys

    with ThreadPoolExecutor(4) as threads:
        keys = [key for found in threads.map(drain, stores) for key in found]
    for each in stores:
        each.close()
    assert sorted(keys) == sorted(f"k{n}" for n in range(60))


def test_a_worker_whose_lease_ended_does_not_settle_what_another_took(store: Store) -> None:
    queue(store, letter("a"))
    [slow] = store.write_now(claim, NOON)
    [quick] = store.write_now(lambda session: claim(session, NOON + LEASE, "two"))
    store.write_now(outbox.refuse, slow, error="internal_error")
    store.write_now(outbox.record_sent, quick, channel_id="C1", ts="1.1", at=NOON)
    store.write_now(outbox.record_sent, slow, channel_id="C1", ts="2.2", at=NOON)
    with store.reading() as session:
        [kept] = [outbox.by_key(session, "T1", "a")]
    assert kept is not None
    assert (kept.state, kept.sent_ts) == ("sent", "1.1")


def test_leases_of_a_process_that_is_gone_end_at_the_start_of_the_next(store: Store) -> None:
    queue(store, letter("a"))
    assert claimed_keys(store) == ["a"]
    second = timedelta(seconds=1)
    store.write_now(outbox.end_all, now=NOON + second)
    [again] = store.write_now(claim, NOON + 2 * second)
    assert outbox.earlier_attempts(again) == outbox.Attempts(NOON, NOON + second)


def test_an_attempt_of_a_worker_that_is_gone_ended_with_its_lease_at_the_latest(store: Store) -> None:
    queue(store, letter("a"), letter("b", channel_id="C2"))
    assert [outbox.earlier_attempts(each) for each in store.write_now(claim)] == [None, None]
    [first, _] = store.write_now(claim, NOON + 2 * LEASE)
    assert outbox.earlier_attempts(first) == outbox.Attempts(NOON, NOON + LEASE)
    store.write_now(outbox.end_all, now=NOON + 9 * LEASE)
    [first, _] = store.write_now(claim, NOON + 9 * LEASE)
    assert outbox.earlier_attempts(first) == outbox.Attempts(NOON, NOON + 3 * LEASE)


def test_a_letter_that_was_certainly_not_sent_is_not_looked_for(store: Store) -> None:
    queue(store, letter("a"))
    [first] = store.write_now(claim)
    store.write_now(outbox.put_off, first, until=NOON, error="ratelimited", tried=None)
    [again] = store.write_now(claim)
    assert outbox.earlier_attempts(again) is None
