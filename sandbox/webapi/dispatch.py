"""A call of the Web API from request to response: token, scope, arguments, faults, record."""

import asyncio
import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.channels import Channel
from sandbox.faults import Call, Fault
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError, invalid_arguments
from sandbox.webapi.methods import METHODS, Method
from sandbox.world import World

BY_KIND = {"public": "channels:", "private": "groups:", "im": "im:"}


class _Answer(JSONResponse):
    """A JSON response that remembers what it says."""

    def __init__(self, answer: dict[str, Any], **more: Any) -> None:
        super().__init__(answer, **more)
        self.answer = answer


class WebApi:
    """The ASGI application below ``/api/``."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, rightly or with the fault that was asked for."""
        request = Request(scope, receive)
        name = str(scope["path"]).rsplit("/api/", 1)[-1].strip("/")
        given, from_json = await _given(request)
        fault = self._world.faults.take(name) or Fault()
        if fault.delay:
            await asyncio.sleep(fault.delay)
        response = self._faulty(name, fault) if not fault.carried_out and fault.cut != "after" else None
        if response is None and fault.cut != "before":
            response = self._answered(name, request, given, from_json=from_json)
        if fault.carried_out:
            response = self._faulty(name, fault) or response
        self._record(name, given, None if fault.cut else response)
        if fault.cut is not None or response is None:
            _hang_up(send)
            return
        await response(scope, receive, send)

    def _faulty(self, name: str, fault: Fault) -> Response | None:
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
        if fault.error is not None:
            body = {"ok": False, "error": fault.error}
            return _Answer(body, status_code=fault.status, headers=headers)
        if fault.status != 200:
            return Response(f"{name} is broken", status_code=fault.status, headers=headers, media_type="text/html")
        return None

    def _answered(self, name: str, request: Request, given: dict[str, Any], *, from_json: bool) -> Response:
        try:
            return _Answer({"ok": True, **self._run(name, request, given, from_json=from_json)})
        except ApiError as refusal:
            return _Answer(refusal.answer)

    def _run(self, name: str, request: Request, given: dict[str, Any], *, from_json: bool) -> dict[str, Any]:
        method = METHODS.get(name)
        if method is None:
            raise ApiError("unknown_method", req_method=name)
        known = given if method.takes_json or not from_json else {}
        if name != "api.test":
            self._authorise(method, _token(request, known))
        arguments = Arguments({key: value for key, value in known.items() if key != "token"})
        self._check_scope(method, arguments)
        unknown = sorted(set(known) - method.arguments) if method.arguments is not None else []
        if unknown:
            raise invalid_arguments(*(f"unknown argument: {argument}" for argument in unknown))
        return method.run(self._world, arguments)

    def _authorise(self, method: Method, token: str | None) -> None:
        if not token:
            raise ApiError("not_authed")
        if token not in (self._world.bot_token, self._world.app_token):
            raise ApiError("invalid_auth")
        wanted = self._world.app_token if method.app_level else self._world.bot_token
        if token != wanted:
            raise ApiError("not_allowed_token_type")

    def _check_scope(self, method: Method, arguments: Arguments) -> None:
        granted = self._world.workspace.manifest.bot_scopes
        needed = method.scopes
        if len(needed) > 1 and needed[0].startswith("channels:"):
            needed = _for_kind(
                needed, self._world.workspace.channels.get(str(arguments.given.get("channel"))), arguments
            )
            missing = [scope for scope in needed if scope not in granted]
        else:
            missing = [] if not needed or granted.intersection(needed) else list(needed)
        if missing:
            raise ApiError("missing_scope", needed=missing[0], provided=",".join(sorted(granted)))

    def _record(self, name: str, given: dict[str, Any], response: Response | None) -> None:
        answer = response.answer if isinstance(response, _Answer) else None
        arguments = {key: value for key, value in given.items() if key != "token"}
        self._world.calls.append(Call(name, arguments, self._world.workspace.now(), answer))
        self._world.workspace.changes.happened()


def _for_kind(scopes: tuple[str, ...], channel: Channel | None, arguments: Arguments) -> tuple[str, ...]:
    verb = scopes[0].split(":", 1)[1]
    if channel is not None:
        return (BY_KIND[channel.kind] + verb,)
    prefixes = {"public_channel": "channels:", "private_channel": "groups:", "im": "im:", "mpim": "mpim:"}
    kinds = arguments.names("types") or ["public_channel"]
    return tuple(prefixes[kind] + verb for kind in kinds if kind in prefixes)


async def _given(request: Request) -> tuple[dict[str, Any], bool]:
    given: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    if not body:
        return given, False
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            decoded = json.loads(body)
        except ValueError:
            return given, True
        return given | (decoded if isinstance(decoded, dict) else {}), True
    return given | dict(parse_qsl(body.decode(), keep_blank_values=True)), False


def _token(request: Request, given: dict[str, Any]) -> str | None:
    header = request.headers.get("authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer ").strip()
    token = given.get("token")
    return str(token) if token else None


def _hang_up(send: Send) -> None:
    cycle = getattr(send, "__self__", None)
    cycle.transport.abort()  # type: ignore[union-attr]  # the server's own request object: ASGI cannot cut a connection
