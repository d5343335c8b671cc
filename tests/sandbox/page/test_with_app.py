from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.page.browser import Screen, composer
from tests.sandbox.page.fake_source import button, mrkdwn, plain

pytestmark = pytest.mark.asyncio(loop_scope="session")

MANIFEST = Path(__file__).parents[3] / "app.yaml"
FIELD = {
    "type": "input",
    "block_id": "what",
    "label": plain("What moved"),
    "element": {"type": "plain_text_input", "action_id": "text"},
}
FORM = {
    "type": "modal",
    "callback_id": "movement",
    "title": plain("Movement"),
    "submit": plain("Record"),
    "blocks": [FIELD],
}


def an_app(sandbox: Sandbox, channel_id: str) -> AsyncApp:
    """Return an app that answers a command, opens a form by a button, refuses one text and posts others."""
    app = AsyncApp(client=sandbox.client, signing_secret=sandbox.signing_secret, process_before_response=True)

    @app.command("/account")
    async def account(ack: AsyncAck, command: dict[str, Any]) -> None:
        go = button("Movement", "go", style="primary")
        text = {"type": "section", "text": mrkdwn(f"*{command['text']}* is in Evaluation")}
        await ack(text="Acme", blocks=[text, {"type": "actions", "elements": [go]}])

    @app.action("go")
    async def go(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("movement")
    async def movement(ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient) -> None:
        said = view["state"]["values"]["what"]["text"]["value"]
        if said == "we sent a mail":
            await ack(response_action="errors", errors={"what": "Say what the buyer did."})
            return
        await ack()
        await client.chat_postMessage(channel=channel_id, text=f"Recorded: {said}")

    return app


@asynccontextmanager
async def running(app: AsyncApp, sandbox: Sandbox) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(app, sandbox.app_token, web_client=sandbox.client)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await sandbox.connected()
    yield
    await handler.close_async()  # type: ignore[no-untyped-call]


async def test_a_command_a_button_and_a_form_go_all_the_way_to_the_app_and_back(browser: Browser) -> None:
    async with Sandbox(manifest=MANIFEST) as sandbox:
        ann = sandbox.add_user("ann", real_name="Ann Lee")
        weekly = sandbox.add_channel("abm-weekly", members=[ann])
        async with running(an_app(sandbox, weekly.id), sandbox), Screen.in_tab(browser, sandbox.slack.origin) as screen:
            page = await screen.open(ann, weekly)
            await composer(page).fill("/account Acme & Sons")
            await composer(page).press("Enter")
            answer = page.locator(".message.ephemeral")
            await expect(answer).to_contain_text("Acme & Sons is in Evaluation")
            await answer.get_by_role("button", name="Movement").click()
            field = page.get_by_role("textbox", name="What moved")
            await field.fill("we sent a mail")
            await field.press("Enter")
            await expect(page.locator(".field-error")).to_have_text("Say what the buyer did.")
            await expect(field).to_have_value("we sent a mail")
            await field.fill("They asked for a price")
            await page.get_by_role("button", name="Record").click()
            await expect(page.locator("dialog.modal")).to_have_count(0)
            await expect(page.locator(".message", has_text="Recorded: They asked for a price")).to_be_visible()
