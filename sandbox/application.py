"""The ASGI application of the sandbox: Web API, response URLs, files, Socket Mode and the page."""

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from sandbox.faults import Fault
from sandbox.methods import WebApi, respond, store_upload
from sandbox.page.routes import PageSource, page_routes
from sandbox.slack import Slack
from sandbox.web_api import ApiError, RateLimited, is_visible_to_app
from sandbox.web_server import drop_connection

FAULT_NAMES = {"response": "response_url", "upload": "upload", "files-pri": "download"}
"""Names of the faults of addresses outside the Web API, by the first part of their path."""


async def _discard(_: Message) -> None:
    """Discard a response."""


class Application:
    """Routes the Web API and websockets directly, so that faults can cut their connections; the rest by Starlette."""

    def __init__(self, slack: Slack, source: PageSource) -> None:
        self._slack = slack
        self._api = WebApi(slack)
        routes = [
            Route("/response/{ticket}", self._respond, methods=["POST"]),
            Route("/upload/v1/{file_id}/{name}", self._upload, methods=["POST"]),
            Route("/files-pri/{place}/{name:path}", self._download),
        ]
        self._starlette = Starlette(routes=[*routes, *page_routes(source)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        if scope["type"] == "http" and path.startswith("/api/"):
            await self._api(scope, receive, send)
        elif scope["type"] == "websocket" and path == "/link/":
            await self._slack.delivery.sockets.serve(WebSocket(scope, receive, send), send)
        elif scope["type"] == "http" and (name := FAULT_NAMES.get(path.split("/")[1])):
            await self._with_fault(name, scope, receive, send)
        else:
            await self._starlette(scope, receive, send)

    async def _with_fault(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or with the fault set for its address; a fault with an error alone is a 404.

        A request that is carried out before its fault is served too, and its own answer discarded.
        """
        fault = self._slack.faults.take(name, self._slack.workspace.now()) or Fault()
        if fault.delay:
            await asyncio.sleep(fault.delay)
        is_normal_answer = fault.status == 200 and fault.error is None and fault.cut is None
        if is_normal_answer or fault.cut == "after" or fault.carried_out:
            await self._starlette(scope, receive, send if is_normal_answer else _discard)
        if fault.cut is not None:
            drop_connection(send)
        elif not is_normal_answer:
            status = fault.status if fault.status != 200 else 404
            headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
            answer = PlainTextResponse(fault.error or f"{name} is broken", status_code=status, headers=headers)
            await answer(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        """Carry out a response of the app; 404 with Slack's error where its address has expired or is used up."""
        target = self._slack.workspace.response_urls.take(request.url.path)
        if isinstance(target, str):
            return JSONResponse({"ok": False, "error": target}, status_code=404)
        try:
            body = await request.json()
            respond(self._slack, target, body if isinstance(body, dict) else {})
        except (ValueError, RecursionError):
            return PlainTextResponse("invalid_payload", status_code=400)
        except RateLimited as refusal:
            # nothing was done, so the address may be used as often as before
            target.uses_left += 1
            headers = {"Retry-After": str(refusal.retry_after_seconds)}
            return JSONResponse(refusal.answer, status_code=429, headers=headers)
        except ApiError as refusal:
            return JSONResponse(refusal.answer, status_code=400)
        return PlainTextResponse("ok")

    async def _upload(self, request: Request) -> Response:
        content = await request.body()
        problem = store_upload(self._slack, request.path_params["file_id"], content)
        return PlainTextResponse(problem or f"OK - {len(content)}", status_code=400 if problem else 200)

    async def _download(self, request: Request) -> Response:
        """Return the content of a file that the app sees; without its token or the scope, redirect to ``/``."""
        # the place is `TEAM-FILE`
        file = self._slack.workspace.files.get(request.path_params["place"].rpartition("-")[2])
        may_read = "files:read" in self._slack.scopes
        if not may_read or request.headers.get("authorization") != f"Bearer {self._slack.bot_token}":
            return RedirectResponse(f"{self._slack.origin}/", status_code=302)
        is_there = file is not None and file.is_complete and is_visible_to_app(self._slack.workspace, file)
        if file is None or file.content is None or not is_there:
            return PlainTextResponse("There is no such file.", status_code=404)
        return Response(file.content, media_type=file.media_type)
