"""Signed HTTP: requests to the app's address, signed as Slack signs them."""

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
MOST_REDIRECTS = 2
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class SignedHttp:
    """Posts payloads to one address: commands and interactions as forms, events as JSON."""

    def __init__(self, url: str, signing_secret: str) -> None:
        self._url = url
        self._secret = signing_secret.encode()
        self._session: aiohttp.ClientSession | None = None

    async def verify_url(self, token: str) -> bool:
        """Whether the address answers ``url_verification`` with its challenge, as Slack asks when it is set."""
        challenge = {"type": "url_verification", "token": token, "challenge": "sandbox-challenge"}
        try:
            async with asyncio.timeout(CHALLENGE_SECONDS):
                got = await self._post(self._url, json.dumps(challenge), "application/json", {})
        except (TimeoutError, aiohttp.ClientError):
            return False
        return got.status == 200 and "sandbox-challenge" in got.text

    async def send(self, kind: Kind, payload: dict[str, Any], *, seconds: float, retry: Retry | None = None) -> Answer:
        """Post one payload and wait at most ``seconds`` for the answer; events follow two redirects."""
        body, content_type = _encoded(kind, payload)
        headers = {}
        if retry is not None:
            headers = {"X-Slack-Retry-Num": str(retry.attempt), "X-Slack-Retry-Reason": retry.reason}
        redirects = MOST_REDIRECTS if kind == "events_api" else 0
        try:
            async with asyncio.timeout(seconds):
                got = await self._follow(body, content_type, headers, redirects=redirects)
        except TimeoutError:
            return Answer("late", {}, "http_timeout")
        except aiohttp.ClientError as error:
            return Answer("unreachable", {}, _reason(error))
        return _answer(kind, got)

    async def close(self) -> None:
        """Close the connections to the app."""
        if self._session is not None:
            await self._session.close()

    async def _follow(self, body: str, content_type: str, headers: dict[str, str], *, redirects: int) -> "_Got":
        got = await self._post(self._url, body, content_type, headers)
        for _ in range(redirects):
            if not got.is_redirect:
                break
            got = await self._post(urljoin(self._url, got.headers["location"]), body, content_type, headers)
        return got

    async def _post(self, url: str, body: str, content_type: str, headers: dict[str, str]) -> "_Got":
        if self._session is None:
            self._session = aiohttp.ClientSession()
        timestamp = str(int(time.time()))
        signed = hmac.new(self._secret, f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
        sent = headers | {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={signed}",
        }
        async with self._session.post(url, data=body.encode(), headers=sent, allow_redirects=False) as response:
            received = {name.lower(): value for name, value in response.headers.items()}
            return _Got(response.status, await response.text(), received)


@dataclass(frozen=True)
class _Got:
    """A response; the names of its headers are in small letters."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def is_redirect(self) -> bool:
        """Whether it says where to ask instead."""
        return self.status in REDIRECTS and "location" in self.headers


def _answer(kind: Kind, got: _Got) -> Answer:
    if got.status == 200 or (kind == "events_api" and 200 <= got.status < 300):
        return Answer("acknowledged", _decoded(got.text))
    reason = "too_many_redirects" if got.is_redirect and kind == "events_api" else "http_error"
    return Answer("refused", {}, reason, retry_wanted=got.headers.get("x-slack-no-retry") != "1")


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
