"""Connections and transactions, errors in words, and rows hidden from who may not see them."""

import asyncio
import errno
import functools
import json
import os
import re
import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import copy_context
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any, Concatenate, ParamSpec, TypeVar

from pydantic_core import from_json
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Executable,
    Insert,
    Integer,
    Result,
    String,
    Table,
    bindparam,
    cast,
    create_engine,
    event,
    func,
    or_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import ORMExecuteState, sessionmaker, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql.dml import ReturningInsert, UpdateBase
from sqlmodel import Session, SQLModel, col, select

from storage.models.accounts import Account
from storage.models.types import Row, table_of

# Engines for the two databases.

SQLITE_BUSY_MS = 10_000
BUSY_PAUSE_SECONDS = 0.01


def normalize_url(url: str) -> str:
    """Return the URL with our drivers: `postgres://` and `postgresql://` become psycopg 3."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def postgres_engine(url: str, *, size: int, **options: Any) -> Engine:
    """Return a PostgreSQL engine with at most `size` connections; `options` go to `create_engine`."""
    return _engine(url, size, **options)


def sqlite_engine(url: str, *, begin: str, size: int) -> Engine:
    """Return an SQLite engine that opens transactions with the statement `begin`, in WAL mode, with foreign keys on."""
    engine = _engine(url, size, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "do_connect")
    def make_file(_dialect: Any, _record: Any, arguments: list[Any], _named: Any) -> None:
        make_private(Path(arguments[0]))

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # the driver's own BEGIN comes too late for a consistent read: SQLAlchemy's recipe turns it off and sends ours
        connection.isolation_level = None
        connection.execute(f"pragma busy_timeout={SQLITE_BUSY_MS}")
        _set_wal_mode(connection)
        for pragma in ("synchronous=full", "foreign_keys=on"):
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _set_wal_mode(connection: sqlite3.Connection) -> None:
    """Switch to WAL mode. Of programs that switch a new file at the same moment, SQLite refuses all but one at once."""
    give_up_at = time.monotonic() + SQLITE_BUSY_MS / 1_000
    while True:
        try:
            connection.execute("pragma journal_mode=wal")
            return
        except sqlite3.OperationalError as error:
            # the low byte of an extended code is its primary code
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at:
                raise
            time.sleep(BUSY_PAUSE_SECONDS)


def make_private(file: Path) -> None:
    """Make the file, for its owner alone, unless it is there.

    SQLite itself would make it with the mode of the umask; its -wal, -shm and -journal get the mode of the database. If
    it cannot be made, opening it gives a better error.
    """
    if str(file) != ":memory:":
        with suppress(OSError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _engine(url: str, size: int, **options: Any) -> Engine:
    # a page reads hundreds of JSON columns, and this reader takes a fifth of the time of the standard library's
    return create_engine(
        url, pool_size=size, max_overflow=0, hide_parameters=True, json_deserializer=from_json, **options
    )


# Problems of the database, recognised by the error of a driver, each with advice.


class DatabaseProblem(StrEnum):
    """A problem of the database. With all but `unsure` nothing was written."""

    FULL = "full"
    LOCKED = "locked"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    AWAY = "away"
    CROWDED = "crowded"
    UNSURE = "unsure"


SQLITE_CODES = {
    3: DatabaseProblem.READ_ONLY,  # SQLITE_PERM
    5: DatabaseProblem.LOCKED,  # SQLITE_BUSY
    6: DatabaseProblem.LOCKED,  # SQLITE_LOCKED
    8: DatabaseProblem.READ_ONLY,  # SQLITE_READONLY
    10: DatabaseProblem.AWAY,  # SQLITE_IOERR
    11: DatabaseProblem.DAMAGED,  # SQLITE_CORRUPT
    13: DatabaseProblem.FULL,  # SQLITE_FULL
    14: DatabaseProblem.AWAY,  # SQLITE_CANTOPEN
    26: DatabaseProblem.DAMAGED,  # SQLITE_NOTADB
    4874: DatabaseProblem.FULL,  # SQLITE_IOERR_SHMSIZE: no room even for the file by which programs share a database
}
"""SQLite's primary result codes, and one extended code (sqlite.org/rescode.html)."""

FILE_CODES = {
    errno.ENOSPC: DatabaseProblem.FULL,
    errno.EDQUOT: DatabaseProblem.FULL,
    errno.EROFS: DatabaseProblem.READ_ONLY,
    errno.EACCES: DatabaseProblem.READ_ONLY,
    errno.EPERM: DatabaseProblem.READ_ONLY,
}
"""Operating system errors about a file next to the database, such as a copy."""

