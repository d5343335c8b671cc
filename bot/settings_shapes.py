"""The forms of settings: checks of values, and the advice on wrong ones."""

import re
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.mail.server import mail_server

HOW_TO_MAKE_A_KEY = (
    "is not a key: make one with "
    '`python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"`'
)
API_URL_SHAPE = "must be an http(s) address that ends in /api/"
DATABASE_URL_SHAPE = (
    "must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/DATABASE; in the password an @ is written %40"
)
MODEL_KEY_SHAPE = (
    "is not a key: copy it again, without spaces; for a server without keys give any word, or remove it to use no model"
)
MODEL_URL_SHAPE = (
    "must be the http(s) address of an OpenAI-compatible server, as far as chat/completions: http://127.0.0.1:11434/v1"
)
PUBLIC_URL_SHAPE = "must be the address at which the bot is reached from outside, like https://cadence.example.com"
SMTP_URL_SHAPE = (
    "must be smtp://USER:PASSWORD@HOST:PORT, or smtps:// where the server is encrypted from the start; an @ in it is "
    "written %40, and where USER is no e-mail address, ?from=ADDRESS at its end names the sender"
)
MODEL_SECONDS_SHAPE = "is not a time in seconds: give a number from 0.5 to 60"

_POSTGRES = ("postgres://", "postgresql://", "postgresql+psycopg://")
_PASSWORD = re.compile(r"[a-z+]+://[^:/]*:([^@]*)@")
_LAST_PORT = 65_535
_FEWEST_SECONDS, _MOST_SECONDS = 0.5, 60.0
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?", re.ASCII)


def is_api_url(value: str) -> bool:
    """Return whether the value may be the base URL of Slack's Web API."""
    return value.startswith(("http://", "https://")) and value.endswith("/api/")


def is_database_url(value: str) -> bool:
    """Return whether the value is the URL of an SQLite file or a PostgreSQL database."""
    return _names_a_database(value) if value.startswith(_POSTGRES) else _names_a_file(value)


def passwords_in(url: str) -> tuple[str, ...]:
    """Return the URL's password, percent-encoded and decoded; none where there is none."""
    found = _PASSWORD.match(url)
    return (found[1], unquote(found[1])) if found else ()


def is_model_key(value: str) -> bool:
    """Return whether the value can be sent as a key: visible ASCII without spaces."""
    return _is_one_word(value)


def is_model_url(value: str) -> bool:
    """Return whether the value may be the base URL of a language model's server."""
    try:
        url = urlsplit(value)
        is_address = url.scheme in ("http", "https") and bool(url.hostname) and (url.port or 0) <= _LAST_PORT
        return is_address and _is_one_word(value)
    except ValueError:
        return False


def is_public_url(value: str) -> bool:
    """Return whether the value may be the address of the bot, with a path or without, and nothing after it."""
    return is_model_url(value) and not any(each in value for each in "?#@`<>|")


def is_smtp_url(value: str) -> bool:
    """Return whether the value names a mail server and the sender of mails."""
    try:
        return _is_one_word(value) and bool(mail_server(value))
    except ValueError:
        return False


def is_seconds(value: str) -> bool:
    """Return whether the value is a time that somebody waits for an answer, in seconds."""
    return bool(_NUMBER.fullmatch(value)) and _FEWEST_SECONDS <= float(value) <= _MOST_SECONDS


def is_port(value: str) -> bool:
    """Return whether the value is the number of a port."""
    return value.isascii() and value.isdecimal() and int(value) <= _LAST_PORT


def is_zone(value: str) -> bool:
    """Return whether the value is the IANA name of a time zone."""
    return value in available_timezones()


def is_key(value: str) -> bool:
    """Return whether tokens can be encrypted with the value."""
    # slow to load, and a bot with a token needs no key
    from cryptography.fernet import Fernet

    try:
        Fernet(value)
    except ValueError:
        return False
    return True


def _is_one_word(value: str) -> bool:
    return value.isascii() and value.isprintable() and " " not in value


def _names_a_database(value: str) -> bool:
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        return False
    return "@" not in (url.host or "") and (url.port or 0) <= _LAST_PORT


def _names_a_file(value: str) -> bool:
    """Return whether the URL names an SQLite file; only SQLite's own `file:...?...&uri=true` has a question mark."""
    file = value.removeprefix("sqlite:///")
    if file in ("", value) or ":memory:" in file:
        return False
    return "?" not in file or (file.startswith("file:") and "uri=true" in file)
