"""The inbox: the first delivery counts, a repeat does nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from storage import inbox
from storage.database import Store
from storage.models.delivery import Received

pytestmark = pytest.mark.database("sqlite", "postgres")

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_only_the_first_delivery_of_a_key_is_taken(store: Store) -> None:
    taken = [store.write_now(inbox.take, "T1", "event:Ev1", NOON) for _ in range(3)]
    assert taken == [True, False, False]


def test_the_same_key_of_another_workspace_is_another_delivery(store: Store) -> None:
    assert store.write_now(inbox.take, "T1", "event:Ev1", NOON)
    assert store.write_now(inbox.take, "T2", "event:Ev1", NOON)


def test_a_key_is_free_again_when_the_work_that_came_with_it_failed(store: Store) -> None:
    def work(session: Session) -> None:
        inbox.take(session, "T1", "event:Ev1", NOON)
        raise LookupError

    with pytest.raises(LookupError):
        store.write_now(work)
    assert store.write_now(inbox.take, "T1", "event:Ev1", NOON)


def test_of_many_deliveries_at_once_one_is_taken(database_url: str) -> None:
    stores = [Store(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(lambda each: each.write_now(inbox.take, "T1", "event:Ev1", NOON), stores))
    for each in stores:
        each.close()
    assert sorted(taken) == [False, False, False, True]


def test_old_notes_are_forgotten_and_never_those_of_the_last_day(store: Store) -> None:
    store.write_now(inbox.take, "T1", "old", NOON - timedelta(hours=25))
    store.write_now(inbox.take, "T1", "young", NOON - timedelta(hours=23))
    assert store.write_now(inbox.forget_before, NOON, now=NOON) == 1
    assert store.write_now(inbox.take, "T1", "old", NOON)
    assert not store.write_now(inbox.take, "T1", "young", NOON)


def test_a_key_is_taken_anew_after_its_time_alone(store: Store) -> None:
    def taken(seconds: int) -> bool:
        at = NOON + timedelta(seconds=seconds)
        return store.write_now(inbox.take_again, "T1", "share:1", at, after=timedelta(seconds=60))

    assert [taken(seconds) for seconds in (0, 0, 59, 60, 119, 120)] == [True, False, False, True, False, True]


def test_of_many_at_once_one_takes_a_key_anew(database_url: str) -> None:
    stores = [Store(database_url) for _ in range(4)]
    minute = timedelta(minutes=1)
    for at in (NOON, NOON + minute):
        with ThreadPoolExecutor(4) as threads:
            taken = list(
                threads.map(lambda one, at=at: one.write_now(inbox.take_again, "T1", "one", at, after=minute), stores)
            )
        assert sorted(taken) == [False, False, False, True]
    for each in stores:
        each.close()


def test_what_is_given_back_is_taken_again(store: Store) -> None:
    store.write_now(inbox.take, "T1", "one", NOON)
    store.write_now(inbox.take, "T2", "one", NOON)
    store.write_now(inbox.give_back, "T1", "one")
    assert store.write_now(inbox.take, "T1", "one", NOON)
    assert not store.write_now(inbox.take, "T2", "one", NOON)


def test_what_this_transaction_noted_and_has_not_sent_to_the_database_counts(store: Store) -> None:
    with store.writing() as session:
        session.add(Received(workspace_id="T1", key="event:Ev1", at=NOON))
        assert not inbox.take(session, "T1", "event:Ev1", NOON)
