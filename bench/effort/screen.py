"""The height of messages in the sandbox's page, as Chromium draws it on a phone."""

from collections.abc import Sequence

from playwright.async_api import async_playwright

from sandbox.testing import MessageView
from tests.sandbox.page.browser import FLAGS

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
