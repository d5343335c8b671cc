"""The page in a browser: finding one's way, by mouse and by keyboard."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Page, expect

from sandbox.client import MessageTarget, Outcome
from sandbox.messages import Message
from sandbox.page.news import Move
from sandbox.page.state import Opening
from sandbox.workspace import View
from tests.sandbox.page.browser import Screen, composer, until_performed
from tests.sandbox.page.every_block import EVERY_INPUT
from tests.sandbox.page.fake_source import FakePageSource, button, mrkdwn, options, plain

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_chosen_member_sees_that_members_channels(source: FakePageSource, screen: Screen) -> None:
    page = await screen.open(source.ann)
    await expect(page.locator(".channel", has_text="list-owners")).to_be_visible()
    await page.get_by_role("button", name="Act as Ann Lee").click()
    await page.get_by_role("option", name="Bo Okafor").click()
    await expect(page.get_by_role("button", name="Act as Bo Okafor")).to_be_visible()
    await expect(page.locator(".channel", has_text="list-owners")).to_have_count(0)


async def test_the_page_opens_with_the_review_posted_last_at_the_top_and_stays_there_as_agendas_come(source, screen):
    for number in range(30):
        source.bot_says(f"Account review of before, account {number}")
    source.bot_says("Later, elsewhere", channel=source.private)
    source.opening = Opening(source.bo.id, source.weekly.id, "Account review")
    page = await screen.open()
    await expect(page.get_by_role("button", name="Act as Bo Okafor")).to_be_visible()
    review = page.locator(".message", has_text="Account review of before, account 29")
    await expect(review).to_be_in_viewport()
    await page.reload()  # by now the address names the channel: it is shown from where it was read to
    await expect(review).to_be_in_viewport()
    await page.goto("about:blank")
    source.bot_says("Account review of today")
    page = await screen.open()
    for number in range(20):
        source.bot_says(f"Agenda {number}")
    await expect(page.locator(".message", has_text="Agenda 19")).to_have_count(1)
    review = page.locator(".message", has_text="Account review of today")
    frame = page.locator(".channel-pane .messages")
    tops = [await each.evaluate("node => node.getBoundingClientRect().top") for each in (review, frame)]
    assert abs(tops[0] - tops[1]) < 2
    await frame.press("End")
    await expect(page.locator(".message", has_text="Agenda 19")).to_be_in_viewport()
    source.bot_says("Agenda 20")
    await expect(page.locator(".message", has_text="Agenda 20")).to_be_in_viewport()


async def test_a_command_is_completed_from_the_manifest_and_sent(source: FakePageSource, screen: Screen) -> None:
    page = await screen.open(source.ann, source.weekly)
    await composer(page).press_sequentially("/ac")
    hint = source.workspace.manifest.commands["/account"].usage_hint
    await expect(page.locator(".completions .option")).to_contain_text(["/account" + hint])
    await composer(page).press("Tab")
    await expect(composer(page)).to_have_value("/account ")
    await composer(page).press_sequentially("acme")
    await composer(page).press("Enter")
    await until_performed(source, "type_command", source.ann.id, source.weekly.id, "/account acme", None)
    await expect(composer(page)).to_have_value("")


@pytest.mark.proof
async def test_a_refused_command_shows_its_error_and_keeps_the_text(source: FakePageSource, screen: Screen) -> None:
    root = source.bot_says("Acme")
    source.actions.outcomes["type_command"] = Outcome(
        ok=False, error=":red_circle: /move is not supported in threads. Sorry!"
    )
    page = await screen.open(source.ann, source.weekly)
    await page.locator(".message").hover()
    await page.get_by_role("button", name="Reply in thread").click()
    reply = page.locator(".thread-pane textarea")
    await reply.fill("/move acme they called")
    await reply.press("Enter")
    await until_performed(source, "type_command", source.ann.id, source.weekly.id, "/move acme they called", root.ts)
    await expect(page.locator(".toast.error")).to_contain_text("/move is not supported in threads")
    await expect(reply).to_have_value("/move acme they called")


@pytest.mark.proof
async def test_a_draft_and_the_place_in_the_list_survive_what_others_do(source: FakePageSource, screen: Screen) -> None:
    for number in range(60):
        source.bot_says(f"Message {number}")
    page = await screen.open(source.ann, source.weekly)
    await composer(page).fill("half a thought")
    await page.locator(".channel", has_text="list-owners").click()
    await expect(composer(page)).to_have_value("")
    await page.locator(".channel", has_text="abm-weekly").click()
    await expect(composer(page)).to_have_value("half a thought")
    messages = page.locator(".channel-pane .messages")
    await messages.evaluate("node => { node.scrollTop = 100; }")
    source.bot_says("Message 60")
    await expect(page.locator(".message")).to_have_count(61)
    assert await messages.evaluate("node => node.scrollTop") == 100
    await expect(composer(page)).to_have_value("half a thought")


async def test_the_next_due_moment_says_what_happened_with_links_to_it(source: FakePageSource, screen: Screen) -> None:
    old = source.bot_says("Acme")

    async def move_on() -> str:
        since = source.workspace.new_ts()
        old.edited_ts = source.workspace.new_ts()
        source.bot_says("*Account review*, Mon 30 Nov\nfirst line only")
        told = source.bot_says("Your actions", channel=source.workspace.im(source.bo.id))
        told.edited_ts = source.workspace.new_ts()
        source.move = Move("It is Thu 26 Nov 09:00.", since).over(source.workspace)
        source.bot_says("An answer that came later")
        return source.move.text

    source.on_next_due = move_on
    page = await screen.open(source.ann)
    await page.get_by_role("button", name="Next due moment").click()
    news = page.get_by_role("status", name="What happened")
    await expect(news).to_contain_text("It is Thu 26 Nov 09:00.")
    await expect(news.locator("li")).to_have_text(
        ["#abm-weekly: Account review, Mon 30 Nov; 1 message brought up to date", "To Bo Okafor alone: Your actions"]
    )
    await news.get_by_role("link", name="Your actions").click()
    await expect(page.locator(".message.flash")).to_contain_text("Your actions")
    await expect(page.get_by_role("button", name="Act as Bo Okafor")).to_be_visible()
    await page.get_by_role("button", name="Close what happened").click()
    await expect(news).to_be_hidden()
    await page.reload()
    await expect(page.locator(".switcher")).to_be_visible()
    await expect(news).to_be_hidden()
    source.on_next_due = nothing_due(source)
    await page.get_by_role("button", name="Next due moment").click()
    await expect(news).to_contain_text("It is Fri 27 Nov 09:00. Nothing was posted.")


def nothing_due(source: FakePageSource) -> Callable[[], Awaitable[str]]:
    async def move_on() -> str:
        source.move = Move("It is Fri 27 Nov 09:00.", source.workspace.new_ts())
        return source.move.text

    return move_on


async def test_the_thread_that_an_answer_in_a_direct_message_went_to_is_opened(source: FakePageSource, screen: Screen):
    direct = source.workspace.im(source.ann.id)
    asking = {"type": "actions", "block_id": "b", "elements": [button("Yes", "yes")]}
    asked = source.bot_says("Still there?", asking, channel=direct)
    page = await screen.open(source.ann, direct)
    source.bot_says("Told by itself, earlier", channel=direct, thread_ts=asked.ts)
    await expect(page.locator(".thread-line")).to_have_text(re.compile("1 reply"))
    await page.get_by_role("button", name="Yes").click()
    await until_performed(source, "click", source.ann.id, MessageTarget(direct.id, asked.ts), "b", "yes", None)
    await expect(page.locator(".thread-pane")).to_be_hidden()
    source.bot_says("Recorded", channel=direct, thread_ts=asked.ts)
    await expect(page.locator(".thread-pane")).to_contain_text("Recorded")


@pytest.mark.proof
async def test_a_link_is_followed_though_the_page_is_drawn_before_the_browser_tells_of_it(source, screen):
    told = source.bot_says("Your actions", channel=source.workspace.im(source.bo.id))
    page = await screen.open(source.ann, source.weekly)
    # whatever is drawn meanwhile writes the place shown into the address
    follow = "link => { const shown = location.hash; location.hash = link; history.replaceState(null, '', shown); }"
    await page.evaluate(follow, f"#{source.bo.id}/{told.channel_id}///{told.ts}")
    await expect(page.locator(".message.flash")).to_contain_text("Your actions")
    await expect(page.get_by_role("button", name="Act as Bo Okafor")).to_be_visible()


# Finding one's way: permalinks, what is new since the last visit, and acting as anybody.
def link_to(source: FakePageSource, message: Message, **more: str) -> str:
    query = f"?thread_ts={more['thread']}&cid={message.channel_id}" if more else ""
    return f"{source.workspace.team.url}archives/{message.channel_id}/p{message.ts.replace('.', '')}{query}"


@pytest.mark.proof
async def test_a_permalink_leads_to_its_message_from_another_channel_a_thread_and_home(source, screen):
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


async def test_a_channel_is_opened_at_the_first_unread_message_below_the_line_new(source, screen):
    for number in range(30):
        source.bot_says(f"Old {number}")
    page = await screen.open(source.ann, source.weekly)
    await page.locator(".channel", has_text="list-owners").click()
    await expect(page.locator(".empty")).to_be_visible()
    for number in range(30):
        source.bot_says(f"Fresh {number}")
    await page.get_by_role("button", name="abm-weekly, 30 unread").click()
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


@pytest.mark.proof
async def test_what_comes_below_is_told_and_one_who_writes_sees_the_answer(source: FakePageSource, screen: Screen):
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


# The whole page by keyboard, with the focus always seen and given back.
async def tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Press Tab until the control with this text or label has the focus."""
    for _ in range(most):
        await page.keyboard.press("Tab")
        label = await page.evaluate(
            "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
        )
        if label == name:
            return
    raise AssertionError(f"Tab does not reach {name}.")


