"""Contrast of all text with its background: 4.5 to 1, as WCAG 2 asks of text."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

import sandbox
from sandbox.page.news import Move
from tests.sandbox.page.browser import Screen
from tests.sandbox.page.every_block import EVERY_BLOCK, EVERY_INPUT
from tests.sandbox.page.fake_source import FakePageSource, button, mrkdwn

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

TOO_FAINT = """(least) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = (colour) => {
    const [r, g, b] = [...rgba(colour)].map((part) => part / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgba(colour)[3] === 255) return colour;
    }
    return "white";
  };
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (!/[\\p{L}\\p{N}]/u.test(texts.currentNode.data) || !node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (node.closest(":disabled, svg, noscript, script, title")) continue;
    const [one, two] = [light(getComputedStyle(node).color), light(ground(node))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    if (ratio < least) found.add(`${node.localName}.${node.className} ${texts.currentNode.data.slice(0, 20)}: ${ratio.toFixed(2)}`);
  }
  return [...found];
}"""  # noqa: E501
"""The texts that are too faint on what is behind them, as the browser draws them."""


def colours() -> dict[str, str]:
    """The variables that are colours."""
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


@pytest.mark.asyncio(loop_scope="session")
async def test_no_text_that_the_browser_draws_is_too_faint(source: FakePageSource, screen: Screen) -> None:
    source.notes[source.bo.id] = "Marketing"
    source.weekly.is_shared = True
    source.hint = "Try this."
    for block in EVERY_BLOCK:
        source.bot_says(block["type"], block)
    alerts = [{"type": "alert", "level": level, "text": mrkdwn("Look")} for level in ("info", "success", "error")]
    source.bot_says("x", *alerts, {"type": "actions", "elements": [button("Remove", "r", style="danger")]})
    root = source.says(source.bo, f"*bold* `code` <@{source.ann.id}> <@{source.bo.id}> <https://docs.example/|link>")
    source.says(source.bo, "reply", thread_ts=root.ts)
    source.bot_says("Only for Ann <https://docs.example/|link>", ephemeral_to=source.ann.id, edited_ts=root.ts)
    source.bot_says("fresh", channel=source.private)
    source.move = Move("It is noon.", root.ts)
    page = await screen.open(source.ann, source.weekly)
    await page.locator(".thread-line").click()
    await expect(page.locator(".thread-pane .message")).to_have_count(2)
    assert await page.evaluate(TOO_FAINT, LEAST) == []
    await open_menus(page)
    assert await page.evaluate(TOO_FAINT, LEAST) == []
    form = source.opens(source.ann, *EVERY_INPUT)
    form.errors, form.notice = {"plain": "Say what the buyer did."}, "It was not recorded."
    source.workspace.changes.happened()
    await expect(page.locator(".field-error")).to_be_visible()
    assert await page.evaluate(TOO_FAINT, LEAST) == []


async def open_menus(page: Page) -> None:
    await page.get_by_role("button", name="Act as Ann Lee").click()
    await expect(page.get_by_role("option", name="Bo Okafor")).to_be_visible()