POSTGRES_CODES = {
    "08": DatabaseProblem.AWAY,
    "25006": DatabaseProblem.READ_ONLY,
    "28": DatabaseProblem.AWAY,
    "53100": DatabaseProblem.FULL,
    "53300": DatabaseProblem.CROWDED,
    "55P03": DatabaseProblem.LOCKED,
    "57P": DatabaseProblem.AWAY,
    "58030": DatabaseProblem.AWAY,
    "XX001": DatabaseProblem.DAMAGED,
    "XX002": DatabaseProblem.DAMAGED,
}
"""Beginnings of PostgreSQL's SQLSTATE (its manual, appendix A)."""

DATA_ERROR_CLASS = "22"
"""The class of PostgreSQL's errors about a value, whose texts repeat it."""

CONNECTIONS_EXHAUSTED = ("too many clients", "too many connections", "remaining connection slots")
"""A connection that is refused carries no SQLSTATE, only the server's words."""


def problem_of(error: BaseException) -> DatabaseProblem | None:
    """Return the problem behind an error, None when the database is not at fault."""
    if isinstance(error, PoolTimeout):
        return DatabaseProblem.CROWDED
    if not isinstance(error, DBAPIError | sqlite3.Error):
        return None
    if isinstance(error, DBAPIError) and was_cut_in_commit(error):
        return DatabaseProblem.UNSURE
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        # an extended code of its own, or else the primary code in its low byte
        return SQLITE_CODES.get(code) or SQLITE_CODES.get(code & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state:
        return next((trouble for start, trouble in POSTGRES_CODES.items() if state.startswith(start)), None)
    # no code: a connection that was refused, or an error of the driver itself, which is no problem of the database
    message = str(cause)
    refused = (
        DatabaseProblem.CROWDED if any(words in message for words in CONNECTIONS_EXHAUSTED) else DatabaseProblem.AWAY
    )
    return refused if type(cause).__name__ == "OperationalError" else None


def problem_of_copy(error: BaseException) -> DatabaseProblem | None:
    """Return the problem behind an error of copying, where errors of the operating system count too."""
    return FILE_CODES.get(error.errno or 0) if isinstance(error, OSError) else problem_of(error)


def was_cut_before_commit(error: DBAPIError) -> bool:
    """Return whether the connection broke during a statement: nothing was committed, and all may be done again."""
    return error.connection_invalidated and error.statement is not None


def was_cut_in_commit(error: DBAPIError) -> bool:
    """Return whether the connection broke during a commit, so that nobody knows whether the work is kept."""
    return error.connection_invalidated and error.statement is None


ADVICE = {
    DatabaseProblem.FULL: "The disk of the database is full. Free space, then try again.",
    DatabaseProblem.LOCKED: "The database is locked by another program. Stop that program, then try again.",
    DatabaseProblem.READ_ONLY: (
        "The database can only be read. Make its file, folder or server writable, then try again."
    ),
    DatabaseProblem.DAMAGED: (
        "What DATABASE_URL names is damaged or is no database. Check DATABASE_URL, or restore a backup."
    ),
    DatabaseProblem.AWAY: (
        "The database cannot be opened: check DATABASE_URL, and that its folder is there and can be written."
    ),
    DatabaseProblem.CROWDED: "The database takes no more connections. Stop a program that uses it, or allow more.",
    DatabaseProblem.UNSURE: "The connection broke during the commit. Look whether it is done before you try again.",
}


REFUSED = re.compile(r"FATAL:\s+(.+)")
"""The end of libpq's message when the server refused a connection, such as `FATAL:  role "bot" does not exist`.

Nothing of it is secret.
"""

ADVICE_WHEN_REFUSED = (
    ("database", "does not exist", "make that database, or check the name in DATABASE_URL"),
    ("role", "does not exist", "make that role, or check the user in DATABASE_URL"),
    ("password", "failed", "check user and password in DATABASE_URL"),
)
"""Words of the server, and advice; a message in another language is quoted without advice."""


def advice_for_operator(error: BaseException) -> str:
    """Return advice for the bot's operator; it is `advice_for_anybody` unless the server refused the connection.

    It quotes the server, so only people who may know the settings see it.
    """
    refused = REFUSED.search(str(getattr(error, "orig", "")))
    if refused is None or problem_of(error) is not DatabaseProblem.AWAY:
        return advice_for_anybody(error)
    reason = refused[1].strip()
    advice = (to_do for first, second, to_do in ADVICE_WHEN_REFUSED if first in reason and second in reason)
    to_do = next(advice, "check DATABASE_URL, and look into the server's log")
    return f"The database server refuses the connection ({reason}): {to_do}."


def advice_for_anybody(error: BaseException) -> str:
    """Return advice that anybody may read."""
    problem = problem_of_copy(error)
    if problem is DatabaseProblem.AWAY and type(getattr(error, "orig", None)).__module__.startswith("psycopg"):
        return "The database server cannot be reached: check DATABASE_URL, and that the server runs."
    if problem is not None:
        return ADVICE[problem]
    message = driver_message(getattr(error, "orig", None) or error)
    return f"The database did not take it: {message}. Nothing was changed; report this message."


def driver_message(error: BaseException) -> str:
    """Return the driver's message in one line, without a full stop and without stored values.

    PostgreSQL repeats such values in its details, and in errors about a value: of these only the name is returned.
    """
    if str(getattr(error, "sqlstate", None) or "").startswith(DATA_ERROR_CLASS):
        return f"PostgreSQL did not take a value ({type(error).__name__})"
    # only an error that PostgreSQL sent has a message of the server in its `diag`
    message = getattr(getattr(error, "diag", None), "message_primary", None) or str(error)
    return " ".join(message.split()).rstrip(".")


# Accounts hidden from a session: its reads find none of their rows, whatever statement reads them.

INFO_KEY = "hidden_accounts"


class ReadsHiddenRows(Exception):
    """A session that hides accounts ran a statement on plain tables, from which nothing can be left out."""

    def __init__(self) -> None:
        super().__init__("a read for people selects mapped classes and their attributes, not plain tables")


@contextmanager
def hiding(session: Session, account_ids: Collection[int]) -> Iterator[None]:
    """Hide these accounts, in addition to those hidden already, from the session's queries within the block.

    Only what is read is hidden: a statement that changes rows reaches them.
    """
    hidden_before: frozenset[int] = session.info.get(INFO_KEY, frozenset())
    hidden = session.info[INFO_KEY] = hidden_before | frozenset(account_ids)
    # listened to only where something is hidden, as a listener makes every statement of the session dearer
    if hidden and not event.contains(session, "do_orm_execute", _leave_out_hidden_rows):
        event.listen(session, "do_orm_execute", _leave_out_hidden_rows)
    try:
        yield
    finally:
        session.info[INFO_KEY] = hidden_before


@contextmanager
def showing_all(session: Session) -> Iterator[None]:
    """Let the session find every account within the block: for work that shows none of them to anybody."""
    before = session.info.get(INFO_KEY, frozenset())
    session.info[INFO_KEY] = frozenset()
    try:
        yield
    finally:
        session.info[INFO_KEY] = before


def hidden_in(session: Session) -> frozenset[int]:
    """The ids of the accounts that the session hides, for a statement on plain tables, which has to leave them out."""
    found: frozenset[int] = session.info.get(INFO_KEY, frozenset())
    return found


def _leave_out_hidden_rows(state: ORMExecuteState) -> Result[Any] | None:
    """Run a select with the criteria that hide accounts; return None to leave any other statement as it is.

    None also where nothing is hidden. Raises ReadsHiddenRows for a select of plain tables.
    """
    hidden = state.session.info.get(INFO_KEY)
    if not hidden or not state.is_select:
        return None
    if not state.is_orm_statement:
        raise ReadsHiddenRows
    statement = state.statement.options(*_hiding_criteria(state.session.get_bind().dialect.name))
    # where the parameters are None, SQLAlchemy would not add ours
    state.parameters = state.parameters or {}
    return state.invoke_statement(statement, {"hidden_accounts": json.dumps(sorted(hidden))})


@cache
def _hiding_criteria(dialect: str) -> tuple[LoaderCriteriaOption, ...]:
    """Criteria that hide accounts in every table with an account's id, so that no new table can be forgotten.

    The hidden ids are one parameter (a JSON list), however many there are: the statement is prepared once.
    """
    hidden: BindParameter[str] = bindparam("hidden_accounts", type_=String)
    hidden_id: ColumnElement[Any]
    if dialect == "postgresql":
        hidden_id = func.jsonb_array_elements_text(cast(hidden, postgresql.JSONB)).column_valued("hidden")
    else:
        hidden_id = func.json_each(hidden).table_valued("value").c.value
    ids = select(cast(hidden_id, Integer))
    of_account = {kind: table_of(kind).c.get("account_id") for kind in Row.__subclasses__()}
    found = [with_loader_criteria(Account, col(Account.id).not_in(ids), include_aliases=True)]
    for kind, column in of_account.items():
        if column is not None:
            is_shown = column.not_in(ids) if not column.nullable else or_(column.is_(None), column.not_in(ids))
            found.append(with_loader_criteria(kind, is_shown, include_aliases=True))
    return tuple(found)


# Columns, read past the objects of a session.


def read_columns(session: Session, query: Executable, given: Mapping[str, Any]) -> Result[*tuple[Any, ...]]:
    """Carry out a query of columns, with the given parameters, without what the session does for objects.

    That halves what a short read costs. A session that hides accounts carries it out itself, to leave out their rows.
    """
    if hidden_in(session):
        return session.execute(query, given)
    session.flush()
    return session.connection().execute(query, given)


# The clock by which leases begin and end.

LEASE_CLOCK_INFO_KEY = "lease_clock"
"""The key in `Session.info` under which a store gives each of its sessions its lease clock."""


class LeaseClock:
    """One clock for the leases of all processes that share a database: the database's own, once it is known.

    `ahead` is how far that clock is ahead of the one that gives `now`; zero on SQLite, which has one process.
    """

    def __init__(self) -> None:
        self.ahead = timedelta()


def lease_now(session: Session, now: datetime) -> datetime:
    """Return the instant by the lease clock of the session's store while ours says `now`."""
    clock: LeaseClock = session.info[LEASE_CLOCK_INFO_KEY]
    return now + clock.ahead


# The database, one hop away: a whole verb runs in a database thread, inside one transaction.

P = ParamSpec("P")
T = TypeVar("T")
Stored = TypeVar("Stored", bound=SQLModel)
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
    """

    def __init__(self, url: str) -> None:
        self.url = normalize_url(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self.after_write: Callable[[], None] = lambda: None
        self.after_run: Callable[[str, float, float], None] = lambda _kind, _waited, _ran: None
        self.write_refusal: Exception | None = None
        self.lease_clock = LeaseClock()
        if self.is_sqlite:
            self._write_engine = sqlite_engine(self.url, begin="BEGIN IMMEDIATE", size=1)
            self._read_engine = sqlite_engine(self.url, begin="BEGIN", size=READERS + LONG_READERS)
        else:
            self._write_engine = postgres_engine(self.url, size=POSTGRES_WRITERS)
            self._read_engine = postgres_engine(self.url, size=READERS + LONG_READERS)
        event.listen(self._read_engine, "before_execute", _refuse_to_store)
        # SQLite needs no option: there every transaction reads as of one instant
        as_of_one_instant = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._writing_session = self._sessions(self._write_engine)
        self._reading_session = self._sessions(self._read_engine)
        self._snapshot_session = self._sessions(self._read_engine.execution_options(**as_of_one_instant))
        self._writers = ThreadPoolExecutor(1 if self.is_sqlite else POSTGRES_WRITERS, "database-writer")
        self._readers = ThreadPoolExecutor(READERS, "database-reader")
        self._long_readers = ThreadPoolExecutor(LONG_READERS, "database-long-reader")

    @property
    def engine(self) -> Engine:
        """The engine that writes, for migrations and backups."""
        return self._write_engine

    async def read(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `verb(session, ...)` returns, run in a reader thread. Raises WroteWhileReading when it writes."""
        work = functools.partial(_in_session, self._reading_session, verb, *args, **kwargs)
        return await asyncio.wrap_future(self._submit(self._readers, "read", work))

    async def read_long(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `read`, but as of one instant, and in threads of its own, so that no short read waits behind it."""
        work = functools.partial(_in_session, self._snapshot_session, verb, *args, **kwargs)
        return await asyncio.wrap_future(self._submit(self._long_readers, "read", work))

    async def write(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `verb(session, ...)` returns, committed. Raises what the verb raises, with nothing written."""
        result = await self.write_quietly(verb, *args, **kwargs)
        self.after_write()
        return result

    async def write_quietly(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `write`, for a verb that queues nothing to send: `after_write` is not called."""
        work = functools.partial(_in_session, self._writing_session.begin, verb, *args, **kwargs)
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
        return _in_session(self.reading, verb, *args, **kwargs)

    def write_now(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `verb(session, ...)` returns, committed, in the calling thread; `after_write` is not called."""
        return _in_session(self.writing, verb, *args, **kwargs)

    def _submit(self, threads: ThreadPoolExecutor, kind: str, work: Callable[[], T]) -> Future[T]:
        """Start the work in one of the threads, with the caller's context variables."""
        submitted_at = perf_counter()

        def run() -> T:
            """Do the work, then report how long it waited for a thread and how long it ran."""
            began_at = perf_counter()
            try:
                return work()
            finally:
                self.after_run(kind, began_at - submitted_at, perf_counter() - began_at)

        return threads.submit(copy_context().run, run)

    def _sessions(self, engine: Engine) -> sessionmaker[Session]:
        """A maker of sessions whose `info` has the lease clock."""
        info = {LEASE_CLOCK_INFO_KEY: self.lease_clock}
        return sessionmaker(engine, class_=Session, expire_on_commit=False, info=info)

    def reading(self) -> AbstractContextManager[Session]:
        """A session that stores nothing."""
        return self._reading_session()

    def snapshot(self) -> AbstractContextManager[Session]:
        """A session that stores nothing and sees the database as of one instant, however long it reads."""
        return self._snapshot_session()

    def writing(self) -> AbstractContextManager[Session]:
        """A session that is committed at the end, or rolled back when the body raises."""
        return self._writing_session.begin()

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


def _refuse_to_store(_connection: Connection, statement: Executable, *_given: Any) -> None:
    """Raise WroteWhileReading for a statement that stores, before it is sent."""
    if isinstance(statement, UpdateBase):
        raise WroteWhileReading


def _in_session(
    opened: Callable[[], AbstractContextManager[Session]], verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Return what the verb returns, done a second time when its connection went away before it could commit.

    A server that was restarted leaves the pool with connections that only their use shows to be dead; that first use
    throws all of them away.
    """
    try:
        with opened() as session:
            return verb(session, *args, **kwargs)
    except DBAPIError as error:
        if not was_cut_before_commit(error):
            raise
    with opened() as session:
        return verb(session, *args, **kwargs)


# Objects as the database has them now.

Query = TypeVar("Query", bound=Executable)


def fresh(query: Query) -> Query:
    """Make the query reload objects that the session has loaded before.

    Needed with a lock, which may have waited for another transaction to change the row, and after a statement that
    changed rows without their objects. Unsaved changes are flushed first, as before any query.
    """
    return query.execution_options(populate_existing=True)


# Insert rows unless they are there already, on both databases.


def insert_once(session: Session, table: type[SQLModel], values: dict[str, Any]) -> bool:
    """Insert the row. Return False when a row with the same unique key was there.

    On PostgreSQL it waits for another transaction that is inserting the same key, and goes by what that one did.
    """
    # values are passed as parameters, so that the statement is compiled once and not for every row
    return session.execute(_insert_once(_dialect(session), table), values).first() is not None


@cache
def _insert_once(dialect: str, table: type[SQLModel]) -> ReturningInsert[Any]:
    # plain rows instead of objects, which nobody needs here: half the time
    rows = table_of(table)
    return _insert(dialect, rows).returning(*rows.primary_key)


def insert_all_once(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows whose unique keys are not there yet, numbered in their order, by one statement for all."""
    if rows:
        session.execute(_insert(_dialect(session), table), rows)


def insert_all_new(session: Session, table: type[Stored], rows: Sequence[dict[str, Any]]) -> list[Stored]:
    """Insert the rows whose unique keys are not there yet, by one statement, and return only those, as stored."""
    return list(session.scalars(_insert_returning(_dialect(session), table), rows)) if rows else []


@cache
def _insert_returning(dialect: str, table: type[SQLModel]) -> ReturningInsert[Any]:
    """The statement of `insert_all_new`, made once for each table."""
    return _insert(dialect, table).returning(table)


def replace_rows(
    session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]], *, unique: tuple[str, ...]
) -> None:
    """Insert the rows, or change those that have the same `unique` columns; all `rows` have the same columns."""
    if rows:
        # flushed first, since a statement on a table does not flush the rows that it refers to
        session.flush()
        session.execute(_upsert(_dialect(session), table, tuple(rows[0]), unique), rows)


@cache
def _upsert(dialect: str, table: type[SQLModel], names: tuple[str, ...], unique: tuple[str, ...]) -> Insert:
    """The statement of `replace_rows` for rows with the columns `names`."""
    statement = _dialect_insert(dialect, table_of(table))
    changed = {name: statement.excluded[name] for name in names if name not in unique}
    replacing: Insert = statement.on_conflict_do_update(index_elements=unique, set_=changed)
    return replacing


def _dialect(session: Session) -> str:
    """The name of the session's database: `sqlite` or `postgresql`."""
    return session.get_bind().dialect.name


@cache
def _insert(dialect: str, table: type[SQLModel] | Table) -> Insert:
    """An insert that leaves out rows whose unique keys are there already."""
    inserting: Insert = _dialect_insert(dialect, table).on_conflict_do_nothing()
    return inserting


def _dialect_insert(dialect: str, table: type[SQLModel] | Table) -> Any:
    """The insert of the database's dialect, which has `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
