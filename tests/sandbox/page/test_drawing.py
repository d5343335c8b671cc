import pytest
from playwright.async_api import expect

from tests.sandbox.page.browser import Screen
from tests.sandbox.page.every_block import EVERY_BLOCK
from tests.sandbox.page.fake_source import FakePageSource, mrkdwn, plain

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_block_the_app_may_send_is_drawn(source: FakePageSource, screen: Screen) -> None:
    for block in EVERY_BLOCK:
        source.bot_says(block["type"], block)
    page = await screen.open(source.ann, source.weekly)
    drawn = await page.locator(".block").evaluate_all("nodes => nodes.map(node => node.className)")
    for block in EVERY_BLOCK:
        assert any(f"block-{block['type']}" in name.split() for name in drawn), block["type"]
    await expect(page.locator(".unknown")).to_have_count(0)


async def test_where_no_font_has_emoji_in_colour_each_mark_is_drawn_in_a_shape_of_its_own(
    source: FakePageSource, screen: Screen
) -> None:
    marks = ":red_circle: :large_yellow_circle: :large_green_circle: :star: :new: :white_circle:"
    source.bot_says("x", {"type": "section", "text": mrkdwn(f"*{marks}* Acme")})
    await screen.page.add_init_script("CanvasRenderingContext2D.prototype.fillText = () => {}")
    page = await screen.open(source.ann, source.weekly)
    drawn = page.locator(".block svg.mark")
    await expect(drawn).to_have_count(6)
    shapes = await drawn.evaluate_all("nodes => nodes.map(node => node.innerHTML)")
    names = await drawn.evaluate_all("nodes => nodes.map(node => node.getAttribute('aria-label'))")
    assert len(set(shapes)) == len(set(names)) == 6
    await expect(page.locator(".block")).to_contain_text("Acme")


async def test_hostile_text_stays_text(source: FakePageSource, screen: Screen) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    escaped = evil.replace("<", "&lt;").replace(">", "&gt;")
    source.says(source.ann, escaped)
    source.bot_says(
        "x",
        {"type": "header", "text": plain(evil)},
        {"type": "section", "text": mrkdwn(f"<javascript:alert(4)|{escaped}> *{escaped}*")},
    )
    page = await screen.open(source.ann, source.weekly)
    await expect(page.locator(".message .body").first).to_have_text(evil)
    await expect(page.locator(".block-header")).to_have_text(evil)
    assert await page.locator(".message img, .message script, .message a").count() == 0


async def test_slack_markup_becomes_names_links_and_styles(source: FakePageSource, screen: Screen) -> None:
    source.says(
        source.bo,
        f"*bold* _it_ ~no~ `a*b*c` 2*3*4 <@{source.ann.id}> <#{source.weekly.id}> "
        "<https://example.com/?a=1&amp;b=2|the deck>\n&gt; quoted\nafter &lt;tag&gt; &amp;amp; snake_case_name",
    )
    page = await screen.open(source.ann, source.weekly)
    body = page.locator(".message .body")
    await expect(body).to_contain_text("bold it no a*b*c 2*3*4 @Ann Lee #abm-weekly the deck")
    await expect(body).to_contain_text("after <tag> &amp; snake_case_name")
    await expect(body.locator("strong")).to_have_text("bold")
    await expect(body.locator("em")).to_have_text("it")
    await expect(body.locator("blockquote")).to_have_text("quoted")
    await expect(body.locator("a")).to_have_attribute("href", "https://example.com/?a=1&b=2")


async def test_on_a_phone_the_channels_slide_in_and_nothing_overflows(source: FakePageSource, screen: Screen) -> None:
    await screen.page.set_viewport_size({"width": 390, "height": 800})
    root = source.bot_says(
        "Acme", {"type": "section", "fields": [mrkdwn("*Stage*\nEvaluation"), mrkdwn("*Owner*\nAnn")]}
    )
    source.says(source.bo, "A reply", thread_ts=root.ts)
    page = await screen.open(source.ann, source.weekly)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    assert await page.locator(".message .body").evaluate("node => node.clientWidth") >= 340
    bar = page.locator(".bar")
    assert await bar.evaluate("node => node.clientHeight") <= 48
    assert await bar.evaluate("node => node.scrollWidth") <= 390
    await expect(page.locator(".sidebar")).to_be_hidden()
    channels = page.get_by_role("button", name="Show channels")
    await channels.press("Enter")
    await expect(page.locator(".switcher")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator(".sidebar")).to_be_hidden()
    await expect(channels).to_be_focused()
    await channels.click()
    await page.locator(".channel", has_text="abm-weekly").click()
    await expect(page.locator(".sidebar")).to_be_hidden()
    await page.locator(".thread-line").click()
    await expect(page.locator(".thread-pane")).to_contain_text("A reply")
    await page.get_by_role("button", name="Close thread").click()
    await expect(page.locator(".thread-pane")).to_be_hidden()
