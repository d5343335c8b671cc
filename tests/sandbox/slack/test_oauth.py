"""Installing an app by OAuth, and taking it away."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox


def asked(sandbox: Sandbox, *, scope: str = "chat:write,commands", client_id: str = "") -> str:
    """Slack's page."""
    query = f"client_id={client_id or sandbox.world.client_id}&scope={scope}&state=s1"
    return f"{sandbox.world.origin}/oauth/v2/authorize?{query}"


def code_of(query: str) -> str:
    return query.split("&", maxsplit=1)[0].removeprefix("code=")


async def exchange(sandbox: Sandbox, code: str, *, client_id: str = "", secret: str = "") -> dict[str, object]:
    """What oauth.v2.access answers, also when it refuses."""
    world = sandbox.world
    try:
        answer = await AsyncWebClient(base_url=sandbox.api_url).oauth_v2_access(
            client_id=client_id or world.client_id, client_secret=secret or world.client_secret, code=code
        )
    except SlackApiError as error:
        answer = error.response
    return dict(answer.data)


async def test_a_code_is_worth_the_bots_token_once(sandbox: Sandbox) -> None:
    ann = sandbox.person("ann").user
    query = sandbox.allow_app(asked(sandbox), by=ann)
    assert query.endswith("&state=s1")
    answer = await exchange(sandbox, code_of(query))
    assert (answer["access_token"], answer["token_type"]) == (sandbox.bot_token, "bot")
    assert (answer["scope"], answer["authed_user"]) == ("chat:write,commands", {"id": ann.id})
    assert answer["team"] == {"id": sandbox.workspace.team.id, "name": sandbox.workspace.team.name}
    assert await exchange(sandbox, code_of(query)) == {"ok": False, "error": "invalid_code"}


async def test_only_the_app_itself_gets_the_token(sandbox: Sandbox) -> None:
    code = code_of(sandbox.allow_app(asked(sandbox), by=sandbox.person("ann").user))
    assert (await exchange(sandbox, code, client_id="9.9"))["error"] == "invalid_client_id"
    assert (await exchange(sandbox, code, secret="guessed"))["error"] == "bad_client_secret"
    assert (await exchange(sandbox, code))["ok"] is True


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"client_id": "9.9"}, "no app"), ({"scope": ""}, "scopes: none"), ({"scope": "admin"}, "scopes: admin")],
)
async def test_slacks_page_refuses_what_the_app_is_not(sandbox: Sandbox, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        sandbox.allow_app(asked(sandbox, **wrong), by=sandbox.person("ann").user)


async def test_an_app_taken_away_has_a_token_that_is_worth_nothing(sandbox: Sandbox) -> None:
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    await client.auth_test()
    sandbox.uninstall_app()
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client.auth_test()
