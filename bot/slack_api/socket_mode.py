"""Socket Mode: a connection of ours that Slack sends through, renewed when it is dead or about to end."""

import asyncio
import json
import logging
from http import HTTPStatus
from time import monotonic
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.intake.http import UNREADABLE
from bot.slack_api.errors import app_token_refusal, error_code, is_passing
from bot.slack_api.workspaces import StartFailed

CHECK_SECONDS = 5.0
DEAD_AFTER_CHECKS = 4
"""What says nothing of its own end is given up after so many checks that found it dead."""
PING_SECONDS = 5.0
"""A connection that answers no ping is closed after half as long again."""
CONNECT_WITHIN_SECONDS = 9.0
"""Shorter than the library's pause, after which it would try the same address again for ever."""
CLOSE_WITHIN_SECONDS = 5.0
STOP_WITHIN_SECONDS = 10.0
RETIRE_SECONDS = 15.0
"""Slack warns about ten seconds before it ends a connection, and sends through it until then."""
SHORT_LIVED_SECONDS = 30.0
"""A connection that ends sooner is not renewed at once: Slack would take that for a storm."""
LONGEST_PAUSE_SECONDS = 60.0
"""Between attempts to open a new connection; Slack allows about one a minute when it is asked too often."""

AWAY = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError)
NOT_OPEN = "The connection of Socket Mode is not open: the bot tries to open it again by itself."

log = logging.getLogger("cadence.socket")


