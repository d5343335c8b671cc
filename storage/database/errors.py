"""What is wrong with the database, read from the error of a driver: so that a sentence can say what to do."""

import errno
import re
import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout


class Trouble(StrEnum):
    """Why the database did not take what was asked of it. With all but `unsure` nothing was written."""

    FULL = "full"
    LOCKED = "locked"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    AWAY = "away"
    CROWDED = "crowded"
    UNSURE = "unsure"


SQLITE_CODES = {
    3: Trouble.READ_ONLY,  # SQLITE_PERM
    5: Trouble.LOCKED,  # SQLITE_BUSY
    6: Trouble.LOCKED,  # SQLITE_LOCKED
    8: Trouble.READ_ONLY,  # SQLITE_READONLY
    10: Trouble.AWAY,  # SQLITE_IOERR
    11: Trouble.DAMAGED,  # SQLITE_CORRUPT
    13: Trouble.FULL,  # SQLITE_FULL
    14: Trouble.AWAY,  # SQLITE_CANTOPEN
    26: Trouble.DAMAGED,  # SQLITE_NOTADB
    4874: Trouble.FULL,  # SQLITE_IOERR_SHMSIZE: no room even for the file by which programs share a database
}
"""SQLite's primary result codes, and one that says more (sqlite.org/rescode.html)."""

FILE_CODES = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
}
"""What the system says of a file beside the database, such as a copy."""

POSTGRES_CODES = {
    "08": Trouble.AWAY,
    "25006": Trouble.READ_ONLY,
    "28": Trouble.AWAY,
    "53100": Trouble.FULL,
    "53300": Trouble.CROWDED,
    "55P03": Trouble.LOCKED,
    "57P": Trouble.AWAY,
    "58030": Trouble.AWAY,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
}
"""Beginnings of PostgreSQL's SQLSTATE (its manual, appendix A)."""

OF_DATA = "22"
"""The class of PostgreSQL's errors about a value, whose texts repeat it."""

NO_ROOM = ("too many clients", "too many connections", "remaining connection slots")
"""A connection that is refused carries no SQLSTATE, only the server's words."""


def trouble_of(error: BaseException) -> Trouble | None:
    """What is wrong with the database, None when the error is about something else."""
    if isinstance(error, PoolTimeout):
        return Trouble.CROWDED
    if not isinstance(error, DBAPIError | sqlite3.Error):
        return None
    if isinstance(error, DBAPIError) and was_cut_in_commit(error):
        return Trouble.UNSURE
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return SQLITE_CODES.get(code) or SQLITE_CODES.get(code & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state:
        return next((trouble for start, trouble in POSTGRES_CODES.items() if state.startswith(start)), None)
    said = str(cause)
    refused = Trouble.CROWDED if any(words in said for words in NO_ROOM) else Trouble.AWAY
    return refused if type(cause).__name__ == "OperationalError" else None


def trouble_of_copy(error: BaseException) -> Trouble | None:
    """The same where files are copied too, so that an error of the system is one of the database's disk."""
    return FILE_CODES.get(error.errno or 0) if isinstance(error, OSError) else trouble_of(error)


def was_cut_before_commit(error: DBAPIError) -> bool:
    """Whether the connection went away under a statement: nothing was committed, and all of it may be done again."""
    return error.connection_invalidated and error.statement is not None


def was_cut_in_commit(error: DBAPIError) -> bool:
    """Whether the connection went away while it committed, so that nobody knows whether the work is kept."""
    return error.connection_invalidated and error.statement is None


WHAT_TO_DO = {
    Trouble.FULL: "The disk of the database is full. Free space, then try again.",
    Trouble.LOCKED: "The database is locked by another program. Stop that program, then try again.",
    Trouble.READ_ONLY: "The database can only be read. Make its file, folder or server writable, then try again.",
    Trouble.DAMAGED: "What DATABASE_URL names is damaged or is no database. Check DATABASE_URL, or restore a backup.",
    Trouble.AWAY: (
        "The database cannot be opened: check DATABASE_URL, and that its folder is there and can be written."
    ),
    Trouble.CROWDED: "The database takes no more connections. Stop a program that uses it, or allow more.",
    Trouble.UNSURE: "The connection broke during the commit. Look whether it is done before you try again.",
}

SERVER_AWAY = "The database server cannot be reached: check DATABASE_URL, and that the server runs."

REFUSED = re.compile(r"FATAL:\s+(.+)")
"""How libpq ends when it was the server that refused a connection; nothing of it is secret."""

WHEN_REFUSED = (
    ("database", "does not exist", "make that database, or check the name in DATABASE_URL"),
    ("role", "does not exist", "make that role, or check the user in DATABASE_URL"),
    ("password", "failed", "check user and password in DATABASE_URL"),
)
"""Words of the server's and what to do then; what it says in another language is told all the same."""


def what_to_do(error: BaseException) -> str:
    """The sentence for whoever runs the bot: what is wrong with the database and what to do about it.

    With what the server says, so that it is for those who know the settings.
    """
    refused = REFUSED.search(str(getattr(error, "orig", "")))
    if refused is None or trouble_of(error) is not Trouble.AWAY:
        return what_to_tell(error)
    said = refused[1].strip()
    advice = (to_do for first, second, to_do in WHEN_REFUSED if first in said and second in said)
    to_do = next(advice, "check DATABASE_URL, and look into the server's log")
    return f"The database server refuses the connection ({said}): {to_do}."


def what_to_tell(error: BaseException) -> str:
    """The same for anybody who may ask whether the bot is well."""
    trouble = trouble_of_copy(error)
    if trouble is Trouble.AWAY and type(getattr(error, "orig", None)).__module__.startswith("psycopg"):
        return SERVER_AWAY
    if trouble is not None:
        return WHAT_TO_DO[trouble]
    said = said_by(getattr(error, "orig", None) or error)
    return f"The database did not take it: {said}. Nothing was changed; report this message."


def said_by(error: BaseException) -> str:
    """What a driver says, in one line without a full stop and without what stands in the database.

    PostgreSQL repeats that in its details, and in errors about a value.
    """
    if str(getattr(error, "sqlstate", None) or "").startswith(OF_DATA):
        return f"PostgreSQL did not take a value ({type(error).__name__})"
    said = getattr(getattr(error, "diag", None), "message_primary", None) or str(error)
    return " ".join(said.split()).rstrip(".")
