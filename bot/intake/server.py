"""The HTTP server."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.slack_api.workspaces import StartFailed

STOP_WITHIN_SECONDS = 10
"""Time for requests under way once the server stops; without a limit one hung request holds it for minutes."""

Ready = Callable[[], Awaitable[str]]
"""Return what keeps the bot from being ready, one sentence a line; "" when it is ready."""


def web_app(ready: Ready, more: Sequence[Route] = ()) -> Starlette:
    """Return a web app with the routes `/healthz` and `/readyz`, and more."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        trouble = await ready()
        return PlainTextResponse(trouble or "ready", status_code=503 if trouble else 200)

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), *more]
    return Starlette(routes=routes)


class Server:
    """Serves a web app on one address until it is stopped."""

    def __init__(self, web: Starlette, *, host: str, port: int) -> None:
        self._web = web
        self._host = host
        self._port = port
        self._server: _Uvicorn | None = None
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> int:
        """Start to listen; return the port, which is a free one when 0 was asked for. Raises StartFailed."""
        try:
            listening = socket.create_server((self._host, self._port), backlog=2048)
        except OSError as error:
            raise StartFailed(
                f"{self._host}:{self._port} cannot be listened on ({error.strerror}): give another HOST or PORT."
            ) from error
        # asyncio sets this only on sockets of its own; without it answers wait up to 40 ms for an ACK
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        config = uvicorn.Config(
            closing_once(self._web, self._is_stopping),
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
        )
        self._server = _Uvicorn(config)
        self._serving = asyncio.create_task(self._server.serve([listening]))
        while not self._server.started and not self._serving.done():  # noqa: ASYNC110 - it offers no event to wait for
            await asyncio.sleep(0.005)
        port: int = listening.getsockname()[1]
        return port

    async def stop(self) -> None:
        """Accept no more requests and wait for those under way."""
        if self._server is None or self._serving is None:
            return
        self._server.should_exit = True
        await self._serving

    def _is_stopping(self) -> bool:
        return self._server is not None and self._server.should_exit


def closing_once(web: ASGIApp, is_stopping: Callable[[], bool]) -> ASGIApp:
    """Wrap an app so that each answer during the stop closes its connection.

    Otherwise a connection accepted at the moment of the stop would be reused until one of its requests is cut off.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start" and is_stopping():
                message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
            await send(message)

        await web(scope, receive, send_on)

    return app


class _Uvicorn(uvicorn.Server):
    """A server that leaves signals to the program, which has more to stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
