"""A Bolt app with one command behind the address for Slack, what came through to it, and how a request is signed."""

import asyncio
import hashlib
import hmac
import io
import socket
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

from bot.intake import PATH
from sandbox.workspace import PATIENCE_SECONDS

SECRET = "shared-secret"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
MARK = "Initech-will-sign"
COMMAND = urlencode({"command": "/account", "team_id": "T1", "user_id": "U2", "text": MARK, "token": "tok-1"}).encode()


@dataclass
class Served:
    """A Bolt app with one command behind the server, and what came through to it."""

    port: int
    http: aiohttp.ClientSession
    logs: io.StringIO
    taken: list[str] = field(default_factory=list)

    async def posts(self, body: bytes, headers: dict[str, str] | None = None, *, kind: str = FORM) -> tuple[int, str]:
        """Return the status and text of the answer to this body, signed unless other headers are given."""
        given = signed(body) if headers is None else headers
        async with self.http.post(PATH, data=body, headers={"content-type": kind} | given) as answer:
            return answer.status, await answer.text()

    async def sends(self, raw: bytes) -> bytes:
        """Return everything received on a new connection until the server closes it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(raw)
            await writer.drain()
            return await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)
        finally:
            writer.close()


def signature(body: bytes, stamp: str, secret: str = SECRET) -> str:
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return f"v0={digest}"


def signed(body: bytes, *, age_seconds: int = 0) -> dict[str, str]:
    stamp = str(int(time.time()) - age_seconds)
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": signature(body, stamp)}


def written_before_read(port: int, path: str, *, length: int = 5_000_000) -> bytes:
    """Return the answer to a sender that writes the whole of a long body before it reads anything."""
    head = f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as sender:
        sender.sendall(head.encode() + b"x" * length)
        return b"".join(iter(lambda: sender.recv(65_536), b""))
