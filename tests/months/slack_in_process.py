"""A client whose calls the sandbox answers in the same process and the same instant; some of them fail."""

from json import dumps, loads
from random import Random
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from starlette.types import Message

from sandbox.methods import WebApi
from sandbox.server import Sandbox

FAILING = 0.02
"""The part of all calls that fail."""


class SlackInProcess(AsyncWebClient):
    """Calls the sandbox without a connection. `failed` counts the calls that failed, by how."""

    def __init__(self, sandbox: Sandbox, chance: Random) -> None:
        super().__init__(token=sandbox.bot_token)
        self._api = WebApi(sandbox.slack)
        self._chance = chance
        self.failing = FAILING
        self.calls = 0
        self.failed: dict[str, int] = {}

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Answer a call, or fail: refused before it was carried out, or cut off before or after that."""
        self.calls += 1
        how = self._chance.choice(("limited", "broken", "cut before", "cut after"))
        if self._chance.random() >= self.failing:
            how = ""
        self.failed[how] = self.failed.get(how, 0) + 1
        if how == "limited":
            raise _refused(api_method, {"ok": False, "error": "ratelimited"}, 429)
        if how == "broken":
            raise _refused(api_method, {}, 503)
        if how == "cut before":
            raise aiohttp.ServerDisconnectedError
        answer = await self._answer(api_method, **arguments)
        if how == "cut after":
            raise aiohttp.ServerDisconnectedError
        if not answer["ok"]:
            raise _refused(api_method, answer, 200)
        return _response(api_method, answer, 200)

    async def _answer(
        self, method: str, *, json: dict[str, Any] | None = None, params: dict[str, Any] | None = None, **_more: Any
    ) -> dict[str, Any]:
        kind, body = (
            b"application/json",
            dumps({name: value for name, value in (json or {}).items() if value is not None}),
        )
        if json is None:
            said = {name: value for name, value in (params or {}).items() if value is not None}
            kind, body = b"application/x-www-form-urlencoded", urlencode(said)
        sent: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body.encode(), "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message.get("body", b""))

        headers = [
            (b"content-type", kind),
            (b"authorization", f"Bearer {self.token}".encode()),
            (b"host", b"slack.example"),
        ]
        scope = {"type": "http", "method": "POST", "path": f"/api/{method}", "query_string": b"", "headers": headers}
        await self._api(scope, receive, send)
        found: dict[str, Any] = loads(b"".join(sent))
        return found


def _refused(method: str, data: dict[str, Any], status: int) -> SlackApiError:
    return SlackApiError("refused", _response(method, data, status))  # type: ignore[no-untyped-call]  # untyped there


def _response(method: str, data: dict[str, Any], status: int) -> AsyncSlackResponse:
    headers = {"Retry-After": "5"} if status == 429 else {}
    return AsyncSlackResponse(
        client=None, http_verb="POST", api_url=method, req_args={}, data=data, headers=headers, status_code=status
    )
