"""Backups and restores of both databases, and exports of a whole workspace."""

import fcntl
import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Float,
    Integer,
    Select,
    String,
    Table,
    Time,
    case,
    cast,
    delete,
    func,
    insert,
    inspect,
    literal,
    make_url,
    or_,
    text,
    update,
)
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select

from storage import migrate, nudging, preparing
from storage.database import (
    DatabaseProblem,
    Store,
    advice_for_operator,
    hidden_in,
    make_private,
    normalize_url,
    problem_of,
    problem_of_copy,
    showing_all,
)
from storage.migrate import UPGRADE_LOCK, revision_of, schema
from storage.models.accounts import Account
from storage.models.delivery import Letter, LetterState, Mail, MailAddress, MailState
from storage.models.events import Event, ImportRun
from storage.models.questions import PendingQuestion
from storage.models.reviews import Cadence, Review, ReviewItem
from storage.models.types import UTCDateTime
from storage.models.workspaces import AuditEntry, Workspace
from storage.outbox import UNDER_WAY
from storage.preparing import BRIEFED, EXECUTIVES_NOTIFIED, PREPARED

# After a restore, mark pending messages and mails as possibly sent, and forget questions that may be answered.

MAY_BE_SENT = "the database was restored from a backup, and the mail may have been sent since"


def settle(session: Session) -> None:
    """Prepare restored data so that nothing sent since the backup is sent a second time.

    Every pending letter counts as tried, so that Slack is searched for it before it is sent; so do the letters still to
    be queued for executives, facilitators, people who prepare, reminders and escalated blockers. All leases end, and
    this morning's digests are left out. Mails cannot be searched for: those being sent are marked as maybe sent, and
    the next one is next month's. Questions that wait for a language model are deleted: they may have been answered, and
    can be asked again.
    """
    session.execute(delete(PendingQuestion))
    for once in (EXECUTIVES_NOTIFIED, PREPARED, BRIEFED):
        once.mark_maybe_done(session)
    preparing.mark_maybe_reminded(session)
    nudging.replan(session)
    nudging.mark_maybe_sent(session)
    session.execute(update(MailAddress).values(next_at=None))
    session.execute(
        update(Mail)
        .where(col(Mail.state).in_((MailState.WAITING, MailState.SENDING)))
        .values(state=MailState.IN_DOUBT, leased_until=None, last_error=MAY_BE_SENT)
    )
    session.execute(
        update(Letter)
        .where(col(Letter.state).in_(UNDER_WAY))
        .values(
            state=LetterState.WAITING,
            leased_until=None,
            leased_by="",
            # one never tried counts as tried when it was queued; a try under way may go on until its lease ends
            first_tried_at=func.coalesce(Letter.first_tried_at, Letter.created_at),
            tried_until=func.coalesce(Letter.leased_until, Letter.tried_until, Letter.created_at),
        )
    )


# Backup files: written whole or not at all, and distinguished by their first bytes.

