import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import ContextVar
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Boolean, bindparam, case, func, literal, make_url, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from sandbox.workspace import PATIENCE_SECONDS
from storage import database, inbox, outbox, people, workspaces
from storage.database import ADVICE, DatabaseProblem, Store, WroteWhileReading, advice_for_anybody, problem_of
from storage.people import SlackUser
from tests.builders import NOW, WORKSPACE
from tests.cases import cases
from tests.databases.postgres import Postgres
from tests.rows import everything_in

# Reads: what they may not do, and that a long one sees one instant.

ANN = SlackUser("U0ANN0001", home_team_id="T0SAMPLE1", name="Ann")


def learn(session: Session) -> None:
    people.save_users(session, "T0SAMPLE1", [ANN], NOW)


@pytest.mark.database("sqlite", "postgres")
async def test_a_verb_that_stores_something_is_refused_by_read_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(WroteWhileReading):
        await store.read(learn)
    assert store.read_now(people.members, "T0SAMPLE1") == []


@pytest.mark.database("sqlite", "postgres")
@cases(
    "verb",
    [
        lambda session: inbox.note_key(session, "T1", "event:Ev2", NOW),
        lambda session: inbox.forget_before(session, NOW, now=NOW),
        lambda session: workspaces.end_attempt(session, "secret", NOW),
        lambda session: inbox.forget_draft(session, "T1", "U1", "movement"),
        lambda session: outbox.claim_letters(
            session, now=NOW, tried_at=NOW, worker="w", lease=timedelta(seconds=9), batch=1
        ),
    ],
    ids=["insert", "delete", "delete that gives rows", "delete of objects", "update that gives objects"],
)
async def test_a_statement_that_stores_is_refused_by_read_and_nothing_is_kept(store, verb):
    store.write_now(inbox.note_key, "T1", "event:Ev1", NOW - timedelta(days=9))
    before = everything_in(store)
    with pytest.raises(WroteWhileReading):
        await store.read(verb)
    with pytest.raises(WroteWhileReading):
        await store.read_long(verb)
    assert everything_in(store) == before


@pytest.mark.database("sqlite", "postgres")
async def test_a_read_that_waits_holds_up_neither_the_loop_nor_another_read(store: Store) -> None:
    may_end = threading.Event()

    def long(_session: Session) -> str:
        return "read" if may_end.wait(timeout=PATIENCE_SECONDS) else "nobody else ran"

    async def meanwhile() -> str:
        may_end.set()
        return await store.read(lambda _session: "read too")

    assert list(await asyncio.gather(store.read(long), meanwhile())) == ["read", "read too"]


@pytest.mark.database("sqlite", "postgres")
async def test_what_a_read_raises_reaches_the_caller(store: Store) -> None:
    def fail(_session: Session) -> None:
        raise TimeoutError("of the verb")

    with pytest.raises(TimeoutError, match="of the verb"):
        await store.read(fail)


@pytest.mark.database("sqlite", "postgres")
def test_a_snapshot_sees_one_instant_however_long_it_reads(store: Store) -> None:
    with store.snapshot() as session:
        assert people.members(session, "T0SAMPLE1") == []
        store.write_now(learn)
        assert people.members(session, "T0SAMPLE1") == []
    assert [person.name for person in store.read_now(people.members, "T0SAMPLE1")] == ["Ann"]


@pytest.mark.database("sqlite", "postgres")
def test_a_locked_row_is_read_anew_where_the_session_has_read_it_before(store: Store) -> None:
    store.write_now(learn)
    with store.writing() as session:
        known = people.find(session, "T0SAMPLE1", ANN.user_id)
        session.connection().exec_driver_sql("update person set is_deleted = true")
        assert not people.deactivate(session, "T0SAMPLE1", ANN.user_id, NOW)
        assert known is not None
        assert known.is_deleted


@pytest.mark.database("sqlite", "postgres")
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


# A database that is full, locked, read-only, damaged or away: what is said, nothing half written, and on it goes.
def trouble_when(work: Callable[[], object]) -> DatabaseProblem | None:
    with pytest.raises(DBAPIError) as raised:
        work()
    return problem_of(raised.value)


def take(session: Session, key: str) -> bool:
    return inbox.note_key(session, WORKSPACE, key, NOW)


def fill(session: Session) -> None:
    take(session, "first")
    for number in range(2_000):
        take(session, f"{number:0>200}")


def is_kept(store: Store, key: str) -> bool:
    return store.read_now(inbox.was_taken, WORKSPACE, key)


