"""A database that is full, locked, read-only, damaged or away: what is said, nothing half written, and on it goes."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Boolean, bindparam, case, func, literal, make_url, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage import inbox
from storage.database import ADVICE, DatabaseProblem, Store, advice_for_operator, problem_of
from tests.builders import NOW, WORKSPACE
from tests.databases.postgres import Postgres


def trouble_when(work: Callable[[], object]) -> DatabaseProblem | None:
    """The problem of the database behind the error that the work raises."""
    with pytest.raises(DBAPIError) as raised:
        work()
    return problem_of(raised.value)


def take(session: Session, key: str) -> bool:
    return inbox.take(session, WORKSPACE, key, NOW)


def fill(session: Session) -> None:
    """A first row, and then more than fits."""
    take(session, "first")
    for number in range(2_000):
        take(session, f"{number:0>200}")


def is_kept(store: Store, key: str) -> bool:
    return store.read_now(inbox.was_taken, WORKSPACE, key)


def set_pragma(store: Store, pragma: str) -> None:
    """Sets something of the one connection that writes."""
    with store.engine.connect() as connection:
        connection.connection.cursor().execute(f"pragma {pragma}")


def file_of(store: Store) -> Path:
    return Path(make_url(store.url).database or "")


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
    with closing(sqlite3.connect(file_of(store), isolation_level=None)) as other:
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
def test_after_a_restart_of_the_server_the_first_read_and_the_first_write_go_through(
    store: Store, postgres: Postgres
) -> None:
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
def test_a_connection_cut_before_its_commit_is_not_tried_again_because_it_may_be_kept(
    store: Store, postgres: Postgres
) -> None:
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
    url = store.engine.url.set(username=role).render_as_string(hide_password=False)
    crowded = Store(url)
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
    assert "report this message" in advice_for_operator(ValueError("odd"))