Kind = Literal["SQLite", "PostgreSQL"]
BEGINNINGS: dict[bytes, Kind] = {b"SQLite format 3\0": "SQLite", b"PGDMP": "PostgreSQL"}
"""How an SQLite file and pg_dump's custom format begin."""

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is in all, in a unit of the caller."""


class BackupFailed(Exception):
    """No backup was made, or nothing was restored. The message says why and what to do."""


@contextmanager
def atomic_write(file: Path, *, is_named: bool = True) -> Iterator[Path]:
    """The path `FILE.part` to write to; renamed to FILE, readable only by its owner, if the block succeeds.

    Raises BackupFailed when FILE exists or cannot be written; the part written is removed on every error. If a person
    named FILE (`is_named`), the advice is to name another place; any other FILE lies next to the database, and the
    advice is about the database's disk.
    """
    part = file.with_name(file.name + ".part")
    _refuse_to_overwrite(file)
    try:
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError as error:
            raise BackupFailed(
                f"{part} is there: another backup is being written, or one was broken off. "
                "If none is being written, delete it and try again."
            ) from error
        try:
            yield part
            _flush(part)
            _refuse_to_overwrite(file)
            part.rename(file)
            _flush(file.parent)
        finally:
            # where nothing can be written nothing can be removed, and the first error says more
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        advice = "Name another place for it." if is_named else f"Nothing was changed. {advice_for(error)}"
        raise BackupFailed(f"{file} cannot be written: {error.strerror}. {advice}") from error


def advice_for(error: Exception) -> str:
    """Return what to do about an error of copying a file next to the database; an unknown one counts as AWAY."""
    problem = problem_of_copy(error) or DatabaseProblem.AWAY
    return ADVICE.get(problem, "Look at the disk of the database, then try again.")


ADVICE = {
    DatabaseProblem.FULL: "Make room on the disk, then try again.",
    DatabaseProblem.READ_ONLY: "Make the folder of the database writable, then try again.",
    DatabaseProblem.LOCKED: "Stop the program that holds the database, then try again.",
}


def require_kind(kind: Kind, file: Path) -> None:
    """Raise BackupFailed when the file is no backup of this kind of database, or cannot be read."""
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):
            # opening a folder fails with an error of its own, and a pipe would be waited for
            raise BackupFailed(f"{file} is no file. Name a file that cadence backup wrote.")
        with file.open("rb") as opened:
            beginning = opened.read(max(map(len, BEGINNINGS)))
    except OSError as error:
        raise BackupFailed(f"{file} cannot be read: {error.strerror}.") from error
    found = next((kind for start, kind in BEGINNINGS.items() if beginning.startswith(start)), None)
    if found is None:
        raise BackupFailed(f"{file} is no backup of Cadence. Name a file that cadence backup wrote.")
    if found != kind:
        raise BackupFailed(f"{file} is a backup of {found}, and DATABASE_URL names a database of {kind}.")


def refuse_other_schema(revision: str, file: Path) -> None:
    """Raise BackupFailed when the backup has not the tables of this program."""
    if revision != schema():
        raise BackupFailed(
            f"{file} was written by another version of Cadence (schema {revision}, here {schema()}): restore it with "
            "that version, then run cadence export --whole DIR there and cadence import DIR --apply here."
        )


def _refuse_to_overwrite(file: Path) -> None:
    if file.exists():
        raise BackupFailed(f"{file} is there already, and a backup never overwrites a file. Give another name.")


def _flush(path: Path) -> None:
    """Wait until the disk has the file, or the folder's list of names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# Backups of a PostgreSQL database, made and restored by PostgreSQL's own pg_dump and pg_restore.

PLAIN_OWNERS = ("--no-owner", "--no-privileges")
"""The roles of the server that is restored to need not be those of the one that was backed up."""

RESTORE_LOCK = 4_711_202_602
"""The number of PostgreSQL's advisory lock that a restore holds from its beginning to its end."""
RESTORING = "cadence restore"
"""The name under which pg_restore fills the database, so that one which outlives its restore is known."""
END_THOSE_LEFT = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and usename = current_user and application_name = :name
"""


def dump(store: Store, file: Path) -> str:
    """Write everything that was committed when it began to FILE; return the revision of its schema.

    Others go on reading and writing meanwhile. Raises BackupFailed.
    """
    revision = revision_of(store)
    if revision is None:
        raise BackupFailed("The database holds no data of Cadence, so there is nothing to back up. Check DATABASE_URL.")
    tool = _tool("pg_dump", store)
    with atomic_write(file) as part:
        _run([tool, "--format=custom", *PLAIN_OWNERS, f"--file={part}", f"--dbname={address_of(store)}"], store)
        return _revision_in(part, f"The backup {file}", store)


def restore_dump(store: Store, file: Path) -> None:
    """Fill an empty database with the backup.

    Raises BackupFailed, with the database as empty as it was. A restore that is killed leaves it marked, so that
    nothing starts on it, and the next restore begins again.
    """
    require_kind("PostgreSQL", file)
    refuse_other_schema(_revision_in(file, str(file), store), file)
    tool = _tool("pg_restore", store)
    all_or_nothing = ("--single-transaction", "--exit-on-error")
    with _only_restore(store), ExitStack() as undo_on_error:
        store.write_now(_mark_empty_database)
        undo_on_error.callback(store.write_now, migrate.drop_all_tables)
        address = address_of(store, application_name=RESTORING)
        _run([tool, *all_or_nothing, *PLAIN_OWNERS, f"--dbname={address}", str(file)], store)
        store.write_now(_settle_and_unmark)
        # it succeeded, so nothing is undone
        undo_on_error.pop_all()


def address_of(store: Store, **more: str) -> str:
    """The connection string, with the parameters `more` and no password, as everybody here sees a command line."""
    # a bot on SQLite would keep 9 MiB of the driver for nothing
    from psycopg.conninfo import make_conninfo

    return make_conninfo(**{key: value for key, value in _parameters(store).items() if key != "password"} | more)


def _revision_in(file: Path, name: str, store: Store) -> str:
    """The schema's revision in a dump. Raises BackupFailed, which calls it `name`, when it is damaged or not ours."""
    tool = _tool("pg_restore", store)
    try:
        # read to its end, which shows whether it is damaged
        _run([tool, f"--file={os.devnull}", str(file)], store)
        dump = _run([tool, "--data-only", "--table=alembic_version", "--file=-", str(file)], store)
    except BackupFailed as error:
        raise BackupFailed(f"{name} cannot be used, nothing was changed: {error}") from error
    # `COPY public.alembic_version (version_num) FROM stdin;`, and the revision on the next line
    found = re.search(r"^COPY .*alembic_version.*\n(\w+)$", dump, re.MULTILINE)
    if found is None:
        raise BackupFailed(f"{name} holds no data of Cadence. Nothing was changed.")
    return found[1]


