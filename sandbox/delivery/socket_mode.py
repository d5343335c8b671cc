"""Socket Mode: the app's websockets, and envelopes sent over them."""

import asyncio
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.delivery.answer import Answer, Kind

CONNECTIONS_PER_APP = 10


@dataclass(frozen=True)
class Retry:
    """Which attempt this is (1 for the first repeat) and why the one before failed."""

    attempt: int
    reason: str


class SocketMode:
    """The open websockets of the app; each envelope goes to one of them, in turn."""

    def __init__(self, app_id: str, changed: Callable[[], None]) -> None:
        self._app_id, self._changed = app_id, changed
        self._tickets: set[str] = set()
        self._open: list[WebSocket] = []
        self._turn = 0
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}

    @property
    def connections(self) -> int:
        """How many websockets are open now."""
        return len(self._open)

    def new_ticket(self) -> str:
        """A one-time ticket for the address that ``apps.connections.open`` gives out."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, websocket: WebSocket) -> None:
        """Say hello to one websocket, then take its acknowledgements until it closes."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets or len(self._open) >= CONNECTIONS_PER_APP:
            await websocket.close(code=1008)
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        self._open.append(websocket)
        self._changed()
        try:
            await websocket.send_json(self._hello())
            while True:
                self._take(await websocket.receive_json())
        except (WebSocketDisconnect, RuntimeError):
            return
        finally:
            if websocket in self._open:
                self._open.remove(websocket)
            self._changed()

    async def send(self, kind: Kind, payload: dict[str, Any], *, seconds: float, retry: Retry | None = None) -> Answer:
        """Send one envelope to one websocket and wait at most ``seconds`` for its acknowledgement."""
        if not self._open:
            return Answer("unreachable", {})
        self._turn += 1
        websocket = self._open[self._turn % len(self._open)]
        envelope = _envelope(kind, payload, retry)
        acknowledged: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = acknowledged
        try:
            await websocket.send_json(envelope)
            async with asyncio.timeout(seconds):
                return Answer("acknowledged", await acknowledged)
        except TimeoutError:
            return Answer("late", {})
        except (WebSocketDisconnect, RuntimeError):
            return Answer("unreachable", {})
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every websocket to reconnect (``warning`` or ``refresh_requested``); the latter also closes it."""
        for websocket in list(self._open):
            await websocket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
            if reason != "warning":
                self._open.remove(websocket)
                await websocket.close()

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._app_id},
        }

    def _take(self, message: Any) -> None:
        if not isinstance(message, dict):
            return
        waiting = self._waiting.get(str(message.get("envelope_id")))
        if waiting is not None and not waiting.done():
            payload = message.get("payload")
            waiting.set_result(payload if isinstance(payload, dict) else {})


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
