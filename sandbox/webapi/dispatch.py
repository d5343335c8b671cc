"""A call of the Web API from request to response: token, rate limit, scope, arguments, faults, record."""

import asyncio
from email.utils import format_datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.faults import Call, Fault
from sandbox.slack import Slack
from sandbox.web_server import drop_connection
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError, RateLimited, invalid_arguments
from sandbox.webapi.methods.table import METHODS, Method
from sandbox.webapi.rate_limits import POSTING
from sandbox.webapi.request import ApiRequest, read_request
from sandbox.workspace.channels import Channel

BY_KIND = {"public": "channels:", "private": "groups:", "im": "im:"}
CUSTOM_AUTHOR = ("username", "icon_emoji", "icon_url")
"""Arguments that show a message under another name or picture."""
CUSTOMIZE = "chat:write.customize"


class _Answer(JSONResponse):
    """A JSON response that keeps its body."""

    def __init__(self, answer: dict[str, Any], **more: Any) -> None:
        super().__init__(answer, **more)
        self.answer = answer


class WebApi:
    """The ASGI application below ``/api/``."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or with the fault set for its method."""
        call = await read_request(Request(scope, receive))
        fault = self._slack.faults.take(call.method, self._slack.workspace.now()) or Fault()
        if fault.delay:
            self._slack.workspace.changes.happened()
            await asyncio.sleep(fault.delay)
        response = self._response(call, fault)
        response.headers["date"] = format_datetime(self._slack.workspace.now(), usegmt=True)
        self._record(call, None if fault.cut else response)
        if fault.cut is not None:
            drop_connection(send)
        else:
            await response(scope, receive, send)

    def _response(self, call: ApiRequest, fault: Fault) -> Response:
        failure = self._fault_response(call.method, fault)
        if failure is not None and not fault.carried_out:
            return failure
        if fault.cut == "before":
            return Response()
        response = self._real_response(call)
        return failure or response

    def _fault_response(self, name: str, fault: Fault) -> Response | None:
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
        if fault.error is not None:
            body = {"ok": False, "error": fault.error}
            return _Answer(body, status_code=fault.status, headers=headers)
        if fault.status != 200:
            return Response(f"{name} is broken", status_code=fault.status, headers=headers, media_type="text/html")
        return None

    def _real_response(self, call: ApiRequest) -> Response:
        headers = self._scope_headers(call)
        try:
            return _Answer({"ok": True, **self._run(call)}, headers=headers)
        except RateLimited as refusal:
            headers |= {"Retry-After": str(refusal.retry_after_seconds)}
            return _Answer(refusal.answer, status_code=429, headers=headers)
        except ApiError as refusal:
            return _Answer(refusal.answer, headers=headers)
        except RecursionError:
            return _Answer(invalid_arguments("nested too deeply").answer, headers=headers)

    def _scope_headers(self, call: ApiRequest) -> dict[str, str]:
        """Return the headers with the scopes of the bot's token, and those that the method accepts."""
        method = METHODS.get(call.method)
        if method is None or method.tokenless or method.app_level or call.token != self._slack.bot_token:
            return {}
        granted = ",".join(sorted(self._slack.scopes))
        return {"X-OAuth-Scopes": granted, "X-Accepted-OAuth-Scopes": ",".join(method.scopes)}

    def _run(self, call: ApiRequest) -> dict[str, Any]:
        method = METHODS.get(call.method)
        if method is None:
            raise ApiError("unknown_method", req_method=call.method)
        if call.problem is not None:
            raise ApiError(call.problem)
        if not method.tokenless:
            self._authorise(method, call.token)
        self._check_rate_limit(call)
        known = call.given if method.takes_json or not call.from_json else {}
        arguments = Arguments(known)
        self._check_scope(method, arguments)
        unknown = sorted(set(known) - method.arguments) if method.arguments is not None else []
        if unknown:
            raise invalid_arguments(*(f"unknown argument: {argument}" for argument in unknown))
        return method.run(self._slack, arguments)

    def _authorise(self, method: Method, token: str | None) -> None:
        if not token:
            raise ApiError("not_authed")
        if token in self._slack.revoked_tokens:
            raise ApiError(self._slack.revoked_tokens[token])
        if token not in (self._slack.bot_token, self._slack.app_token):
            raise ApiError("invalid_auth")
        wanted = self._slack.app_token if method.app_level else self._slack.bot_token
        if token != wanted:
            raise ApiError("not_allowed_token_type")

    def _check_rate_limit(self, call: ApiRequest) -> None:
        if self._slack.limits is None:
            return
        channels = self._channels_of(call) if call.method in POSTING else []
        wait = self._slack.limits.take(call.method, self._slack.workspace.now(), posts_in=channels)
        if wait:
            raise RateLimited(wait)

    def _channels_of(self, call: ApiRequest) -> list[str]:
        """Return the ids of the channels that the call posts in; a person's id becomes their direct message's."""
        workspace, given = self._slack.workspace, Arguments(call.given)
        named = given.strings("channel") or given.strings("channels") or given.strings("channel_id")
        active = {each for each in named if each in workspace.users and not workspace.users[each].deleted}
        return [workspace.im(each).id if each in active else each for each in named]

    def _check_scope(self, method: Method, arguments: Arguments) -> None:
        granted = self._slack.scopes
        needed = method.scopes
        if len(needed) > 1 and needed[0].startswith("channels:"):
            needed = _for_kind(
                needed, self._slack.workspace.channels.get(str(arguments.given.get("channel"))), arguments
            )
            missing = [scope for scope in needed if scope not in granted]
        else:
            missing = [] if not needed or granted.intersection(needed) else list(needed)
        if not missing and CUSTOMIZE not in granted and any(map(arguments.has, CUSTOM_AUTHOR)):
            missing = [CUSTOMIZE]
        if missing:
            raise ApiError("missing_scope", needed=missing[0], provided=",".join(sorted(granted)))

    def _record(self, call: ApiRequest, response: Response | None) -> None:
        answer = response.answer if isinstance(response, _Answer) else None
        wait = int(response.headers.get("retry-after", 0)) if response is not None else 0
        self._slack.calls.append(Call(call.method, call.given, self._slack.workspace.now(), answer, wait))
        self._slack.workspace.changes.happened()


def _for_kind(scopes: tuple[str, ...], channel: Channel | None, arguments: Arguments) -> tuple[str, ...]:
    verb = scopes[0].split(":", 1)[1]
    if channel is not None:
        return (BY_KIND[channel.kind] + verb,)
    prefixes = {"public_channel": "channels:", "private_channel": "groups:", "im": "im:", "mpim": "mpim:"}
    kinds = arguments.strings("types") or ["public_channel"]
    return tuple(prefixes[kind] + verb for kind in kinds if kind in prefixes)
