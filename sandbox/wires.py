"""The server's own side of a connection: what ASGI cannot do to it."""

from typing import Any

from starlette.types import Send


def _server_side(send: Send) -> Any:
    return getattr(send, "__self__", None)


def hang_up(send: Send) -> None:
    """Drop the connection that ``send`` belongs to, without a word."""
    _server_side(send).transport.abort()


def stop_hearing(send: Send) -> None:
    """Leave the websocket that ``send`` belongs to open, and read nothing of it any more, not even its pings."""
    protocol = _server_side(send)
    protocol.stop_keepalive()
    protocol.read_paused = False
    protocol.transport.pause_reading()
