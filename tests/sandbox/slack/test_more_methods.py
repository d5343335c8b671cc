"""Scheduled messages, reactions, pins, bookmarks, groups of people, quiet times, and validating blocks."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from tests.sandbox.slack.asking import error_of, refused
from tests.sandbox.slack.kit import home, modal, plain, section


async def message(sandbox: Sandbox) -> dict[str, str]:
    room = sandbox.channel("abm").state
    answer = await sandbox.client.chat_postMessage(channel=room.id, text="root")
    return {"channel": room.id, "timestamp": str(answer["ts"])}


def put_clock(sandbox: Sandbox, instant: datetime) -> None:
    sandbox.workspace.now = lambda: instant


async def test_a_scheduled_message_is_posted_when_its_time_has_come(sandbox: Sandbox) -> None:
    room, now = sandbox.channel("abm"), sandbox.workspace.now()
    put_clock(sandbox, now)
    post_at = int(now.timestamp()) + 3_600
    answer = await sandbox.client.chat_scheduleMessage(channel=room.state.id, text="later", post_at=post_at)
    waiting = (await sandbox.client.chat_scheduledMessages_list())["scheduled_messages"]
    assert [(each["id"], each["post_at"]) for each in waiting] == [(answer["scheduled_message_id"], post_at)]
    assert room.messages == []
    put_clock(sandbox, now + timedelta(hours=1, seconds=1))
    assert (await sandbox.client.chat_scheduledMessages_list(channel=room.state.id))["scheduled_messages"] == []
    assert [line.words for line in room.messages] == ["later"]


async def test_a_scheduled_message_posts_itself(sandbox: Sandbox) -> None:
    now = sandbox.workspace.now().replace(microsecond=990_000)
    put_clock(sandbox, now)
    room = sandbox.channel("abm")
    await sandbox.client.chat_scheduleMessage(channel=room.state.id, text="soon", post_at=int(now.timestamp()) + 1)
    put_clock(sandbox, now + timedelta(seconds=1))
    await room.shows("soon")


async def test_a_scheduled_message_is_taken_back_until_a_minute_before(sandbox: Sandbox) -> None:
    room, now = sandbox.channel("abm").state, sandbox.workspace.now()
    put_clock(sandbox, now)
    answer = await sandbox.client.chat_scheduleMessage(channel=room.id, text="x", post_at=int(now.timestamp()) + 120)
    given = {"channel": room.id, "scheduled_message_id": str(answer["scheduled_message_id"])}
    wrong = given | {"scheduled_message_id": "Q0"}
    assert await error_of(sandbox, "chat.deleteScheduledMessage", **wrong) == "invalid_scheduled_message_id"
    put_clock(sandbox, now + timedelta(seconds=70))
    assert await error_of(sandbox, "chat.deleteScheduledMessage", **given) == "invalid_scheduled_message_id"
    put_clock(sandbox, now + timedelta(seconds=30))
    await sandbox.client.chat_deleteScheduledMessage(**given)
    assert (await sandbox.client.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_a_message_is_scheduled_for_the_next_120_days_and_not_thirty_times_over(sandbox: Sandbox) -> None:
    room, now = sandbox.channel("abm").state, sandbox.workspace.now()
    put_clock(sandbox, now)
    second = int(now.timestamp())
    for post_at, error in [
        (second, "time_in_past"),
        (second + 120 * 86_400 + 1, "time_too_far"),
        ("noon", "invalid_time"),
    ]:
        given = {"channel": room.id, "text": "x", "post_at": post_at}
        assert await error_of(sandbox, "chat.scheduleMessage", **given) == error
    window = (second // 300 + 2) * 300 + 150
    for _ in range(30):
        await sandbox.client.chat_scheduleMessage(channel=room.id, text="x", post_at=window)
    for near in (window - 299, window + 299):
        given = {"channel": room.id, "text": "x", "post_at": near}
        assert await error_of(sandbox, "chat.scheduleMessage", **given) == "restricted_too_many"
    assert await error_of(sandbox, "chat.scheduleMessage", **given) == "restricted_too_many"
    await sandbox.client.chat_scheduleMessage(channel=room.id, text="x", post_at=window + 300)


async def test_the_bot_takes_back_only_its_own_reaction(sandbox: Sandbox) -> None:
    where = await message(sandbox)
    assert await error_of(sandbox, "reactions.remove", name="eyes", **where) == "no_reaction"
    assert await error_of(sandbox, "reactions.add", name="no such name", **where) == "invalid_name"
    await sandbox.client.reactions_add(name="eyes", **where)
    got = await sandbox.client.reactions_get(**where)
    assert got["message"]["reactions"] == [{"name": "eyes", "users": [sandbox.workspace.bot.id], "count": 1}]
    await sandbox.client.reactions_remove(name="eyes", **where)
    assert "reactions" not in (await sandbox.client.reactions_get(**where))["message"]


async def test_a_message_is_pinned_once(sandbox: Sandbox) -> None:
    where = await message(sandbox)
    assert await error_of(sandbox, "pins.remove", **where) == "no_pin"
    await sandbox.client.pins_add(**where)
    assert await error_of(sandbox, "pins.add", **where) == "already_pinned"
    items = (await sandbox.client.pins_list(channel=where["channel"]))["items"]
    assert [(item["type"], item["message"]["ts"]) for item in items] == [("message", where["timestamp"])]
    await sandbox.client.pins_remove(**where)
    assert (await sandbox.client.pins_list(channel=where["channel"]))["items"] == []
    sandbox.channel("abm").state.pinned.update({str(number): 1 for number in range(100)})
    assert await error_of(sandbox, "pins.add", **where) == "too_many_pins"


async def test_a_bookmark_is_added_edited_and_removed(sandbox: Sandbox) -> None:
    place = {"channel_id": sandbox.channel("abm").state.id}
    given = place | {"title": "Accounts", "type": "link", "link": "https://sample.example/"}
    added = (await sandbox.client.bookmarks_add(**given))["bookmark"]
    edited = await sandbox.client.bookmarks_edit(bookmark_id=added["id"], title="The list", **place)
    assert (edited["bookmark"]["title"], edited["bookmark"]["link"]) == ("The list", given["link"])
    assert (await sandbox.client.bookmarks_list(**place))["bookmarks"] == [edited["bookmark"]]
    assert await error_of(sandbox, "bookmarks.add", **given | {"link": "sample"}) == "invalid_link"
    assert await error_of(sandbox, "bookmarks.add", **given | {"type": "file"}) == "invalid_bookmark_type"
    assert await error_of(sandbox, "bookmarks.edit", bookmark_id="Bk0", title="x", **place) == "not_found"
    await sandbox.client.bookmarks_remove(bookmark_id=added["id"], **place)
    assert await error_of(sandbox, "bookmarks.remove", bookmark_id=added["id"], **place) == "not_found"
    sandbox.channel("abm").state.bookmarks.extend([{}] * 100)
    assert await error_of(sandbox, "bookmarks.add", **given) == "too_many_bookmarks"


async def test_a_group_of_people_is_listed_with_its_members(sandbox: Sandbox) -> None:
    ann = sandbox.person("ann").user
    group = sandbox.add_user_group("ae-team", members=[ann])
    listed = (await sandbox.client.usergroups_list(include_users=True))["usergroups"]
    assert [(each["handle"], each["users"], each["user_count"]) for each in listed] == [("ae-team", [ann.id], 1)]
    assert (await sandbox.client.usergroups_users_list(usergroup=group.id))["users"] == [ann.id]
    assert await error_of(sandbox, "usergroups.users.list", usergroup="S0") == "no_such_subteam"


async def test_when_people_want_no_notices_and_whether_they_are_there(sandbox: Sandbox) -> None:
    ann, ben = sandbox.person("ann").user, sandbox.person("ben").user
    ann.quiet_times, ann.is_away = (1_700_000_000, 1_700_030_000), True
    quiet = await sandbox.client.dnd_info(user=ann.id)
    assert (quiet["dnd_enabled"], quiet["next_dnd_start_ts"]) == (True, 1_700_000_000)
    team = (await sandbox.client.dnd_teamInfo(users=[ann.id, ben.id]))["users"]
    assert [team[user.id]["dnd_enabled"] for user in (ann, ben)] == [True, False]
    assert await error_of(sandbox, "dnd.teamInfo", users=",".join([ann.id] * 51)) == "too_many_users"
    assert await error_of(sandbox, "dnd.teamInfo") == "invalid_arguments"
    assert await error_of(sandbox, "dnd.info", user="U0") == "user_not_found"
    present = [(await sandbox.client.users_getPresence(user=user.id))["presence"] for user in (ann, ben)]
    assert present == ["away", "active"]


async def test_a_profile_is_the_one_of_the_user(sandbox: Sandbox) -> None:
    profile = (await sandbox.client.users_profile_get(user=sandbox.person("ann").id))["profile"]
    assert (profile["real_name"], profile["email"]) == ("Ann Sample", "ann@sandbox.example")
    assert await error_of(sandbox, "users.profile.get", user="U0") == "user_not_found"


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        pytest.param({"blocks": [section("x" * 3_001)]}, "/blocks/0/text/text", id="blocks"),
        pytest.param({"message": {"blocks": [section("x" * 3_001)]}}, "/blocks/0/text/text", id="message"),
        pytest.param({"view": modal(title=plain("x" * 25))}, "/view/title/text", id="modal"),
        pytest.param({"view": home(section("x" * 3_001))}, "/view/blocks/0/text/text", id="home"),
    ],
)
async def test_blocks_are_validated_without_a_token(sandbox: Sandbox, given: dict[str, Any], pointer: str) -> None:
    sandbox.client.token = None
    encoded = {name: json.dumps(value) for name, value in given.items()}
    answer = await sandbox.client.api_call("blocks.validate", params={"blocks": json.dumps([section()])})
    assert answer["ok"] is True
    sandbox.client.token = None
    with pytest.raises(SlackApiError, match="invalid_blocks") as caught:
        await sandbox.client.api_call("blocks.validate", params=encoded)
    assert caught.value.response["errors"][0]["pointer"] == pointer


async def test_one_thing_is_validated_at_a_time(sandbox: Sandbox) -> None:
    both = {"blocks": "[]", "view": "{}"}
    assert await error_of(sandbox, "blocks.validate", **both) == "invalid_arguments"
    assert await error_of(sandbox, "blocks.validate") == "invalid_arguments"
    assert await error_of(sandbox, "blocks.validate", blocks="{}") == "invalid_blocks_format"


async def test_answers_carry_the_permissions_in_their_headers(sandbox: Sandbox) -> None:
    headers = (await sandbox.client.users_list()).headers
    assert "chat:write" in headers["X-OAuth-Scopes"].split(",")
    assert headers["X-Accepted-OAuth-Scopes"] == "users:read"
    assert (await refused(sandbox, "no.such.method"))["req_method"] == "no.such.method"
