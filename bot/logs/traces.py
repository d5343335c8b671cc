"""Tracebacks for the log, without texts that people wrote."""

import traceback
from collections.abc import Iterator

from jinja2 import UndefinedError
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.slack_api.errors import error_code
from storage.database.errors import DATA_ERROR_CLASS

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


def trace_of(error: BaseException) -> str:
    """Return the stacks of the error and of its causes, the first cause first."""
    return "".join(_traced(error, set())).rstrip("\n")


def safe_text(error: BaseException) -> str:
    """Return the error's text if it cannot contain what people wrote."""
    if isinstance(error, SlackApiError):
        return f"Slack said {error_code(error) or 'nothing that can be read'}"
    if isinstance(error, DBAPIError):
        return _text_of_driver(error.orig)
    if isinstance(error, OF_THE_PROGRAM) or type(error) in (LookupError, RuntimeError):
        return str(error)
    return "" if not str(error) else LEFT_OUT


def _text_of_driver(error: BaseException | None) -> str:
    """Return the database's text: SQLite names tables and columns at most, but PostgreSQL's details hold values."""
    code = getattr(error, "sqlstate", None)
    if code is None:
        return str(error)
    first = getattr(getattr(error, "diag", None), "message_primary", None) or ""
    return f"{code} {type(error).__name__}" + ("" if code.startswith(DATA_ERROR_CLASS) or not first else f": {first}")


def _traced(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _traced(before, seen)
        yield "\n"
    if error.__traceback__ is not None:
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(error.__traceback__)
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    text = safe_text(error)
    yield f"{kind}: {text}\n" if text else f"{kind}\n"
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _traced(each, seen)
