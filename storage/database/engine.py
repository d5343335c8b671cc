"""The database, one hop away: a whole verb runs in a database thread, inside one transaction."""

import asyncio
import functools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from time import perf_counter
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage.database.connections import normal_url, postgres_engine, sqlite_engine
from storage.database.errors import trouble_of, was_cut_before_commit
from storage.patience import Patience

P = ParamSpec("P")
T = TypeVar("T")
Verb = Callable[Concatenate[Session, P], T]

SQLITE_READERS = 3
POSTGRES_READERS = 2
POSTGRES_WRITERS = 6


class Store:
    """Runs verbs against one database. SQLite: one writer thread and a few readers; PostgreSQL: a few of both.

    `after_write` is called in the event loop after every committed `write`, so that the delivery can look for letters.
    `after_run` is called in the database thread after every `read` and `write`, kept or not, with which of the two it
    was, the seconds it waited for a thread, and the seconds it ran.
    `write_refusal` is the error with which the database did not take the last `write`, None when it took it.
    """

    def __init__(self, url: str) -> None:
        self.url = normal_url(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self.after_write: Callable[[], None] = lambda: None
        self.after_run: Callable[[str, float, float], None] = lambda _kind, _waited, _ran: None
        self.write_refusal: Exception | None = None
        self._patience = Patience()
        if self.is_sqlite:
            self._write_engine = sqlite_engine(self.url, begin="BEGIN IMMEDIATE", size=1)
            self._read_engine = sqlite_engine(self.url, begin="BEGIN", size=SQLITE_READERS)
            self._writers = ThreadPoolExecutor(1, "database-writer")
            self._readers = self._long_readers = ThreadPoolExecutor(SQLITE_READERS, "database-reader")
        else:
            self._write_engine = postgres_engine(self.url, size=POSTGRES_WRITERS)
            # each statement of a read sees what is committed at its own moment in any case (READ COMMITTED), so that a
            # transaction around them would only cost two more round trips, and there is nothing to end after it
            self._read_engine = postgres_engine(
                self.url, size=POSTGRES_READERS, isolation_level="AUTOCOMMIT", pool_reset_on_return=None
            )
            self._writers = self._long_readers = ThreadPoolExecutor(POSTGRES_WRITERS, "database-writer")
            # more would only wait together for the interpreter's lock, as decision 15 says
            self._readers = ThreadPoolExecutor(POSTGRES_READERS, "database-reader")

    @property
    def engine(self) -> Engine:
        """The engine that writes, for migrations and backups."""
        return self._write_engine

    async def read(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `verb(session, ...)` returns, run in a reading thread. Raises WroteWhileReading when it writes."""
        work = functools.partial(self.read_now, verb, *args, **kwargs)
        if self.is_sqlite:
            await self._patience.some()
        future = self._begin(self._readers, "read", work)
        if self.is_sqlite:
            self._patience.wait_for(future)
        return future.result() if future.done() else await asyncio.wrap_future(future)

    async def read_at_once(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same of the database as at one instant, however long the verb reads; no short read waits behind it."""

        def once() -> T:
            with self.snapshot() as session:
                return verb(session, *args, **kwargs)

        return await asyncio.wrap_future(self._begin(self._long_readers, "read", lambda: _again_after_cut(once)))

    async def write(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `verb(session, ...)` returns, committed. Raises what the verb raises, with nothing written."""
        work = functools.partial(self.write_now, verb, *args, **kwargs)
        try:
            result = await asyncio.wrap_future(self._begin(self._writers, "write", work))
        except Exception as error:
            if trouble_of(error) is not None:
                self.write_refusal = error
            raise
        self.write_refusal = None
        self.after_write()
        return result

    def read_now(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same as `read`, in the calling thread."""

        def once() -> T:
            with self.reading() as session:
                return verb(session, *args, **kwargs)

        return _again_after_cut(once)

    def write_now(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same as `write`, in the calling thread."""

        def once() -> T:
            with self.writing() as session:
                return verb(session, *args, **kwargs)

        return _again_after_cut(once)

    def _begin(self, threads: ThreadPoolExecutor, kind: str, work: Callable[[], T]) -> Future[T]:
        """The work, begun in one of the threads with the context variables of who asks."""
        asked_at = perf_counter()

        def run() -> T:
            began_at = perf_counter()
            try:
                return work()
            finally:
                self.after_run(kind, began_at - asked_at, perf_counter() - began_at)

        return threads.submit(copy_context().run, run)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that stores nothing."""
        with _ReadingSession(self._read_engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session that stores nothing and sees the database as at one instant, however long it reads."""
        if self.is_sqlite:
            with self.reading() as session:
                yield session
            return
        engine = self._write_engine.execution_options(isolation_level="REPEATABLE READ")
        with _ReadingSession(engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed at the end, or rolled back when the body raises."""
        with Session(self._write_engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Waits for the verbs under way and closes every connection."""
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self._write_engine.dispose()
        self._read_engine.dispose()


class WroteWhileReading(Exception):
    """A verb that was to read stored something."""

    def __init__(self) -> None:
        super().__init__("a read may not store anything: run the verb with write")


class _ReadingSession(Session):
    """A session that refuses to store, and keeps the connection of its one transaction at hand."""

    _taken: Connection | None = None

    def connection(self, *args: Any, **kwargs: Any) -> Connection:
        """Its connection, which Session looks for anew for each statement."""
        if self._taken is None:
            self._taken = super().connection(*args, **kwargs)
        return self._taken

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Nothing, as there is nothing to store. Raises WroteWhileReading."""
        if self.new or self.dirty or self.deleted:
            raise WroteWhileReading
        super().flush(objects)

    def exec(self, statement: Any, **options: Any) -> Any:
        """The rows. Raises WroteWhileReading for a statement that stores, as the next two do."""
        return super().exec(_reading(statement), **options)

    def execute(self, statement: Any, *args: Any, **options: Any) -> Any:
        """The rows as SQLAlchemy has them."""
        return super().execute(_reading(statement), *args, **options)

    def scalars(self, statement: Any, *args: Any, **options: Any) -> Any:
        """The first column of the rows."""
        return super().scalars(_reading(statement), *args, **options)


def _reading(statement: Any) -> Any:
    """The statement, unless it stores: on PostgreSQL a read has no transaction that could take it back."""
    if statement.is_dml:
        raise WroteWhileReading
    return statement


def _again_after_cut(once: Callable[[], T]) -> T:
    """What the work returns, done a second time when its connection went away before it could commit.

    A server that was restarted leaves the pool with connections that only their use shows to be dead; that first use
    throws all of them away.
    """
    try:
        return once()
    except DBAPIError as error:
        if not was_cut_before_commit(error):
            raise
    return once()
