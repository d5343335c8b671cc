"""The bot as a process of its own, before a look-alike Slack."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from sandbox.server import Sandbox

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / "app.yaml"


async def started(sandbox: Sandbox, *, database_url: str, folder: Path, **changes: str) -> Process:
    """`python -m bot` with only what it needs in its environment."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": database_url,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", env=environment | changes, cwd=folder, stderr=PIPE, stdout=PIPE
    )
