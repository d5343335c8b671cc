"""Log format and traces without texts of people."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal, TextIO

from jinja2 import UndefinedError
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from agendas.facts.program import log_facts
from bot.slack_api import error_code
from storage.database import DATA_ERROR_CLASS

# Tracebacks for the log, without texts that people wrote.

LEFT_OUT = "(its text is left out, since it may hold what people wrote)"

OF_THE_PROGRAM = (
    AssertionError,
    AttributeError,
    ImportError,
    MemoryError,
    NameError,
    NotImplementedError,
    OSError,
    PoolTimeout,
    RecursionError,
    TypeError,
    UndefinedError,
)
"""Errors whose text is about the program and its machine: names in the code, files and addresses."""


def safe_text(error: BaseException) -> str:
    """Return the error's text if it cannot contain what people wrote."""
    if isinstance(error, SlackApiError):
        return f"Slack said {error_code(error) or 'nothing that can be read'}"
    if isinstance(error, DBAPIError):
        return _text_of_driver(error.orig)
    # not the subclasses of these two: the text of a KeyError is the key
    if isinstance(error, OF_THE_PROGRAM) or type(error) in (LookupError, RuntimeError):
        return str(error)
    return "" if not str(error) else LEFT_OUT


def _text_of_driver(error: BaseException | None) -> str:
    """Return the database's text: SQLite names tables and columns at most, but PostgreSQL's details hold values.

    Of PostgreSQL it is the code, the type of the error and its first line, unless that line repeats a value too.
    """
    code = getattr(error, "sqlstate", None)
    if code is None:
        return str(error)
    first = getattr(getattr(error, "diag", None), "message_primary", None) or ""
    return f"{code} {type(error).__name__}" + ("" if code.startswith(DATA_ERROR_CLASS) or not first else f": {first}")


def _safe_traceback(error: BaseException, seen: set[int]) -> Iterator[str]:
    """Yield the traceback of the error and of those before it without unsafe texts; `seen` are ids already shown."""
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _safe_traceback(before, seen)
        yield "\n"
    if error.__traceback__ is not None:
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(error.__traceback__)
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    text = safe_text(error)
    yield f"{kind}: {text}\n" if text else f"{kind}\n"
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _safe_traceback(each, seen)


# Logs as text or JSON: event names and ids, no secrets, and nothing that people wrote.

HEARD_FROM = {
    "slack_sdk": logging.WARNING,
    "aiohttp": logging.WARNING,
    "alembic": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "uvicorn": logging.INFO,
    "uvicorn.access": logging.WARNING,
    "websockets": logging.WARNING,
    "openai": logging.WARNING,
    "httpx2": logging.WARNING,
    "httpcore2": logging.WARNING,
    "asyncio": logging.WARNING,
    "slack_bolt": logging.ERROR,
    "apscheduler": logging.ERROR,
}
"""The lowest level logged of each library. Below it some log whole payloads; the last two warn about our own choices
(the token, a tick still under way)."""

OWN_ATTRIBUTES = frozenset(vars(logging.makeLogRecord({})).keys() | {"message", "asctime", "taskName", "color_message"})

SECRET_SHAPES = re.compile(r"xox[a-z.]+-[\w-]+|xapp-[\w-]+|(?<=ticket=)[\w-]+|(?<=//hooks\.slack\.com/)[^\s'\"]+")
"""Slack's tokens, the tickets of its connections and its response URLs, removed from every line."""


def set_up_logs(
    *, level: str, style: Literal["text", "json"], secrets: Sequence[str] = (), stream: TextIO | None = None
) -> None:
    """Send all logs to `stream` (standard error by default), one line each, with secrets replaced by ***."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Formatter(secrets, is_json=style == "json"))
    # at the handler, not by the loggers' levels, because Bolt gives its own loggers the root's level
    handler.addFilter(lambda record: record.levelno >= _lowest_level(record.name))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


@lru_cache(maxsize=256)
def _lowest_level(logger: str) -> int:
    """The lowest level that is logged of this logger, by the library that it belongs to."""
    return max((level for name, level in HEARD_FROM.items() if f"{logger}.".startswith(f"{name}.")), default=0)


class _Formatter(logging.Formatter):
    """One line per record: the event, then its facts as name=value, or all of it as JSON."""

    def __init__(self, secrets: Sequence[str], *, is_json: bool) -> None:
        super().__init__()
        written = {form for secret in secrets if secret for form in _written_forms(secret)}
        # the longest first, so that none is cut by one that is a part of it
        self._secrets = sorted(written, key=len, reverse=True)
        self._is_json = is_json
        self._json = json.JSONEncoder(default=str)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with a traceback on lines of its own in text and in a field in JSON."""
        facts = dict(log_facts())
        facts.update((name, value) for name, value in vars(record).items() if name not in OWN_ATTRIBUTES)
        error = record.exc_info[1] if record.exc_info else None
        trace = "".join(_safe_traceback(error, set())).rstrip("\n") if error is not None else ""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        event = _event(record, error)
        if self._is_json:
            fields = {"at": at, "level": record.levelname, "logger": record.name, "event": event, **facts}
            line = self._json.encode(fields | ({"trace": trace} if trace else {}))
        else:
            tail = "".join(f" {name}={value}" for name, value in facts.items())
            line = f"{at} {record.levelname} {record.name} {event}{tail}" + (f"\n{trace}" if trace else "")
        return self._without_secrets(line)

    def _without_secrets(self, line: str) -> str:
        """Return the line with every secret replaced by ***."""
        for secret in self._secrets:
            if secret in line:
                line = line.replace(secret, "***")
        return SECRET_SHAPES.sub("***", line)


def _written_forms(secret: str) -> set[str]:
    """Return the secret itself, as Python's repr writes it in either kind of quotes, and each of them in JSON."""
    parts = [repr(f'"{part}')[2:-1] for part in secret.split("'")]
    forms = {secret, "'".join(parts), "\\'".join(parts)}
    return forms | {json.dumps(form)[1:-1] for form in forms}


def _event(record: logging.LogRecord, error: BaseException | None) -> str:
    """Return the message; a library's only up to its first line break, without the text of an error it repeats."""
    event = record.getMessage()
    if record.name.startswith("cadence"):
        return event
    message = str(error) if error is not None else ""
    return (event.replace(message, type(error).__name__) if message else event).partition("\n")[0]
