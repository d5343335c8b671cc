"""The HTTP server: it serves until it is stopped, and says whether the bot is well."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import Message

from bot.intake import Server, closing_once, slack_events, web_app
from bot.slack_api import StartFailed
from sandbox.workspace import PATIENCE_SECONDS

SECRET = "shared-secret"
FORM = "application/x-www-form-urlencoded"


async def authorize(team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token="xoxb-1", bot_user_id="U1")


class Bot:
    """A served Bolt app with one command."""

    def __init__(self) -> None:
        self.trouble = ""
        self.began = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.app = AsyncApp(
            signing_secret=SECRET,
            client=AsyncWebClient(),
            authorize=authorize,
            process_before_response=True,
            request_verification_enabled=False,
        )
        self.app.command("/account")(self._account)
        self.server = Server(web_app(self._ready, [slack_events(self.app, SECRET)]), host="127.0.0.1", port=0)

    async def _ready(self) -> str:
        return self.trouble

    async def _account(self, ack: AsyncAck) -> None:
        self.began.set()
        await self.may_end.wait()
        await ack("my accounts")


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot()
    bot.port = await bot.server.start()  # type: ignore[attr-defined]
    yield bot
    bot.may_end.set()
    await bot.server.stop()


@pytest.fixture
async def http(bot: Bot) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{bot.port}") as session:  # type: ignore[attr-defined]
        yield session


def signed(body: bytes) -> dict[str, str]:
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={digest}", "content-type": FORM}


COMMAND = b"command=%2Faccount&team_id=T1&user_id=U2&channel_id=C1&text=&trigger_id=1.2"


async def test_health_says_that_the_process_lives_and_readiness_what_keeps_it(
    bot: Bot, http: aiohttp.ClientSession
) -> None:
    async with http.get("/healthz") as answer:
        assert (answer.status, await answer.text()) == (200, "ok")
    async with http.get("/readyz") as answer:
        assert (answer.status, await answer.text()) == (200, "ready")
    bot.trouble = "the database is not migrated"
    async with http.get("/readyz") as answer:
        assert (answer.status, await answer.text()) == (503, "the database is not migrated")


async def test_stopping_waits_for_the_request_under_way_and_takes_no_more(
    bot: Bot, http: aiohttp.ClientSession
) -> None:
    bot.may_end.clear()
    asked = asyncio.create_task(http.post("/slack/events", data=COMMAND, headers=signed(COMMAND)))
    await asyncio.wait_for(bot.began.wait(), PATIENCE_SECONDS)
    stopping = asyncio.create_task(bot.server.stop())
    bot.may_end.set()
    answer = await asked
    assert (answer.status, await answer.text()) == (200, "my accounts")
    await asyncio.wait_for(stopping, PATIENCE_SECONDS)
    with pytest.raises(aiohttp.ClientConnectionError):
        await http.get("/healthz")


async def test_while_stopping_every_answer_ends_its_connection() -> None:
    is_stopping = False

    async def headers() -> list[tuple[bytes, bytes]]:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/healthz", "headers": [], "query_string": b""}
        await web(scope, receive, send)
        return list(sent[0]["headers"])

    async def ready() -> str:
        return ""

    web = closing_once(web_app(ready), lambda: is_stopping)
    assert (b"connection", b"close") not in await headers()
    is_stopping = True
    assert (b"connection", b"close") in await headers()


async def test_a_port_in_use_is_said_in_one_sentence(bot: Bot) -> None:
    taken = Server(web_app(bot._ready), host="127.0.0.1", port=bot.port)  # type: ignore[attr-defined]
    with pytest.raises(StartFailed, match="give another HOST or PORT"):
        await taken.start()
