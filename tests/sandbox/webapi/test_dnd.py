"""Scheduled messages, reactions, pins, bookmarks, groups of people, quiet times, and validating blocks."""

from sandbox.server import Sandbox
from tests.sandbox.refusals import error_of, refused


async def test_people_say_when_they_want_no_notices(sandbox: Sandbox) -> None:
    ann, ben = sandbox.person("ann").user, sandbox.person("ben").user
    ann.quiet_times = (1_700_000_000, 1_700_030_000)
    quiet = await sandbox.client.dnd_info(user=ann.id)
    assert (quiet["dnd_enabled"], quiet["next_dnd_start_ts"]) == (True, 1_700_000_000)
    team = (await sandbox.client.dnd_teamInfo(users=[ann.id, ben.id]))["users"]
    assert [team[user.id]["dnd_enabled"] for user in (ann, ben)] == [True, False]
    assert await error_of(sandbox, "dnd.teamInfo", users=",".join([ann.id] * 51)) == "too_many_users"
    assert await error_of(sandbox, "dnd.teamInfo") == "invalid_arguments"
    assert await error_of(sandbox, "dnd.info", user="U0") == "user_not_found"


async def test_answers_carry_the_permissions_in_their_headers(sandbox: Sandbox) -> None:
    headers = (await sandbox.client.users_list()).headers
    assert "chat:write" in headers["X-OAuth-Scopes"].split(",")
    assert headers["X-Accepted-OAuth-Scopes"] == "users:read"
    assert (await refused(sandbox, "no.such.method"))["req_method"] == "no.such.method"