class SocketListener:
    """Listens by Socket Mode, with a watchdog that builds a fresh connection when the old one is dead or to end.

    `client` opens each connection through the Web API's base address; the library's own reconnecting, which would try
    one address for ever, is not used.
    """

    def __init__(
        self, app: AsyncApp, *, app_token: str, client: AsyncWebClient, check_seconds: float = CHECK_SECONDS
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._client = client
        self._check_seconds = check_seconds
        self._refusal = ""
        self._handler: _Handler | None = None
        self._watchdog: asyncio.Task[None] | None = None
        self._retiring: dict[_Handler, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Returns once connected, or begins to try again and again while Slack is away.

        Raises StartFailed when Slack refuses the token.
        """
        try:
            self._handler = await self._connect()
        except AWAY as error:
            self._note_refusal(error, 0)
            if self._refusal:
                raise StartFailed(self._refusal) from error
        self._watchdog = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Takes no more requests, waits for those under way and closes every connection."""
        if self._watchdog is not None:
            self._watchdog.cancel()
        for task in self._retiring.values():
            task.cancel()
        handlers = [*self._retiring, *([self._handler] if self._handler else [])]
        await asyncio.gather(*(_end(handler) for handler in handlers))

    async def is_connected(self) -> bool:
        """Whether Slack can send now."""
        handlers = [*self._retiring, *([self._handler] if self._handler else [])]
        return any([bool(await handler.client.is_connected()) for handler in handlers])

    async def trouble(self) -> str:
        """Why Slack cannot send now and what to do, in a sentence; empty when it can."""
        if await self.is_connected():
            return ""
        return f"Socket Mode is not connected. {self._refusal}" if self._refusal else NOT_OPEN

    async def _connect(self) -> "_Handler":
        answer = await self._client.apps_connections_open(app_token=self._app_token)
        self._refusal = ""
        handler = _Handler(self._app, app_token=self._app_token, web_client=self._client)
        handler.client.wss_uri = answer["url"]
        try:
            await asyncio.wait_for(handler.client.connect(), CONNECT_WITHIN_SECONDS)  # type: ignore[no-untyped-call]
        except BaseException:
            await _close(handler)
            raise
        return handler

    async def _watch(self) -> None:
        pause = 0.0
        while True:
            if self._handler is not None:
                opened_at = monotonic()
                await self._is_over(self._handler)
                pause = pause if monotonic() - opened_at < SHORT_LIVED_SECONDS else 0.0
                log.info("connection_over", extra={"renewed_in_seconds": pause})
            await asyncio.sleep(pause)
            await self._renew()
            pause = min(max(pause * 2, 1.0), LONGEST_PAUSE_SECONDS)

    async def _is_over(self, handler: "_Handler") -> None:
        """Returns when Slack asks for another connection, or when this one was found dead several times."""
        failed_checks = 0
        while failed_checks < DEAD_AFTER_CHECKS:
            try:
                await asyncio.wait_for(handler.is_over.wait(), self._check_seconds)
            except TimeoutError:
                failed_checks = 0 if await handler.client.is_connected() else failed_checks + 1
            else:
                return

    async def _renew(self) -> None:
        """Puts a fresh connection in the place of the old one, however long that takes.

        The old one is used until Slack ends it, so that nothing is lost between the two.
        """
        pause, old = 1.0, self._handler
        while True:
            try:
                self._handler = await self._connect()
            except AWAY as error:
                self._note_refusal(error, pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                break
        log.info("connection_renewed")
        if old is not None:
            task = self._retiring[old] = asyncio.create_task(_retire(old))
            task.add_done_callback(lambda _: self._retiring.pop(old, None))

    def _note_refusal(self, error: Exception, retry_in_seconds: float) -> None:
        """Keeps and logs what to do where trying again will not help by itself."""
        self._refusal = code = ""
        if isinstance(error, SlackApiError):
            code = error_code(error)
            self._refusal = "" if is_passing(error) else app_token_refusal(error, self._client.base_url)
        facts = {"error": code or type(error).__name__, "retry_in_seconds": retry_in_seconds}
        to_do = {"to_do": self._refusal} if self._refusal else {}
        log.log(logging.ERROR if to_do else logging.WARNING, "connection_refused", extra=facts | to_do)


class _Client(SocketModeClient):
    """Tells that another connection is needed where the library would make one by itself."""

    def __init__(self, app_token: str, app: AsyncApp, web_client: AsyncWebClient) -> None:
        super().__init__(app_token=app_token, logger=app.logger, web_client=web_client, ping_interval=PING_SECONDS)
        self.is_over = asyncio.Event()

    async def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: ARG002 - its signature
        """Called when Slack asks for another connection, and when this one is found closed or stale."""
        self.is_over.set()


class _Handler(AsyncSocketModeHandler):
    """Counts the requests under way. Once finished it takes no new ones: not acknowledged, Slack sends events again."""

    def __init__(self, app: AsyncApp, *, app_token: str, web_client: AsyncWebClient) -> None:
        self.app = app
        self.app_token = app_token
        self.client = client = _Client(app_token, app, web_client)
        client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]
        self.is_over = client.is_over
        self._is_finished = False
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> Any:  # type: ignore[override]
        """Serves one request, unless the connection is about to be closed."""
        if self._is_finished:
            return
        self._under_way += 1
        self._idle.clear()
        try:
            await _answer(client, req, await run_async_bolt_app(self.app, req))
        except UNREADABLE as error:
            # Bolt could not take the payload apart, and could not either if Slack sent it again
            log.info("unreadable", extra={"error": type(error).__name__})
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def finish(self, seconds: float) -> None:
        """Waits until no request is under way, `seconds` at most, and takes none from then on.

        Until then it serves what Slack still sends: Slack sends no command a second time.
        """
        try:
            async with asyncio.timeout(seconds):
                # another request may have come before this task got its turn
                while self._under_way:
                    await self._idle.wait()
        except TimeoutError:
            log.warning("requests_cut_off", extra={"count": self._under_way})
        self._is_finished = True


async def _answer(client: SocketModeClient, req: SocketModeRequest, answer: BoltResponse) -> None:
    """Sends what Bolt answered; JSON as it is, where the library would read it and write it once more."""
    is_json = answer.first_headers().get("content-type", "").startswith("application/json")
    if is_json and answer.body and answer.status == HTTPStatus.OK:
        await client.send_message(f'{{"envelope_id": {json.dumps(req.envelope_id)}, "payload": {answer.body}}}')
    else:
        # since when matters for a line of the library's alone, which it writes when it is debugged
        await send_async_response(client, req, answer, start_time=0.0)


async def _retire(handler: _Handler) -> None:
    """Ends a connection in whose place there is another, once Slack sends nothing through it any more."""
    if await handler.client.is_connected():
        await asyncio.sleep(RETIRE_SECONDS)
    await _end(handler)


async def _end(handler: _Handler) -> None:
    await handler.finish(STOP_WITHIN_SECONDS)
    await _close(handler)


async def _close(handler: _Handler) -> None:
    """Closes a connection that may hang or be broken already."""
    try:
        await asyncio.wait_for(handler.client.close(), CLOSE_WITHIN_SECONDS)  # type: ignore[no-untyped-call]
    except (TimeoutError, aiohttp.ClientError, OSError, RuntimeError) as error:
        log.warning("connection_not_closed", extra={"error": type(error).__name__})
