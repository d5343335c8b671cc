"""Socket Mode: a connection of ours that Slack sends through, renewed when it is dead."""

import asyncio
import logging
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspaces import StartFailed

CHECK_SECONDS = 5.0
DEAD_AFTER_CHECKS = 4
"""The library reconnects by itself within about ten seconds; when it has not after twenty it never will."""
CONNECT_WITHIN_SECONDS = 20.0
CLOSE_WITHIN_SECONDS = 5.0
STOP_WITHIN_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 60.0
"""Between attempts to open a new connection; Slack allows about one a minute when it is asked too often."""

log = logging.getLogger("cadence.socket")


class SocketListener:
    """Listens by Socket Mode, with a watchdog that builds a fresh connection when the old one is dead.

    `client` opens the connection through the Web API's base address; the library's own reconnecting would try one
    address for ever.
    """

    def __init__(
        self, app: AsyncApp, *, app_token: str, client: AsyncWebClient, check_seconds: float = CHECK_SECONDS
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._client = client
        self._check_seconds = check_seconds
        self._handler: _Handler | None = None
        self._watchdog: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns once connected. Raises StartFailed."""
        try:
            self._handler = await self._connect()
        except SlackApiError as error:
            raise StartFailed(
                f"Slack refused SLACK_APP_TOKEN ({error.response.get('error', 'no answer')}): copy the app-level token "
                "with the scope connections:write again, and switch Socket Mode on."
            ) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise StartFailed(f"Slack's connection cannot be opened ({error!r}): check the network.") from error
        self._watchdog = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Takes no more requests, waits for those under way and closes the connection."""
        if self._watchdog is not None:
            self._watchdog.cancel()
        if self._handler is not None:
            await self._handler.finish(STOP_WITHIN_SECONDS)
            await _close(self._handler)

    async def is_connected(self) -> bool:
        """Whether Slack can send now."""
        return self._handler is not None and bool(await self._handler.client.is_connected())

    async def _connect(self) -> "_Handler":
        answer = await self._client.apps_connections_open(app_token=self._app_token)
        handler = _Handler(self._app, app_token=self._app_token, web_client=self._client)
        handler.client.wss_uri = answer["url"]
        try:
            await asyncio.wait_for(handler.client.connect(), CONNECT_WITHIN_SECONDS)  # type: ignore[no-untyped-call]
        except BaseException:
            await _close(handler)
            raise
        return handler

    async def _watch(self) -> None:
        failed_checks = 0
        while True:
            await asyncio.sleep(self._check_seconds)
            failed_checks = 0 if await self.is_connected() else failed_checks + 1
            if failed_checks >= DEAD_AFTER_CHECKS:
                await self._renew()
                failed_checks = 0

    async def _renew(self) -> None:
        """Replaces the dead connection, however long that takes."""
        log.warning("connection_dead")
        if self._handler is not None:
            await _close(self._handler)
        pause = 1.0
        while True:
            try:
                self._handler = await self._connect()
            except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("connection_refused", extra={"error": type(error).__name__, "retry_in_seconds": pause})
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                log.info("connection_renewed")
                return


class _Handler(AsyncSocketModeHandler):
    """Counts the requests under way. Once finishing it takes no new ones: not acknowledged, Slack sends them again."""

    def __init__(self, app: AsyncApp, *, app_token: str, web_client: AsyncWebClient) -> None:
        super().__init__(app, app_token=app_token, web_client=web_client)
        self._is_finishing = False
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> Any:  # type: ignore[override]
        """Serves one request, unless the bot is stopping."""
        if self._is_finishing:
            return
        self._under_way += 1
        self._idle.clear()
        try:
            await super().handle(client, req)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def finish(self, seconds: float) -> None:
        """Waits until the requests under way are answered, `seconds` at most."""
        self._is_finishing = True
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            log.warning("requests_cut_off", extra={"count": self._under_way})


async def _close(handler: _Handler) -> None:
    """Closes a connection that may hang or be broken already."""
    try:
        await asyncio.wait_for(handler.client.close(), CLOSE_WITHIN_SECONDS)  # type: ignore[no-untyped-call]
    except (TimeoutError, aiohttp.ClientError, OSError, RuntimeError) as error:
        log.warning("connection_not_closed", extra={"error": type(error).__name__})
