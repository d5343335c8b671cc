"""The app's Home, and the options of external selects."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp

from sandbox.server import Sandbox
from tests.sandbox.block_kit import actions, button, field, home, modal, option, plain, section, select
from tests.sandbox.refusals import refused


async def test_a_home_is_published_opened_with_its_hash_and_clicked(sandbox: Sandbox, app: AsyncApp) -> None:
    heard: list[dict[str, Any]] = []

    @app.event("app_home_opened")
    async def opened(event: dict[str, Any]) -> None:
        heard.append(event)

    @app.action("go")
    async def go(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    ann = sandbox.person("ann")
    view = home(section("Your accounts"), actions(button(action_id="go")))
    first = (await sandbox.client.views_publish(user_id=ann.id, view=view))["view"]
    assert ann.home == "Your accounts\nGo"
    await ann.opens_home()
    await sandbox.settled()
    assert (heard[0]["tab"], heard[0]["view"]["hash"]) == ("home", first["hash"])
    await ann.clicks("Go", on="home")
    assert heard[1]["view"]["type"] == "home"
    answer = await refused(sandbox, "views.publish", user_id=ann.id, view=view, hash="0.old")
    assert answer["error"] == "hash_conflict"


async def test_suggestions_of_an_external_select_come_from_the_app(sandbox: Sandbox, app: AsyncApp) -> None:
    @app.options("account")
    async def account(ack: Any, payload: dict[str, Any]) -> None:
        await ack(options=[option(1, text=plain(payload["value"]))])

    element = select("external_select", action_id="account", min_query_length=0)
    trigger = sandbox.workspace.triggers.new(sandbox.person("ann").id)
    opened = await sandbox.client.views_open(trigger_id=trigger, view=modal(field(element, block_id="b")))
    outcome = await sandbox.actions.suggestions(
        sandbox.person("ann").id, opened["view"]["id"], block_id="b", action_id="account", query="acm"
    )
    assert outcome.response is not None
    assert outcome.response["options"][0]["text"]["text"] == "acm"
