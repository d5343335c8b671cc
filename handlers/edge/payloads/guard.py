"""Middleware that parses payloads first and acknowledges unreadable or unhandled ones with 200."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_sdk.webhook.webhook_response import WebhookResponse

from handlers.edge import incoming
from handlers.edge.incoming import Unreadable
from handlers.edge.payloads.values import Body, slack_id

INCOMING = "incoming"
"""The key in Bolt's context under which the parts of the payload are."""

RESPOND_WITHIN_SECONDS = 2.0

log = logging.getLogger("cadence.unknown")


class OnlyReadable(AsyncMiddleware):
    """Puts the parts of a payload into its context; answers 200 to one without parts, so that Slack does not repeat it.

    It runs before Bolt's own middleware, which takes every payload to have the shape that Slack gives it.
    """

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt passes it to all of its kind
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt passes it by this name
    ) -> BoltResponse:
        """The answer where the request ends here."""
        body: Body = _of_one_kind(req.body)
        req.body = body
        if body.get("type") == "url_verification":
            return await next()
        try:
            parts = incoming.read(body)
        except Unreadable:
            parts = None
        if parts is None or not _has_whole_ids(req):
            log.info("unheard", extra={"is_known": body.get("type") in tuple(incoming.READERS)})
            return BoltResponse(status=200)
        req.context[INCOMING] = parts
        if parts.kind == "command":
            # without it Bolt says in the acknowledgement that the bot is not installed, which needs no token
            req.context.pop("response_url", None)
        req.context["respond"] = _Respond(parts.response_url, req.context.client)
        return await next()


class _Respond(AsyncRespond):
    """Bolt's way to tell a person that the bot is not installed; a failure to do so is only logged.

    Bolt's own opens a connection of its own for it, and tries again.
    """

    def __init__(self, response_url: str, client: AsyncWebClient) -> None:
        super().__init__(response_url=response_url)
        self._client = client

    async def __call__(self, text: Any = "", *_args: Any, **_kwargs: Any) -> WebhookResponse:
        """Return the answer of the response URL, with status 0 when it cannot be reached in time."""
        webhook = AsyncWebhookClient(self.response_url or "", session=self._client.session, retry_handlers=[])
        try:
            async with asyncio.timeout(RESPOND_WITHIN_SECONDS):
                return await webhook.send(text=text)
        except (ClientError, TimeoutError) as error:
            log.info("not_told", extra={"error": type(error).__name__})
            return WebhookResponse(url="", status_code=0, body="", headers={})


def _of_one_kind(body: Body) -> Body:
    """The payload without parts of another kind: a command has no type, and only an event has an event.

    Bolt looks into these whatever the payload is, and fails at one that has not the shape of Slack's.
    """
    if "command" in body:
        return {name: body[name] for name in body if name not in ("type", "event")}
    if "event" in body and body.get("type") != "event_callback":
        return {name: body[name] for name in body if name != "event"}
    return body


def _has_whole_ids(req: AsyncBoltRequest) -> bool:
    """True when the ids by which Bolt looks up the workspace are ids."""
    ids = (req.context.team_id, req.context.enterprise_id)
    return all(each is None or bool(slack_id(each)) for each in ids)