def _settle_and_unmark(session: Session) -> None:
    """Prepare the restored data by `settle`, then remove the marker that keeps programs from using them."""
    settle(session)
    migrate.remove_marker(session)


@contextmanager
def _only_restore(store: Store) -> Iterator[None]:
    """Keep other restores off the database until the block ends. Raises BackupFailed when one is under way."""
    with store.engine.connect() as connection:
        # in a transaction that does nothing else: it ends with the program, however that ends, and for no other reason
        connection.execute(text("set local idle_in_transaction_session_timeout = 0"))
        try_lock = text("select pg_try_advisory_xact_lock(:number)")
        if not connection.execute(try_lock, {"number": RESTORE_LOCK}).scalar_one():
            raise BackupFailed(
                "A restore into this database is under way. Nothing was changed. Wait until that one is done."
            )
        # a pg_restore may outlive the restore that was killed; what it has done is rolled back
        connection.execute(text(END_THOSE_LEFT), {"name": RESTORING})
        yield


def _mark_empty_database(session: Session) -> None:
    """Mark the database, so that nothing starts on it. Raises BackupFailed when it holds anything."""
    # a program that starts now needs this lock too: its tables are found here, or it finds the mark
    session.execute(text("select pg_advisory_xact_lock(:number)"), {"number": UPGRADE_LOCK})
    tables = inspect(session.connection()).get_table_names()
    if tables and migrate.MARKER not in tables:
        raise BackupFailed(
            f"The database has {len(tables)} tables already, and a backup is restored into an empty one only, so that "
            "nothing is lost. Create an empty database, name it in DATABASE_URL, restore, and start the bot on it."
        )
    migrate.set_marker(session)


def _tool(name: str, store: Store) -> str:
    """The path of the program. Raises BackupFailed when it is missing or too old for the server."""
    with store.reading() as session:
        number = int(session.execute(text("show server_version_num")).scalar_one())
    # 160003 is PostgreSQL 16.3
    server = number // 10_000
    install = f"Install the client programs of PostgreSQL {server} or newer and have them on the PATH."
    path = shutil.which(name)
    if path is None:
        raise BackupFailed(f"{name} is not installed here. {install}")
    # `pg_dump (PostgreSQL) 16.3`
    found = re.search(r"(\d+)(?:\.|beta|rc|devel)", _run([path, "--version"], store))
    if found is None or int(found[1]) < server:
        raise BackupFailed(f"{name} is older than the server (PostgreSQL {server}). {install}")
    return path


def _run(command: list[str], store: Store) -> str:
    """Run the program and return its output. Raises BackupFailed with the first line of its error."""
    password = _parameters(store).get("password", "")
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, errors="replace")  # noqa: S603 - our own arguments, and no shell
    except OSError as error:
        raise BackupFailed(f"{command[0]} cannot be started: {error.strerror}. Check its installation.") from error
    except subprocess.CalledProcessError as error:
        lines = [line for line in error.stderr.splitlines() if line.strip()] or [f"exit status {error.returncode}"]
        raise BackupFailed(f"{Path(command[0]).name} failed: {lines[0].strip()}") from error
    return done.stdout


