"""Routes of the page: its files, the state it shows, the actions it sends, and notice of changes."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from importlib import resources
from typing import Any, Protocol
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.client import UserActions
from sandbox.page.actions import BadAction, perform
from sandbox.page.news import Move, move_json
from sandbox.page.state import Opening, Place, page_state
from sandbox.workspace import Workspace

MEDIA_TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css"}
LOOPBACK_NAMES = {"127.0.0.1", "localhost", "::1"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:"


class PageSource(Protocol):
    """The part of a sandbox that the page needs.

    ``hint`` suggests what to try next (empty for none), ``notes`` are people's functions by user id, ``on_next_due``
    moves the clock to the next due moment and returns a sentence about it (None for no such button), ``move`` is the
    last such move, ``opening`` is what it shows to who has just come.
    """

    hint: str
    opening: Opening
    move: Move | None
    notes: dict[str, str]
    on_next_due: Callable[[], Awaitable[str]] | None

    @property
    def workspace(self) -> Workspace: ...

    @property
    def actions(self) -> UserActions: ...


def page_routes(sandbox: PageSource) -> list[BaseRoute]:
    """Return the routes of ``/`` and everything below ``/page/``, answered to this machine only."""

    async def index(request: Request) -> Response:
        return RedirectResponse("/page/") if _is_local(request) else _refused()

    async def file(request: Request) -> Response:
        return _file(request.path_params.get("path", "index.html")) if _is_local(request) else _refused()

    async def state(request: Request) -> Response:
        return JSONResponse(_page_json(sandbox, request)) if _is_local(request) else _refused()

    async def action(request: Request) -> Response:
        return await _perform(sandbox, request) if _is_local(request) else _refused()

    async def live(socket: WebSocket) -> None:
        await _live(sandbox, socket)

    return [
        Route("/", index),
        Route("/page/", file),
        Route("/page/state", state),
        Route("/page/action", action, methods=["POST"]),
        WebSocketRoute("/page/live", live),
        Route("/page/{path:path}", file),
    ]


def _is_local(connection: HTTPConnection) -> bool:
    """Return True if the request names this machine and does not come from another web page."""
    host = connection.headers.get("host", "")
    origin = connection.headers.get("origin")
    return urlsplit(f"//{host}").hostname in LOOPBACK_NAMES and (origin is None or urlsplit(origin).netloc == host)


def _refused() -> Response:
    return JSONResponse({"ok": False, "error": "This page is available on this machine only."}, status_code=403)


def _file(path: str) -> Response:
    media_type = MEDIA_TYPES.get(path.rpartition(".")[2])
    parts = path.split("/")
    found = resources.files("sandbox").joinpath("page", "static", *parts)
    # an empty part is an absolute path, and ".." leads out of the folder
    if media_type is None or not {"", ".", ".."}.isdisjoint(parts) or not found.is_file():
        return Response("There is no such file.", status_code=404, media_type="text/plain")
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
    return Response(found.read_bytes(), media_type=media_type, headers=headers)


def _page_json(sandbox: PageSource, request: Request) -> dict[str, Any]:
    query = request.query_params
    place = Place(query.get("as"), query.get("channel"), query.get("thread"), query.get("message"))
    shown = page_state(sandbox.workspace, place, notes=sandbox.notes, opening=sandbox.opening)
    moved = move_json(sandbox.workspace, sandbox.move)
    return shown | {"hint": sandbox.hint, "move": moved, "can_move_on": sandbox.on_next_due is not None}


async def _perform(sandbox: PageSource, request: Request) -> Response:
    """Carry out an action of the page: ``next_due`` moves the clock, `perform` has all others."""
    # A browser sends JSON to another origin only after a preflight request, and nothing here allows one.
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return JSONResponse({"ok": False, "error": "Actions are sent as JSON."}, status_code=415)
    try:
        body = json.loads(await request.body())
        if isinstance(body, dict) and body.get("action") == "next_due":
            if sandbox.on_next_due is None:
                raise BadAction("This sandbox has no next due moment.")
            return JSONResponse({"ok": True, "error": None, "text": await sandbox.on_next_due()})
        return JSONResponse(await perform(sandbox.workspace, sandbox.actions, body))
    except (BadAction, ValueError) as error:
        return JSONResponse({"ok": False, "error": str(error)}, status_code=400)


async def _live(sandbox: PageSource, socket: WebSocket) -> None:
    """Send "changed" after changes until the page goes away; other machines are refused."""
    if not _is_local(socket):
        await socket.close(code=4403)
        return
    await socket.accept()
    changed = asyncio.Event()
    listeners = sandbox.workspace.changes.listeners
    listeners.append(changed.set)
    sender = asyncio.create_task(_send_changes(socket, changed))
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        pass
    finally:
        listeners.remove(changed.set)
        sender.cancel()
        await asyncio.gather(sender, return_exceptions=True)


async def _send_changes(socket: WebSocket, changed: asyncio.Event) -> None:
    """Send "changed" once for all changes since the last time, so that a burst costs the page one request."""
    while True:
        await changed.wait()
        changed.clear()
        await socket.send_text("changed")
