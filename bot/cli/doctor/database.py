"""The doctor's checks of the database: opens, can be written, undamaged, room on the disk, schema."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.doctor.report import Finding, look, ok, wrong
from storage import diagnostics
from storage.database.connections import normalize_url
from storage.database.engine import Store
from storage.database.errors import advice_for_operator
from storage.database.migrate import MigrationFailed, is_current
from storage.database.write_check import check_write

GIBIBYTE = 1024**3
FREE_NEEDED = GIBIBYTE // 10
FREE_ADVISED = GIBIBYTE
OLDEST_POSTGRES = 13
"""Older major versions get no more fixes."""
CLOCKS_APART = timedelta(seconds=60)


def file_of(database_url: str) -> Path | None:
    """The SQLite file that the URL names, None for another database."""
    url = make_url(normalize_url(database_url))
    return Path(url.database) if url.drivername.startswith("sqlite") and url.database else None


def missing_file(path: Path) -> Finding:
    """Return the finding for an SQLite file that does not exist."""
    folder = path.absolute().parent
    if os.access(folder, os.W_OK):
        return look(
            "database", f"{path} is not there yet: it is made at the first start. If the bot ran, see DATABASE_URL."
        )
    return wrong("database", f"{path} is not there and {folder} cannot be written: check DATABASE_URL.")


def examine(store: Store, now: datetime) -> Iterator[Finding]:
    """Yield a finding for each part of the database, the schema last; only one when it does not open."""
    try:
        store.read_now(diagnostics.revision)
    except SQLAlchemyError as error:
        yield wrong("database", advice_for_operator(error))
        return
    try:
        yield from _sqlite(store) if store.is_sqlite else _postgres(store, now)
        yield _schema(store)
    except SQLAlchemyError as error:
        yield wrong("database", advice_for_operator(error))


def _sqlite(store: Store) -> Iterator[Finding]:
    path = Path(make_url(store.url).database or "")
    damage = store.read_now(diagnostics.find_damage)
    if damage:
        yield wrong("database", f"The file {path} is damaged ({damage}): stop the bot and restore a backup.")
    elif trouble := _write_trouble(store):
        yield wrong("database", trouble)
    else:
        yield ok("database", f"The file {path} opens, can be written, and is whole.")
    free = shutil.disk_usage(path.absolute().parent).free
    said = f"{free / GIBIBYTE:,.1f} GiB are free where {path} is"
    if free < FREE_NEEDED:
        yield wrong("disk", f"Only {said}: free some, or the next entry may be refused.")
    elif free < max(FREE_ADVISED, 2 * path.stat().st_size):
        yield look("disk", f"Only {said}: a backup needs as much again as the file has.")
    else:
        yield ok("disk", f"{said}.")


def _postgres(store: Store, now: datetime) -> Iterator[Finding]:
    at, version, is_read_only = store.read_now(diagnostics.server_status)
    if is_read_only:
        yield wrong("database", f"PostgreSQL {version} can only be read: name the primary server in DATABASE_URL.")
    elif trouble := _write_trouble(store):
        yield wrong("database", trouble)
    elif int(version.split(".", 1)[0]) < OLDEST_POSTGRES:
        yield look("database", f"PostgreSQL {version} is old: upgrade it to {OLDEST_POSTGRES} or later.")
    else:
        yield ok("database", f"PostgreSQL {version} answers and can be written.")
    yield clock_finding("The database's clock", at, now)


def _write_trouble(store: Store) -> str:
    """Return why nothing can be written, "" when a trial, which leaves nothing, succeeded."""
    try:
        store.write_now(check_write)
    except SQLAlchemyError as error:
        return advice_for_operator(error)
    return ""


def _schema(store: Store) -> Finding:
    try:
        current = is_current(store)
    except MigrationFailed as error:
        return wrong("migrations", str(error))
    if current:
        return ok("migrations", "The schema is that of this version.")
    return look("migrations", "The database is empty: run cadence migrate, or start the bot.")


def clock_finding(whose: str, at: datetime, now: datetime) -> Finding:
    """Return whether another clock agrees with this computer's."""
    apart = abs((at - now).total_seconds())
    if apart <= CLOCKS_APART.total_seconds():
        return ok("clock", f"{whose} and this computer's are less than {max(apart, 1):.0f} s apart.")
    return wrong(
        "clock",
        f"{whose} and this computer's are {apart:.0f} s apart: set this computer's by NTP. "
        "Beyond 300 s every request of Slack is refused.",
    )
