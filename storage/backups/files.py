"""Backup files: written whole or not at all, and told apart by how they begin."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from storage.database.errors import DatabaseProblem, problem_of_copy
from storage.database.revision import schema

Kind = Literal["SQLite", "PostgreSQL"]
BEGINNINGS: dict[bytes, Kind] = {b"SQLite format 3\0": "SQLite", b"PGDMP": "PostgreSQL"}
"""How an SQLite file and pg_dump's custom format begin."""

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is in all, in a unit of the caller."""


class BackupFailed(Exception):
    """No backup was made, or nothing was restored. The message says why and what to do."""


@contextmanager
def atomic_write(file: Path, *, is_named: bool = True) -> Iterator[Path]:
    """The path `FILE.part` to write to; it becomes FILE, readable by its owner alone, once the block has ended well.

    Raises BackupFailed when FILE is there already or cannot be written; what was begun is removed on every error. One
    that no person named (`is_named`) stands beside the database, so there it is that something has to be done.
    """
    part = file.with_name(file.name + ".part")
    _refuse_to_overwrite(file)
    try:
        _begin(part)
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
    """Return advice on an error of a copy beside the database."""
    return ADVICE.get(
        problem_of_copy(error) or DatabaseProblem.AWAY, "Look at the disk of the database, then try again."
    )


ADVICE = {
    DatabaseProblem.FULL: "Make room on the disk, then try again.",
    DatabaseProblem.READ_ONLY: "Make the folder of the database writable, then try again.",
    DatabaseProblem.LOCKED: "Stop the program that holds the database, then try again.",
}


def require_kind(kind: Kind, file: Path) -> None:
    """Raise BackupFailed when the file is no backup of this kind of database, or cannot be read."""
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):
            # a pipe would be waited for
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


def _begin(part: Path) -> None:
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise BackupFailed(
            f"{part} is there: another backup is being written, or one was broken off. "
            "If none is being written, delete it and try again."
        ) from error


def _flush(path: Path) -> None:
    """Wait until the disk has the file, or the folder's list of names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
