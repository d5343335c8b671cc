"""The store's report of its work, and errors that keep values to themselves."""

from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from storage.database import Store

asked_by: ContextVar[str] = ContextVar("asked_by", default="nobody")


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'observed.db'}")
    yield store
    store.close()


async def test_each_read_and_write_tells_how_long_it_waited_and_ran_also_when_it_fails(file_store: Store) -> None:
    told: list[tuple[str, float, float]] = []
    file_store.after_run = lambda kind, waited, ran: told.append((kind, waited, ran))
    await file_store.read(lambda session: session.execute(text("select 1")))
    await file_store.write(lambda session: session.execute(text("create table sample (name text)")))
    with pytest.raises(OperationalError):
        await file_store.write(lambda session: session.execute(text("nonsense")))
    assert [kind for kind, _, _ in told] == ["read", "write", "write"]
    assert all(waited >= 0 and ran > 0 for _, waited, ran in told)


async def test_delivery_hears_of_each_write_that_was_committed_but_of_quiet_ones(file_store: Store) -> None:
    heard: list[str] = []
    file_store.after_write = lambda: heard.append("write")
    await file_store.write(lambda session: session.execute(text("create table sample (name text)")))
    await file_store.write_quietly(lambda session: session.execute(text("insert into sample values ('a')")))
    for run in (file_store.write, file_store.write_quietly):
        with pytest.raises(OperationalError):
            await run(lambda session: session.execute(text("nonsense")))
    assert heard == ["write"]
    assert await file_store.read(lambda session: session.execute(text("select count(*) from sample")).scalar()) == 1


async def test_a_verb_sees_the_context_of_who_asked(file_store: Store) -> None:
    asked_by.set("ann")

    def who(_session: Session) -> str:
        return asked_by.get()

    assert (await file_store.read(who), await file_store.write(who)) == ("ann", "ann")


async def test_an_error_does_not_hold_the_values_of_its_statement(file_store: Store) -> None:
    query = text("select * from missing where name = :name")
    for run in (file_store.read, file_store.write):
        with pytest.raises(OperationalError) as failed:
            await run(lambda session: session.execute(query, {"name": "Acme"}))
        assert "missing" in str(failed.value)
        assert "Acme" not in str(failed.value)
