"""The floor of requests: Bolt with `process_before_response` and one listener that only acknowledges.

`python -m bench.floor URL` serves it as the bot is served and prints the port once it listens; URL is the Web API's.
"""

import asyncio
import sys

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.workspace import BOT_TOKEN, SIGNING_SECRET
from bot.intake.server import Server

COMMAND = "/ack"


def web(api_url: str) -> Starlette:
    """The app behind the route that Slack calls."""
    client = AsyncWebClient(token=BOT_TOKEN, base_url=api_url)
    app = AsyncApp(signing_secret=SIGNING_SECRET, client=client, process_before_response=True)
    app.command(COMMAND)(_acknowledge)
    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()


async def _serve(api_url: str) -> None:
    server = Server(web(api_url), host="127.0.0.1", port=0)
    print(await server.start(), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