def set_pragma(store: Store, pragma: str) -> None:
    with store.engine.connect() as connection:
        connection.connection.cursor().execute(f"pragma {pragma}")


@pytest.mark.database("sqlite")
def test_a_full_disk_is_named_nothing_half_is_kept_and_writing_goes_on_with_room(store: Store) -> None:
    with store.reading() as session:
        pages = session.execute(text("pragma page_count")).scalar_one()
    set_pragma(store, f"max_page_count={pages + 5}")
    assert trouble_when(lambda: store.write_now(fill)) is DatabaseProblem.FULL
    assert not is_kept(store, "first")
    set_pragma(store, f"max_page_count={pages + 5_000}")
    assert store.write_now(take, "first")
    assert is_kept(store, "first")


@pytest.mark.database("sqlite")
def test_a_file_that_another_program_holds_is_named_and_writing_goes_on_after_it(store: Store) -> None:
    set_pragma(store, "busy_timeout=20")
    with closing(sqlite3.connect(Path(make_url(store.url).database or ""), isolation_level=None)) as other:
        other.execute("begin exclusive")
        assert trouble_when(lambda: store.write_now(take, "first")) is DatabaseProblem.LOCKED
        assert not is_kept(store, "first")
        other.execute("rollback")
    assert store.write_now(take, "first")


@pytest.mark.database("sqlite")
def test_a_file_that_can_only_be_read_is_named_and_reading_goes_on(store: Store) -> None:
    store.write_now(take, "first")
    set_pragma(store, "query_only=on")
    assert trouble_when(lambda: store.write_now(take, "second")) is DatabaseProblem.READ_ONLY
    assert is_kept(store, "first")
    set_pragma(store, "query_only=off")
    assert store.write_now(take, "second")


@pytest.mark.parametrize("beginning", [b"name,domain\n", b"SQLite format 3\0"])
def test_a_file_that_is_damaged_or_no_database_is_named(beginning: bytes, tmp_path: Path) -> None:
    (tmp_path / "cadence.db").write_bytes(beginning + b"x" * 10_000)
    store = Store(f"sqlite:///{tmp_path / 'cadence.db'}")
    assert trouble_when(lambda: is_kept(store, "first")) is DatabaseProblem.DAMAGED
    store.close()


def test_programs_that_open_a_new_file_at_the_same_moment_wait_for_each_other(tmp_path: Path) -> None:
    together = Barrier(4)

    def opens(number: int) -> int:
        store = Store(f"sqlite:///{tmp_path / f'{number // 4}.db'}")
        together.wait(30)
        with store.reading() as session:
            found = int(session.execute(text("select 1")).scalar_one())
        store.close()
        return found

    with ThreadPoolExecutor(4) as programs:
        assert list(programs.map(opens, range(4 * 20))) == [1] * 80


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'missing' / 'cadence.db'}")
    assert trouble_when(lambda: is_kept(store, "first")) is DatabaseProblem.AWAY
    store.close()


def cut_connections(postgres: Postgres, store: Store) -> None:
    """Ends every connection to the store's database, as a restart of the server does."""
    name = store.engine.url.database
    postgres.run(f"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{name}'")


@pytest.mark.database("postgres")
@pytest.mark.parametrize("way", ["read_now", "write_now"])
def test_work_whose_connection_goes_away_between_its_statements_is_done_again(store: Store, way: str) -> None:
    dies = func.pg_terminate_backend(func.pg_backend_pid())
    asked = [
        select(literal(1)),
        select(case((bindparam("is_cut", type_=Boolean), dies), else_=False)),
        select(literal(3)),
    ]
    runs = 0

    def read(session: Session, *, cut_in_run: int) -> list[list[tuple[object]]]:
        nonlocal runs
        runs += 1
        values = {"is_cut": runs == cut_in_run}
        return [[tuple(row) for row in session.execute(query, values)] for query in asked]

    for cut_in_run in (0, 0, 3):
        assert getattr(store, way)(read, cut_in_run=cut_in_run) == [[(1,)], [(False,)], [(3,)]]
    assert runs == 4


@pytest.mark.database("postgres")
def test_after_a_restart_of_the_server_the_first_read_and_the_first_write_go_through(store: Store, postgres: Postgres):
    store.write_now(take, "first")
    cut_connections(postgres, store)
    assert is_kept(store, "first")
    cut_connections(postgres, store)
    assert store.write_now(take, "second")


