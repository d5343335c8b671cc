"""Socket Mode: a connection that we open and Slack sends through, renewed when it is dead or about to end."""

import asyncio
import logging
from time import monotonic

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.intake import UNREADABLE
from bot.slack_api import UNREACHED, StartFailed, app_token_refusal, error_code, is_passing
from handlers.edge.answers import acknowledging

CHECK_SECONDS = 5.0
DEAD_AFTER_CHECKS = 4
"""Checks in a row that find a connection dead before it is given up, though it has not reported its end."""
PING_SECONDS = 5.0
"""The library closes a connection that does not answer a ping after half as long again."""
CONNECT_WITHIN_SECONDS = 9.0
"""Shorter than the library's pause, after which it would retry one URL for ever."""
CLOSE_WITHIN_SECONDS = 5.0
STOP_WITHIN_SECONDS = 10.0
RETIRE_SECONDS = 15.0
"""How long a replaced connection stays open: Slack warns ten seconds before it ends one, and sends until then."""
SHORT_LIVED_SECONDS = 30.0
"""A connection that ends sooner is renewed after a pause, so that Slack does not see a storm of connections."""
LONGEST_PAUSE_SECONDS = 60.0
"""Longest pause between attempts to connect; Slack allows about one a minute after too many."""

AWAY = (SlackApiError, *UNREACHED)
NOT_OPEN = "The connection of Socket Mode is not open: the bot tries to open it again by itself."

log = logging.getLogger("cadence.socket")


class SocketListener:
    """Listens by Socket Mode, with a watchdog that opens a new connection when the old one is dead or about to end.

    `client` asks the Web API for the URL of each connection. The library's own reconnecting is not used, because it
    would retry one URL for ever.
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
        """Connect, or keep trying in the background while Slack is away. Raises StartFailed if Slack refuses it."""
        try:
            self._handler = await self._connect()
        except AWAY as error:
            self._note_refusal(error, 0)
            if self._refusal:
                raise StartFailed(self._refusal) from error
        self._watchdog = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Accept no more requests, wait for those under way and close all connections."""
        if self._watchdog is not None:
            self._watchdog.cancel()
        for task in self._retiring.values():
            task.cancel()
        handlers = [*self._retiring, *([self._handler] if self._handler else [])]
        await asyncio.gather(*(_finish_and_close(handler) for handler in handlers))

    async def is_connected(self) -> bool:
        handlers = [*self._retiring, *([self._handler] if self._handler else [])]
        return any([bool(await handler.client.is_connected()) for handler in handlers])

    async def trouble(self) -> str:
        """Return why Slack cannot send now and what to do, as a sentence; "" when it can."""
        if await self.is_connected():
            return ""
        return f"Socket Mode is not connected. {self._refusal}" if self._refusal else NOT_OPEN

    async def _connect(self) -> "_Handler":
        """Open a connection. Raises what the calls raise, with the connection closed."""
        answer = await self._client.apps_connections_open(app_token=self._app_token)
        self._refusal = ""
        handler = _Handler(self._app, app_token=self._app_token, web_client=self._client)
        handler.client.wss_uri = answer["url"]
        try:
            # the library's `connect` has no types
            await asyncio.wait_for(handler.client.connect(), CONNECT_WITHIN_SECONDS)  # type: ignore[no-untyped-call]
        except BaseException:
            await _close(handler)
            raise
        return handler

    async def _watch(self) -> None:
        """Renew the connection whenever it is over, after a growing pause where connections live only shortly."""
        pause = 0.0
        while True:
            if self._handler is not None:
                opened_at = monotonic()
                await self._until_over(self._handler)
                pause = pause if monotonic() - opened_at < SHORT_LIVED_SECONDS else 0.0
                log.info("connection_over", extra={"renewed_in_seconds": pause})
            await asyncio.sleep(pause)
            await self._renew()
            pause = min(max(pause * 2, 1.0), LONGEST_PAUSE_SECONDS)

    async def _until_over(self, handler: "_Handler") -> None:
        """Return when Slack asks for another connection, or when the handler's was found dead several times."""
        failed_checks = 0
        while failed_checks < DEAD_AFTER_CHECKS:
            try:
                await asyncio.wait_for(handler.is_over.wait(), self._check_seconds)
            except TimeoutError:
                failed_checks = 0 if await handler.client.is_connected() else failed_checks + 1
            else:
                return

    async def _renew(self) -> None:
        """Replace the connection, however long it takes; the old one serves until Slack ends it: nothing is lost."""
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
        """Log the failure, and keep the advice for one that does not pass by itself."""
        self._refusal = code = ""
        if isinstance(error, SlackApiError):
            code = error_code(error)
            self._refusal = "" if is_passing(error) else app_token_refusal(error, self._client.base_url)
        facts = {"error": code or type(error).__name__, "retry_in_seconds": retry_in_seconds}
        to_do = {"to_do": self._refusal} if self._refusal else {}
        log.log(logging.ERROR if to_do else logging.WARNING, "connection_refused", extra=facts | to_do)


