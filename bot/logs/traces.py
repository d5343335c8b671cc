"""Tracebacks for the log: where it happened and what kind of error it was, without what people wrote."""

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
"""Errors whose text speaks of the program and its machine: of names in the code, of files and of addresses."""


def trace_of(error: BaseException) -> str:
    """The stacks of the error and of those that led to it, the first one first."""
    return "".join(_traced(error, set())).rstrip("\n")


def said_by(error: BaseException) -> str:
    """What the error says, as far as it cannot hold what people wrote."""
    if isinstance(error, SlackApiError):
        return f"Slack said {error_code(error) or 'nothing that can be read'}"
    if isinstance(error, DBAPIError):
        return _said_by_driver(error.orig)
    if isinstance(error, OF_THE_PROGRAM) or type(error) in (LookupError, RuntimeError):
        return str(error)
    return "" if not str(error) else LEFT_OUT


def _said_by_driver(error: BaseException | None) -> str:
    """What the database says. SQLite names tables and columns at most; PostgreSQL's details hold values."""
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
    said = said_by(error)
    yield f"{kind}: {said}\n" if said else f"{kind}\n"
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _traced(each, seen)
