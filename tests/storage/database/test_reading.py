"""What a read may not do, and what rows for reading only are."""

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from storage import forms, light_rows, people, workspaces
from storage.database.connections import read_json
from storage.database.engine import Store, WroteWhileReading
from storage.delivery import inbox, leases
from storage.patience import PATIENCE_SECONDS
from storage.people import SlackUser
from storage.tables import Person
from tests.rows import everything_in

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
ANN = SlackUser("U0ANN0001", home_team_id="T0SAMPLE1", name="Ann")


def learn(session: Session) -> None:
    people.learn(session, "T0SAMPLE1", [ANN], NOW)


async def test_a_verb_that_stores_something_is_refused_by_read_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(WroteWhileReading):
        await store.read(learn)
    assert store.read_now(people.everybody, "T0SAMPLE1") == []


@pytest.mark.parametrize(
    "verb",
    [
        lambda session: inbox.take(session, "T1", "event:Ev2", NOW),
        lambda session: inbox.forget_before(session, NOW, now=NOW),
        lambda session: workspaces.end_attempt(session, "secret", NOW),
        lambda session: forms.forget_draft(session, "T1", "U1", "movement"),
        lambda session: leases.claim(session, now=NOW, tried_at=NOW, worker="w", lease=timedelta(seconds=9), batch=1),
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
        await store.read_at_once(verb)
    assert everything_in(store) == before


async def test_a_long_read_holds_up_nobody_for_longer_than_the_patience(store: Store) -> None:
    may_end = threading.Event()

    def long(_session: Session) -> str:
        return "read" if may_end.wait(timeout=10) else "nobody else ran"

    async def meanwhile() -> str:
        may_end.set()
        return await store.read(lambda _session: "read too")

    assert list(await asyncio.gather(store.read(long), meanwhile())) == ["read", "read too"]


@pytest.mark.parametrize("seconds", [0.0, 4 * PATIENCE_SECONDS], ids=["at once", "later"])
async def test_what_a_read_raises_reaches_who_asked_also_when_it_is_a_timeout(store: Store, seconds: float) -> None:
    def tired(_session: Session) -> None:
        threading.Event().wait(seconds)
        raise TimeoutError("of the verb")

    with pytest.raises(TimeoutError, match="of the verb"):
        await store.read(tired)


async def test_a_short_read_waits_for_no_long_ones(store: Store) -> None:
    both_read, may_end = threading.Barrier(3), threading.Event()

    def long(_session: Session) -> bool:
        both_read.wait(10)
        return may_end.wait(10)

    reads = [asyncio.ensure_future(store.read_at_once(long)) for _ in range(2)]
    await asyncio.to_thread(both_read.wait, 10)
    assert [await store.read(lambda _session: "short") for _ in range(3)] == ["short"] * 3
    may_end.set()
    assert await asyncio.gather(*reads) == [True, True]


def test_a_result_has_its_columns_by_name(store: Store) -> None:
    with store.reading() as session:
        for _ in range(2):
            assert session.execute(text("select 1 as a, 2 as b")).mappings().one() == {"a": 1, "b": 2}
        assert not session.execute(text("select 1 where 1 = 2")).all()


def test_a_light_row_has_every_attribute_of_the_stored_object(store: Store) -> None:
    store.write_now(learn)
    with store.reading() as session:
        stored = session.exec(select(Person)).one()
        light = people.look(session, "T0SAMPLE1", ANN.user_id)
        names = [column.key for column in light_rows.table_of(Person).c]
        assert [getattr(light, name) for name in names] == [getattr(stored, name) for name in names]
        assert light is not None
        assert light.row_id == stored.row_id
        assert people.look(session, "T0SAMPLE1", "U0BOB0001") is None


def test_statements_read_together_give_what_each_gives_alone(store: Store) -> None:
    numbers = [text(f"select {number} as number, 'x' as other where {number} > :least") for number in range(4)]
    with store.reading() as session:
        for _ in range(2):
            found = light_rows.read_together(session, [(query, {"least": 0}) for query in numbers])
            assert [[row.number for row in rows] for rows in found] == [[], [1], [2], [3]]
        assert light_rows.read_together(session, []) == []
        assert session.execute(text("select 4 as number")).one().number == 4


def test_of_statements_read_together_the_one_that_fails_is_told_of_and_the_next_read_goes_well(store: Store) -> None:
    def read(session: Session, second: str) -> list[list[int]]:
        asked: list[light_rows.Asked] = [
            (text(query), {}) for query in ("select 1 as number", second, "select 3 as number")
        ]
        return [[row.number for row in rows] for rows in light_rows.read_together(session, asked)]

    with pytest.raises(DBAPIError, match="nowhere"):
        store.read_now(read, "select number from nowhere")
    assert store.read_now(read, "select 2 as number") == [[1], [2], [3]]


@pytest.mark.parametrize(
    "value", [{"a": [1, 2.5, None, True]}, "Grüße \U0001f44b", "half a pair \ud83d", "\x00", 10**30]
)
def test_json_is_read_as_it_was_stored_also_where_the_quick_reader_refuses_it(value: object) -> None:
    assert read_json(json.dumps(value)) == value
