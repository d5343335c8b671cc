"""Problems of the database, recognised by the error of a driver, each with advice."""

import errno
import re
import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout


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
"""Errors of the operating system about a file beside the database, such as a copy."""

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
        return SQLITE_CODES.get(code) or SQLITE_CODES.get(code & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state:
        return next((trouble for start, trouble in POSTGRES_CODES.items() if state.startswith(start)), None)
    said = str(cause)
    refused = DatabaseProblem.CROWDED if any(words in said for words in CONNECTIONS_EXHAUSTED) else DatabaseProblem.AWAY
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

SERVER_AWAY = "The database server cannot be reached: check DATABASE_URL, and that the server runs."

REFUSED = re.compile(r"FATAL:\s+(.+)")
"""The end of libpq's message when the server refused a connection; nothing of it is secret."""

ADVICE_WHEN_REFUSED = (
    ("database", "does not exist", "make that database, or check the name in DATABASE_URL"),
    ("role", "does not exist", "make that role, or check the user in DATABASE_URL"),
    ("password", "failed", "check user and password in DATABASE_URL"),
)
"""Words of the server, and advice; a message in another language is quoted without advice."""


def advice_for_operator(error: BaseException) -> str:
    """Return advice for the operator of the bot.

    It quotes the server, so it is only for those who may know the settings.
    """
    refused = REFUSED.search(str(getattr(error, "orig", "")))
    if refused is None or problem_of(error) is not DatabaseProblem.AWAY:
        return advice_for_anybody(error)
    said = refused[1].strip()
    advice = (to_do for first, second, to_do in ADVICE_WHEN_REFUSED if first in said and second in said)
    to_do = next(advice, "check DATABASE_URL, and look into the server's log")
    return f"The database server refuses the connection ({said}): {to_do}."


def advice_for_anybody(error: BaseException) -> str:
    """Return advice that anybody may read."""
    problem = problem_of_copy(error)
    if problem is DatabaseProblem.AWAY and type(getattr(error, "orig", None)).__module__.startswith("psycopg"):
        return SERVER_AWAY
    if problem is not None:
        return ADVICE[problem]
    said = driver_message(getattr(error, "orig", None) or error)
    return f"The database did not take it: {said}. Nothing was changed; report this message."


def driver_message(error: BaseException) -> str:
    """Return the driver's message in one line, without a full stop and without stored values.

    PostgreSQL repeats that in its details, and in errors about a value.
    """
    if str(getattr(error, "sqlstate", None) or "").startswith(DATA_ERROR_CLASS):
        return f"PostgreSQL did not take a value ({type(error).__name__})"
    said = getattr(getattr(error, "diag", None), "message_primary", None) or str(error)
    return " ".join(said.split()).rstrip(".")
