"""Socket Mode: the app's websockets, and envelopes sent over them."""

import asyncio
import secrets
import uuid
from collections.abc import Callable
from typing import Any, Literal

from starlette.types import Send
from starlette.websockets import WebSocket

from sandbox.delivery.answer import Answer, Kind, Retry
from sandbox.delivery.connection import SOCKET_REASON, Connection

CONNECTIONS_PER_APP = 10
CONNECTION_SECONDS = 18_060.0
"""Lifetime of a websocket before Slack asks for another."""
DEBUG_CONNECTION_SECONDS = 360.0
"""Lifetime with ``debug_reconnects=true`` in the address."""
WARNING_SECONDS = 10.0
"""Time before the end at which Slack warns."""

Reason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]


class SocketMode:
    """The open websockets of the app; each envelope goes to one of them.

    ``connection_seconds``, ``debug_connection_seconds`` and ``warning_seconds`` are Slack's; tests may shorten them.
    """

    def __init__(self, app_id: str, changed: Callable[[], None]) -> None:
        self._app_id, self._changed = app_id, changed
        self._tickets: set[str] = set()
        self._open: list[Connection] = []
        self._turn = 0
        self._tried: dict[str, Connection] = {}
        self.connection_seconds = CONNECTION_SECONDS
        self.debug_connection_seconds = DEBUG_CONNECTION_SECONDS
        self.warning_seconds = WARNING_SECONDS

    @property
    def connections(self) -> int:
        """Number of open websockets, silent ones included."""
        return len(self._open)

    @property
    def open_connections(self) -> list[Connection]:
        """The open websockets, oldest first, for tests to ``cut`` or ``silence``."""
        return list(self._open)

    def new_ticket(self) -> str:
        """Return a one-time ticket for the address of ``apps.connections.open``."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, websocket: WebSocket, asgi_send: Send) -> None:
        """Serve one websocket until it closes; ``asgi_send`` is the server's own."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close(code=1008)
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        connection = Connection(websocket, asgi_send)
        if len(self._open) >= CONNECTIONS_PER_APP:
            await self._disconnect(connection, "too_many_websockets")
            return
        await self._serve(connection, is_debug=websocket.query_params.get("debug_reconnects") == "true")

    async def send(self, kind: Kind, payload: dict[str, Any], *, seconds: float, retry: Retry | None = None) -> Answer:
        """Send one envelope to one websocket and wait at most ``seconds`` for its acknowledgement.

        Closed websockets are skipped. A repeated event goes to another websocket where there is one.
        """
        event_id = str(payload.get("event_id", ""))
        while (connection := self._next(besides=self._tried.pop(event_id, None))) is not None:
            answer = await connection.request(_envelope(kind, payload, retry), seconds=seconds)
            if answer is not None:
                if kind == "events_api" and not answer.ok:
                    self._tried[event_id] = connection
                return answer
            self._forget(connection)
        return Answer("unreachable", {}, SOCKET_REASON)

    async def refresh(self, reason: Reason = "refresh_requested") -> None:
        """Ask every websocket to reconnect; all reasons but ``warning`` also close it."""
        for connection in list(self._open):
            await self._disconnect(connection, reason)

    async def _serve(self, connection: Connection, *, is_debug: bool) -> None:
        lifetime = self.debug_connection_seconds if is_debug else self.connection_seconds
        self._open.append(connection)
        self._changed()
        ending = asyncio.create_task(self._end(connection, lifetime))
        try:
            if await connection.send(self._hello(lifetime)):
                await connection.receive()
        finally:
            ending.cancel()
            self._forget(connection)

    async def _end(self, connection: Connection, lifetime: float) -> None:
        """Warn before the end of the websocket's lifetime, then end it."""
        await asyncio.sleep(lifetime - self.warning_seconds)
        await self._disconnect(connection, "warning")
        await asyncio.sleep(self.warning_seconds)
        await self._disconnect(connection, "refresh_requested")

    async def _disconnect(self, connection: Connection, reason: Reason) -> None:
        if reason != "warning":
            self._forget(connection)
        await connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
        if reason != "warning" and not connection.is_silent:
            await connection.close()

    def _next(self, *, besides: Connection | None) -> Connection | None:
        others = [connection for connection in self._open if connection is not besides] or self._open
        if not others:
            return None
        self._turn += 1
        return others[self._turn % len(others)]

    def _forget(self, connection: Connection) -> None:
        if connection in self._open:
            self._open.remove(connection)
            self._changed()

    def _hello(self, lifetime: float) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": int(lifetime)},
            "connection_info": {"app_id": self._app_id},
        }


def _envelope(kind: Kind, payload: dict[str, Any], retry: Retry | None) -> dict[str, Any]:
    envelope: dict[str, Any] = {
        "envelope_id": str(uuid.uuid4()),
        "type": kind,
        "payload": payload,
        "accepts_response_payload": kind != "events_api",
    }
    if kind == "events_api":
        envelope["retry_attempt"] = retry.attempt if retry else 0
        envelope["retry_reason"] = retry.reason if retry else ""
    return envelope
