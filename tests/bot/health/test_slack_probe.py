"""Health of Slack by the bot's own calls: each failure has a code, each trouble is a sentence."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.health import SlackProbe
from bot.slack_api import SlackWatch
from sandbox.faults import Fault
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS


class Silent(SlackWatch):
    """A watch of a Slack that has not answered for a minute."""

    @property
    def silent_seconds(self) -> float:
        return 60.0


class Watched:
    """A client of the look-alike whose calls are watched."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.errors: list[tuple[str, str]] = []
        self.calls: list[str] = []
        self.watch = SlackWatch(
            sandbox.api_url,
            lambda method, _seconds: self.calls.append(method),
            lambda method, code: self.errors.append((method, code)),
            own_token=sandbox.bot_token,
        )
        self.session = aiohttp.ClientSession(trace_configs=[self.watch.trace()])
        self.client = AsyncWebClient(
            token=sandbox.bot_token, base_url=sandbox.api_url, session=self.session, retry_handlers=[self.watch]
        )
        self.probe = SlackProbe(self.watch, self.client.auth_test)

    async def fails(self, fault: Fault) -> None:
        """Make one call that fails by this fault."""
        self.sandbox.faults.add("auth.test", fault)
        with pytest.raises((SlackApiError, aiohttp.ClientError)):
            await self.client.auth_test()

    async def is_asked_again(self) -> list[str]:
        """Return the troubles after the probe has called Slack again by itself."""
        await self.probe.troubles()
        await self.probe.recheck.result(timeout_seconds=PATIENCE_SECONDS)
        return await self.probe.troubles()


@pytest.fixture
async def watched() -> AsyncIterator[Watched]:
    async with Sandbox() as sandbox:
        watched = Watched(sandbox)
        yield watched
        watched.probe.recheck.cancel()
        await watched.session.close()


async def test_slack_is_well_as_long_as_it_answers(watched: Watched) -> None:
    await watched.client.auth_test()
    assert await watched.probe.troubles() == []
    assert (watched.calls, watched.errors) == (["auth.test"], [])


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(error="not_in_channel"), "not_in_channel"),
        (Fault(error="made_up_by_slack_tomorrow"), "other"),
        (Fault(status=429, error="ratelimited", retry_after=1), "ratelimited"),
        (Fault(status=503), "service_unavailable"),
        (Fault(cut="before"), "no_answer"),
    ],
)
async def test_each_failed_call_is_told_by_a_code_from_a_list(watched: Watched, fault: Fault, code: str) -> None:
    await watched.fails(fault)
    assert watched.errors == [("auth.test", code)]
    assert watched.calls == ["auth.test"]


async def test_a_refused_token_is_a_trouble_until_slack_takes_it_again(watched: Watched) -> None:
    await watched.fails(Fault(error="token_revoked"))
    assert await watched.probe.troubles() == [
        "Slack refused the bot's token (token_revoked): copy it again, or install the app again."
    ]
    assert await watched.is_asked_again() == []


async def test_the_token_of_one_of_many_workspaces_says_nothing_of_the_others(watched: Watched) -> None:
    heard: list[tuple[str, str]] = []
    watched.watch.after_token = lambda token, refusal: heard.append((token, refusal))
    with pytest.raises(SlackApiError):
        await watched.client.auth_test(token="xoxb-of-another")
    await watched.client.auth_test()
    assert heard == [("xoxb-of-another", "invalid_auth"), (watched.sandbox.bot_token, "")]
    assert await watched.probe.troubles() == []
    await watched.fails(Fault(error="token_revoked"))
    with pytest.raises(SlackApiError):
        await watched.client.users_info(user="U0NOBODY", token="xoxb-of-another")
    assert len(await watched.probe.troubles()) == 1


async def test_the_app_level_token_says_nothing_of_the_bots_own(watched: Watched) -> None:
    with pytest.raises(SlackApiError):
        await watched.client.apps_connections_open(app_token="xapp-wrong")
    assert watched.errors == [("apps.connections.open", "invalid_auth")]
    assert await watched.probe.troubles() == []


async def test_slack_is_asked_again_at_most_every_few_seconds(watched: Watched) -> None:
    watched.sandbox.faults.refuse("auth.test", "token_revoked", times=10)
    await watched.fails(Fault(error="token_revoked"))
    assert len(await watched.is_asked_again()) == 1
    for _ in range(3):
        assert len(await watched.probe.troubles()) == 1
    assert len(watched.calls) == 2


async def test_one_call_without_an_answer_is_no_trouble_yet_but_a_minute_of_them_is(watched: Watched) -> None:
    await watched.fails(Fault(cut="before"))
    assert watched.watch.silent_seconds > 0
    assert await watched.is_asked_again() == []
    assert watched.watch.silent_seconds == 0
    probe = SlackProbe(Silent(watched.sandbox.api_url), watched.client.auth_test)
    assert await probe.troubles() == ["Slack has not answered for 60 seconds: check the network."]
