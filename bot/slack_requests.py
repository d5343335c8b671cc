"""What Slack sends over HTTP: checked, and handed to Bolt."""

from collections.abc import Awaitable, Callable

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


def slack_events(app: AsyncApp) -> Callable[[Request], Awaitable[Response]]:
    """What answers `/slack/events`: commands, interactivity and events."""

    async def answer(request: Request) -> Response:
        stamp = request.headers.get("x-slack-request-timestamp", "0")
        if not (stamp.isascii() and stamp.isdecimal()):
            return PlainTextResponse("invalid request", status_code=401)
        try:
            asked = to_async_bolt_request(request, await request.body())
        except (ValueError, TypeError, AttributeError, KeyError):
            # Bolt reads the body before it checks the signature: whatever it stumbles over is not from Slack
            return PlainTextResponse("the body cannot be read", status_code=400)
        return to_starlette_response(await app.async_dispatch(asked))

    return answer
