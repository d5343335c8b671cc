"""One server for a whole file of tests; no test leaves a trace in its logs."""

import io
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote_plus

import aiohttp
import pytest
import pytest_asyncio
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.intake import Server, slack_events, web_app
from bot.logs import set_up_logs
from handlers.edge.incoming import OnlyReadable
from tests.bot.intake.http.served import MARK, SECRET, Served

BODY_WITHIN_SECONDS = 3.0
"""As long as Slack waits: a busy machine needs some of it, and what is given up waits for all of it."""


async def authorize(team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token="xoxb-1", bot_user_id="U1")


async def ready() -> str:
    return ""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served() -> AsyncIterator[Served]:
    """The app, which answers one command."""
    app = AsyncApp(
        signing_secret=SECRET,
        authorize=authorize,
        before_authorize=OnlyReadable(),
        process_before_response=True,
        request_verification_enabled=False,
    )
    server = Server(
        web_app(ready, [slack_events(app, SECRET, body_within_seconds=BODY_WITHIN_SECONDS)]), host="127.0.0.1", port=0
    )
    port = await server.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        served = Served(port, http, io.StringIO())

        async def account(ack: AsyncAck, body: dict[str, Any]) -> None:
            served.taken.append(body["text"])
            await ack("my accounts")

        app.command("/account")(account)
        yield served
    await server.stop()


@pytest.fixture(autouse=True)
def nothing_in_the_logs(served: Served) -> Any:
    """Check that no log has anything of a request, at the lowest level."""
    served.logs = io.StringIO()
    set_up_logs(level="DEBUG", style="text", stream=served.logs)
    served.taken.clear()
    yield
    for told in (MARK, "tok-1", "Traceback", "ERROR", quote_plus(MARK)):
        assert told not in served.logs.getvalue()
