"""Limits of rich text."""

from collections.abc import Mapping

from sandbox.limits.checks import Check, boolean, by_type, integer, items, object_with, one_of, string
from sandbox.limits.objects import BLOCK_ID, URL

_STYLE = object_with({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), boolean))
_ID = string(255)


def _inline(kind: str, required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    return object_with({"type": one_of(kind), **required}, {"style": _STYLE, **optional})


INLINE: dict[str, Check] = {
    "text": _inline("text", {"text": string(12_000)}, {}),
    "link": _inline("link", {"url": URL}, {"text": string(3000), "unsafe": boolean}),
    "user": _inline("user", {"user_id": _ID}, {}),
    "usergroup": _inline("usergroup", {"usergroup_id": _ID}, {}),
    "channel": _inline("channel", {"channel_id": _ID}, {}),
    "emoji": _inline("emoji", {"name": string(255)}, {"unicode": string(255), "skin_tone": integer(1, 6)}),
    "broadcast": _inline("broadcast", {"range": one_of("here", "channel", "everyone")}, {}),
    "color": _inline("color", {"value": string(255)}, {}),
    "date": _inline(
        "date", {"timestamp": integer(0, 99_999_999_999), "format": string(255)}, {"url": URL, "fallback": string(255)}
    ),
}

_INLINES = items(by_type(INLINE, noun="element"), 0, 3000)
_SECTION = object_with({"type": one_of("rich_text_section"), "elements": _INLINES}, {})

_PARTS: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_list": object_with(
        {
            "type": one_of("rich_text_list"),
            "style": one_of("bullet", "ordered"),
            "elements": items(by_type({"rich_text_section": _SECTION}, noun="element"), 1, 3000),
        },
        {"indent": integer(0, 8), "offset": integer(0, 1_000_000), "border": integer(0, 1)},
    ),
    "rich_text_preformatted": object_with(
        {"type": one_of("rich_text_preformatted"), "elements": _INLINES},
        {"border": integer(0, 1), "language": string(255)},
    ),
    "rich_text_quote": object_with(
        {"type": one_of("rich_text_quote"), "elements": _INLINES}, {"border": integer(0, 1)}
    ),
}

RICH_TEXT = object_with(
    {"type": one_of("rich_text"), "elements": items(by_type(_PARTS, noun="element"), 1, 3000)}, {"block_id": BLOCK_ID}
)
