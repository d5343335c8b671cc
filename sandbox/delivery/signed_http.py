"""Signed HTTP: requests to the app's address, signed as Slack signs them."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp

from sandbox.delivery.answer import Answer, Kind
from sandbox.delivery.socket_mode import Retry


class SignedHttp:
    """Posts payloads to one address: commands and interactions as forms, events as JSON."""

    def __init__(self, url: str, signing_secret: str) -> None:
        self._url = url
        self._secret = signing_secret.encode()
        self._session: aiohttp.ClientSession | None = None

    async def verify_url(self, token: str) -> bool:
        """Whether the address answers ``url_verification`` with its challenge, as Slack asks when it is set."""
        challenge = {"type": "url_verification", "token": token, "challenge": "sandbox-challenge"}
        status, text, _ = await self._post(json.dumps(challenge), "application/json", {}, seconds=3.0)
        return status == 200 and "sandbox-challenge" in text

    async def send(self, kind: Kind, payload: dict[str, Any], *, seconds: float, retry: Retry | None = None) -> Answer:
        """Post one payload and wait at most ``seconds`` for the answer."""
        body, content_type = _encoded(kind, payload)
        headers = {}
        if retry is not None:
            headers = {"X-Slack-Retry-Num": str(retry.attempt), "X-Slack-Retry-Reason": retry.reason}
        try:
            status, text, received = await self._post(body, content_type, headers, seconds=seconds)
        except TimeoutError:
            return Answer("late", {})
        except aiohttp.ClientError:
            return Answer("unreachable", {})
        if status == 200 or (kind == "events_api" and 200 <= status < 300):
            return Answer("acknowledged", _decoded(text))
        return Answer("refused", {}, retry_wanted=received.get("x-slack-no-retry") != "1")

    async def close(self) -> None:
        """Close the connections to the app."""
        if self._session is not None:
            await self._session.close()

    async def _post(
        self, body: str, content_type: str, headers: dict[str, str], *, seconds: float
    ) -> tuple[int, str, dict[str, str]]:
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
        timeout = aiohttp.ClientTimeout(total=seconds)
        async with self._session.post(self._url, data=body.encode(), headers=sent, timeout=timeout) as response:
            return response.status, await response.text(), {k.lower(): v for k, v in response.headers.items()}


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
