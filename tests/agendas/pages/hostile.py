"""Text that is to do harm, put into every field that people fill; and what no text may do to a message."""

import dataclasses
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from agendas.pages.people import without_pings
from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.page import Page
from bot.sending import text_only
from tests.agendas.golden import check_messages

T = TypeVar("T")

OURS = {
    *("actor", "ask_of", "from_owner", "closed_by", "decided_by", "facilitator", "tier_1_owners", "marketing_partner"),
    *("our_executive", "ours", "owner", "owners", "missing_updates_from", "no_change_said_by", "attended", "user_id"),
    *("channel_id", "last_posted_in", "posted_in", "away", "away_of", "has_it", "held", "late", "missing", "question"),
    *("facilitates", "deactivated", "workspace_id", "by", "admins", "paused_because", "kind", "flags", "part"),
    *("reasons", "state", "status", "from_status", "to_stage", "needs", "zone", "time_zone", "database"),
    *("missing_permissions", "declined_permissions", "permalink", "header_link", "recap_link", "more_value", "url"),
    *("key", "own", "play", "function", "scored_by", "given_by", "said_by", "started_by", "written_by"),
    *("left_out", "left_out_by", "empty_functions", "added", "step", "counted", "choices", "label", "group"),
    *("default", "from_deal", "plays", "tiers_of_plays", "reader", "holidays_of", "without_lead", "leads"),
    *("by_function", "unable", "asked", "helper", "private_channel", "user_ids", "code", "stand_in", "thread_ts"),
    *("ts", "bot_user_id", "source", "stage", "declined_stage"),
}
"""The fields that hold ids, words from lists of ours, and addresses, which `link` makes harmless; into every other
one, a new one too, people may type."""

PIECES = (
    *("<!channel>", "<!here|here>", "<!everyone>", "<!subteam^S0EVIL1|team>", "<!date^0^{date}|x>", "<@U0EVIL001>"),
    *("<@U0EVIL001|ann>", "<#C0EVIL001>", "<#C0EVIL001|general>", "<https://evil.example|acme.example>"),
    *("<mailto:a@b|x>", "https://evil.example", "evil.example", "@channel", "@here", "#general", "&lt;!channel&gt;"),
    *("&amp;lt;!here&amp;gt;", "&", "<", ">", "|", "<<!channel>>", "<!chan", "nel>", "&#60;!channel&#62;", "```", "`"),
    *("*", "_", "~", "*b*", "\n", "\r\n", "\u2028", "\n> quote", "\n• item", "\x00", "\x1b[31m", "\u202e", "\u2066"),
    *("\ud800", "\udc00", "🚀", "👩\u200d🔬", "e\u0301", "🇩🇪", "שלום", ":tada:", "{{ 7 * 7 }}", "{% raw %}", '"', "'"),
    *("\\", "%s", "{0}", " "),
)

hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), min_size=1, max_size=8).map("".join)
LONGEST = 3_000
long_hostile = st.tuples(hostile, st.integers(50, 400)).map(lambda found: (found[0] * found[1])[:LONGEST])


@cache
def text_fields(kind: type) -> set[str]:
    hints = get_type_hints(kind)
    return {field.name for field in fields(kind) if _holds_text(hints[field.name])}


def _holds_text(hint: Any) -> bool:
    return hint is str or (get_origin(hint) is not Literal and any(map(_holds_text, get_args(hint))))


def poisoned(value: T, text: str) -> T:
    if isinstance(value, tuple):
        return tuple(poisoned(each, text) for each in value)  # type: ignore[return-value]
    if not is_dataclass(value):
        return value
    typed = text_fields(type(value)) - OURS
    return replace(value, **{field.name: _poisoned(value, field, typed, text) for field in fields(value)})


def _poisoned(value: Any, field: dataclasses.Field[Any], typed: set[str], text: str) -> Any:
    found = getattr(value, field.name)
    if field.name not in typed:
        return poisoned(found, text)
    if isinstance(found, dict):
        return dict.fromkeys(found, text)
    if isinstance(found, tuple):
        return (text, text) if all(isinstance(each, str) for each in found) else poisoned(found, text)
    return text if isinstance(found, str) else poisoned(found, text)


OUR_SPANS = re.compile(
    r"@[UW][A-Z0-9]{2,20}|#C[A-Z0-9]+|!date\^\d{9,}\^\{time\}\|\d\d:\d\d [A-Z]+|https://(notes\.example(?:\.com)?|example\.slack\.com|a\.example)/[^|]*(\|.*)?"
)
SPAN = re.compile(r"<([^<>]*)>")
ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def mrkdwn_of(part: Any) -> Iterator[dict[str, Any]]:
    """Every text object of a block that Slack reads marks in."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part
        for each in part.values():
            yield from mrkdwn_of(each)
    elif isinstance(part, list):
        for each in part:
            yield from mrkdwn_of(each)


def check_text(text: str) -> None:
    """Nothing in it does what its writer was not to do."""
    assert [span for span in SPAN.findall(text) if OUR_SPANS.fullmatch(span) is None] == []
    assert "<" not in SPAN.sub("", text)
    assert ">" not in SPAN.sub("", text)
    assert ENTITY.search(text) is None
    assert "```" not in text
    assert CONTROLS.search(text) is None


def check(page: Page) -> None:
    for plain in (False, True):
        parts = messages(page, plain=plain)
        check_messages(parts)
        for part in parts:
            check_part(part)


def check_part(part: Rendered) -> None:
    json.dumps(part.blocks, ensure_ascii=False, allow_nan=False).encode()
    check_text(part.text)
    for found in mrkdwn_of(part.blocks):
        assert found["verbatim"] is True
        check_text(found["text"])
    check_text(text_only(part).text)
    in_channel = without_pings(part, {"U0ANN1": "Ann <!channel> <@U0EVIL001>"})
    for text in (in_channel.text, *(found["text"] for found in mrkdwn_of(in_channel.blocks))):
        assert "<@" not in text
        check_text(text)
