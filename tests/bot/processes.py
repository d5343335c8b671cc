"""The bot as a process of its own, before a look-alike Slack."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sandbox.server import Sandbox

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / "app.yaml"


@asynccontextmanager
async def started(sandbox: Sandbox, *, database_url: str, folder: Path, **changes: str) -> AsyncIterator[Process]:
    """`python -m bot` with only what it needs in its environment; killed at the end unless it has ended."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": database_url,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", env=environment | changes, cwd=folder, stderr=PIPE, stdout=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