class _Client(SocketModeClient):
    """Sets an event where the library would connect again by itself."""

    def __init__(self, app_token: str, app: AsyncApp, web_client: AsyncWebClient) -> None:
        super().__init__(app_token=app_token, logger=app.logger, web_client=web_client, ping_interval=PING_SECONDS)
        self.is_over = asyncio.Event()

    async def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: ARG002 - its signature
        """Called by the library when Slack asks for another connection, and when this one is closed or stale."""
        self.is_over.set()


class _Handler(AsyncSocketModeHandler):
    """Counts the requests under way, and once finished ignores new ones: Slack sends unacknowledged events again.

    The base class's own constructor is not called: it would make a client that reconnects by itself.
    """

    def __init__(self, app: AsyncApp, *, app_token: str, web_client: AsyncWebClient) -> None:
        self.app = app
        self.app_token = app_token
        self.client = client = _Client(app_token, app, web_client)
        # the library types its listeners by the base class of clients, and its own handlers narrow it as well
        client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]
        self.is_over = client.is_over
        self._is_finished = False
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    # narrows the client as the library's own handlers do
    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Serve one request, unless the connection is about to be closed."""
        if self._is_finished:
            return
        self._under_way += 1
        self._idle.clear()
        try:
            with acknowledging() as waiting:
                await super().handle(client, req)
            for each in waiting:
                each()
        except UNREADABLE as error:
            # Bolt could not parse the payload; acknowledged, because Slack would only send the same again
            log.info("unreadable", extra={"error": type(error).__name__})
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def finish(self, seconds: float) -> None:
        """Wait at most this many seconds for requests under way, and accept none from then on.

        Until then new requests are served, because Slack sends no command twice.
        """
        try:
            async with asyncio.timeout(seconds):
                # another request may have come before this task got its turn
                while self._under_way:
                    await self._idle.wait()
        except TimeoutError:
            log.warning("requests_cut_off", extra={"count": self._under_way})
        self._is_finished = True


async def _retire(handler: _Handler) -> None:
    """End a replaced connection once Slack sends nothing through it any more."""
    if await handler.client.is_connected():
        await asyncio.sleep(RETIRE_SECONDS)
    await _finish_and_close(handler)


async def _finish_and_close(handler: _Handler) -> None:
    await handler.finish(STOP_WITHIN_SECONDS)
    await _close(handler)


async def _close(handler: _Handler) -> None:
    """Close a connection that may hang or be broken already."""
    try:
        # the library's `close` has no types
        await asyncio.wait_for(handler.client.close(), CLOSE_WITHIN_SECONDS)  # type: ignore[no-untyped-call]
    except (*UNREACHED, RuntimeError) as error:
        log.warning("connection_not_closed", extra={"error": type(error).__name__})
