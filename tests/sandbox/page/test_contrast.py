"""Contrast of all text with its background: 4.5 to 1, as WCAG 2 asks of text."""

import re
from pathlib import Path

import sandbox

CSS = Path(sandbox.__file__).parent / "page" / "static" / "css"
LEAST = 4.5

PAIRS = {
    "ink": "paper wash hover only-you only-you-hover accent-wash flash danger-wash amber-wash",
    "soft": "paper wash hover only-you only-you-hover accent-wash flash",
    "faint": "paper hover only-you only-you-hover",
    "link": "paper hover wash only-you only-you-hover flash",
    "code": "wash",
    "danger": "paper danger-wash",
    "amber": "amber-wash",
    "accent": "paper accent-wash",
    "accent-deep": "accent-wash",
    "tag-ink": "tag",
    "mention-ink": "mention mention-hover",
    "mine-ink": "mine",
    "side-ink": "side side-deep side-hover",
    "side-soft": "side side-deep",
    "on-dark": "side side-deep side-hover side-current accent accent-deep danger bot toast toast-error",
    "hint-ink": "hint-line",
    "side-deep": "unread",
}
"""The colours of text, each with the backgrounds that it stands on."""


def colours() -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): #(\w{6});", (CSS / "style.css").read_text(encoding="utf-8")))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_colour_of_text_stands_out_from_each_background_that_it_stands_on() -> None:
    named = colours()
    ratios = {(ink, on): contrast(named[ink], named[on]) for ink, grounds in PAIRS.items() for on in grounds.split()}
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < LEAST} == {}


def test_colours_are_written_as_variables_alone() -> None:
    for file in CSS.glob("*.css"):
        rules = re.sub(r":root \{.*?\n\}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r"#[0-9a-fA-F]{3,6}\b(?!\s*\{)", rules) == [], file.name
