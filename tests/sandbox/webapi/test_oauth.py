"""Installing an app by OAuth, and uninstalling it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox


def authorize_address(sandbox: Sandbox, *, scope: str = "chat:write,commands", client_id: str = "") -> str:
    """Return the address of Slack's page that asks for consent."""
    query = f"client_id={client_id or sandbox.slack.client_id}&scope={scope}&state=s1"
    return f"{sandbox.slack.origin}/oauth/v2/authorize?{query}"


def code_of(query: str) -> str:
    return query.split("&", maxsplit=1)[0].removeprefix("code=")


async def exchange(
    sandbox: Sandbox, code: str, *, client_id: str = "", secret: str = "", redirect_uri: str | None = None
) -> dict[str, object]:
    """Return the answer of oauth.v2.access, also a refusal."""
    slack = sandbox.slack
    try:
        answer = await AsyncWebClient(base_url=sandbox.api_url).oauth_v2_access(
            client_id=client_id or slack.client_id,
            client_secret=secret or slack.client_secret,
            code=code,
            redirect_uri=redirect_uri,
        )
    except SlackApiError as error:
        answer = error.response
    return dict(answer.data)


async def test_a_code_is_worth_the_bots_token_once(sandbox: Sandbox) -> None:
    ann = sandbox.person("ann").user
    query = sandbox.allow_app(authorize_address(sandbox), by=ann)
    assert query.endswith("&state=s1")
    answer = await exchange(sandbox, code_of(query))
    assert (answer["access_token"], answer["token_type"]) == (sandbox.bot_token, "bot")
    assert (answer["scope"], answer["authed_user"]) == ("chat:write,commands", {"id": ann.id})
    assert answer["team"] == {"id": sandbox.workspace.team.id, "name": sandbox.workspace.team.name}
    assert await exchange(sandbox, code_of(query)) == {"ok": False, "error": "invalid_code"}


async def test_an_optional_scope_may_be_declined_and_no_other(sandbox: Sandbox) -> None:
    ann, manifest = sandbox.person("ann").user, sandbox.workspace.manifest
    sandbox.workspace.manifest = replace(manifest, optional_scopes=frozenset({"commands"}))
    with pytest.raises(ValueError, match="cannot be declined: chat:write"):
        sandbox.allow_app(authorize_address(sandbox), by=ann, declined={"chat:write"})
    allowed = sandbox.allow_app(authorize_address(sandbox), by=ann, declined={"commands"})
    assert (await exchange(sandbox, code_of(allowed)))["scope"] == "chat:write"


async def test_the_token_may_do_what_was_granted_and_nothing_else(sandbox: Sandbox) -> None:
    ann = sandbox.person("ann").user
    allowed = sandbox.allow_app(authorize_address(sandbox, scope="users:read,chat:write"), by=ann)
    token = str((await exchange(sandbox, code_of(allowed)))["access_token"])
    client = AsyncWebClient(token=token, base_url=sandbox.api_url)
    found = await client.users_info(user=ann.id)
    assert "email" not in found["user"]["profile"]
    assert found.headers["X-OAuth-Scopes"] == "chat:write,users:read"
    with pytest.raises(SlackApiError) as caught:
        await client.conversations_info(channel=sandbox.channel("abm").state.id)
    assert caught.value.response.data == {
        "ok": False,
        "error": "missing_scope",
        "needed": "channels:read",
        "provided": "chat:write,users:read",
    }
    assert caught.value.response.headers["X-OAuth-Scopes"] == "chat:write,users:read"


async def test_a_code_is_good_for_ten_minutes(sandbox: Sandbox) -> None:
    ann = sandbox.person("ann").user
    in_time, late = [code_of(sandbox.allow_app(authorize_address(sandbox), by=ann)) for _ in range(2)]
    noon = sandbox.workspace.now()
    sandbox.workspace.now = lambda: noon + timedelta(minutes=9, seconds=59)
    assert (await exchange(sandbox, in_time))["ok"] is True
    sandbox.workspace.now = lambda: noon + timedelta(minutes=10)
    assert (await exchange(sandbox, late))["error"] == "invalid_code"


async def test_only_the_app_itself_gets_the_token(sandbox: Sandbox) -> None:
    code = code_of(sandbox.allow_app(authorize_address(sandbox), by=sandbox.person("ann").user))
    assert (await exchange(sandbox, code, client_id="9.9"))["error"] == "invalid_client_id"
    assert (await exchange(sandbox, code, secret="guessed"))["error"] == "bad_client_secret"
    assert (await exchange(sandbox, code))["ok"] is True


async def test_a_revoked_token_is_refused_everywhere_and_the_app_is_told(sandbox: Sandbox) -> None:
    manifest = sandbox.workspace.manifest
    sandbox.workspace.manifest = replace(manifest, bot_events=manifest.bot_events | {"tokens_revoked"})
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    sandbox.revoke_token()
    for method in ("auth.test", "users.list", "chat.postMessage"):
        with pytest.raises(SlackApiError, match="token_revoked"):
            await client.api_call(method)
    await sandbox.settled()
    told = [each.payload["event"] for each in sandbox.slack.delivery.log]
    assert [event["tokens"] for event in told][:1] == [{"oauth": [], "bot": [sandbox.workspace.bot.id]}]
