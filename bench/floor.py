"""The floor of requests: Bolt with `process_before_response` that acknowledges every command and does nothing else."""

import asyncio
import json
import os
import re
import sys

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.intake import HttpServer


async def _serve() -> None:
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(signing_secret=os.environ["SLACK_SIGNING_SECRET"], client=client, process_before_response=True)
    app.command(re.compile(".*"))(_acknowledge)
    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    web = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
    port = await HttpServer(web, host="127.0.0.1", port=0).start()
    print(json.dumps({"event": "started", "port": port}), file=sys.stderr, flush=True)
    await asyncio.Event().wait()


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()


if __name__ == "__main__":
    asyncio.run(_serve())
