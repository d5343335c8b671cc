"""The sandbox: a running Slack look-alike on loopback, for one app and one workspace."""

import asyncio
import secrets
import socket
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import uvicorn
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.admin import Admin
from sandbox.application import Application
from sandbox.client import UserActions
from sandbox.delivery import ACK_SECONDS, RETRY_WAITS, VERIFICATION_TOKEN, Delivery, Events, SignedHttp, SocketMode
from sandbox.faults import Call, Faults, RateLimits
from sandbox.page.news import Move
from sandbox.page.state import Opening
from sandbox.slack import Slack
from sandbox.testing import ChannelView, Person
from sandbox.web_server import WebServer
from sandbox.workspace import PATIENCE_SECONDS, Changes, Workspace, read_manifest


class Sandbox(Admin):
    """A running look-alike; use it as ``async with Sandbox(manifest=Path("app.yaml")) as sandbox``.

    ``now`` is the workspace's clock (the real one by default), ``seed`` is called with the sandbox once it runs, and
    ``port`` 0 takes a free one. ``retry_waits`` are the pauses in seconds before an event comes again;
    ``has_rate_limits`` False takes any number of calls; an answer after ``ack_seconds`` is late. ``hint``, ``opening``,
    ``notes``, ``move`` and ``on_next_due`` are shown by the page (see ``sandbox.page.routes.PageSource``).
    """

    def __init__(
        self,
        *,
        manifest: Path = Path("app.yaml"),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        seed: Callable[["Sandbox"], None] | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        retry_waits: tuple[float, ...] = RETRY_WAITS,
        has_rate_limits: bool = True,
        ack_seconds: float = ACK_SECONDS,
    ) -> None:
        workspace = Workspace(read_manifest(manifest), now)
        sockets = SocketMode(workspace.app_id, workspace.changes.happened)
        delivery = Delivery(workspace.changes, sockets, workspace.now, ack_seconds=ack_seconds, retry_waits=retry_waits)
        super().__init__(
            Slack(
                workspace=workspace,
                delivery=delivery,
                events=Events(workspace, delivery.send_event),
                bot_token=f"xoxb-sandbox-{secrets.token_hex(12)}",
                app_token=f"xapp-sandbox-{secrets.token_hex(12)}",
                limits=RateLimits() if has_rate_limits else None,
            )
        )
        self.signing_secret = secrets.token_hex(16)
        self.actions = UserActions(self.slack)
        self.workspace = workspace
        self.hint = ""
        self.opening = Opening()
        self.move: Move | None = None
        self.notes: dict[str, str] = {}
        self.on_next_due: Callable[[], Awaitable[str]] | None = None
        self._seed, self._host, self._port = seed, host, port

    async def __aenter__(self) -> Self:
        listening = socket.create_server((self._host, self._port))
        # asyncio does this only for sockets that it makes itself; without it every answer waits 40 ms for an ACK
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port = listening.getsockname()[1]
        self.slack.origin = f"http://{self._host}:{self.port}"
        config = uvicorn.Config(
            Application(self.slack, self),
            log_config=None,
            access_log=False,
            lifespan="off",
            date_header=False,
            timeout_graceful_shutdown=1,
        )
        self._server = WebServer(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        self.client = AsyncWebClient(token=self.bot_token, base_url=self.api_url)
        if self._seed is not None:
            self._seed(self)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.slack.delivery.close()
        self._server.stop()
        await self._serving

    @property
    def api_url(self) -> str:
        """The base address of the Web API, ending in ``/api/``."""
        return f"{self.slack.origin}/api/"

    @property
    def bot_token(self) -> str:
        return self.slack.bot_token

    @property
    def app_token(self) -> str:
        return self.slack.app_token

    @property
    def changed(self) -> Changes:
        """The workspace's changes, to wait for or to listen to."""
        return self.workspace.changes

    @property
    def faults(self) -> Faults:
        return self.slack.faults

    def calls(self, method: str | None = None) -> list[Call]:
        return [call for call in self.slack.calls if method in (None, call.method)]

    async def use_http(self, url: str) -> None:
        """Deliver by signed HTTP to this address from now on; raises ValueError if it fails ``url_verification``."""
        carrier = SignedHttp(url, self.signing_secret)
        if not await carrier.verify_url(VERIFICATION_TOKEN):
            await carrier.close()
            raise ValueError(f"{url} did not answer the url_verification challenge; is the app listening there?")
        self.slack.delivery.http = carrier

    async def settled(self, *, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until every event is delivered; raises TimeoutError after ``seconds``."""
        if not await self.changed.until(lambda: self.slack.delivery.is_idle, seconds=seconds):
            raise TimeoutError(f"Events were still under way after {seconds} s.")

    async def connected(self, *, connections: int = 1, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the app has this many websockets open; raises TimeoutError after ``seconds``."""
        sockets = self.slack.delivery.sockets
        if not await self.changed.until(lambda: sockets.connections >= connections, seconds=seconds):
            raise TimeoutError(f"The app opened {sockets.connections} of {connections} websockets in {seconds} s.")

    def person(self, name: str) -> Person:
        """Return the person with this handle, for tests."""
        user = self.workspace.user_named(name)
        if user is None:
            raise KeyError(f"There is nobody called {name!r}; there are {sorted(self._user_names())}.")
        return Person(self.slack, self.actions, user)

    def channel(self, name: str) -> ChannelView:
        """Return a view of the channel with this name (with or without ``#``), for tests."""
        return ChannelView(self.slack, self.channel_state(name))

    def _user_names(self) -> list[str]:
        return [user.name for user in self.workspace.users.values()]
