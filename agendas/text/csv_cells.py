"""Values as cells of a CSV file and back, with nothing lost and nothing that a spreadsheet takes for a formula."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from agendas.text.evidence import readable

# The reason at the end of a command: `... because TEXT`, and for an account `... now: TEXT, motion: TEXT`.

BECAUSE = re.compile(r"(?:^|(?<=\s))because(?=[\s:,]|$)[\s:,]*", re.IGNORECASE)
PART = re.compile(r"(?<!\S)(?:(?:and\s+)?why\s+)?(now|motion)\s*:\s*", re.IGNORECASE)


def split_because(rest: str) -> tuple[str, str | None]:
    """Split at the first `because` into what comes before it and the readable reason after it, or None."""
    match = BECAUSE.search(rest)
    if match is None:
        return rest.strip(), None
    return rest[: match.start()].strip(), readable(rest[match.end() :]).strip()


def split_parts(reason: str) -> tuple[str, str, str]:
    """Split a reason at `now:` and `motion:`, in either order: why this account, why now, and which motion.

    Parts that are not named are empty; only the first of two `now:` begins a part.
    """
    begins: dict[str, re.Match[str]] = {}
    for match in PART.finditer(reason):
        begins.setdefault(match[1].casefold(), match)
    marks = sorted(begins.items(), key=lambda mark: mark[1].start())
    ends = [*(match.start() for _, match in marks), len(reason)]
    parts = {name: reason[match.end() : end].strip(" ,;\n") for (name, match), end in zip(marks, ends[1:], strict=True)}
    return reason[: ends[0]].strip(" ,;\n"), parts.get("now", ""), parts.get("motion", "")


MARK = "'"
"""Put before a text that a spreadsheet would calculate, or that begins with this mark itself; taken away again."""

CALCULATED = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Characters that spreadsheets take for the beginning of a formula, in full width too."""

UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""Kinds of characters that may stand before it without being seen."""


class CellKind(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    TIME = "time"
    INSTANT = "instant"
    JSON = "json"


def written(value: Any, kind: CellKind, *, may_be_missing: bool = False) -> str:
    """The value as a cell. A missing one is an empty cell; with `may_be_missing` an empty text is the mark alone."""
    if kind is CellKind.JSON:
        return json.dumps(value, ensure_ascii=False)
    if value is None:
        return ""
    if kind is not CellKind.TEXT:
        return _WRITE[kind](value)
    text = str(value)
    needs_mark = _may_be_calculated(text) or (not text and may_be_missing)
    return MARK + text if needs_mark else text


def read(cell: str, kind: CellKind, *, may_be_missing: bool = False) -> Any:
    """The value that the cell was written from, None for a missing one. Raises ValueError if it is not of that kind."""
    if kind is CellKind.JSON:
        return json.loads(cell)
    if kind is CellKind.TEXT:
        return None if may_be_missing and not cell else cell.removeprefix(MARK)
    return None if not cell else _READ[kind](cell)


def unmarked(cell: str) -> str:
    """The text of a cell without the mark of an export; a text that begins with that character for itself stays."""
    rest = cell.removeprefix(MARK)
    return rest if rest != cell and (not rest or _may_be_calculated(rest)) else cell


def _may_be_calculated(text: str) -> bool:
    """True for a text that may be taken for a formula, or that begins with the mark or a character nobody sees."""
    first = next((each for each in text if unicodedata.category(each) not in UNSEEN), "")
    return text.startswith(MARK) or first in CALCULATED or (text[:1] != first and bool(text))


def _read_yes_no(cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise ValueError(f"{cell} is neither yes nor no")
    return cell == "yes"


def _read_instant(cell: str) -> datetime:
    instant = datetime.fromisoformat(cell)
    if instant.tzinfo is None:
        raise ValueError(f"{cell} has no zone")
    return instant.astimezone(UTC)


_WRITE: Mapping[CellKind, Callable[[Any], str]] = {
    CellKind.INTEGER: str,
    CellKind.NUMBER: repr,
    CellKind.YES_NO: lambda value: "yes" if value else "no",
    CellKind.DATE: date.isoformat,
    CellKind.TIME: time.isoformat,
    CellKind.INSTANT: lambda value: value.astimezone(UTC).isoformat(),
}
_READ: Mapping[CellKind, Callable[[str], Any]] = {
    CellKind.INTEGER: int,
    CellKind.NUMBER: float,
    CellKind.YES_NO: _read_yes_no,
    CellKind.DATE: date.fromisoformat,
    CellKind.TIME: time.fromisoformat,
    CellKind.INSTANT: _read_instant,
}
