"""Limits of rich text."""

from collections.abc import Mapping

from sandbox.limits.checks import Check, boolean, items, one_of, string, thing, typed, whole
from sandbox.limits.objects import BLOCK_ID, URL

_STYLE = thing({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), boolean))
_ID = string(255)


def _inline(kind: str, required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    return thing({"type": one_of(kind), **required}, {"style": _STYLE, **optional})


INLINE: dict[str, Check] = {
    "text": _inline("text", {"text": string(12_000)}, {}),
    "link": _inline("link", {"url": URL}, {"text": string(3000), "unsafe": boolean}),
    "user": _inline("user", {"user_id": _ID}, {}),
    "usergroup": _inline("usergroup", {"usergroup_id": _ID}, {}),
    "channel": _inline("channel", {"channel_id": _ID}, {}),
    "emoji": _inline("emoji", {"name": string(255)}, {"unicode": string(255), "skin_tone": whole(1, 6)}),
    "broadcast": _inline("broadcast", {"range": one_of("here", "channel", "everyone")}, {}),
    "color": _inline("color", {"value": string(255)}, {}),
    "date": _inline(
        "date", {"timestamp": whole(0, 99_999_999_999), "format": string(255)}, {"url": URL, "fallback": string(255)}
    ),
}

_INLINES = items(typed(INLINE, noun="element"), 0, 3000)
_SECTION = thing({"type": one_of("rich_text_section"), "elements": _INLINES}, {})

_PARTS: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_list": thing(
        {
            "type": one_of("rich_text_list"),
            "style": one_of("bullet", "ordered"),
            "elements": items(typed({"rich_text_section": _SECTION}, noun="element"), 1, 3000),
        },
        {"indent": whole(0, 8), "offset": whole(0, 1_000_000), "border": whole(0, 1)},
    ),
    "rich_text_preformatted": thing(
        {"type": one_of("rich_text_preformatted"), "elements": _INLINES},
        {"border": whole(0, 1), "language": string(255)},
    ),
    "rich_text_quote": thing({"type": one_of("rich_text_quote"), "elements": _INLINES}, {"border": whole(0, 1)}),
}

RICH_TEXT = thing(
    {"type": one_of("rich_text"), "elements": items(typed(_PARTS, noun="element"), 1, 3000)}, {"block_id": BLOCK_ID}
)
