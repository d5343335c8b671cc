"""One websocket of the app, from the look-alike's side."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.delivery.answer import Answer
from sandbox.web_server import drop_connection, stop_reading

SOCKET_REASON = "timeout"
"""What Socket Mode says of every envelope that comes again."""


@dataclass(eq=False)
class Connection:
    """An open websocket and the envelopes that were sent over it and are not acknowledged yet, by their id."""

    websocket: WebSocket
    wire: Send
    is_silent: bool = False
    _waiting: dict[str, asyncio.Future[Answer]] = field(default_factory=dict)

    async def tell(self, message: dict[str, Any]) -> bool:
        """Send a message; false when the websocket turns out to be closed. A silent one swallows it."""
        if self.is_silent:
            return True
        try:
            await self.websocket.send_json(message)
        except (WebSocketDisconnect, RuntimeError):
            return False
        return True

    async def bring(self, envelope: dict[str, Any], *, seconds: float) -> Answer | None:
        """Send an envelope and wait at most ``seconds`` for its acknowledgement; None when it could not be sent.

        ``unreachable`` when the websocket goes away before it.
        """
        acknowledged: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = acknowledged
        try:
            if not await self.tell(envelope):
                return None
            async with asyncio.timeout(seconds):
                return await acknowledged
        except TimeoutError:
            return Answer("late", {}, SOCKET_REASON)
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def hear(self) -> None:
        """Take acknowledgements until the websocket closes."""
        try:
            while True:
                self._take(await self.websocket.receive_text())
        except (WebSocketDisconnect, RuntimeError, KeyError):
            # KeyError: a binary message, which nobody sends in Socket Mode
            return
        finally:
            self._give_up()

    async def close(self) -> None:
        """Close the websocket in good order, if it is still open."""
        try:
            await self.websocket.close()
        except (WebSocketDisconnect, RuntimeError):
            return

    def cut(self) -> None:
        """Drop the connection without a close frame: the app notices at once."""
        drop_connection(self.wire)

    def silence(self) -> None:
        """Leave the connection open and dead: nothing comes out of it any more, no envelope, no answer to a ping."""
        self.is_silent = True
        stop_reading(self.wire)

    def _take(self, text: str) -> None:
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

    def _give_up(self) -> None:
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(Answer("unreachable", {}, SOCKET_REASON))