def _parameters(store: Store) -> dict[str, str]:
    """The parameters of a connection as the driver takes them: host, port, dbname, user, password and more."""
    parameters = store.engine.dialect.create_connect_args(store.engine.url)[1]
    return {key: str(value) for key, value in parameters.items() if isinstance(value, str | int) and value != ""}


# The folder next to an SQLite file where a restore is staged: for one at a time, empty when it begins.

LEFTOVER = r"\.(restoring(\.part)?|before-restore(-\d+)?\.part)(-wal|-shm|-journal)?"
"""Suffixes of the files that a restore, and SQLite, keep beside the database while it lasts."""


@contextmanager
def staging_path(database: Path, file: Path) -> Iterator[Path]:
    """The path `DATABASE.restoring`, free at the beginning of the block and removed at its end.

    Leftovers of a killed restore are removed first. No other restore into the database begins before the block ends:
    the system's lock on `DATABASE.restoring.lock` ends with the process, however that ends. Raises BackupFailed when
    there is another, the place cannot be written, or the backup FILE is itself such a leftover.
    """
    ready = database.with_name(database.name + ".restoring")
    lock_file = Path(f"{os.path.realpath(database)}.restoring.lock")
    try:
        lock = _locked(lock_file, database)
    except OSError as error:
        raise _cannot_write(ready, error) from error
    try:
        _remove_leftovers(database, ready, file)
        try:
            yield ready
        finally:
            # where nothing can be written nothing can be removed, and the first error says more
            with suppress(OSError):
                _remove(_leftovers(database))
    finally:
        with suppress(OSError):
            lock_file.unlink(missing_ok=True)
        os.close(lock)


def _locked(lock_file: Path, database: Path) -> int:
    """The file's descriptor, open and locked. Raises BackupFailed when another has the lock."""
    while True:
        lock = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # a restore that ends at this moment removes the name, and the next one would lock another file
            if lock_file.stat().st_ino == os.fstat(lock).st_ino:
                return lock
        except BlockingIOError as error:
            os.close(lock)
            raise BackupFailed(
                f"A restore into {database} is under way. Nothing was changed. Wait until that one is done."
            ) from error
        except FileNotFoundError:
            # its name was removed after it was opened
            pass
        os.close(lock)


def _remove_leftovers(database: Path, ready: Path, file: Path) -> None:
    """Remove the leftovers of a killed restore, but never the backup that was named."""
    try:
        leftovers = _leftovers(database)
        if any(path.samefile(file) for path in leftovers):
            raise BackupFailed(
                f"{file} is what a restore left that was broken off. Name a file that cadence backup wrote."
            )
        _remove(leftovers)
    except OSError as error:
        raise _cannot_write(ready, error) from error


def _leftovers(database: Path) -> list[Path]:
    """The files that a restore into the database keeps beside it, whichever restore made them."""
    pattern = re.compile(re.escape(database.name) + LEFTOVER)
    return [path for path in database.parent.iterdir() if pattern.fullmatch(path.name)]


