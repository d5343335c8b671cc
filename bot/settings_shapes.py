"""How the values of settings are written: what is right, and what to say of what is not."""

import re
from urllib.parse import unquote
from zoneinfo import available_timezones

HOW_TO_MAKE_A_KEY = (
    "is not a key: make one with "
    '`python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"`'
)
API_URL_SHAPE = "must be an http(s) address that ends in /api/"
DATABASE_URL_SHAPE = (
    "must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/DATABASE; in the password an @ is written %40"
)

_POSTGRES = ("postgres://", "postgresql://", "postgresql+psycopg://")
_PASSWORD = re.compile(r"[a-z+]+://[^:/]*:([^@]*)@")
_LAST_PORT = 65_535


def is_api_url(value: str) -> bool:
    """Whether it may be the base of Slack's Web API."""
    return value.startswith(("http://", "https://")) and value.endswith("/api/")


def is_database_url(value: str) -> bool:
    """Whether it names a file of SQLite or a database of PostgreSQL."""
    return _names_a_database(value) if value.startswith(_POSTGRES) else _names_a_file(value)


def passwords_in(database_url: str) -> tuple[str, ...]:
    """The password as it is written there and as it is meant; none of a file."""
    found = _PASSWORD.match(database_url)
    return (found[1], unquote(found[1])) if found else ()


def is_port(value: str) -> bool:
    """Whether it is a number that a port may have."""
    return value.isascii() and value.isdecimal() and int(value) <= _LAST_PORT


def is_zone(value: str) -> bool:
    """Whether it is the IANA name of a time zone."""
    return value in available_timezones()


def is_key(value: str) -> bool:
    """Whether tokens can be encrypted with it."""
    # loaded where there is a key: a bot with a token needs none
    from cryptography.fernet import Fernet

    try:
        Fernet(value)
    except ValueError:
        return False
    return True


def _names_a_database(value: str) -> bool:
    # loaded by every command that opens a database, but nothing else of the settings needs it
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        return False
    return "@" not in (url.host or "") and (url.port or 0) <= _LAST_PORT


def _names_a_file(value: str) -> bool:
    """SQLite's own addresses (`file:...?...&uri=true`) hold a question mark; in any other it is a slip."""
    file = value.removeprefix("sqlite:///")
    if file in ("", value) or ":memory:" in file:
        return False
    return "?" not in file or (file.startswith("file:") and "uri=true" in file)
