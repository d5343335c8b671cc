"""Requests to the Web API, read but not checked."""

import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request


@dataclass(frozen=True)
class ApiRequest:
    """A method's name, its arguments and the token.

    ``from_json``: the arguments came as JSON, and the token from the Authorization header alone. ``problem`` is Slack's
    error code for a body that cannot be read.
    """

    method: str
    given: dict[str, Any]
    token: str | None
    from_json: bool = False
    problem: str | None = None


async def read_request(request: Request) -> ApiRequest:
    """Read a request; arguments in the body override those in the query."""
    method = request.url.path.rsplit("/api/", 1)[-1].strip("/")
    given: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    header = request.headers.get("authorization", "")
    token = header.removeprefix("Bearer ").strip() if header.startswith("Bearer ") else None
    if header.startswith("Basic "):
        given |= _client(header.removeprefix("Basic "))
    if body and request.headers.get("content-type", "").startswith("application/json"):
        return _from_json(method, given, token, body=body)
    given |= dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    written = given.pop("token", None)
    return ApiRequest(method, given, token or written)


def _client(encoded: str) -> dict[str, str]:
    """Return the app's id and secret as arguments; none when the header cannot be read."""
    try:
        decoded = base64.b64decode(encoded, validate=True)
    except ValueError:
        return {}
    client_id, _, client_secret = decoded.decode(errors="replace").partition(":")
    return {"client_id": client_id, "client_secret": client_secret}


def _from_json(method: str, given: dict[str, Any], token: str | None, *, body: bytes) -> ApiRequest:
    try:
        decoded = json.loads(body)
    except (ValueError, RecursionError):
        return ApiRequest(method, given, token, from_json=True, problem="invalid_json")
    if not isinstance(decoded, dict):
        return ApiRequest(method, given, token, from_json=True, problem="json_not_object")
    decoded.pop("token", None)
    return ApiRequest(method, given | decoded, token, from_json=True)
