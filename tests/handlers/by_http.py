"""Payloads by the real HTTP server: written as Slack writes them, and signed."""

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.intake import BODY_BYTES, PATH, HttpServer, slack_events, web_app
from sandbox.workspace import PATIENCE_SECONDS
from tests.handlers.local_bot import SIGNING_SECRET, LocalBot
from tests.handlers.payloads import Payload

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True)
class ByHttp:
    """Slack's side of the address at which the bot hears."""

    at: LocalBot
    http: aiohttp.ClientSession

    async def posts(self, payload: Payload) -> int:
        """The status of the answer, once everything that follows from the payload is done."""
        kind, body = written(payload)
        stamp = str(int(time.time()))
        signature = SignatureVerifier(SIGNING_SECRET).generate_signature(timestamp=stamp, body=body)
        assert signature is not None
        headers = {"content-type": kind, "x-slack-request-timestamp": stamp, "x-slack-signature": signature}
        async with self.http.post(PATH, data=body, headers=headers) as answer:
            await answer.read()
        await self.at.edge.drain(PATIENCE_SECONDS)
        return answer.status


def written(payload: Payload) -> tuple[str, bytes]:
    """The content type and the body: JSON for events, else a form, in which interactivity is one field."""
    if "event" in payload or payload.get("type") == "event_callback":
        return JSON, json.dumps(payload).encode()
    fields = payload if "command" in payload else {"payload": json.dumps(payload)}
    return FORM, urlencode(fields, errors="surrogatepass").encode()


def is_too_long(payload: Payload) -> bool:
    """True when its body is longer than the server reads."""
    return len(written(payload)[1]) > BODY_BYTES


@asynccontextmanager
async def by_http(at: LocalBot) -> AsyncIterator[ByHttp]:
    async def ready() -> str:
        return ""

    server = HttpServer(web_app(ready, [slack_events(at.app, SIGNING_SECRET)]), host="127.0.0.1", port=0)
    port = await server.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        yield ByHttp(at, http)
    await server.stop()
