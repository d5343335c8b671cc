"""The bot, and the least that could answer in its place, each a process of its own before a look-alike Slack."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bench.program import ADMIN, CHANNEL, add_people, fill
from sandbox.delivery import SignedHttp
from sandbox.server import Sandbox

ROOT = Path(__file__).parent.parent
RESTING_SECONDS, RESTING_MS = 6.0, 300.0
"""Longer than the pause between two ticks, each of which takes up 200 rows at most."""
ANSWER_SECONDS = 30.0
"""Slack waits three. How long an answer took is noted with its figure, and a busy machine makes none of them wrong."""


class Running:
    """A process that listens at `slack`."""

    def __init__(self, sandbox: Sandbox, pid: int, port: int) -> None:
        self.slack = SignedHttp(f"http://127.0.0.1:{port}/slack/events", sandbox.signing_secret)
        self._sandbox, self._process = sandbox, psutil.Process(pid)

    def hears(self) -> None:
        self._sandbox.slack.delivery.http = self.slack

    def processor_ms(self) -> float:
        times = self._process.cpu_times()
        return float(times.user + times.system) * 1_000

    async def rests(self) -> None:
        """Return once it does next to nothing by itself: a program just filled in has hundreds of looks due."""
        used = RESTING_MS
        while used >= RESTING_MS:
            before = self.processor_ms()
            await asyncio.sleep(RESTING_SECONDS)
            used = self.processor_ms() - before

    def memory_mib(self) -> float:
        return float(self._process.memory_info().rss) / 2**20


@asynccontextmanager
async def workspace(*, named: int, candidates: int = 0) -> AsyncIterator[tuple[Sandbox, str]]:
    """The people's workspace, and the URL of an SQLite file that holds a program of so many accounts."""
    with TemporaryDirectory(prefix="cadence-bench-") as folder:
        async with Sandbox(manifest=ROOT / "app.yaml") as sandbox:
            add_people(sandbox)
            sandbox.slack.delivery.ack_seconds = ANSWER_SECONDS
            url = f"sqlite:///{Path(folder) / 'bench.db'}"
            fill(url, sandbox, named=named, candidates=candidates)
            yield sandbox, url


@asynccontextmanager
async def bot(sandbox: Sandbox, database_url: str) -> AsyncIterator[Running]:
    settings = {"DATABASE_URL": database_url, "CADENCE_ADMINS": sandbox.person(ADMIN).id}
    async with _started(sandbox, "bot", LOG_FORMAT="json", PORT="0", **settings) as running:
        running.hears()
        yield running


@asynccontextmanager
async def floor(sandbox: Sandbox) -> AsyncIterator[Running]:
    async with _started(sandbox, "bench.floor") as running:
        running.hears()
        yield running


async def acknowledged_ms(least: Running, sandbox: Sandbox, *, count: int) -> float:
    """Processor time of an empty acknowledgement, the mean of so many."""
    least.hears()
    before = least.processor_ms()
    for _ in range(count):
        await sandbox.person(ADMIN).types("/abm list", in_=CHANNEL)
    return (least.processor_ms() - before) / count


@asynccontextmanager
async def _started(sandbox: Sandbox, module: str, **settings: str) -> AsyncIterator[Running]:
    """`python -m module` until the block ends; then it is killed, as nobody needs what it would finish."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "CADENCE_"))}
    slack = {
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
        "SLACK_API_URL": sandbox.api_url,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module), cwd=ROOT, env=inherited | slack | settings, stdout=DEVNULL, stderr=PIPE
    )
    assert process.stderr is not None
    try:
        running = Running(sandbox, process.pid, await _logged_port(process.stderr))
        # somebody must go on reading, or the bot would wait once the pipe is full
        reading = asyncio.create_task(process.stderr.read())
        try:
            yield running
            with suppress(TimeoutError):
                await sandbox.settled()
        finally:
            reading.cancel()
            await running.slack.close()
    finally:
        process.kill()
        await process.wait()


async def _logged_port(log: asyncio.StreamReader) -> int:
    """The port in the log of the start."""
    heard = []
    async for line in log:
        heard.append(line.decode().strip())
        if '"event": "started"' in heard[-1]:
            return int(json.loads(heard[-1])["port"])
    raise RuntimeError(f"a process did not start: {' '.join(heard[-3:])}")
