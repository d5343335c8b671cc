"""Payloads have exactly the fields of Slack's own."""

from dataclasses import replace
from typing import Any

import pytest

from sandbox.server import Sandbox
from tests.sandbox.block_kit import actions, button, modal, section
from tests.sandbox.http_app import Listener

WHO = {"id", "username", "name", "team_id"}
INTERACTION = {"type", "user", "api_app_id", "token", "team", "enterprise", "is_enterprise_install"}
VIEW = {
    *("id", "team_id", "type", "blocks", "private_metadata", "callback_id", "state", "hash", "title", "clear_on_close"),
    *("notify_on_close", "close", "submit", "previous_view_id", "root_view_id", "app_id", "external_id", "bot_id"),
    *("app_installed_team_id", "submit_disabled"),
}
ENVELOPE = {
    *("token", "team_id", "context_team_id", "context_enterprise_id", "api_app_id", "event", "type", "event_id"),
    *("event_time", "authorizations", "is_ext_shared_channel", "event_context"),
}


def last(sandbox: Sandbox) -> dict[str, Any]:
    return sandbox.slack.delivery.log[-1].payload


def events(sandbox: Sandbox) -> dict[str, dict[str, Any]]:
    """Return the events so far, by type and subtype."""
    found = [each.payload["event"] for each in sandbox.slack.delivery.log if each.kind == "events_api"]
    return {f"{event['type']} {event.get('subtype', '')}".strip(): event for event in found}


async def test_a_slash_command(sandbox: Sandbox, listener: Listener) -> None:
    await sandbox.person("ann").types("/account acme", in_="#abm")
    assert last(sandbox).keys() == {
        *("token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command", "text"),
        *("api_app_id", "is_enterprise_install", "response_url", "trigger_id"),
    }


async def test_a_button_of_a_message(sandbox: Sandbox, listener: Listener) -> None:
    room = sandbox.channel("abm")
    await sandbox.client.chat_postMessage(channel=room.state.id, text="x", blocks=[actions(button(value="1"))])
    await sandbox.person("ann").clicks("Go", on=room.messages[0])
    body = last(sandbox)
    more = {"container", "trigger_id", "channel", "message", "state", "response_url", "actions"}
    assert (set(body), set(body["user"])) == (INTERACTION | more, WHO)
    assert body["actions"][0].keys() == {"type", "action_id", "block_id", "text", "value", "action_ts"}


async def test_a_form_pressed_submitted_and_closed(sandbox: Sandbox, listener: Listener) -> None:
    ann = sandbox.person("ann")

    async def opens() -> None:
        view = modal(actions(button(value="1")), notify_on_close=True)
        await sandbox.client.views_open(trigger_id=sandbox.workspace.triggers.new(ann.id), view=view)

    await opens()
    await ann.clicks("Go")
    pressed = last(sandbox)
    assert pressed.keys() == INTERACTION | {"container", "trigger_id", "view", "actions"}
    assert (pressed["container"].keys(), pressed["view"].keys()) == ({"type", "view_id"}, VIEW)
    await ann.submits()
    assert last(sandbox).keys() == INTERACTION | {"trigger_id", "view", "response_urls"}
    await opens()
    await ann.closes()
    assert last(sandbox).keys() == INTERACTION | {"view", "is_cleared"}


async def test_shortcuts_do_not_name_the_app(sandbox: Sandbox, listener: Listener) -> None:
    ann = sandbox.person("ann")
    await ann.runs("account_update")
    everywhere = last(sandbox)
    assert everywhere.keys() == INTERACTION - {"api_app_id"} | {"action_ts", "callback_id", "trigger_id"}
    assert everywhere["user"].keys() == {"id", "username", "team_id"}
    await ann.runs("log_to_account", on=await ann.says("Acme moved", in_="#abm"))
    on_message = [each.payload for each in sandbox.slack.delivery.log if each.kind == "interactive"][-1]
    more = {"action_ts", "callback_id", "trigger_id", "response_url", "message_ts", "channel", "message"}
    assert on_message.keys() == INTERACTION - {"api_app_id"} | more
    assert on_message["user"].keys() == {"id", "name", "team_id"}


