"""Finding one's way: permalinks, what is new since the last visit, and acting as anybody."""

import re

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


async def test_a_permalink_to_what_the_member_does_not_see_says_why(source: FakePageSource, screen: Screen) -> None:
    secret = source.bot_says("For owners", channel=source.private)
    gone = source.bot_says("Gone", deleted=True)
    source.bot_says(f"<{link_to(source, secret)}|secret> <{link_to(source, gone)}|gone>")
    page = await screen.open(source.bo, source.weekly)
    await page.get_by_role("link", name="secret").click()
    await expect(page.locator(".toast.error")).to_contain_text("a conversation that Bo Okafor is not in")
    await page.get_by_role("link", name="gone").click()
    await expect(page.locator(".toast.error").last).to_have_text(re.compile("not there any more"))


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


async def test_in_a_direct_message_the_line_new_stands_too_and_replies_alone_are_no_news(
    source: FakePageSource, screen: Screen
) -> None:
    direct = source.workspace.im(source.ann.id)
    root = source.bot_says("Your actions", channel=direct)
    weekly_root = source.bot_says("Acme")
    page = await screen.open(source.ann, source.weekly)
    await expect(page.locator(".channel.unread")).to_have_text([re.compile("Cadence")])
    source.bot_says("reply", thread_ts=weekly_root.ts)
    await page.get_by_role("button", name="Cadence, 1 unread").click()
    await expect(page.locator(".new-line + .message")).to_contain_text(root.text)
    await expect(page.locator(".channel.unread")).to_have_count(0)


async def test_everybody_of_a_hundred_people_can_be_found_and_acted_as(source: FakePageSource, screen: Screen) -> None:
    for number in range(100):
        user = source.workspace.add_user(f"p{number}", real_name=f"Person {number}")
        source.weekly.members.append(user.id)
    page = await screen.open(source.ann, source.weekly)
    await page.get_by_role("button", name="Act as Ann Lee").press("Enter")
    await expect(page.get_by_role("option")).to_have_count(len(source.workspace.users) - 1)
    await page.keyboard.type("person 97")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Act as Person 97")).to_be_focused()


async def test_a_reply_also_sent_to_the_channel_is_drawn_there_with_the_message_it_answers(
    source: FakePageSource, screen: Screen
) -> None:
    root = source.bot_says("*Account review* Mon 30 Nov")
    source.bot_says("Recap", thread_ts=root.ts, reply_broadcast=True)
    page = await screen.open(source.ann, source.weekly)
    await expect(page.locator(".replied-to")).to_have_text("replied to a thread: Account review Mon 30 Nov")
    await page.locator(".replied-to button").click()
    await expect(page.locator(".thread-pane .only-you")).to_have_text("Also sent to the channel")
