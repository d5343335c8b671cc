"""Blocks and forms of the page as they are drawn and used."""

from typing import Any

import pytest
from playwright.async_api import expect

from sandbox.client import MessageTarget, Outcome
from tests.sandbox.page.browser import Screen, until_performed
from tests.sandbox.page.every_block import EVERY_BLOCK, EVERY_INPUT
from tests.sandbox.page.fake_source import FakePageSource, button, mrkdwn, plain

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_block_the_app_may_send_is_drawn(source: FakePageSource, screen: Screen) -> None:
    for block in EVERY_BLOCK:
        source.bot_says(block["type"], block)
    page = await screen.open(source.ann, source.weekly)
    drawn = await page.locator(".block").evaluate_all("nodes => nodes.map(node => node.className)")
    for block in EVERY_BLOCK:
        assert any(f"block-{block['type']}" in name.split() for name in drawn), block["type"]
    await expect(page.locator(".unknown")).to_have_count(0)


async def test_where_no_font_has_emoji_in_colour_each_mark_is_drawn_in_a_shape_of_its_own(source, screen):
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


@pytest.mark.proof
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


# Forms.
@pytest.mark.proof
async def test_a_button_asks_before_it_acts_when_the_app_wants_it(source: FakePageSource, screen: Screen) -> None:
    confirm = {
        "title": plain("Remove?"),
        "text": mrkdwn("*Acme*"),
        "confirm": plain("Remove it"),
        "deny": plain("Keep"),
    }
    message = source.bot_says(
        "Acme", {"type": "actions", "block_id": "b", "elements": [button("Remove", "rm", confirm=confirm)]}
    )
    page = await screen.open(source.ann, source.weekly)
    await page.get_by_role("button", name="Remove", exact=True).click()
    await page.get_by_role("button", name="Keep").click()
    assert source.actions.done == []
    await page.get_by_role("button", name="Remove", exact=True).click()
    await page.get_by_role("button", name="Remove it").click()
    await until_performed(source, "click", source.ann.id, MessageTarget(source.weekly.id, message.ts), "b", "rm", None)


@pytest.mark.proof
async def test_the_error_of_a_field_is_shown_below_it_and_the_input_is_kept(source: FakePageSource, screen: Screen):
    field = {
        "type": "input",
        "block_id": "what",
        "label": plain("What moved"),
        "element": {"type": "plain_text_input", "action_id": "v"},
    }
    form = source.opens(source.ann, field)

    def refuse() -> None:
        form.errors = {"what": "Say what the buyer did."}

    source.actions.after["submit"] = refuse
    source.actions.outcomes["submit"] = Outcome(ok=False, error="what: Say what the buyer did.")
    page = await screen.open(source.ann, source.weekly)
    await page.get_by_role("textbox", name="What moved").fill("we sent a mail")
    form.state = {"what": {"v": {"type": "plain_text_input", "value": "we sent a mail"}}}
    await page.get_by_role("button", name="Record").click()
    await expect(page.locator("[data-block=what] .field-error")).to_have_text("Say what the buyer did.")
    await expect(page.get_by_role("textbox", name="What moved")).to_have_value("we sent a mail")
    assert source.actions.done == [("set_input", "what", "v", "we sent a mail"), ("submit", source.ann.id, form.id)]
    await expect(page.locator(".toast")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog.modal")).to_have_count(0)
    assert source.actions.done[-1] == ("close", form.id, False)


async def test_every_kind_of_input_sends_its_value(source: FakePageSource, screen: Screen) -> None:
    source.opens(source.ann, *EVERY_INPUT)
    page = await screen.open(source.ann, source.weekly)
    await page.get_by_role("textbox", name="plain").fill("text")
    await page.get_by_label("date", exact=True).fill("2026-12-04")
    await page.get_by_label("time", exact=True).fill("09:30")
    await page.get_by_role("radio", name="Up").check()
    await page.get_by_role("checkbox", name="Tell").check()
    for select, wanted in (("stage", "Aware"), ("person", "Bo Okafor"), ("talk", "#list-owners")):
        await page.get_by_role("button", name=select, exact=True).click()
        await page.get_by_role("option", name=wanted).click()
    await page.get_by_role("button", name="people", exact=True).click()
    await page.get_by_role("option", name="Ann Lee").click()
    await page.get_by_role("combobox").fill("bo")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Record").click()
    await until_performed(source, "set_input", "people", "v", [source.ann.id, source.bo.id])
    last = {act[1]: act[3] for act in source.actions.done if act[0] == "set_input"}
    assert last == {
        "plain": "text", "date": "2026-12-04", "time": "09:30", "kind": "up",
        "also": ["tell"], "stage": "aware", "person": source.bo.id, "talk": source.private.id,
        "people": [source.ann.id, source.bo.id],
    }  # fmt: skip


@pytest.mark.proof
async def test_shortcuts_run_from_a_message_and_from_the_composer(source: FakePageSource, screen: Screen) -> None:
    message = source.says(source.bo, "They want a price")
    page = await screen.open(source.ann, source.weekly)
    await page.locator(".message").hover()
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Log to account").click()
    await until_performed(
        source, "shortcut", source.ann.id, "log_to_account", MessageTarget(source.weekly.id, message.ts)
    )
    await page.locator(".channel-pane").get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Account update").click()
    await until_performed(source, "shortcut", source.ann.id, "account_update", None)


@pytest.mark.proof
async def test_a_field_that_tells_the_app_on_enter_waits_for_enter(source: FakePageSource, screen: Screen) -> None:
    told = {"type": "plain_text_input", "action_id": "v"}
    block = {"type": "input", "block_id": "find", "label": plain("Find"), "dispatch_action": True, "element": told}
    later = {"type": "input", "block_id": "why", "label": plain("Why"), "element": told}
    source.opens(source.ann, block, later)
    page = await screen.open(source.ann, source.weekly)
    await page.get_by_role("textbox", name="Find").fill("acme")
    await page.get_by_role("textbox", name="Why").fill("because")
    assert ("set_input", "find", "v", "acme") not in source.actions.done
    await page.get_by_role("textbox", name="Find").press("Enter")
    await until_performed(source, "set_input", "find", "v", "acme")
    assert not [act for act in source.actions.done if act[0] == "submit"]


@pytest.mark.proof
async def test_a_field_drawn_anew_while_somebody_types_keeps_the_text_and_the_focus(source, screen):
    def labelled(label: str) -> dict[str, Any]:
        element = {"type": "plain_text_input", "action_id": "v"}
        return {"type": "input", "block_id": "why", "label": plain(label), "element": element}

    form = source.opens(source.ann, labelled("Why"))
    page = await screen.open(source.ann, source.weekly)
    await page.get_by_role("textbox", name="Why").press_sequentially("Call th")
    form.given["blocks"] = [labelled("What is asked")]
    source.workspace.changes.happened()
    field = page.get_by_role("textbox", name="What is asked")
    await expect(field).to_be_focused()
    await page.keyboard.type("em")
    await expect(field).to_have_value("Call them")
    await until_performed(source, "set_input", "why", "v", "Call them")