async def test_messages(sandbox: Sandbox, listener: Listener) -> None:
    room, ann = sandbox.channel("abm").state, sandbox.person("ann")
    await ann.says("@cadence hello", in_="#abm")
    posted = await sandbox.client.chat_postMessage(channel=room.id, text="x", blocks=[section()])
    await sandbox.settled()
    said = [each.payload for each in sandbox.slack.delivery.log]
    assert all(body.keys() == ENVELOPE for body in said)
    typed = {"type", "user", "ts", "text", "team", "client_msg_id", "blocks", "channel", "event_ts"}
    by_type = {event.get("bot_id", event["type"]): event for event in (body["event"] for body in said)}
    assert by_type["app_mention"].keys() == typed
    assert by_type["message"].keys() == typed | {"channel_type"}
    bots = by_type[sandbox.workspace.bot_id]
    own = {"bot_id", "app_id", "bot_profile", "channel_type"}
    assert bots.keys() == typed - {"client_msg_id"} | own
    await sandbox.client.chat_update(channel=room.id, ts=posted["ts"], text="y", blocks=[section()])
    await sandbox.client.chat_delete(channel=room.id, ts=posted["ts"])
    await sandbox.settled()
    hidden = {"type", "subtype", "channel", "hidden", "ts", "event_ts", "channel_type", "previous_message"}
    assert events(sandbox)["message message_changed"].keys() == hidden | {"message"}
    assert events(sandbox)["message message_deleted"].keys() == hidden | {"deleted_ts"}


async def test_a_reply_names_who_wrote_the_message_above_wherever_it_is_shown(
    sandbox: Sandbox, listener: Listener
) -> None:
    room, ann = sandbox.channel("abm").state, sandbox.person("ann")
    root = await ann.says("hello", in_="#abm")
    given = {"channel": room.id, "text": "reply", "thread_ts": root.message.ts}
    answer = await sandbox.client.chat_postMessage(**given, reply_broadcast=True)
    await sandbox.settled()
    thread = await sandbox.client.conversations_replies(channel=room.id, ts=root.message.ts)
    history = await sandbox.client.conversations_history(channel=room.id)
    heard = events(sandbox)["message thread_broadcast"]
    for shown in (answer["message"], thread["messages"][1], history["messages"][0], heard):
        assert (shown["text"], shown["parent_user_id"]) == ("reply", ann.id)
    assert "parent_user_id" not in history["messages"][1]


async def test_home(sandbox: Sandbox, listener: Listener) -> None:
    ann = sandbox.person("ann")
    for _ in range(2):
        await ann.opens_home()
        await sandbox.settled()
        await sandbox.client.views_publish(user_id=ann.id, view={"type": "home", "blocks": [section()]})
    opened = [each.payload["event"] for each in sandbox.slack.delivery.log]
    first = {"type", "user", "channel", "tab", "event_ts"}
    assert [event.keys() for event in opened] == [first, first | {"view"}]
    assert opened[1]["view"]["hash"]


@pytest.mark.parametrize("private", [False, True])
async def test_events_of_a_channel(sandbox: Sandbox, listener: Listener, private: bool) -> None:
    ann, ben = sandbox.person("ann").user, sandbox.person("ben").user
    events_wanted = {f"{kind}_{what}" for kind in ("channel", "group") for what in ("archive", "rename", "deleted")}
    sandbox.workspace.manifest = _with_events(sandbox, events_wanted | {"member_joined_channel"})
    room = sandbox.add_channel("room", members=[ann], private=private)
    sandbox.invite(room, ben, by=ann)
    sandbox.rename(room, "place", by=ann)
    sandbox.archive(room, by=ann)
    sandbox.delete_channel(room, by=ann)
    await sandbox.settled()
    heard, kind = events(sandbox), "group" if private else "channel"
    assert heard["member_joined_channel"].keys() == {
        *("type", "user", "channel", "channel_type", "team", "inviter", "event_ts"),
    }
    assert heard[f"{kind}_archive"].keys() == {"type", "channel", "user", "is_moved", "event_ts"}
    assert heard[f"{kind}_rename"].keys() == {"type", "channel", "event_ts"}
    assert heard[f"{kind}_rename"]["channel"].keys() == {
        *("id", "is_channel", "name", "name_normalized", "created", "is_mpim"),
    }
    assert heard[f"{kind}_deleted"].keys() == {"type", "channel", "actor_id", "event_ts"}


async def test_a_file_that_is_shared(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.workspace.manifest = _with_events(sandbox, {"file_shared", "message.channels"})
    room = sandbox.channel("abm").state
    await sandbox.client.files_upload_v2(content="a", filename="a.csv", channel=room.id)
    await sandbox.settled()
    heard = events(sandbox)
    assert heard["file_shared"].keys() == {"type", "file_id", "user_id", "file", "channel_id", "event_ts"}
    assert len(heard["message file_share"]["files"]) == 1


def _with_events(sandbox: Sandbox, wanted: set[str]) -> Any:
    return replace(sandbox.workspace.manifest, bot_events=frozenset(wanted))