async def test_channels_menus_selects_dates_and_threads_are_worked_by_keys_alone(source, screen):
    elements: list[dict[str, Any]] = [
        button("Update", "up"),
        {"type": "overflow", "action_id": "more", "options": options("Movement", "Blocker")},
        {"type": "static_select", "action_id": "s", "placeholder": plain("Stage"), "options": options("Aware", "Lost")},
        {"type": "datepicker", "action_id": "d", "placeholder": plain("Due"), "initial_date": "2026-12-04"},
    ]
    root = source.bot_says("Acme", {"type": "actions", "block_id": "b", "elements": elements})
    source.says(source.bo, "A reply", thread_ts=root.ts)
    target = MessageTarget(source.weekly.id, root.ts)
    page = await screen.open(source.ann, source.private)
    await tab_to(page, "abm-weekly, 1 unread")
    await page.keyboard.press("Enter")
    await tab_to(page, "Update")
    await page.keyboard.press("Enter")
    await until_performed(source, "click", source.ann.id, target, "b", "up", None)
    await tab_to(page, "More options")
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="More options")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await until_performed(source, "click", source.ann.id, target, "b", "more", "blocker")
    await expect(page.get_by_role("button", name="More options")).to_be_focused()
    await tab_to(page, "Stage")
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await until_performed(source, "click", source.ann.id, target, "b", "s", "lost")
    await expect(page.get_by_role("button", name="Stage")).to_be_focused()
    await tab_to(page, "Due")
    await page.keyboard.type("11112026")
    assert not [act for act in source.actions.done if act[4:5] == ("d",)]
    await page.keyboard.press("Enter")
    await until_performed(source, "click", source.ann.id, target, "b", "d", "2026-11-11")
    assert len([act for act in source.actions.done if act[4:5] == ("d",)]) == 1
    await page.locator(".thread-line").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Reply")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator(".thread-line")).to_be_focused()


@pytest.mark.proof
async def test_the_focus_is_given_back_when_a_form_closes_although_the_message_was_drawn_anew(source, screen):
    blocks = {"type": "actions", "block_id": "b", "elements": [button("Update", "up")]}
    message = source.bot_says("Acme", blocks)
    source.actions.after["click"] = lambda: source.opens(source.ann, *EVERY_INPUT)
    page = await screen.open(source.ann, source.weekly)
    await page.get_by_role("button", name="Update").press("Enter")
    await expect(page.get_by_role("textbox", name="plain")).to_be_focused()
    message.blocks = [{"type": "section", "block_id": "s", "text": mrkdwn("Nora, 09:02")}, blocks]
    source.workspace.changes.happened()
    await expect(page.locator(".message")).to_contain_text("Nora, 09:02")
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog.modal")).to_have_count(0)
    await expect(page.get_by_role("button", name="Update")).to_be_focused()
