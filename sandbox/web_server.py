"""A web server that stops at once and leaves signals alone, and the connections it serves."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import Send

ENDING_SECONDS = 0.05
"""Time that requests under way get to finish."""


class WebServer(uvicorn.Server):
    """Serves until ``stop`` is called, without uvicorn's polling every tenth of a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._asked_to_stop = asyncio.Event()

    def stop(self) -> None:
        """Stop serving; ``serve`` returns once the connections are closed."""
        self._asked_to_stop.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Do nothing: the caller handles signals."""
        yield

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self._asked_to_stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close listeners and connections, and cancel requests under way."""
        for listener in self.servers:
            listener.close()
        for listening in sockets or []:
            listening.close()
        for connection in list(self.server_state.connections):
            # a websocket that is closing already may not be closed again: the library refuses a second close frame
            if not connection.transport.is_closing():
                connection.shutdown()
        under_way = list(self.server_state.tasks)
        if under_way:
            # websockets end by themselves now; one that is cancelled would be logged as a failure
            await asyncio.wait(under_way, timeout=ENDING_SECONDS)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


def _server_side(send: Send) -> Any:
    """Return uvicorn's protocol object, of which ``send`` is a method: it holds the connection."""
    return getattr(send, "__self__", None)


def drop_connection(send: Send) -> None:
    _server_side(send).transport.abort()


def stop_reading(send: Send) -> None:
    """Keep the websocket of this ASGI ``send`` open but read nothing more from it, not even pings."""
    protocol = _server_side(send)
    protocol.stop_keepalive()
    protocol.read_paused = False
    protocol.transport.pause_reading()
