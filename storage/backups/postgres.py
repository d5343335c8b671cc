"""Backups of a PostgreSQL database, made and restored by PostgreSQL's own pg_dump and pg_restore."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import inspect, text
from sqlmodel import Session

from storage.backups import after_restore
from storage.backups.files import BackupFailed, atomic_write, refuse_other_schema, require_kind
from storage.database import restore_marker
from storage.database.engine import Store
from storage.database.migrate import UPGRADE_LOCK, revision_of

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
    """The schema of the backup, once FILE holds everything that was committed when it began.

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

    Raises BackupFailed, with the database as empty as it was. Whoever is killed meanwhile leaves it
    marked, so that nothing starts on it, and the next restore begins again.
    """
    require_kind("PostgreSQL", file)
    refuse_other_schema(_revision_in(file, str(file), store), file)
    tool = _tool("pg_restore", store)
    whole = ("--single-transaction", "--exit-on-error")
    with _alone(store), ExitStack() as if_it_fails:
        store.write_now(_begin)
        if_it_fails.callback(store.write_now, restore_marker.drop_all_tables)
        address = make_conninfo(address_of(store), application_name=RESTORING)
        _run([tool, *whole, *PLAIN_OWNERS, f"--dbname={address}", str(file)], store)
        store.write_now(_make_ready)
        if_it_fails.pop_all()


def address_of(store: Store) -> str:
    """The connection string without its password, because everybody on the machine sees a command line."""
    return make_conninfo(**{key: value for key, value in _parameters(store).items() if key != "password"})


def _revision_in(file: Path, name: str, store: Store) -> str:
    """The schema's revision in a dump that was read to its end. Raises BackupFailed when it is damaged or not ours."""
    tool = _tool("pg_restore", store)
    try:
        _run([tool, f"--file={os.devnull}", str(file)], store)
        said = _run([tool, "--data-only", "--table=alembic_version", "--file=-", str(file)], store)
    except BackupFailed as error:
        raise BackupFailed(f"{name} cannot be used, nothing was changed: {error}") from error
    found = re.search(r"^COPY .*alembic_version.*\n(\w+)$", said, re.MULTILINE)
    if found is None:
        raise BackupFailed(f"{name} holds no data of Cadence. Nothing was changed.")
    return found[1]


def _make_ready(session: Session) -> None:
    """Have every letter looked for before it is sent, and only then lets programs work with what was restored."""
    after_restore.settle(session)
    restore_marker.remove_marker(session)


@contextmanager
def _alone(store: Store) -> Iterator[None]:
    """Keep other restores off the database until the block ends. Raises BackupFailed when one is under way."""
    with store.engine.connect() as connection:
        # in a transaction that does nothing else: it ends with the program, however that ends, and for no other reason
        connection.execute(text("set local idle_in_transaction_session_timeout = 0"))
        asked = text("select pg_try_advisory_xact_lock(:number)")
        if not connection.execute(asked, {"number": RESTORE_LOCK}).scalar_one():
            raise BackupFailed(
                "A restore into this database is under way. Nothing was changed. Wait until that one is done."
            )
        # a pg_restore may outlive the restore that was killed; what it has done is rolled back
        connection.execute(text(END_THOSE_LEFT), {"name": RESTORING})
        yield


def _begin(session: Session) -> None:
    """Mark the database, so that nothing starts on it. Raises BackupFailed when it holds anything."""
    # what starts at this moment has made its tables before, or finds the mark
    session.execute(text("select pg_advisory_xact_lock(:number)"), {"number": UPGRADE_LOCK})
    tables = inspect(session.connection()).get_table_names()
    if tables and restore_marker.MARKER not in tables:
        raise BackupFailed(
            f"The database has {len(tables)} tables already, and a backup is restored into an empty one only, so that "
            "nothing is lost. Create an empty database, name it in DATABASE_URL, restore, and start the bot on it."
        )
    restore_marker.set_marker(session)


def _tool(name: str, store: Store) -> str:
    """The path of the program. Raises BackupFailed when it is missing or too old for the server."""
    with store.reading() as session:
        number = int(session.execute(text("show server_version_num")).scalar_one())
    server = number // 10_000
    install = f"Install the client programs of PostgreSQL {server} or newer and have them on the PATH."
    path = shutil.which(name)
    if path is None:
        raise BackupFailed(f"{name} is not installed here. {install}")
    found = re.search(r"(\d+)(?:\.|beta|rc|devel)", _run([path, "--version"], store))
    if found is None or int(found[1]) < server:
        raise BackupFailed(f"{name} is older than the server (PostgreSQL {server}). {install}")
    return path


def _run(command: list[str], store: Store) -> str:
    """Run the program and return its output. Raises BackupFailed with the last line of its error."""
    password = _parameters(store).get("password", "")
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, errors="replace")  # noqa: S603 - our own arguments, and no shell
    except OSError as error:
        raise BackupFailed(f"{command[0]} cannot be started: {error.strerror}. Check its installation.") from error
    except subprocess.CalledProcessError as error:
        said = [line for line in error.stderr.splitlines() if line.strip()] or [f"exit status {error.returncode}"]
        raise BackupFailed(f"{Path(command[0]).name} failed: {said[0].strip()}") from error
    return done.stdout


def _parameters(store: Store) -> dict[str, str]:
    """The parameters of a connection as the driver takes them: host, port, dbname, user, password and more."""
    parameters = store.engine.dialect.create_connect_args(store.engine.url)[1]
    return {key: str(value) for key, value in parameters.items() if isinstance(value, str | int) and value != ""}
