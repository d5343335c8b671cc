"""The database, one hop away: a whole verb runs in a database thread, inside one transaction."""

import asyncio
import functools
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from time import perf_counter
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, sessionmaker
from sqlmodel import Session

from storage.database import kept, lease_clock
from storage.database.connections import normalize_url, postgres_engine, sqlite_engine
from storage.database.errors import problem_of, was_cut_before_commit
from storage.database.hidden_rows import leave_out_hidden_rows

P = ParamSpec("P")
T = TypeVar("T")
Verb = Callable[Concatenate[Session, P], T]

READERS = 3
LONG_READERS = 2
POSTGRES_WRITERS = 6


class Store:
    """Run verbs against one database, in threads that write, that read, and that read for long.

    SQLite has one writer thread, PostgreSQL six.

    Attributes:
        after_write: called in the event loop after every committed `write`, so that delivery can look for letters.
        after_run: called in the database thread after every `read` and `write`, successful or not, with the kind
            ("read" or "write"), the seconds spent waiting for a thread, and the seconds spent running.
        write_refusal: the database error that the last `write` ended with, None when it succeeded.
        lease_clock: the clock by which leases begin and end, known to every session.
        kept: things worked out from the database and kept beside it, known to every session.
    """

    def __init__(self, url: str) -> None:
        self.url = normalize_url(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self.after_write: Callable[[], None] = lambda: None
        self.after_run: Callable[[str, float, float], None] = lambda _kind, _waited, _ran: None
        self.write_refusal: Exception | None = None
        self.lease_clock = lease_clock.LeaseClock()
        self.kept = kept.Kept()
        if self.is_sqlite:
            self._write_engine = sqlite_engine(self.url, begin="BEGIN IMMEDIATE", size=1)
            self._read_engine = sqlite_engine(self.url, begin="BEGIN", size=READERS + LONG_READERS)
            snapshot_engine = self._read_engine
        else:
            self._write_engine = postgres_engine(self.url, size=POSTGRES_WRITERS)
            self._read_engine = postgres_engine(self.url, size=READERS + LONG_READERS)
            snapshot_engine = self._read_engine.execution_options(isolation_level="REPEATABLE READ")
        self._writing_session = self._sessions(self._write_engine)
        self._reading_session = _refusing_to_store(self._sessions(self._read_engine))
        self._snapshot_session = _refusing_to_store(self._sessions(snapshot_engine))
        self._writers = ThreadPoolExecutor(1 if self.is_sqlite else POSTGRES_WRITERS, "database-writer")
        self._readers = ThreadPoolExecutor(READERS, "database-reader")
        self._long_readers = ThreadPoolExecutor(LONG_READERS, "database-long-reader")

    @property
    def engine(self) -> Engine:
        """The engine that writes, for migrations and backups."""
        return self._write_engine

    async def read(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `verb(session, ...)` returns, run in a reader thread. Raises WroteWhileReading when it writes."""
        work = functools.partial(self.read_now, verb, *args, **kwargs)
        return await asyncio.wrap_future(self._submit(self._readers, "read", work))

    async def read_long(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `read`, for a verb that takes long: it sees the database as of one instant.

        It runs in threads of its own, so that no short read waits behind it.
        """

        def once() -> T:
            with self.snapshot() as session:
                return verb(session, *args, **kwargs)

        work = functools.partial(_retry_when_cut, once)
        return await asyncio.wrap_future(self._submit(self._long_readers, "read", work))

    async def write(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `verb(session, ...)` returns, committed. Raises what the verb raises, with nothing written."""
        result = await self.write_quietly(verb, *args, **kwargs)
        self.after_write()
        return result

    async def write_quietly(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `write`, for a verb that queues nothing to send: `after_write` is not called."""
        work = functools.partial(self.write_now, verb, *args, **kwargs)
        try:
            result = await asyncio.wrap_future(self._submit(self._writers, "write", work))
        except Exception as error:
            if problem_of(error) is not None:
                self.write_refusal = error
            raise
        self.write_refusal = None
        return result

    def read_now(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `read`, in the calling thread."""

        def once() -> T:
            with self.reading() as session:
                return verb(session, *args, **kwargs)

        return _retry_when_cut(once)

    def write_now(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `write`, in the calling thread."""

        def once() -> T:
            with self.writing() as session:
                return verb(session, *args, **kwargs)

        return _retry_when_cut(once)

    def _submit(self, threads: ThreadPoolExecutor, kind: str, work: Callable[[], T]) -> Future[T]:
        """Start the work in one of the threads, with the caller's context variables."""
        asked_at = perf_counter()

        def run() -> T:
            began_at = perf_counter()
            try:
                return work()
            finally:
                self.after_run(kind, began_at - asked_at, perf_counter() - began_at)

        return threads.submit(copy_context().run, run)

    def _sessions(self, engine: Engine) -> sessionmaker[Session]:
        info = {lease_clock.INFO_KEY: self.lease_clock, kept.INFO_KEY: self.kept}
        return leave_out_hidden_rows(sessionmaker(engine, class_=Session, expire_on_commit=False, info=info))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that stores nothing."""
        with self._reading_session() as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session that stores nothing and sees the database as of one instant, however long it reads."""
        with self._snapshot_session() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed at the end, or rolled back when the body raises."""
        with self._writing_session() as session, session.begin():
            yield session

    def close(self) -> None:
        """Wait for the verbs under way and close every connection."""
        for threads in (self._writers, self._readers, self._long_readers):
            threads.shutdown(wait=True)
        self._write_engine.dispose()
        self._read_engine.dispose()


class WroteWhileReading(Exception):
    """A verb run with `read` stored something."""

    def __init__(self) -> None:
        super().__init__("a read may not store anything: run the verb with write")


def _refusing_to_store(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    """Let these sessions raise WroteWhileReading before anything is stored."""

    @event.listens_for(sessions, "before_flush")
    def refuse_objects(_session: Session, _context: Any, _objects: Any) -> None:
        raise WroteWhileReading

    @event.listens_for(sessions, "do_orm_execute")
    def refuse_statement(state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            raise WroteWhileReading

    return sessions


def _retry_when_cut(once: Callable[[], T]) -> T:
    """Return what the work returns, done a second time when its connection went away before it could commit.

    A server that was restarted leaves the pool with connections that only their use shows to be dead; that first use
    throws all of them away.
    """
    try:
        return once()
    except DBAPIError as error:
        if not was_cut_before_commit(error):
            raise
    return once()
