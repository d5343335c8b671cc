"""Reads: what they may not do, and that a long one sees one instant."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from sandbox.workspace import PATIENCE_SECONDS
from storage import inbox, outbox, people, workspaces
from storage.database import Store, WroteWhileReading
from storage.people import SlackUser
from tests.cases import cases
from tests.rows import everything_in

pytestmark = pytest.mark.database("sqlite", "postgres")

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
ANN = SlackUser("U0ANN0001", home_team_id="T0SAMPLE1", name="Ann")


def learn(session: Session) -> None:
    people.save_users(session, "T0SAMPLE1", [ANN], NOW)


async def test_a_verb_that_stores_something_is_refused_by_read_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(WroteWhileReading):
        await store.read(learn)
    assert store.read_now(people.members, "T0SAMPLE1") == []


@cases(
    "verb",
    [
        lambda session: inbox.take(session, "T1", "event:Ev2", NOW),
        lambda session: inbox.forget_before(session, NOW, now=NOW),
        lambda session: workspaces.end_attempt(session, "secret", NOW),
        lambda session: inbox.forget_draft(session, "T1", "U1", "movement"),
        lambda session: outbox.claim_letters(
            session, now=NOW, tried_at=NOW, worker="w", lease=timedelta(seconds=9), batch=1
        ),
    ],
    ids=["insert", "delete", "delete that gives rows", "delete of objects", "update that gives objects"],
)
async def test_a_statement_that_stores_is_refused_by_read_and_nothing_is_kept(
    store: Store, verb: Callable[[Session], object]
) -> None:
    store.write_now(inbox.take, "T1", "event:Ev1", NOW - timedelta(days=9))
    before = everything_in(store)
    with pytest.raises(WroteWhileReading):
        await store.read(verb)
    with pytest.raises(WroteWhileReading):
        await store.read_long(verb)
    assert everything_in(store) == before


async def test_a_read_that_waits_holds_up_neither_the_loop_nor_another_read(store: Store) -> None:
    may_end = threading.Event()

    def long(_session: Session) -> str:
        return "read" if may_end.wait(timeout=PATIENCE_SECONDS) else "nobody else ran"

    async def meanwhile() -> str:
        may_end.set()
        return await store.read(lambda _session: "read too")

    assert list(await asyncio.gather(store.read(long), meanwhile())) == ["read", "read too"]


async def test_what_a_read_raises_reaches_the_caller(store: Store) -> None:
    def fail(_session: Session) -> None:
        raise TimeoutError("of the verb")

    with pytest.raises(TimeoutError, match="of the verb"):
        await store.read(fail)


def test_a_snapshot_sees_one_instant_however_long_it_reads(store: Store) -> None:
    with store.snapshot() as session:
        assert people.members(session, "T0SAMPLE1") == []
        store.write_now(learn)
        assert people.members(session, "T0SAMPLE1") == []
    assert [person.name for person in store.read_now(people.members, "T0SAMPLE1")] == ["Ann"]


def test_a_locked_row_is_read_anew_where_the_session_has_read_it_before(store: Store) -> None:
    store.write_now(learn)
    with store.writing() as session:
        known = people.find(session, "T0SAMPLE1", ANN.user_id)
        session.connection().exec_driver_sql("update person set is_deleted = true")
        assert not people.deactivate(session, "T0SAMPLE1", ANN.user_id, NOW)
        assert known is not None
        assert known.is_deleted


async def test_a_short_read_waits_for_no_long_ones(store: Store) -> None:
    both_read, may_end = threading.Barrier(3), threading.Event()

    def long(_session: Session) -> bool:
        both_read.wait(10)
        return may_end.wait(10)

    reads = [asyncio.ensure_future(store.read_long(long)) for _ in range(2)]
    await asyncio.to_thread(both_read.wait, 10)
    assert [await store.read(lambda _session: "short") for _ in range(3)] == ["short"] * 3
    may_end.set()
    assert await asyncio.gather(*reads) == [True, True]
