"""`make pictures`: the pictures of README and docs, taken from the demo in a browser.

Clock and sample are the same each time, so that a second run gives the same pictures. Needs `chromium` on the path.
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from playwright.async_api import FloatRect, Locator, Page, ViewportSize, async_playwright

from sandbox.demo import Demo, demo
from sandbox.readable import labels
from tests.sandbox.page.browser import CHROMIUM, FLAGS, Screen

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
MORNING = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)
"""Three hours before the review of the sample, a Monday at nine in New York: the demo goes there."""
WINDOW: ViewportSize = {"width": 1000, "height": 2400}
"""The window; the pictures have twice as many points."""
OWNER, LEADER = "nora", "ines"
CHANNEL = "abm-weekly"
ASKED = "Still there"
"""A button of the message that asks before a review."""
MOMENTS = 24
"""Due moments within which an owner is asked before the next review: a week of the demo."""
STEADY = """
.modal { max-height: none; border: 1px solid var(--rule); border-radius: 0; box-shadow: none }
dialog::backdrop { background: var(--paper) }
.new-line { display: none }
"""
"""Styles for pictures: whole forms, and nothing that depends on what was read before."""
EDGE = 12


class PictureClock:
    """A clock that begins on the morning of the review of the sample, and is stopped before the pictures are taken."""

    def __init__(self) -> None:
        self._began_at = monotonic()
        self._stopped_at: datetime | None = None

    def now(self) -> datetime:
        return self._stopped_at or MORNING + timedelta(seconds=monotonic() - self._began_at)

    def stop(self) -> None:
        self._stopped_at = self.now()


async def take_all() -> None:
    clock = PictureClock()
    with TemporaryDirectory() as folder:
        async with demo(Path(folder), clock, port=0) as shown, async_playwright() as playwright:
            await shown.sandbox.channel(CHANNEL).shows("Account review")
            await shown.next_due.all_sent()
            clock.stop()
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            context = await browser.new_context(
                viewport=WINDOW, device_scale_factor=2, color_scheme="light", reduced_motion="reduce", locale="en-GB"
            )
            screen = Screen(await context.new_page(), shown.address)
            FOLDER.mkdir(exist_ok=True)
            page = await _open(screen, shown)
            await _take_review(page)
            await _take_home(page)
            await _take_update(page)
            await _take_prepare(screen, shown)
            await browser.close()


async def _open(screen: Screen, shown: Demo) -> Page:
    channel = shown.sandbox.channel(CHANNEL).state
    page = await screen.open(shown.sandbox.person(OWNER).user, channel)
    await page.reload()
    await page.add_style_tag(content=STEADY)
    await page.locator(".message").first.wait_for()
    return page


async def _take_review(page: Page) -> None:
    messages = page.locator(".channel-pane .message")
    await _take(page, "review", messages.nth(0), messages.nth(1), edge=0)


async def _take_home(page: Page) -> None:
    await page.locator(".channel", has_text="Cadence").click()
    await page.get_by_role("tab", name="Home").click()
    blocks = page.locator(".home > .block")
    await blocks.first.wait_for()
    await page.evaluate("document.activeElement.blur()")
    await _take(page, "home", blocks.first, blocks.last)


async def _take_update(page: Page) -> None:
    """The form in which an owner tells everything about one account, opened from Home."""
    await page.get_by_role("button", name="Update", exact=True).first.click()
    form = page.locator("dialog.modal")
    await form.locator(".block").first.wait_for()
    await page.evaluate("document.activeElement.blur()")
    await _take(page, "update", form, edge=0)


async def _take_prepare(screen: Screen, shown: Demo) -> None:
    """The message that asks an owner before the next review, once this one was held and the clock came to it."""
    person = shown.sandbox.person(OWNER)
    await person.closes()
    await _hold_review(shown)
    room = shown.sandbox.workspace.im(person.id)
    for _ in range(MOMENTS):
        asked = [each for each in room.messages if ASKED in labels(each.blocks)]
        if asked:
            break
        await shown.next_due.advance()
    page = await screen.open(person.user, room)
    await page.reload()
    await page.add_style_tag(content=STEADY)
    message = page.locator(f'.channel-pane .message[data-ts="{asked[-1].ts}"]')
    await message.wait_for()
    await _take(page, "prepare", message, edge=0)


async def _hold_review(shown: Demo) -> None:
    """Say in the review that nothing moved at its last account, and close it."""
    header, *_, last = shown.sandbox.channel(CHANNEL).messages
    leader = shown.sandbox.person(LEADER)
    await leader.clicks("No change", on=last)
    await leader.clicks("Close review", on=header)
    await shown.sandbox.changed.until(lambda: leader.has_form)
    await leader.submits()


async def _take(page: Page, name: str, first: Locator, last: Locator | None = None, *, edge: int = EDGE) -> None:
    """Take the picture of what lies from the first element to the last one."""
    await first.evaluate("node => node.scrollIntoView({ block: 'start' })")
    boxes = [box for each in (first, last or first) if (box := await each.bounding_box())]
    left, top = min(box["x"] for box in boxes) - edge, min(box["y"] for box in boxes) - edge
    right = max(box["x"] + box["width"] for box in boxes) + edge
    bottom = max(box["y"] + box["height"] for box in boxes) + edge
    clip: FloatRect = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    path = FOLDER / f"{name}.png"
    await page.screenshot(path=path, clip=clip, animations="disabled", caret="hide", scale="device")
    print(path.relative_to(FOLDER.parents[1]))


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("No chromium was found on the path: install it, then run this again.")
    asyncio.run(take_all())