def _remove(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _cannot_write(ready: Path, error: OSError) -> BackupFailed:
    return BackupFailed(f"{ready} cannot be written: {error.strerror}. Nothing was changed. {advice_for(error)}")


# Backups of an SQLite database, made and restored while programs work with it, by SQLite's own backup.

STEPS = 100
"""The number of steps in which a file is copied; progress is reported between two."""
PATIENCE_SECONDS = 30.0
"""The time that a restore waits for other writers."""
OUR_TABLES = {"alembic_version", "workspace"}
"""Tables by which a database of Cadence is recognised, whatever its version."""

Connection = sqlite3.Connection


def back_up_file(database: Path, file: Path, progress: Progress) -> str:
    """Write everything that was committed when it began to FILE; return the revision of its schema.

    Nobody waits for it: it reads one snapshot, while others go on writing. Raises BackupFailed.
    """
    with _opened(database) as source, atomic_write(file) as part, closing(sqlite3.connect(part)) as target:
        source.execute("begin")
        # the snapshot is taken by the first read of a transaction
        source.execute("select count(*) from sqlite_master").fetchone()
        _copy(source, target, _in_pages(progress))
        # as one file, without the companions of a database in use
        target.execute("pragma journal_mode=delete")
        return _checked_revision(target, f"The backup of {database}")


def restore_file(
    database: Path, file: Path, progress: Progress, *, patience_seconds: float = PATIENCE_SECONDS
) -> Path | None:
    """Replace the database with the backup; return the copy kept of what was in it, None when there was nothing.

    The restored database is prepared in a file next to it and then copied in one transaction: until that is done
    others read the old data, and their writes wait. Leftovers of a killed restore are removed. If it raises
    BackupFailed, the database is as it was.
    """
    require_kind("SQLite", file)
    if database.exists() and file.samefile(database):
        raise BackupFailed(f"{file} is the database itself. Name a file that cadence backup wrote.")
    with staging_path(database, file) as ready:
        with _opened(file) as source:
            refuse_other_schema(_checked_revision(source, str(file)), file)
            with atomic_write(ready, is_named=False) as part, closing(sqlite3.connect(part)) as target:
                _copy(source, target, _no_progress)
        store = Store(f"sqlite:///{ready}")
        try:
            store.write_now(settle)
        finally:
            store.close()
        return _copy_over_database(database, ready, progress, patience_seconds)


def _copy_over_database(database: Path, ready: Path, progress: Progress, patience_seconds: float) -> Path | None:
    """Write the file `ready` over the database; return the copy kept of what was in it, None where it was empty."""
    kept = _free_name(database) if database.exists() and database.stat().st_size else None
    report_progress = _in_pages(progress)

    def keep_copy_then_report(remaining: int, total: int) -> None:
        """Copy what is in the database to `kept` at the first step; report the progress of each step."""
        # the first step has begun the transaction: from here on nobody changes what is copied
        if kept is not None and not kept.exists():
            part_file = atomic_write(kept, is_named=False)
            with _opened(database) as before, part_file as part, closing(sqlite3.connect(part)) as copy:
                _copy(before, copy, _no_progress)
        report_progress(remaining, total)

    make_private(database)
    with _opened(ready) as source, _opened(database, "rw", patience_seconds) as target:
        try:
            # so that others can read the old data while the copy is written
            target.execute("pragma journal_mode=wal")
        except sqlite3.DatabaseError as error:
            if problem_of(error) is not DatabaseProblem.DAMAGED:
                raise
            raise BackupFailed(
                f"{database} cannot be written over ({error}). Stop the bot, move {database} with its -wal and -shm "
                "to another place, and restore again."
            ) from error
        _copy(source, target, keep_copy_then_report, patience_seconds)
    return kept


def _copy(
    source: Connection,
    target: Connection,
    report_progress: Callable[[int, int], None],
    patience_seconds: float = PATIENCE_SECONDS,
) -> None:
    """Copy one database over another in one transaction of the target. Raises BackupFailed."""
    pages = source.execute("pragma page_count").fetchone()[0]
    began = time.monotonic()

    def step(status: int, remaining: int, total: int) -> None:
        """Report progress, or give up on a target that stays locked for `patience_seconds`."""
        if status not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            report_progress(remaining, total)
        elif time.monotonic() - began >= patience_seconds:
            # SQLite has no queue, but among short writes the copy would have got the lock by now
            raise _not_copied("it is locked by another program", ADVICE[DatabaseProblem.LOCKED])

    try:
        source.backup(target, pages=max(1, pages // STEPS), progress=step, sleep=0.05)
    except sqlite3.Error as error:
        raise _not_copied(str(error), advice_for(error)) from error


def _not_copied(reason: str, advice: str) -> BackupFailed:
    return BackupFailed(f"The database could not be copied ({reason}). Nothing was changed. {advice}")


def _checked_revision(connection: Connection, name: str) -> str:
    """The schema's revision in a file. Raises BackupFailed, which calls it `name`, when it is damaged or not ours."""
    try:
        result = connection.execute("pragma integrity_check(1)").fetchone()[0]
        tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
        is_ours = tables >= OUR_TABLES
        found = connection.execute("select version_num from alembic_version").fetchone() if is_ours else None
    except sqlite3.DatabaseError as error:
        raise BackupFailed(f"{name} is damaged ({error}). Nothing was changed.") from error
    if result != "ok":
        raise BackupFailed(f"{name} is damaged ({' '.join(result.split())}). Nothing was changed.")
    if found is None:
        raise BackupFailed(f"{name} holds no data of Cadence. Nothing was changed.")
    return str(found[0])


@contextmanager
def _opened(database: Path, mode: str = "ro", patience_seconds: float = PATIENCE_SECONDS) -> Iterator[Connection]:
    """A connection to a file that is there, closed at the end. Raises BackupFailed when it cannot be worked with."""
    address = f"file:{quote(str(database))}?mode={mode}"
    try:
        connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=patience_seconds)
    except sqlite3.Error as error:
        raise BackupFailed(f"{database} cannot be opened ({error}). Check that it is there.") from error
    with closing(connection):
        try:
            yield connection
        except sqlite3.Error as error:
            raise BackupFailed(advice_for_operator(error)) from error


def _in_pages(progress: Progress) -> Callable[[int, int], None]:
    """Turn SQLite's (remaining, total) pages into (done, total)."""
    return lambda remaining, total: progress(total - remaining, total)


def _no_progress(_remaining: int, _total: int) -> None:
    """Report nothing: the copy is quick."""


def _free_name(database: Path) -> Path:
    """`FILE.before-restore`, with a number when that is there already."""
    first = database.with_name(database.name + ".before-restore")
    names = chain((first,), (first.with_name(f"{first.name}-{number}") for number in count(2)))
    return next(name for name in names if not name.exists())


# Backup and restore of the whole database, whichever of the two it is.


def back_up(url: str, file: Path, progress: Progress) -> str:
    """Back up everything committed when it began to FILE, and read FILE to its end; return the revision of its schema.

    Others go on working meanwhile. Only SQLite reports progress, in pages. Raises BackupFailed, with no FILE, and
    SQLAlchemyError when the database does not answer.
    """
    database = _sqlite_file(url)
    if database is not None:
        return back_up_file(database, file, progress)
    with _store(url) as store:
        return dump(store, file)


def restore(url: str, file: Path, progress: Progress) -> Path | None:
    """Replace what the database holds by the backup.

    Return the copy kept of the SQLite file that was replaced; None where there was none, and on PostgreSQL.
    Raises BackupFailed, with the data as they were, and SQLAlchemyError when the database does not answer.
    """
    database = _sqlite_file(url)
    if database is not None:
        return restore_file(database, file, progress)
    with _store(url) as store:
        restore_dump(store, file)
    return None


def _sqlite_file(url: str) -> Path | None:
    """The SQLite file that the URL names, None for PostgreSQL."""
    parsed = make_url(normalize_url(url))
    return Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None


@contextmanager
def _store(url: str) -> Iterator[Store]:
    store = Store(url)
    try:
        yield store
    finally:
        store.close()


# Whole tables of a workspace, row by row, out of a database and into an empty one.

LEFT_OUT = frozenset(
    {"install_attempt", "pace", "member_list", "channel_member", "pending_question", "program_figures"}
)
"""Tables about the running program, what it asks Slack or works out again anyway, and questions not answered yet.

The program's figures count every account: whoever may not see one would learn of it from them.
"""

MEMORY = frozenset({"answer_under_way", "conversation", "draft", "file_import", "letter", "wording"})
"""Tables of each person's own questions, drafts and messages: only a whole export has them.

What is in them may be of an account that a reader of the export may not see, without naming it.
"""

SECRETS = frozenset({"bot_token", "signals_secret", "code"})
"""Columns that stay in the database."""

GONE: Mapping[str, frozenset[str]] = {
    "account": frozenset({"older_evidence_read", "stays_counted"}),
    "cadence": frozenset({"created_by"}),
    "evidence_question": frozenset(),
    "follow_up": frozenset({"followed_since"}),
    "workspace": frozenset({"manifest_told"}),
}
"""Columns by table that exports of earlier versions have and no table has any more; none for a whole table.

What is in them is not taken over. An export with any other column that is not known here is refused.
"""

ROWS_AT_A_TIME = 1_000

_KINDS: tuple[tuple[type[Any], str], ...] = (
    (UTCDateTime, "instant"),
    (Date, "date"),
    (Time, "time"),
    (Boolean, "yes_no"),
    (Integer, "integer"),
    (Float, "number"),
    (JSON, "json"),
)


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: `kind` is text, integer, number, yes_no, date, time, instant or json.

    One that `has_default` may be missing in an export of an earlier version.
    """

    name: str
    kind: str
    may_be_missing: bool
    has_default: bool


def tables(*, is_whole: bool = True) -> dict[str, tuple[ExportColumn, ...]]:
    """The columns of every table of an export by its name, each table after those that its rows point to.

    Only an export that `is_whole` has the tables of MEMORY: each person's own questions, drafts and messages.
    """
    left_out = frozenset() if is_whole else MEMORY
    return {table.name: columns_of(table.name) for table in _tables() if table.name not in left_out}


def columns_of(name: str) -> tuple[ExportColumn, ...]:
    return tuple(map(_column, _columns(_table_named(name))))


def count_rows(session: Session, name: str, workspace_id: str) -> int:
    """The number of rows of the table that `rows_to_export` yields."""
    table = _table_named(name)
    query = (
        select_columns(func.count()).select_from(table).where(_owner(table) == workspace_id, *_visible(session, table))
    )
    with showing_all(session):
        return int(session.execute(query).scalar_one())


def rows_to_export(session: Session, name: str, workspace_id: str) -> Iterator[Sequence[Any]]:
    """The workspace's rows, in the order of their ids, read a part at a time.

    Rows about accounts hidden from the session are left out, and so is what other rows have of these accounts.
    """
    table = _table_named(name)
    key = next(iter(table.primary_key.columns))
    hidden = hidden_in(session)
    # a session cannot hide rows of plain tables, so what is hidden is left out here
    columns = _blanked(table, hidden) if hidden else _columns(table)
    query = select_columns(*columns).where(_owner(table) == workspace_id, *_visible(session, table)).order_by(key)
    with showing_all(session):
        found = session.execute(query, execution_options={"yield_per": ROWS_AT_A_TIME})
    if hidden and name in (Cadence.__tablename__, AuditEntry.__tablename__):
        yield from ([_without_ids(value, hidden) for value in row] for row in found)
    else:
        yield from found


def add_rows(session: Session, name: str, new: Iterable[Mapping[str, Any]]) -> int:
    """Insert these rows into the table with the ids that they have; return their number."""
    table, total = _table_named(name), 0
    batch: list[Mapping[str, Any]] = []
    for row in new:
        batch.append(row)
        if len(batch) == ROWS_AT_A_TIME:
            total += _add(session, table, batch)
            batch = []
    return total + _add(session, table, batch)


def knows_a_workspace(session: Session) -> bool:
    return session.exec(select(Workspace.id).limit(1)).first() is not None


def continue_sequences(session: Session) -> None:
    """Continue the id sequences after the rows that were added. SQLite does that by itself."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in _tables():
        if "id" in table.columns and table.columns["id"].autoincrement is not False:
            sequence = session.execute(text(f"select pg_get_serial_sequence('{table.name}', 'id')")).scalar()
            if sequence:
                highest = f"(select coalesce(max(id), 0) + 1 from {table.name})"  # noqa: S608 - names of our own tables
                session.execute(text(f"select setval('{sequence}', {highest}, false)"))


def _tables() -> list[Table]:
    """The tables of a whole export, each after those that its rows point to."""
    return [table for table in SQLModel.metadata.sorted_tables if table.name not in LEFT_OUT]


def _table_named(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def _columns(table: Table) -> list[Column[Any]]:
    """The columns of the table that an export has: all but SECRETS."""
    return [column for column in table.columns if column.name not in SECRETS]


def _column(column: Column[Any]) -> ExportColumn:
    """Return the column as an export describes it; one of a type that _KINDS has not is text."""
    kinds = (kind for known, kind in _KINDS if isinstance(column.type, known))
    has_default = bool(column.nullable) or column.default is not None
    return ExportColumn(column.name, next(kinds, "text"), bool(column.nullable), has_default)


def _visible(session: Session, table: Table) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that leave out rows about accounts hidden from the session, or about their channels."""
    hidden = hidden_in(session)
    if not hidden:
        return
    if table.name == Account.__tablename__:
        yield table.c.id.not_in(hidden)
        return
    if "account_id" in table.c:
        yield or_(table.c.account_id.is_(None), table.c.account_id.not_in(hidden))
    if "channel_id" in table.c:
        yield table.c.channel_id.not_in(_channels(hidden))
    if "cadence_id" in table.c:
        yield or_(table.c.cadence_id.is_(None), table.c.cadence_id.not_in(_cadences(hidden)))
    if table.name == Review.__tablename__:
        yield table.c.id.not_in(_reviews(hidden))
    elif table.name == ReviewItem.__tablename__:
        yield table.c.review_id.not_in(_reviews(hidden))
    elif table.name == ImportRun.__tablename__:
        yield table.c.id.not_in(_imports(hidden))
    if table.name == AuditEntry.__tablename__:
        # subjects as `cadence:12`
        for about, ids in (
            ("cadence", _cadences(hidden)),
            ("review", _reviews(hidden)),
            ("import", _imports(hidden)),
            ("channel", _channels(hidden)),
            ("calendar", _channels(hidden)),
        ):
            id_column = ids.subquery().c[0]
            yield table.c.subject.not_in(select_columns(literal(f"{about}:").concat(cast(id_column, String))))


def _blanked(table: Table, hidden: Collection[int]) -> list[ColumnElement[Any]]:
    """Return the columns, with None for ids of left-out reviews and their items, and no counts of hidden accounts."""
    ids = {"review_id": _reviews, "held_item_id": _items, "before_item_id": _items}
    found: list[ColumnElement[Any]] = []
    for column in _columns(table):
        if column.name in ids and column.nullable:
            found.append(case((column.in_(ids[column.name](hidden)), None), else_=column).label(column.name))
        elif column.name == "counts":
            has_hidden = table.c.id.in_(_imports_of(hidden))
            found.append(case((has_hidden, literal({}, JSON)), else_=column).label(column.name))
        else:
            found.append(column)
    return found


def _without_ids(value: Any, hidden: Collection[int]) -> Any:
    """Return the JSON of a cadence or audit entry without ids of hidden accounts, in `account_ids` or as keys.

    `{"account_ids": [3, 7]}` becomes `{"account_ids": [7]}` where 3 is hidden, and `{"3": "U1"}` becomes `{}`.
    """
    if not isinstance(value, dict):
        return value
    return {
        key: [each for each in inner if each not in hidden] if key == "account_ids" else _without_ids(inner, hidden)
        for key, inner in value.items()
        if not (key.isdecimal() and int(key) in hidden)
    }


def _imports_of(hidden: Collection[int]) -> Select[int | None]:
    """Select the imports with entries of hidden accounts."""
    of_import = select_columns(col(Event.import_run_id)).where(col(Event.import_run_id).is_not(None))
    return of_import.where(col(Event.account_id).in_(hidden))


def _imports(hidden: Collection[int]) -> Select[int | None]:
    """Select the imports with entries of hidden accounts alone: the name of their file may tell of them."""
    of_others = select_columns(col(Event.import_run_id)).where(
        col(Event.import_run_id).is_not(None), col(Event.account_id).not_in(hidden)
    )
    return _imports_of(hidden).where(col(Event.import_run_id).not_in(of_others))


def _channels(hidden: Collection[int]) -> Select[str]:
    """Select the channels that hidden accounts are private to."""
    return select_columns(col(Account.private_channel)).where(col(Account.id).in_(hidden))


def _cadences(hidden: Collection[int]) -> Select[int | None]:
    """Select the cadences of the channels that hidden accounts are private to."""
    return select_columns(col(Cadence.id)).where(col(Cadence.channel_id).in_(_channels(hidden)))


def _reviews(hidden: Collection[int]) -> Select[int | None]:
    """Select the reviews in channels that hidden accounts are private to, and reviews of hidden accounts alone."""
    of_others = select_columns(col(ReviewItem.review_id)).where(col(ReviewItem.account_id).not_in(hidden))
    of_other_accounts = select_columns(col(ReviewItem.review_id)).where(
        col(ReviewItem.account_id).in_(hidden), col(ReviewItem.review_id).not_in(of_others)
    )
    return select_columns(col(Review.id)).where(
        or_(col(Review.channel_id).in_(_channels(hidden)), col(Review.id).in_(of_other_accounts))
    )


def _items(hidden: Collection[int]) -> Select[int | None]:
    """Select the items of the reviews that are left out because of hidden accounts."""
    return select_columns(col(ReviewItem.id)).where(col(ReviewItem.review_id).in_(_reviews(hidden)))


def _add(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows, if there are any, and return their number."""
    if rows:
        session.execute(insert(table), list(rows))
    return len(rows)


def _owner(table: Table) -> Column[Any]:
    """The column with the id of the workspace that a row belongs to."""
    return table.c.id if table.name == Workspace.__tablename__ else table.c.workspace_id
