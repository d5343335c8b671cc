"""Slack's mrkdwn as HTML: links, names for mentions, times in one zone; everything else escaped."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape as escape_html
from zoneinfo import ZoneInfo

from agendas.rendering.filters import zone_name
from agendas.rendering.mrkdwn import escape, with_address
from agendas.text.evidence import unescape

MARKS: Mapping[str, tuple[str, str]] = {
    "red_circle": ("intervene", "●"),
    "large_yellow_circle": ("stalled", "●"),
    "large_green_circle": ("advanced", "●"),
    "star": ("expanded", "★"),
    "new": ("new", "✚"),
    "white_circle": ("steady", "○"),
}
"""The state marks, by their names in Slack: how they are coloured, and what is drawn. Their word always follows."""

_SPAN = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_MARK = re.compile(rf":({'|'.join(MARKS)}):")
_MARK_AND_SPACE = re.compile(rf"{_MARK.pattern} ?")
_CODE = re.compile(r"`([^`\n]+)`")
_FORMAT = re.compile(r"(?<![\w*_~])([*_~])(?=\S)((?:(?!\1)[^\n])+)(?<=\S)\1(?!\w)")
_TAGS = {"*": "b", "_": "i", "~": "s"}
_DATE = re.compile(r"!date\^(-?\d{1,12})\^(.*)", re.DOTALL)
_OPEN, _CLOSE = "\ue000", "\ue001"
_HELD = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of a file: names for ids of people and channels, the zone of its times, and when it was made."""

    made_at: datetime
    zone: str = "UTC"
    names: Mapping[str, str] = field(default_factory=dict)


def to_html(mrkdwn: str, reader: Reader) -> str:
    """Return safe mrkdwn, as `Words` says it, as HTML; lines are parted by `<br>`."""
    held: list[str] = []

    def hold(html: str) -> str:
        held.append(html)
        return f"{_OPEN}{len(held) - 1}{_CLOSE}"

    text = mrkdwn.replace(_OPEN, "").replace(_CLOSE, "")
    text = _SPAN.sub(lambda found: hold(_span(found, reader)), text)
    text = _CODE.sub(lambda found: hold(f"<code>{_escaped(found.group(1))}</code>"), text)
    text = _MARK.sub(lambda found: hold(_mark(found.group(1))), _escaped(text))
    html = _formatted(text).replace("\n", "<br>\n")
    while _HELD.search(html):
        html = _HELD.sub(lambda found: held[int(found.group(1))], html)
    return html


def raw_to_html(text: str, reader: Reader) -> str:
    """Return raw text on one line as HTML; a mention typed in it is shown by name, and nothing is formatted."""
    return escape_html(raw_text(text, reader))


def raw_text(text: str, reader: Reader) -> str:
    """Return raw text on one line, mentions typed in it by name."""
    return unescape(_SPAN.sub(lambda found: _target_said(found.group(1), found.group(2) or "", reader), escape(text)))


def read_text(mrkdwn: str, reader: Reader) -> str:
    """Return safe mrkdwn as raw text: links with their addresses, names for mentions, nothing formatted, no marks."""

    def said(found: re.Match[str]) -> str:
        target, label = found.group(1), found.group(2) or ""
        if target.startswith(("!", "@", "#")):
            return _target_said(target, label, reader)
        return with_address(label, target, found.string[: found.start()])

    text = _MARK_AND_SPACE.sub("", _SPAN.sub(said, mrkdwn.replace(_OPEN, "").replace(_CLOSE, "")))
    return unescape(_unformatted(text).replace("`", ""))


def _escaped(mrkdwn: str) -> str:
    return escape_html(unescape(mrkdwn))


def _formatted(text: str) -> str:
    """Text that is escaped already, with its bold, italic and struck parts."""
    found = _FORMAT.search(text)
    if found is None:
        return text
    tag = _TAGS[found.group(1)]
    inside = _formatted(found.group(2))
    return f"{text[: found.start()]}<{tag}>{inside}</{tag}>{_formatted(text[found.end() :])}"


def _unformatted(text: str) -> str:
    found = _FORMAT.search(text)
    if found is None:
        return text
    return text[: found.start()] + _unformatted(found.group(2)) + _unformatted(text[found.end() :])


def _span(found: re.Match[str], reader: Reader) -> str:
    target, label = found.group(1), found.group(2) or ""
    if target.lower().startswith(("https://", "http://")):
        address = escape_html(unescape(target))
        return f'<a href="{address}" rel="noopener noreferrer">{_escaped(label) or address}</a>'
    return _escaped(_target_said(target, label, reader))


def _target_said(target: str, label: str, reader: Reader) -> str:
    """Return a mention, a channel or a time as mrkdwn without a span."""
    if date := _DATE.fullmatch(target):
        is_time = date.group(2) == "{time}"
        return _time(int(date.group(1)), reader.zone) if is_time else label
    if target.startswith(("@", "#")):
        return (
            target[0] + escape(reader.names.get(target[1:], ""))
            if target[1:] in reader.names
            else (target[0] + (label or target[1:]))
        )
    return label or target


def _time(stamp: int, zone: str) -> str:
    local = datetime.fromtimestamp(stamp, UTC).astimezone(ZoneInfo(zone))
    return f"{local:%H:%M} {zone_name(local)}"


def _mark(name: str) -> str:
    colour, sign = MARKS[name]
    return f'<span class="mark {colour}" aria-hidden="true">{sign}</span>'
