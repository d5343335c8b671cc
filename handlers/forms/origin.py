"""The origin of a form: where it was opened and about what, carried in the form's private metadata."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from agendas.errors import Outdated
from agendas.facts.account import Source
from agendas.rendering.splitting import length
from handlers.edge.page_views import METADATA_CHARACTERS
from handlers.edge.payloads.values import mapping, slack_id, stamp, text
from handlers.edge.request import NUMBER_DIGITS, OTHER_VERSION


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened and about what.

    Args:
        account_id: the account, 0 for none.
        channel_id, place: the channel and thread of the confirmation.
        item_id: the review item whose button was clicked, or the request after which a form of scores goes on.
        subject: what else the form is about, as each form says.
        source: the source of what is recorded, where the form's own is not meant.
        evidence_url, evidence_at, text: address, instant and text of the message the form was opened on.
        seen: marks of what stood in the fields, see `merge_edits.marks_of`.
        message_ts, block_id: the direct message and the block in it that hold the line whose button opened the form.
        response_url: the address by which a message that the person alone sees is replaced, with the block in it.
        series: the accounts that follow, where forms come one after the other.
        page: the last action on the page before, where the open actions fill several.
    """

    account_id: int = 0
    channel_id: str = ""
    place: str = ""
    item_id: int = 0
    subject: str = ""
    source: str = ""
    evidence_url: str = ""
    evidence_at: str = ""
    text: str = ""
    seen: str = ""
    message_ts: str = ""
    block_id: str = ""
    response_url: str = ""
    series: str = ""
    page: str = ""


def to_metadata(origin: Origin) -> str:
    """The origin as JSON, with as much of a long message's text as fits."""
    stored = json.dumps({name: value for name, value in asdict(origin).items() if value}, ensure_ascii=False)
    excess = length(stored) - METADATA_CHARACTERS
    if excess <= 0 or not origin.text:
        return stored
    # two units of Slack's are one character at least
    return to_metadata(replace(origin, text=origin.text[: -max(1, excess // 2)]))


def origin_of(view: Mapping[str, Any]) -> Origin:
    """The origin that a view carries; unknown names are left out. Raises Outdated for a form of another version."""
    try:
        found = mapping(json.loads(text(view.get("private_metadata")) or "{}"))
    except (ValueError, RecursionError):
        raise Outdated(OTHER_VERSION) from None
    defaults = {each.name: each.default for each in fields(Origin)}
    known = {name: value for name, value in found.items() if name in defaults}
    if not all(_is_whole(name, value, defaults[name]) for name, value in known.items()):
        raise Outdated(OTHER_VERSION)
    values: dict[str, Any] = {name: text(value) if isinstance(value, str) else value for name, value in known.items()}
    return Origin(**values)


def _is_whole(name: str, value: object, default: object) -> bool:
    """True when the value is of its name's kind."""
    if isinstance(default, int):
        return type(value) is int and 0 <= value < 10**NUMBER_DIGITS
    return isinstance(value, str) and (not value or bool(CHECKS.get(name, str)(value)))


def _is_instant(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


CHECKS: dict[str, Callable[[str], object]] = {
    "channel_id": slack_id,
    "place": stamp,
    "message_ts": stamp,
    "response_url": lambda url: url.startswith(("https://", "http://127.0.0.1:")),
    "source": lambda value: value in set(Source),
    "evidence_at": _is_instant,
}
