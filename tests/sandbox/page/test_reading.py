"""Finding one's way: permalinks, what is new since the last visit, and acting as anybody."""

import pytest
from playwright.async_api import expect

from sandbox.messages import Message
from sandbox.workspace import View
from tests.sandbox.page.browser import Screen, composer
from tests.sandbox.page.fake_source import FakePageSource, button, mrkdwn

pytestmark = pytest.mark.asyncio(loop_scope="session")


def link_to(source: FakePageSource, message: Message, **more: str) -> str:
    query = f"?thread_ts={more['thread']}&cid={message.channel_id}" if more else ""
    return f"{source.workspace.team.url}archives/{message.channel_id}/p{message.ts.replace('.', '')}{query}"


async def test_a_permalink_leads_to_its_message_from_another_channel_a_thread_and_home(
    source: FakePageSource, screen: Screen
) -> None:
    root = source.bot_says("Acme")
    for number in range(40):
        source.bot_says(f"Message {number}")
    reply = source.bot_says("The answer", thread_ts=root.ts)
    links = f"<{link_to(source, root)}|to Acme> <{link_to(source, reply)}|to the answer> <https://docs.example/|out>"
    elsewhere = source.bot_says(links, channel=source.private)
    home = {"type": "home", "blocks": [{"type": "section", "block_id": "s", "text": mrkdwn(links)}]}
    home["blocks"] += [{"type": "actions", "elements": [button("Open", "o", url=link_to(source, root))]}]
    source.workspace.views.homes[source.ann.id] = View("VH", source.ann.id, given=home, hash="1", root_view_id="VH")
    page = await screen.open(source.ann, source.private)
    await page.get_by_role("link", name="to Acme").click()
    flashed = page.locator(".channel-pane .message.flash")
    await expect(flashed).to_contain_text("Acme")
    await expect(flashed).to_be_in_viewport()
    await expect(page.locator(".channel.current")).to_contain_text("abm-weekly")
    await page.go_back()
    await page.get_by_role("link", name="to the answer").click()
    await expect(page.locator(".thread-pane .message.flash")).to_contain_text("The answer")
    await page.locator(".channel", has_text="Cadence").click()
    await page.get_by_role("tab", name="Home").click()
    await page.get_by_role("button", name="Open").click()
    await expect(flashed).to_contain_text("Acme")
    assert elsewhere.ts not in page.url
    assert len(page.context.pages) == 1


async def test_a_channel_is_opened_at_the_first_unread_message_below_the_line_new(
    source: FakePageSource, screen: Screen
) -> None:
    for number in range(30):
        source.bot_says(f"Old {number}")
    page = await screen.open(source.ann, source.weekly)
    await page.locator(".channel", has_text="list-owners").click()
    await expect(page.locator(".empty")).to_be_visible()
    for number in range(30):
        source.bot_says(f"Fresh {number}")
    weekly = page.get_by_role("button", name="abm-weekly, 30 unread")
    await weekly.click()
    first_new = page.locator(".new-line + .message")
    await expect(first_new.locator(".body")).to_have_text("Fresh 0")
    await expect(first_new).to_be_in_viewport()
    await expect(page.locator(".message", has_text="Fresh 29")).not_to_be_in_viewport()
    await expect(page.locator(".channel.unread")).to_have_count(0)
    await page.locator(".channel", has_text="list-owners").click()
    await expect(page.locator(".empty")).to_be_visible()
    await page.locator(".channel", has_text="abm-weekly").click()
    await expect(page.locator(".message", has_text="Fresh 29")).to_be_in_viewport()
    await expect(page.locator(".new-line")).to_have_count(0)


async def test_what_comes_below_is_told_and_one_who_writes_sees_the_answer(
    source: FakePageSource, screen: Screen
) -> None:
    for number in range(40):
        source.bot_says(f"Message {number}")
    page = await screen.open(source.ann, source.weekly)
    await expect(page.locator(".new-line")).to_be_visible()
    source.bot_says("Details", ephemeral_to=source.ann.id)
    below = page.get_by_role("button", name="1 new message below")
    await expect(page.locator(".message", has_text="Details")).not_to_be_in_viewport()
    await below.click()
    await expect(page.locator(".message", has_text="Details")).to_be_in_viewport()
    await expect(below).to_be_hidden()
    await page.locator(".channel-pane .messages").evaluate("node => { node.scrollTop = 0; }")
    source.actions.after["type_command"] = lambda: source.bot_says("Your accounts", ephemeral_to=source.ann.id)
    await composer(page).fill("/account")
    await composer(page).press("Enter")
    await expect(page.locator(".message", has_text="Your accounts")).to_be_in_viewport()
