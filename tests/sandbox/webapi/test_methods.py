"""Conversations, users, messages, assistant threads, do-not-disturb, and refused arguments."""

from typing import Any

import pytest

from sandbox.server import Sandbox
from tests.sandbox.block_kit import plain
from tests.sandbox.refusals import error_of, refused


async def root(sandbox: Sandbox) -> dict[str, Any]:
    room = sandbox.channel("abm").state
    answer = await sandbox.client.chat_postMessage(channel=room.id, text="root")
    return {"channel_id": room.id, "thread_ts": str(answer["ts"])}


async def test_an_assistant_thread_has_a_status_and_at_most_four_prompts(sandbox: Sandbox) -> None:
    place = await root(sandbox)
    key = (place["channel_id"], place["thread_ts"])
    await sandbox.client.assistant_threads_setStatus(status="is looking", **place)
    assert sandbox.workspace.statuses[key] == "is looking"
    prompts = [{"title": "What is mine", "message": "What is mine?"}]
    await sandbox.client.assistant_threads_setSuggestedPrompts(prompts=prompts, **place)
    assert sandbox.workspace.prompts[key] == prompts
    method = "assistant.threads.setSuggestedPrompts"
    assert (await refused(sandbox, method, prompts=prompts * 5, **place))["error"] == "invalid_arguments"
    assert (await refused(sandbox, method, prompts=[{"title": "x"}], **place))["error"] == "invalid_arguments"
    assert await error_of(sandbox, "assistant.threads.setStatus", **place) == "invalid_arguments"
    lost = place | {"thread_ts": "1.0", "status": "x"}
    assert await error_of(sandbox, "assistant.threads.setStatus", **lost) == "thread_not_found"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.open", {"users": "U1,U2"}, "not_enough_users"),
        ("conversations.open", {"users": "U1"}, "user_not_found"),
        ("users.list", {"limit": "many"}, "invalid_limit"),
        ("users.list", {"limit": 0}, "invalid_limit"),
        ("users.list", {"cursor": "x"}, "invalid_cursor"),
        ("conversations.info", {"channel": "C1"}, "channel_not_found"),
        ("users.info", {"user": "U1"}, "user_not_found"),
        ("users.info", {}, "invalid_arguments"),
        ("views.open", {"trigger_id": "1.2.x"}, "invalid_arguments"),
        ("views.open", {"trigger_id": "1.2.x", "view": "{"}, "invalid_arguments"),
        ("views.update", {"view": "{}"}, "invalid_arguments"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "U1", "text": "x"}, "channel_not_found"),
    ],
)
async def test_wrong_arguments_are_refused_with_slacks_code(
    sandbox: Sandbox, method: str, arguments: dict[str, Any], error: str
) -> None:
    assert await error_of(sandbox, method, **arguments) == error


async def test_joining_is_for_living_public_channels(sandbox: Sandbox) -> None:
    old = sandbox.add_channel("old", archived=True, with_bot=False)
    inside = sandbox.add_channel("inside", private=True)
    assert await error_of(sandbox, "conversations.join", channel=old.id) == "is_archived"
    error = await error_of(sandbox, "conversations.join", channel=inside.id)
    assert error == "method_not_supported_for_channel_type"
    again = await sandbox.client.conversations_join(channel=sandbox.channel("abm").state.id)
    assert again["warning"] == "already_in_channel"


async def test_history_needs_membership_and_real_bounds(sandbox: Sandbox) -> None:
    elsewhere = sandbox.add_channel("elsewhere", with_bot=False)
    assert await error_of(sandbox, "conversations.history", channel=elsewhere.id) == "not_in_channel"
    room = sandbox.channel("abm").state
    assert await error_of(sandbox, "conversations.history", channel=room.id, oldest="x") == "invalid_ts_oldest"
    for bound in ("nan", "inf", "1e3", "-1"):
        assert await error_of(sandbox, "conversations.history", channel=room.id, latest=bound) == "invalid_ts_latest"
    assert await error_of(sandbox, "conversations.replies", channel=room.id, ts="1.0") == "thread_not_found"
    posted = await sandbox.client.chat_postMessage(channel=room.id, text="x")
    until = {"channel": room.id, "latest": posted["ts"]}
    assert (await sandbox.client.conversations_history(**until))["messages"] == []
    assert len((await sandbox.client.conversations_history(inclusive=True, **until))["messages"]) == 1


async def test_people_read_names_links_and_rich_text(sandbox: Sandbox) -> None:
    room, ann = sandbox.channel("abm"), sandbox.person("ann")
    said = await ann.says("@ben see https://a.example & #abm @here", in_="#abm")
    assert said.words == "@ben see https://a.example & #abm @here"
    text = f"<@{ann.id}> <#{room.state.id}> <https://a.example|the plan> <!here> &lt;b&gt;"
    await sandbox.client.chat_postMessage(channel=room.state.id, text=text)
    assert room.messages[-1].words == "@ann #abm the plan @here <b>"
    header = {"type": "header", "text": plain("<Acme>")}
    await sandbox.client.chat_postMessage(channel=room.state.id, text="t", blocks=[header])
    assert room.messages[-1].words == "<Acme>"


async def test_people_have_do_not_disturb_times_every_day(sandbox: Sandbox) -> None:
    ann, ben = sandbox.person("ann").user, sandbox.person("ben").user
    ended_at = int(sandbox.workspace.now().timestamp()) - 60
    ann.quiet_times = ended_at - 3_600, ended_at
    team = (await sandbox.client.dnd_teamInfo(users=[ann.id, ben.id]))["users"]
    assert [team[user.id]["dnd_enabled"] for user in (ann, ben)] == [True, False]
    quiet = team[ann.id]
    assert (quiet["next_dnd_start_ts"], quiet["next_dnd_end_ts"]) == (ended_at + 82_800, ended_at + 86_400)
    assert await error_of(sandbox, "dnd.teamInfo", users=",".join([ann.id] * 51)) == "too_many_users"
    assert await error_of(sandbox, "dnd.teamInfo") == "no_users_provided"
    assert await error_of(sandbox, "dnd.teamInfo", users="U0") == "user_not_visible"
