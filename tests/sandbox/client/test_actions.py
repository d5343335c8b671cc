"""Typed messages and commands, buttons, shortcuts and response URLs."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.readable import encode_command, encode_message
from sandbox.server import Sandbox
from tests.sandbox.block_kit import actions, button, option, plain, section, select

ROW = actions(
    button(action_id="go", value="7"),
    select(action_id="pick"),
    {"type": "overflow", "action_id": "more", "options": [option(3, text=plain("Skip"))]},
)


async def posted(sandbox: Sandbox, **more: Any) -> Any:
    await sandbox.client.chat_postMessage(
        channel=sandbox.channel("abm").state.id,
        text="Agenda",
        blocks=[section("Agenda"), ROW | {"block_id": "row"}],
        **more,
    )
    return sandbox.channel("abm").messages[-1]


async def hear(app: AsyncApp) -> list[dict[str, Any]]:
    heard: list[dict[str, Any]] = []

    @app.middleware
    async def keep(body: dict[str, Any], next: Any) -> None:  # noqa: A002 - Bolt's own name
        heard.append(body)
        await next()

    for name in ("go", "pick", "more"):

        @app.action(name)
        async def taken(ack: Any) -> None:
            await ack()

    for name in ("log_to_account", "account_update"):

        @app.shortcut(name)
        async def run(ack: Any) -> None:
            await ack()

    return heard


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel> <@U1>", "&lt;!channel&gt; &lt;@U1&gt;"),
        ("@here", "<!here>"),
        ("see https://a.example/x?a=1&b=2.", "see <https://a.example/x?a=1&amp;b=2>."),
        ("acme.com is up", "<http://acme.com|acme.com> is up"),
        ("mail a@acme.com", "mail <mailto:a@acme.com|a@acme.com>"),
        ("@nobody in #nowhere", "@nobody in #nowhere"),
    ],
)
async def test_a_message_is_encoded(sandbox: Sandbox, typed: str, sent: str) -> None:
    assert encode_message(typed, sandbox.workspace) == sent


async def test_people_and_channels_become_ids_with_names_in_commands(sandbox: Sandbox) -> None:
    ann, room = sandbox.person("ann").id, sandbox.channel("abm").state.id
    assert encode_message("@ann, look at #abm", sandbox.workspace) == f"<@{ann}>, look at <#{room}|abm>"
    escaped = encode_command("@ann & #abm", sandbox.workspace, should_escape=True)
    assert escaped == f"<@{ann}|ann> &amp; <#{room}|abm>"
    assert encode_command("@ann & #abm", sandbox.workspace, should_escape=False) == "@ann & #abm"


async def test_commands_do_not_work_in_threads_nor_when_unknown(sandbox: Sandbox, app: AsyncApp) -> None:
    root = await posted(sandbox)
    ann = sandbox.person("ann")
    seen = await ann.types("/account acme", in_="#abm", thread=root)
    assert seen == "/account is not supported in threads. Sorry!"
    assert await ann.types("/shout", in_="#abm") == "/shout is not a valid command."
    assert [entry for entry in sandbox.slack.delivery.log if entry.kind == "slash_commands"] == []


async def test_externals_cannot_run_commands_or_shortcuts_but_can_press_buttons(
    sandbox: Sandbox, app: AsyncApp
) -> None:
    heard = await hear(app)
    zoe = sandbox.add_user("zoe", external=True)
    sandbox.invite(sandbox.channel("abm").state, zoe)
    message = await posted(sandbox)
    person = sandbox.person("zoe")
    assert "another workspace" in await person.types("/account", in_="#abm")
    assert not (await person.runs("log_to_account", on=message)).ok
    await person.clicks("Go", on=message)
    clicked = next(body for body in heard if body["type"] == "block_actions")
    assert clicked["user"]["team_id"] == zoe.team_id
    assert clicked["team"]["id"] == sandbox.workspace.team.id


async def test_a_click_says_who_where_and_what(sandbox: Sandbox, app: AsyncApp) -> None:
    heard = await hear(app)
    message, ann = await posted(sandbox), sandbox.person("ann")
    await ann.clicks("pick", on=message, choose="Option 1")
    await ann.clicks("Skip", on=message)
    await ann.clicks("Go", on=message)
    bodies = [body for body in heard if body["type"] == "block_actions"]
    assert [body["actions"][0].get("selected_option", {}).get("value") for body in bodies] == ["1", "3", None]
    body, room = bodies[-1], sandbox.channel("abm").state
    action = body["actions"][0]
    assert (action["block_id"], action["action_id"], action["type"], action["value"]) == ("row", "go", "button", "7")
    assert body["container"] == {
        "type": "message",
        "message_ts": message.message.ts,
        "channel_id": room.id,
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": room.id, "name": "abm"}
    assert body["message"]["ts"] == message.message.ts
    assert body["state"]["values"]["row"]["pick"]["selected_option"]["value"] == "1"
    assert (body["enterprise"], body["is_enterprise_install"]) == (None, False)
    assert body["user"] == {"id": ann.id, "username": "ann", "name": "ann", "team_id": sandbox.workspace.team.id}


async def test_an_ephemeral_click_does_not_carry_the_message(sandbox: Sandbox, app: AsyncApp) -> None:
    heard = await hear(app)
    ann, room = sandbox.person("ann"), sandbox.channel("abm").state
    await sandbox.client.chat_postEphemeral(channel=room.id, user=ann.id, text="psst", blocks=[ROW])
    await ann.clicks("Go", on=await ann.sees("Go", in_="#abm"))
    assert "message" not in heard[-1]
    assert heard[-1]["container"]["is_ephemeral"] is True


async def test_nobody_presses_a_button_they_cannot_see(sandbox: Sandbox, app: AsyncApp) -> None:
    heard = await hear(app)
    room = sandbox.add_channel("secret", private=True)
    await sandbox.client.chat_postMessage(channel=room.id, text="x", blocks=[ROW])
    seen = await sandbox.person("ann").clicks("Go", on=sandbox.channel("secret").messages[0])
    assert "cannot see" in seen
    assert heard == []


async def test_shortcuts_carry_the_message_or_nothing(sandbox: Sandbox, app: AsyncApp) -> None:
    heard = await hear(app)
    ann = sandbox.person("ann")
    said = await ann.says("Acme moved", in_="#abm")
    await ann.runs("log_to_account", on=said)
    await ann.runs("account_update")
    message, everywhere = (body for body in heard if body["type"] in ("message_action", "shortcut"))
    assert (message["message"]["text"], message["message_ts"]) == ("Acme moved", said.message.ts)
    assert "channel" not in everywhere
    assert not (await ann.runs("account_update", on=said)).ok


async def test_a_response_url_answers_posts_replaces_and_deletes_five_times_together(
    sandbox: Sandbox, app: AsyncApp
) -> None:
    heard = await hear(app)
    message, ann = await posted(sandbox), sandbox.person("ann")
    await ann.clicks("Go", on=message)
    url = AsyncWebhookClient(heard[-1]["response_url"])
    await url.send(text="For you")
    await ann.sees("For you", in_="#abm")
    await sandbox.channel("abm").never_shows("For you")
    await url.send(text="For all", response_type="in_channel")
    in_thread = {"text": "In thread", "response_type": "in_channel", "thread_ts": message.message.ts}
    await url.send_dict(in_thread | {"replace_original": False})
    assert [line.words for line in message.thread] == ["In thread"]
    await url.send(text="Instead", replace_original=True)
    assert (message.words, message.message.blocks) == ("Instead", [])
    await url.send(delete_original=True)
    await sandbox.channel("abm").never_shows("Instead")
    used = await url.send(text="Sixth")
    assert (used.status_code, "used_url" in used.body) == (404, True)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x", "response_type": "loud"}, "invalid_response_type"),
        ({"blocks": [section("x" * 3001)]}, "invalid_blocks"),
        ({"text": "x", "channel": "C1"}, "invalid_payload"),
    ],
)
async def test_a_response_url_is_as_strict_as_posting(
    sandbox: Sandbox, app: AsyncApp, body: dict[str, Any], error: str
) -> None:
    heard = await hear(app)
    await sandbox.person("ann").clicks("Go", on=await posted(sandbox))
    answer = await AsyncWebhookClient(heard[-1]["response_url"]).send_dict(body)
    assert (answer.status_code, error in answer.body) == (400, True)


async def test_deactivated_people_and_archived_channels_take_no_part(sandbox: Sandbox) -> None:
    ann, ben = sandbox.person("ann"), sandbox.person("ben")
    sandbox.change_user(ben.user, deleted=True)
    assert "deactivated" in await ben.types("/account", in_="#abm")
    sandbox.archive(sandbox.channel("abm").state, by=ann.user)
    with pytest.raises(AssertionError, match="archived"):
        await ann.says("hello", in_="#abm")


async def test_a_message_of_a_person_is_not_replaced_through_the_shortcut_on_it(
    sandbox: Sandbox, app: AsyncApp
) -> None:
    heard = await hear(app)
    ann = sandbox.person("ann")
    await ann.runs("log_to_account", on=await ann.says("Acme moved", in_="#abm"))
    url = AsyncWebhookClient(next(body for body in heard if body["type"] == "message_action")["response_url"])
    for body in ({"text": "Gone", "replace_original": True}, {"delete_original": True}):
        answer = await url.send_dict(body)
        assert (answer.status_code, "message_not_found" in answer.body) == (400, True)
    assert [line.words for line in sandbox.channel("abm").messages] == ["Acme moved"]
