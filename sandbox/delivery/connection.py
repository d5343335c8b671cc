"""One websocket of the app, from the sandbox's side."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.delivery.answer import Answer
from sandbox.web_server import drop_connection, stop_reading

SOCKET_REASON = "timeout"
"""The retry reason of every envelope in Socket Mode."""


@dataclass(eq=False)
class Connection:
    """An open websocket, with the unacknowledged envelopes sent over it.

    ``asgi_send`` is the server's own, to cut the connection with.
    """

    websocket: WebSocket
    asgi_send: Send
    is_silent: bool = False
    _waiting: dict[str, asyncio.Future[Answer]] = field(default_factory=dict)

    async def send(self, message: dict[str, Any]) -> bool:
        """Send a message; return False when the websocket is closed. A silent one drops the message."""
        if self.is_silent:
            return True
        try:
            await self.websocket.send_json(message)
        except (WebSocketDisconnect, RuntimeError):
            return False
        return True

    async def request(self, envelope: dict[str, Any], *, seconds: float) -> Answer | None:
        """Send an envelope and return its acknowledgement, None when it could not be sent.

        ``late`` after ``seconds``, ``unreachable`` when the websocket closes first.
        """
        acknowledged: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = acknowledged
        try:
            if not await self.send(envelope):
                return None
            async with asyncio.timeout(seconds):
                return await acknowledged
        except TimeoutError:
            return Answer("late", {}, SOCKET_REASON)
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def receive(self) -> None:
        """Receive acknowledgements until the websocket closes."""
        try:
            while True:
                self._acknowledge(await self.websocket.receive_text())
        except (WebSocketDisconnect, RuntimeError, KeyError):
            # KeyError: a binary message, which nobody sends in Socket Mode
            return
        finally:
            self._fail_waiting()

    async def close(self) -> None:
        """Close the websocket properly, if it is still open."""
        try:
            await self.websocket.close()
        except (WebSocketDisconnect, RuntimeError):
            return

    def cut(self) -> None:
        """Drop the connection without a close frame; the app notices at once."""
        drop_connection(self.asgi_send)

    def silence(self) -> None:
        """Leave the connection open but dead: no envelopes, no answers to pings."""
        self.is_silent = True
        stop_reading(self.asgi_send)

    def _acknowledge(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return
        if not isinstance(message, dict):
            return
        waiting = self._waiting.get(str(message.get("envelope_id")))
        if waiting is not None and not waiting.done():
            payload = message.get("payload")
            waiting.set_result(Answer("acknowledged", payload if isinstance(payload, dict) else {}))

    def _fail_waiting(self) -> None:
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(Answer("unreachable", {}, SOCKET_REASON))
