"""Signed HTTP: requests to the app, signed as Slack signs them."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin

import aiohttp

from sandbox.delivery.answer import Answer, Kind, Retry

CHALLENGE_SECONDS = 3.0
MAX_REDIRECTS = 2
KEPT_SECONDS = 3.0
"""Servers close a connection that is idle, uvicorn after 5 seconds; what is sent at that moment would be lost."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class SignedHttp:
    """Transport to one address: commands and interactions as forms, events as JSON."""

    def __init__(self, url: str, signing_secret: str) -> None:
        self._url = url
        self._secret = signing_secret.encode()
        self._session: aiohttp.ClientSession | None = None

    async def verify_url(self, token: str) -> bool:
        """Return True if the address answers Slack's ``url_verification`` challenge."""
        challenge = {"type": "url_verification", "token": token, "challenge": "sandbox-challenge"}
        try:
            async with asyncio.timeout(CHALLENGE_SECONDS):
                response = await self._post(self._url, json.dumps(challenge), "application/json", {})
        except (TimeoutError, aiohttp.ClientError):
            return False
        return response.status == 200 and "sandbox-challenge" in response.text

    async def send(self, kind: Kind, payload: dict[str, Any], *, seconds: float, retry: Retry | None = None) -> Answer:
        """Post one payload and wait at most ``seconds`` for the answer; events follow up to two redirects."""
        body, content_type = _encoded(kind, payload)
        headers = {}
        if retry is not None:
            headers = {"X-Slack-Retry-Num": str(retry.attempt), "X-Slack-Retry-Reason": retry.reason}
        redirects = MAX_REDIRECTS if kind == "events_api" else 0
        try:
            async with asyncio.timeout(seconds):
                response = await self._follow(body, content_type, headers, redirects=redirects)
        except TimeoutError:
            return Answer("late", {}, "http_timeout")
        except aiohttp.ClientError as error:
            return Answer("unreachable", {}, _reason(error))
        return _answer(kind, response)

    async def close(self) -> None:
        """Close the connections to the app."""
        if self._session is not None:
            await self._session.close()

    async def _follow(self, body: str, content_type: str, headers: dict[str, str], *, redirects: int) -> "_Response":
        response = await self._post(self._url, body, content_type, headers)
        for _ in range(redirects):
            if not response.is_redirect:
                break
            response = await self._post(urljoin(self._url, response.headers["location"]), body, content_type, headers)
        return response

    async def _post(self, url: str, body: str, content_type: str, headers: dict[str, str]) -> "_Response":
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(keepalive_timeout=KEPT_SECONDS))
        timestamp = str(int(time.time()))
        signed = hmac.new(self._secret, f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
        sent = headers | {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={signed}",
        }
        async with self._session.post(url, data=body.encode(), headers=sent, allow_redirects=False) as received:
            lowered = {name.lower(): value for name, value in received.headers.items()}
            return _Response(received.status, await received.text(), lowered)


@dataclass(frozen=True)
class _Response:
    """A response; header names are in lower case."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def is_redirect(self) -> bool:
        """True for a redirect with a target."""
        return self.status in REDIRECTS and "location" in self.headers


def _answer(kind: Kind, response: _Response) -> Answer:
    if response.status == 200 or (kind == "events_api" and 200 <= response.status < 300):
        return Answer("acknowledged", _decoded(response.text))
    reason = "too_many_redirects" if response.is_redirect and kind == "events_api" else "http_error"
    return Answer("refused", {}, reason, retry_wanted=response.headers.get("x-slack-no-retry") != "1")


def _reason(error: aiohttp.ClientError) -> str:
    if isinstance(error, aiohttp.ClientSSLError):
        return "ssl_error"
    return "connection_failed" if isinstance(error, aiohttp.ClientConnectionError) else "unknown_error"


def _encoded(kind: Kind, payload: dict[str, Any]) -> tuple[str, str]:
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


def _decoded(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        body = json.loads(text)
    except ValueError:
        return {"text": text}
    return body if isinstance(body, dict) else {"text": text}
