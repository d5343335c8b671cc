import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from sandbox.places import MessagePlace, Outcome, ViewPlace
from sandbox.views import View
from tests.sandbox.blocks_of_every_kind import EVERY_BLOCK, EVERY_INPUT
from tests.sandbox.stand import Stand, button, mrkdwn, options, plain, served

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: the page is tested where there is one"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        expect.set_options(timeout=10_000)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


class Screen:
    """The page in a browser: what it asked for, and what it complained of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(10_000)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))

    async def open(self, as_: Any = None, channel: Any = None) -> Page:
        place = f"#{as_.id if as_ else ''}/{channel.id if channel else ''}"
        await self.page.goto(f"{self.address}/page/{place}")
        await self.page.wait_for_selector(".room-pane h1:not(:empty)")
        return self.page


@pytest.fixture
def stand() -> Stand:
    return Stand()


@pytest_asyncio.fixture(loop_scope="module")
async def screen(stand: Stand, browser: Browser) -> AsyncIterator[Screen]:
    async with served(stand) as address:
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        screen = Screen(page, address)
        yield screen
        await page.close()
        assert screen.complaints == []
        assert [url for url in screen.asked if not url.startswith((address, "data:"))] == []


def composer(page: Page) -> Any:
    return page.locator(".room-pane textarea")


async def until_done(stand: Stand, *act: Any) -> None:
    """Waits until the sandbox was asked for exactly this act."""
    assert await stand.workspace.changes.until(lambda: act in stand.acts.done, seconds=10), stand.acts.done


async def test_one_acts_as_any_member_and_sees_that_members_rooms(stand: Stand, screen: Screen) -> None:
    page = await screen.open(stand.ann)
    await expect(page.locator(".room", has_text="list-owners")).to_be_visible()
    await page.get_by_role("button", name="Act as Ann Lee").click()
    await page.get_by_role("option", name="Bo Okafor").click()
    await expect(page.get_by_role("button", name="Act as Bo Okafor")).to_be_visible()
    await expect(page.locator(".room", has_text="list-owners")).to_have_count(0)


async def test_an_archived_channel_is_marked_and_takes_no_message(stand: Stand, screen: Screen) -> None:
    stand.private.is_archived = True
    page = await screen.open(stand.ann, stand.private)
    await expect(page.locator(".room.current small")).to_have_text("archived")
    await expect(page.get_by_text("This channel is archived.")).to_be_visible()
    await expect(composer(page)).to_be_hidden()


async def test_a_new_message_appears_by_itself_and_an_edit_is_marked(stand: Stand, screen: Screen) -> None:
    page = await screen.open(stand.ann, stand.weekly)
    message = stand.bot_says("First *words*")
    await expect(page.locator(".message .body")).to_have_text("First words")
    message.text, message.edited_ts = "Second words", message.ts
    stand.workspace.changes.happened()
    await expect(page.locator(".message .body")).to_have_text("Second words(edited)")


async def test_an_ephemeral_says_who_sees_it(stand: Stand, screen: Screen) -> None:
    stand.bot_says("Your accounts", ephemeral_to=stand.ann.id)
    page = await screen.open(stand.ann, stand.weekly)
    await expect(page.locator(".message.ephemeral")).to_contain_text("Only visible to you")


async def test_times_stand_in_the_members_own_zone(stand: Stand, screen: Screen) -> None:
    stand.bot_says("<!date^1795608000^due {date_short} {time}|fallback>")
    page = await screen.open(stand.bo, stand.weekly)
    await expect(page.locator(".message .head time")).to_have_text("07:00")
    await expect(page.locator(".message .body")).to_have_text("due 25 Nov 2026 07:00")


async def test_a_command_is_completed_from_the_manifest_and_sent(stand: Stand, screen: Screen) -> None:
    page = await screen.open(stand.ann, stand.weekly)
    await composer(page).press_sequentially("/ac")
    hint = stand.workspace.manifest.commands["/account"].usage_hint
    await expect(page.locator(".completions .option")).to_contain_text(["/account" + hint])
    await composer(page).press("Tab")
    await expect(composer(page)).to_have_value("/account ")
    await composer(page).press_sequentially("acme")
    await composer(page).press("Enter")
    await until_done(stand, "type_command", stand.ann.id, stand.weekly.id, "/account acme", None)
    await expect(composer(page)).to_have_value("")


async def test_what_the_sandbox_refuses_is_said_and_the_words_stay(stand: Stand, screen: Screen) -> None:
    root = stand.bot_says("Acme")
    stand.acts.outcomes["type_command"] = Outcome(ok=False, error="/move is not supported in threads. Sorry!")
    page = await screen.open(stand.ann, stand.weekly)
    await page.locator(".message").hover()
    await page.get_by_role("button", name="Reply in thread").click()
    reply = page.locator(".thread-pane textarea")
    await reply.fill("/move acme they called")
    await reply.press("Enter")
    await until_done(stand, "type_command", stand.ann.id, stand.weekly.id, "/move acme they called", root.ts)
    await expect(page.locator(".toast.error")).to_contain_text("is not supported in threads")
    await expect(reply).to_have_value("/move acme they called")


async def test_a_message_is_sent_by_enter_and_broken_by_shift_enter(stand: Stand, screen: Screen) -> None:
    page = await screen.open(stand.ann, stand.weekly)
    await composer(page).press_sequentially("one")
    await composer(page).press("Shift+Enter")
    await composer(page).press_sequentially("two @b")
    await composer(page).press("Tab")
    await composer(page).press("Enter")
    await until_done(stand, "post", stand.ann.id, stand.weekly.id, "one\ntwo @bo", None)


async def test_a_draft_and_the_place_in_the_list_survive_what_others_do(stand: Stand, screen: Screen) -> None:
    for number in range(60):
        stand.bot_says(f"Message {number}")
    page = await screen.open(stand.ann, stand.weekly)
    await composer(page).fill("half a thought")
    await page.locator(".room", has_text="list-owners").click()
    await expect(composer(page)).to_have_value("")
    await page.locator(".room", has_text="abm-weekly").click()
    await expect(composer(page)).to_have_value("half a thought")
    messages = page.locator(".room-pane .messages")
    await messages.evaluate("node => { node.scrollTop = 100; }")
    stand.bot_says("Message 60")
    await expect(page.locator(".message")).to_have_count(61)
    assert await messages.evaluate("node => node.scrollTop") == 100
    await expect(composer(page)).to_have_value("half a thought")


async def test_a_button_asks_before_it_acts_when_the_app_wants_it(stand: Stand, screen: Screen) -> None:
    confirm = {
        "title": plain("Remove?"),
        "text": mrkdwn("*Acme*"),
        "confirm": plain("Remove it"),
        "deny": plain("Keep"),
    }
    message = stand.bot_says(
        "Acme", {"type": "actions", "block_id": "b", "elements": [button("Remove", "rm", confirm=confirm)]}
    )
    page = await screen.open(stand.ann, stand.weekly)
    await page.get_by_role("button", name="Remove", exact=True).click()
    await page.get_by_role("button", name="Keep").click()
    assert stand.acts.done == []
    await page.get_by_role("button", name="Remove", exact=True).click()
    await page.get_by_role("button", name="Remove it").click()
    await until_done(stand, "click", stand.ann.id, MessagePlace(stand.weekly.id, message.ts), "b", "rm", None)


async def test_the_error_of_a_field_stands_below_it_and_what_was_typed_is_kept(stand: Stand, screen: Screen) -> None:
    field = {
        "type": "input",
        "block_id": "what",
        "label": plain("What moved"),
        "element": {"type": "plain_text_input", "action_id": "v"},
    }
    form = stand.opens(stand.ann, field)

    def refuse() -> None:
        form.errors = {"what": "Say what the buyer did."}

    stand.acts.after["submit"] = refuse
    page = await screen.open(stand.ann, stand.weekly)
    await page.get_by_role("textbox", name="What moved").fill("we sent a mail")
    form.state = {"what": {"v": {"type": "plain_text_input", "value": "we sent a mail"}}}
    await page.get_by_role("button", name="Record").click()
    await expect(page.locator("[data-block=what] .field-error")).to_have_text("Say what the buyer did.")
    await expect(page.get_by_role("textbox", name="What moved")).to_have_value("we sent a mail")
    assert stand.acts.done == [("set_input", "what", "v", "we sent a mail"), ("submit", stand.ann.id, form.id)]
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog.modal")).to_have_count(0)
    assert stand.acts.done[-1] == ("close", form.id, False)


async def test_a_pushed_form_comes_to_the_front_and_goes_back(stand: Stand, screen: Screen) -> None:
    stand.opens(stand.ann, {"type": "section", "block_id": "s", "text": mrkdwn("below")})
    stand.opens(stand.ann, {"type": "section", "block_id": "s", "text": mrkdwn("above")}, title=plain("Choose"))
    page = await screen.open(stand.ann, stand.weekly)
    await expect(page.locator("dialog.modal")).to_contain_text("above")
    await page.get_by_role("button", name="Back").click()
    await expect(page.locator("dialog.modal")).to_contain_text("below")


async def test_every_kind_of_input_sends_its_value(stand: Stand, screen: Screen) -> None:
    stand.opens(stand.ann, *EVERY_INPUT)
    page = await screen.open(stand.ann, stand.weekly)
    await page.get_by_role("textbox", name="plain").fill("text")
    await page.get_by_role("textbox", name="number").fill("12")
    await page.get_by_label("date", exact=True).fill("2026-12-04")
    await page.get_by_label("time", exact=True).fill("09:30")
    await page.get_by_label("moment", exact=True).fill("2026-12-04T09:30")
    await page.get_by_role("radio", name="Up").check()
    await page.get_by_role("checkbox", name="Tell").check()
    for select, wanted in (
        ("stage", "Aware"),
        ("person", "Bo Okafor"),
        ("room", "#abm-weekly"),
        ("talk", "#list-owners"),
    ):
        await page.get_by_role("button", name=select, exact=True).click()
        await page.get_by_role("option", name=wanted).click()
    await page.get_by_role("button", name="people", exact=True).click()
    await page.get_by_role("option", name="Ann Lee").click()
    await page.get_by_role("combobox").fill("bo")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Record").click()
    await until_done(stand, "set_input", "people", "v", [stand.ann.id, stand.bo.id])
    last = {act[1]: act[3] for act in stand.acts.done if act[0] == "set_input"}
    assert last == {
        "plain": "text", "number": "12", "date": "2026-12-04", "time": "09:30", "moment": "1796376600", "kind": "up",
        "also": ["tell"], "stage": "aware", "person": stand.bo.id, "room": stand.weekly.id, "talk": stand.private.id,
        "people": [stand.ann.id, stand.bo.id],
    }  # fmt: skip


async def test_every_block_the_app_may_send_is_drawn(stand: Stand, screen: Screen) -> None:
    for block in EVERY_BLOCK:
        stand.bot_says(block["type"], block)
    page = await screen.open(stand.ann, stand.weekly)
    drawn = await page.locator(".block").evaluate_all("nodes => nodes.map(node => node.className)")
    for block in EVERY_BLOCK:
        assert any(f"block-{block['type']}" in name.split() for name in drawn), block["type"]
    await expect(page.locator(".unknown")).to_have_count(0)


async def test_a_data_table_sorts_by_numbers_and_turns_its_pages(stand: Stand, screen: Screen) -> None:
    rows = [[{"type": "raw_text", "text": "Account"}, {"type": "raw_text", "text": "Fit"}]]
    for name, fit in (("Acme", 9), ("Globex", 81), ("Hooli", 100)):
        rows.append([{"type": "raw_text", "text": name}, {"type": "raw_number", "value": fit, "text": f"{fit}"}])  # type: ignore[dict-item]
    stand.bot_says("t", {"type": "data_table", "caption": "Fit", "page_size": 2, "rows": rows})
    page = await screen.open(stand.ann, stand.weekly)
    names = page.locator("tbody th")
    await expect(names).to_have_text(["Acme", "Globex"])
    await page.get_by_role("button", name="Fit").click()
    await page.get_by_role("button", name="Fit").click()
    await expect(names).to_have_text(["Hooli", "Globex"])
    await page.get_by_role("button", name="Next", exact=True).click()
    await expect(names).to_have_text(["Acme"])


async def test_hostile_text_stays_text(stand: Stand, screen: Screen) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    escaped = evil.replace("<", "&lt;").replace(">", "&gt;")
    stand.says(stand.ann, escaped)
    stand.bot_says(
        "x",
        {"type": "header", "text": plain(evil)},
        {"type": "markdown", "text": f"{evil} [go](javascript:alert(3))"},
        {"type": "section", "text": mrkdwn(f"<javascript:alert(4)|{escaped}> *{escaped}*")},
    )
    page = await screen.open(stand.ann, stand.weekly)
    await expect(page.locator(".message .body").first).to_have_text(evil)
    await expect(page.locator(".block-header")).to_have_text(evil)
    assert await page.locator(".message img, .message script, .message a").count() == 0


async def test_slack_markup_becomes_names_links_and_weight(stand: Stand, screen: Screen) -> None:
    stand.says(
        stand.bo,
        f"*bold* _it_ ~no~ `a*b*c` 2*3*4 <@{stand.ann.id}> <#{stand.weekly.id}> "
        "<https://example.com/?a=1&amp;b=2|the deck>\n&gt; quoted\nafter &lt;tag&gt; &amp;amp; snake_case_name",
    )
    page = await screen.open(stand.ann, stand.weekly)
    body = page.locator(".message .body")
    await expect(body).to_contain_text("bold it no a*b*c 2*3*4 @Ann Lee #abm-weekly the deck")
    await expect(body).to_contain_text("after <tag> &amp; snake_case_name")
    await expect(body.locator("strong")).to_have_text("bold")
    await expect(body.locator("em")).to_have_text("it")
    await expect(body.locator("blockquote")).to_have_text("quoted")
    await expect(body.locator("a")).to_have_attribute("href", "https://example.com/?a=1&b=2")


async def test_shortcuts_run_from_a_message_and_from_the_composer(stand: Stand, screen: Screen) -> None:
    message = stand.says(stand.bo, "They want a price")
    page = await screen.open(stand.ann, stand.weekly)
    await page.locator(".message").hover()
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Log to account").click()
    await until_done(stand, "shortcut", stand.ann.id, "log_to_account", MessagePlace(stand.weekly.id, message.ts))
    await page.locator(".room-pane").get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Account update").click()
    await until_done(stand, "shortcut", stand.ann.id, "account_update", None)


async def test_the_apps_home_is_opened_and_its_buttons_work(stand: Stand, screen: Screen) -> None:
    blocks = [{"type": "actions", "block_id": "b", "elements": [button("Update", "up")]}]
    home = View(
        id="VHOME", user_id=stand.ann.id, given={"type": "home", "blocks": blocks}, hash="1", root_view_id="VHOME"
    )
    stand.workspace.views.homes[stand.ann.id] = home
    page = await screen.open(stand.ann)
    await page.locator(".room", has_text="Cadence").click()
    await page.get_by_role("tab", name="Home").click()
    await until_done(stand, "open_home", stand.ann.id, "home")
    await page.get_by_role("button", name="Update").click()
    await until_done(stand, "click", stand.ann.id, ViewPlace("VHOME"), "b", "up", None)


async def test_the_next_due_moment_says_what_happened(stand: Stand, screen: Screen) -> None:
    async def move_on() -> str:
        return "Moved to Thu 26 Nov 09:00: the review opened."

    stand.on_next_due = move_on
    page = await screen.open(stand.ann)
    await page.get_by_role("button", name="Next due moment").click()
    await expect(page.locator(".toast")).to_contain_text("Moved to Thu 26 Nov 09:00: the review opened.")


async def test_the_hint_is_shown_until_it_is_put_away(stand: Stand, screen: Screen) -> None:
    page = await screen.open(stand.ann)
    await expect(page.locator(".hint-text")).to_have_text("Try /account in #abm-weekly.")
    await page.get_by_role("button", name="Hide this hint").click()
    await page.reload()
    await expect(page.locator(".switcher")).to_be_visible()
    await expect(page.locator(".hint-line")).to_be_hidden()


async def test_on_a_phone_the_channels_slide_in_and_nothing_overflows(stand: Stand, screen: Screen) -> None:
    await screen.page.set_viewport_size({"width": 390, "height": 800})
    root = stand.bot_says(
        "Acme", {"type": "section", "fields": [mrkdwn("*Stage*\nEvaluation"), mrkdwn("*Owner*\nAnn")]}
    )
    stand.says(stand.bo, "A reply", thread_ts=root.ts)
    page = await screen.open(stand.ann, stand.weekly)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await expect(page.locator(".sidebar")).to_be_hidden()
    await page.get_by_role("button", name="Show channels").click()
    await page.locator(".room", has_text="abm-weekly").click()
    await expect(page.locator(".sidebar")).to_be_hidden()
    await page.locator(".thread-line").click()
    await expect(page.locator(".thread-pane")).to_contain_text("A reply")
    await page.get_by_role("button", name="Close thread").click()
    await expect(page.locator(".thread-pane")).to_be_hidden()


async def test_a_select_in_a_message_offers_its_options_by_keyboard(stand: Stand, screen: Screen) -> None:
    select = {
        "type": "static_select",
        "action_id": "s",
        "placeholder": plain("Stage"),
        "options": options("Aware", "Engaged"),
    }
    message = stand.bot_says("x", {"type": "section", "block_id": "b", "text": mrkdwn("Stage?"), "accessory": select})
    page = await screen.open(stand.ann, stand.weekly)
    await page.get_by_role("button", name="Stage").press("Enter")
    await page.keyboard.type("eng")
    await page.keyboard.press("Enter")
    await until_done(stand, "click", stand.ann.id, MessagePlace(stand.weekly.id, message.ts), "b", "s", "engaged")
