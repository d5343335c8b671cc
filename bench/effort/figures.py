"""The figures with what they were and what they are to be, printed and kept as a page of the documentation."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import async_playwright

from sandbox.testing import MessageView
from tests.sandbox.page.browser import FLAGS

PAGE = Path(__file__).parents[2] / "docs" / "effort.md"
HEAD = """# Effort

What people have to do and to read: measured by `make effort`, through the sandbox and the real app, with the sample
program of the demo.

| Figure | Before | Now | Reach | |
|---|---|---|---|---|
"""
FOOT = """
**A click** is each press: opening a picker and choosing in it are two; typing and its focus are none. The movement of
the five accounts is told with a link and changes no stage. **To prepare** is to answer the direct message that asks
before a review: that nothing moved, and that a promise is done, of each account. **A line** is one of a desktop window:
{desktop} characters of 15 px type; a row of buttons is one too. The ordinary agenda is the middle one of nine by its
lines. **Pixels** are those of the review's header and its nine accounts, each message with its name and time,
{pixels}.
"""


@dataclass(frozen=True, slots=True)
class Effort:
    """Numbers of one row: what they were before, what they are, and the most that is reached for.

    `now` is empty where the way to do it is gone.
    """

    name: str
    before: str
    now: tuple[int, ...]
    reach: tuple[int, ...]

    @property
    def is_met(self) -> bool:
        return bool(self.now) and all(now <= most for now, most in zip(self.now, self.reach, strict=True))

    @property
    def _cells(self) -> tuple[str, ...]:
        now = ", ".join(f"{each:,}" for each in self.now) or "gone"
        reach = ", ".join(f"≤ {each:,}" for each in self.reach)
        return self.name, self.before, now, reach, "met" if self.is_met else "missed"

    def row(self) -> str:
        return f"| {' | '.join(self._cells)} |"

    def line(self) -> str:
        name, before, now, reach, verdict = self._cells
        return f"{name:<56} {before:>10} {now:>10} {reach:>12}  {verdict}"


def page(found: Sequence[Effort], *, desktop: int, pixels: str) -> str:
    """The page of the documentation; `pixels` says how they were measured."""
    rows = "".join(f"{each.row()}\n" for each in found)
    return f"{HEAD}{rows}{FOOT.format(desktop=desktop, pixels=pixels)}"


# The height of messages in the sandbox's page, as Chromium draws it on a phone.


PHONE = {"width": 390, "height": 844}
HEIGHT = "nodes => nodes.reduce((sum, node) => sum + node.getBoundingClientRect().height, 0)"


async def height_on_phone(program: str, address: str, user_id: str, messages: Sequence[MessageView]) -> int:
    """The pixels that these messages of one channel take together."""
    channel_id = messages[0].message.channel_id
    those = ", ".join(f'.channel-pane .message[data-ts="{each.message.ts}"]' for each in messages)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = await browser.new_page(viewport={"width": PHONE["width"], "height": PHONE["height"]})
        await page.goto(f"{address}/page/#{user_id}/{channel_id}")
        for each in messages:
            await page.wait_for_selector(f'.channel-pane .message[data-ts="{each.message.ts}"]', state="attached")
        height = await page.locator(those).evaluate_all(HEIGHT)
        await browser.close()
    return round(float(height))
