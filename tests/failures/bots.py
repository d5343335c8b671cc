"""Bots as processes of their own, started by a fork server: readiness, results and exit status of each."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from tests.failures.kill_points import KillPoint

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / "app.yaml"
LOOK_SECONDS = 0.5


@dataclass
class Bot:
    """One process. `port` is the one it serves HTTP on, when it is ready."""

    pid: int
    port: int = 0
    opened: int = 0
    sent: int = 0
    status: int | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, facts: dict[str, Any]) -> None:
        if "ready" in facts:
            self.port = facts["port"] or -1
        elif "tally" in facts:
            self.opened, self.sent = facts["opened"], facts["sent"]
        elif "ended" in facts:
            self.status = facts["status"]
        self.changed.set()

    async def ready(self) -> "Bot":
        """Return the bot once it serves requests. Raises AssertionError when it ended before."""
        await self.until(lambda: self.port != 0 or self.status is not None)
        assert self.status is None, f"the bot ended with status {self.status} before it was ready"
        return self

    async def ended(self) -> int:
        """Wait for the end and return the exit status, or the signal as a negative number."""
        await self.until(lambda: self.status is not None)
        assert self.status is not None
        return self.status

    async def stop(self) -> int:
        os.kill(self.pid, signal.SIGTERM)
        return await self.ended()

    async def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        await self.ended()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until this holds, checked after every write of the bot, and every half second."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not holds():
                self.changed.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.changed.wait(), LOOK_SECONDS)

    def pass_lease(self) -> None:
        os.kill(self.pid, signal.SIGUSR1)


class ForkServer:
    """Starts bots. They end with it."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._bots: dict[int, Bot] = {}
        self._orders: list[asyncio.Future[Bot]] = []

    async def start(
        self,
        sandbox: Sandbox,
        database_url: str,
        *,
        kill_point: KillPoint | None = None,
        tick_seconds: float = 3_600.0,
        is_paced: bool = False,
        is_socket: bool = False,
    ) -> Bot:
        """Start a bot in this workspace, its clock at the time there; it ticks at least once."""
        sandbox.slack.delivery.ack_seconds = PATIENCE_SECONDS
        settings = {
            "bot_token": sandbox.bot_token,
            "app_token": sandbox.app_token if is_socket else "",
            "signing_secret": sandbox.signing_secret,
            "slack_api_url": sandbox.api_url,
            "database_url": database_url,
            "admins": [sandbox.person("ann").id],
            "port": None if is_socket else 0,
        }
        order = {
            "number": len(self._orders),
            "settings": settings,
            "shift_seconds": (sandbox.workspace.now() - datetime.now(UTC)).total_seconds(),
            "tick_seconds": tick_seconds,
            "is_paced": is_paced,
            "kill_point": [kill_point.when, kill_point.work, kill_point.number] if kill_point else None,
        }
        started: asyncio.Future[Bot] = asyncio.get_running_loop().create_future()
        self._orders.append(started)
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        return await asyncio.wait_for(started, PATIENCE_SECONDS)

    async def kill_all(self) -> None:
        for bot in self._bots.values():
            if bot.status is None:
                await bot.kill()

    async def listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            facts = json.loads(line)
            pid = next(facts[name] for name in ("started", "ready", "wrote", "tally", "ended") if name in facts)
            bot = self._bots.setdefault(pid, Bot(pid))
            if "started" in facts:
                self._orders[facts["order"]].set_result(bot)
            else:
                bot.take(facts)


@asynccontextmanager
async def running_fork_server() -> AsyncIterator[ForkServer]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.failures.fork_server", cwd=ROOT, stdin=PIPE, stdout=PIPE
    )
    fork_server = ForkServer(process)
    listening = asyncio.create_task(fork_server.listen())
    try:
        yield fork_server
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
        await listening
