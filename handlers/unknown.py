"""Before anything else of a request is looked at: what can be read goes on, what nobody hears is answered 200."""

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

from handlers import incoming
from handlers.incoming import Unreadable
from handlers.shapes import Body, slack_id

CAME = "came"
"""Where in Bolt's context the parts of the request are."""

RESPOND_WITHIN_SECONDS = 2.0

log = logging.getLogger("cadence.unknown")


class OnlyReadable(AsyncMiddleware):
    """Puts the parts of a request into its context, and answers 200 to what has none, so that Slack does not repeat it.

    It comes before Bolt's own middleware, which takes every payload to have the shape that Slack gives it.
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
            came = incoming.read(body)
        except Unreadable:
            came = None
        if came is None or not _has_whole_ids(req):
            log.info("unheard", extra={"is_known": body.get("type") in tuple(incoming.READERS)})
            return BoltResponse(status=200)
        req.context[CAME] = came
        req.context["respond"] = _Respond(came.response_url, req.context.client)
        return await next()


class _Respond(AsyncRespond):
    """How Bolt tells a person that the bot is not installed: when that cannot be said, nothing else is wrong.

    Bolt's own opens a connection of its own for it, and tries again.
    """

    def __init__(self, response_url: str, client: AsyncWebClient) -> None:
        super().__init__(response_url=response_url)
        self._client = client

    async def __call__(self, text: Any = "", *_args: Any, **_kwargs: Any) -> WebhookResponse:
        """What the response URL answered, status 0 when there is none that can be reached in time."""
        webhook = AsyncWebhookClient(self.response_url or "", session=self._client.session, retry_handlers=[])
        try:
            async with asyncio.timeout(RESPOND_WITHIN_SECONDS):
                return await webhook.send(text=text)
        except (ClientError, TimeoutError) as error:
            log.info("not_told", extra={"error": type(error).__name__})
            return WebhookResponse(url="", status_code=0, body="", headers={})


def _of_one_kind(body: Body) -> Body:
    """The payload without what belongs to another kind: a command has no type, and only an event has an event.

    Bolt looks into these whatever the payload is, and fails at one that has not the shape of Slack's.
    """
    if "command" in body:
        return {name: body[name] for name in body if name not in ("type", "event")}
    if "event" in body and body.get("type") != "event_callback":
        return {name: body[name] for name in body if name != "event"}
    return body


def _has_whole_ids(req: AsyncBoltRequest) -> bool:
    """Whether the workspace that Bolt found is one: it is looked up by that."""
    ids = (req.context.team_id, req.context.enterprise_id)
    return all(each is None or bool(slack_id(each)) for each in ids)
