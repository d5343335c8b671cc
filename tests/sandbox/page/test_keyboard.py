"""The whole page by keyboard, with the focus always seen and given back."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from sandbox.client import MessageTarget
from tests.sandbox.page.browser import Screen, until_performed
from tests.sandbox.page.every_block import EVERY_INPUT
from tests.sandbox.page.fake_source import FakePageSource, button, mrkdwn, options, plain

pytestmark = pytest.mark.asyncio(loop_scope="session")


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


async def test_channels_menus_selects_dates_and_threads_are_worked_by_keys_alone(
    source: FakePageSource, screen: Screen
) -> None:
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


async def test_the_focus_is_given_back_when_a_form_closes_although_the_message_was_drawn_anew(
    source: FakePageSource, screen: Screen
) -> None:
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
