"""Logs as text or JSON: event names and ids, never a secret."""

import json
import logging
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal, TextIO

HEARD_FROM = {
    "slack_sdk": logging.WARNING,
    "aiohttp": logging.WARNING,
    "alembic": logging.WARNING,
    "uvicorn.access": logging.WARNING,
    "asyncio": logging.WARNING,
    "slack_bolt": logging.ERROR,
    "apscheduler": logging.ERROR,
}
"""From which level on libraries are of interest. Some log whole payloads below it; the warnings of the last two are
about our own choices (the token, a tick still under way)."""

OWN_ATTRIBUTES = frozenset(vars(logging.makeLogRecord({})).keys() | {"message", "asctime", "taskName", "color_message"})


def set_up_logs(
    *, level: str, style: Literal["text", "json"], secrets: Sequence[str] = (), stream: TextIO | None = None
) -> None:
    """Sends all logs to `stream` (standard error when not given), one line each, secrets struck out."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Formatter(secrets, is_json=style == "json"))
    # at the handler, not by the level of their loggers: Bolt gives its own loggers the level of the root
    handler.addFilter(_is_heard)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def _is_heard(record: logging.LogRecord) -> bool:
    return all(
        record.levelno >= level or not f"{record.name}.".startswith(f"{name}.") for name, level in HEARD_FROM.items()
    )


class _Formatter(logging.Formatter):
    """One line per record: the event, then its facts as name=value, or all of it as JSON."""

    def __init__(self, secrets: Sequence[str], *, is_json: bool) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)
        self._is_json = is_json

    def format(self, record: logging.LogRecord) -> str:
        """The line. A traceback follows on lines of its own in text, as a field in JSON."""
        facts = {name: value for name, value in vars(record).items() if name not in OWN_ATTRIBUTES}
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        event = record.getMessage()
        if self._is_json:
            fields = {"at": at, "level": record.levelname, "logger": record.name, "event": event, **facts}
            line = json.dumps(fields | ({"trace": trace} if trace else {}), default=str)
        else:
            tail = "".join(f" {name}={value}" for name, value in facts.items())
            line = f"{at} {record.levelname} {record.name} {event}{tail}" + (f"\n{trace}" if trace else "")
        return self._struck(line)

    def _struck(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line
