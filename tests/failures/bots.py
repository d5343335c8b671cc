"""Bots as processes of their own, ordered from the nursery: when they are ready, what they did, how they ended."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.server import Sandbox
from tests.failures.deaths import Death

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / "app.yaml"
WAIT_SECONDS = 90.0
"""On a busy machine two hundred reviews take a while."""
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
        """What the nursery says of it."""
        if "ready" in facts:
            self.port = facts["port"] or -1
        elif "tally" in facts:
            self.opened, self.sent = facts["opened"], facts["sent"]
        elif "died" in facts:
            self.status = facts["status"]
        self.changed.set()

    async def is_ready(self) -> "Bot":
        """The bot, once it hears; raises AssertionError when it ended before."""
        await self.until(lambda: self.port != 0 or self.status is not None)
        assert self.status is None, f"the bot ended with status {self.status} before it was ready"
        return self

    async def dies(self) -> int:
        """How it ended: the exit status, or the signal as a negative number."""
        await self.until(lambda: self.status is not None)
        assert self.status is not None
        return self.status

    async def stops(self) -> int:
        """How it ended when it was asked to stop."""
        os.kill(self.pid, signal.SIGTERM)
        return await self.dies()

    async def is_killed(self) -> None:
        """Ends it without a word."""
        os.kill(self.pid, signal.SIGKILL)
        await self.dies()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Returns once this holds, looked at after every write of the bot, and now and then."""
        async with asyncio.timeout(WAIT_SECONDS):
            while not holds():
                self.changed.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.changed.wait(), LOOK_SECONDS)

    def passes_lease(self) -> None:
        """Puts the bot's clock forward by more than a lease."""
        os.kill(self.pid, signal.SIGUSR1)


class Nursery:
    """Bears bots. They end with it."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._bots: dict[int, Bot] = {}
        self._orders: list[asyncio.Future[Bot]] = []

    async def bear(
        self,
        sandbox: Sandbox,
        database_url: str,
        *,
        shift_seconds: float = 0.0,
        death: Death | None = None,
        tick_seconds: float = 3_600.0,
        is_paced: bool = False,
        is_socket: bool = False,
    ) -> Bot:
        """A new bot in this workspace; its clock is `shift_seconds` ahead, and it ticks once if not more often."""
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
            "shift_seconds": shift_seconds,
            "tick_seconds": tick_seconds,
            "is_paced": is_paced,
            "death": [death.when, death.work, death.number] if death else None,
        }
        born: asyncio.Future[Bot] = asyncio.get_running_loop().create_future()
        self._orders.append(born)
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        return await asyncio.wait_for(born, WAIT_SECONDS)

    async def listen(self) -> None:
        """Takes what the nursery says, until it ends."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            facts = json.loads(line)
            pid = next(facts[name] for name in ("born", "ready", "wrote", "tally", "died") if name in facts)
            bot = self._bots.setdefault(pid, Bot(pid))
            if "born" in facts:
                self._orders[facts["order"]].set_result(bot)
            else:
                bot.take(facts)


@asynccontextmanager
async def a_nursery() -> AsyncIterator[Nursery]:
    """A nursery, started once for many bots."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.failures.nursery", cwd=ROOT, stdin=PIPE, stdout=PIPE
    )
    nursery = Nursery(process)
    listening = asyncio.create_task(nursery.listen())
    try:
        yield nursery
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
        await listening