@pytest.mark.database("postgres")
def test_a_connection_cut_in_the_middle_of_the_work_has_it_done_once(store: Store, postgres: Postgres) -> None:
    tries = []

    def cut_once(session: Session) -> bool:
        taken = take(session, "first")
        tries.append(taken)
        if len(tries) == 1:
            cut_connections(postgres, store)
        return take(session, "second") and taken

    assert store.write_now(cut_once)
    assert tries == [True, True]


@pytest.mark.database("postgres")
def test_a_connection_cut_twice_is_said_and_nothing_is_kept(store: Store, postgres: Postgres) -> None:
    def cut_always(session: Session) -> None:
        take(session, "first")
        cut_connections(postgres, store)
        take(session, "second")

    assert trouble_when(lambda: store.write_now(cut_always)) is DatabaseProblem.AWAY
    assert not is_kept(store, "first")


@pytest.mark.database("postgres")
def test_a_connection_cut_before_its_commit_is_not_tried_again_because_it_may_be_kept(store: Store, postgres: Postgres):
    tries = []

    def cut_at_the_end(session: Session) -> None:
        tries.append(take(session, "first"))
        cut_connections(postgres, store)

    assert trouble_when(lambda: store.write_now(cut_at_the_end)) is DatabaseProblem.UNSURE
    assert tries == [True]


@pytest.mark.database("postgres")
def test_a_server_that_only_reads_is_named(store: Store) -> None:
    def only_reads(session: Session) -> None:
        session.execute(text("set transaction read only"))
        take(session, "first")

    assert trouble_when(lambda: store.write_now(only_reads)) is DatabaseProblem.READ_ONLY
    assert store.write_now(take, "first")


@pytest.mark.database("postgres")
def test_a_server_without_room_for_another_connection_is_named(store: Store, postgres: Postgres) -> None:
    name = store.engine.url.database
    role = f"visitor_{name}"
    postgres.run(f"create role {role} login connection limit 0")
    crowded = Store(store.engine.url.set(username=role).render_as_string(hide_password=False))
    assert trouble_when(lambda: is_kept(crowded, "first")) is DatabaseProblem.CROWDED
    crowded.close()
    postgres.run(f"drop role {role}")


def test_a_server_that_is_away_is_named() -> None:
    store = Store("postgresql://ann@127.0.0.1:1/cadence")
    assert trouble_when(lambda: is_kept(store, "first")) is DatabaseProblem.AWAY
    store.close()


def test_an_error_of_ours_is_no_trouble_of_the_database(store: Store) -> None:
    def twice(session: Session) -> None:
        for _ in range(2):
            session.execute(
                text("insert into received (workspace_id, key, at) values ('T1', 'same', '2026-11-24 12:00:00')")
            )

    def divides(_session: Session) -> Any:
        return 1 / 0

    assert trouble_when(lambda: store.write_now(twice)) is None
    with pytest.raises(ZeroDivisionError) as raised:
        store.write_now(divides)
    assert problem_of(raised.value) is None


def test_every_trouble_has_a_sentence_that_says_what_to_do() -> None:
    assert set(ADVICE) == set(DatabaseProblem)
    assert "report this message" in database.advice_for_operator(ValueError("odd"))


# Advice on errors that are no problem of the database never contains stored values.

SECRET = "Initrode pays 40,000"
TIMELESS = "insert into received (workspace_id, key) values ('T1', :key)"
TIMED = "insert into received (workspace_id, key, at) values ('T1', :key, '2026-11-24 12:00:00')"


def told_of(store: Store, *statements: str) -> str:
    """The advice when the last of the statements, each about a secret, is refused."""

    def run(session: Session) -> None:
        for statement in statements:
            session.execute(text(statement), {"key": SECRET})

    with pytest.raises(DBAPIError) as raised:
        store.write_now(run)
    return advice_for_anybody(raised.value)


@cases("statements", [(TIMED, TIMED), (TIMELESS,)], ids=["twice", "without a time"])
def test_of_a_row_that_is_not_taken_the_rule_is_told_and_nothing_that_stands_in_it(store, statements):
    told = told_of(store, *statements)
    assert told.startswith("The database did not take it: ")
    assert "received" in told
    assert told.endswith(". Nothing was changed; report this message.")
    assert SECRET not in told


@pytest.mark.database("postgres")
def test_of_a_value_that_is_not_taken_the_kind_of_error_is_told(store: Store) -> None:
    assert told_of(store, "select cast(:key as integer)") == (
        "The database did not take it: PostgreSQL did not take a value (InvalidTextRepresentation). "
        "Nothing was changed; report this message."
    )


# The store's report of its work, and errors that keep values to themselves.

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
