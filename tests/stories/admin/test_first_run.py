"""The first run: `cadence demo` as a child process, looked at through the page's own state."""

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox.workspace import PATIENCE_SECONDS

DISCUSSED = 9
MOST_PRESSES = 15
"""Of "Next due moment", until the review of the demo closes or the next one opens."""


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a running demo, without a browser."""

    http: aiohttp.ClientSession
    address: str
    process: asyncio.subprocess.Process

    async def state(self, **asked: str) -> dict[str, Any]:
        async with self.http.get(f"{self.address}/page/state", params=asked) as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.state())["channel"]["messages"]
        return found

    async def is_welcomed(self, user_id: str) -> None:
        """Open the bot as this person and wait for its first words."""
        act = {"action": "open_home", "as": user_id, "tab": "messages"}
        async with self.http.post(f"{self.address}/page/action", json=act):
            state = await self.state(**{"as": user_id})
        place = next(each["id"] for each in state["channels"] if each["im_with"])
        async with asyncio.timeout(PATIENCE_SECONDS), self.http.ws_connect(f"{self.address}/page/live") as live:
            while True:
                found = (await self.state(**{"as": user_id, "channel": place}))["channel"]["messages"]
                if "Welcome to Cadence" in json.dumps(found):
                    return
                await live.receive()

    async def next_due(self) -> str:
        act = {"action": "next_due", "as": (await self.state())["me"]["id"]}
        async with self.http.post(f"{self.address}/page/action", json=act) as answer:
            return str((await answer.json())["text"])

    async def comes_to(self, words: str) -> None:
        """Press "Next due moment" until it says these words; people's own messages may come due before."""
        told = [await self.next_due()]
        while words not in told[-1]:
            assert len(told) < MOST_PRESSES, told
            told.append(await self.next_due())

    async def shows(self, count: int) -> list[dict[str, Any]]:
        """The channel's messages once there are so many and the first one links to the others."""
        async with asyncio.timeout(PATIENCE_SECONDS), self.http.ws_connect(f"{self.address}/page/live") as live:
            while True:
                found = await self.messages()
                if len(found) >= count and "/archives/" in json.dumps(found[0]["blocks"]):
                    return found
                await live.receive()


def demo_folders(folder: Path) -> list[Path]:
    return list(folder.glob("cadence-demo-*"))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@asynccontextmanager
async def started(port: int, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`cadence demo` in a process of its own, with its temporary files in `folder`; stopped at the end."""
    command = ("-m", "bot", "demo", "--port", str(port), "--no-browser")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(folder), "HOME": str(folder)},
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    port = free_port()
    async with started(port, tmp_path) as process, aiohttp.ClientSession() as http:
        assert process.stdout is not None
        assert process.stderr is not None
        first = (await asyncio.wait_for(process.stdout.readline(), PATIENCE_SECONDS)).decode()
        address = f"http://127.0.0.1:{port}"
        assert address in first, (await process.stderr.read()).decode()
        yield Page(http, address, process)


async def test_a_first_run_shows_a_review_just_posted_and_what_to_try_next(page: Page, tmp_path: Path) -> None:
    async with page.http.get(page.address) as answer:
        assert answer.status == 200
        assert "<html" in await answer.text()
    state = await page.state()
    assert "(sample)" in state["team"]["name"]
    assert "Next due moment" in state["hint"]
    header, *agendas = await page.shows(1 + DISCUSSED)
    assert len(agendas) == DISCUSSED
    assert header["text"].startswith("Account review")
    rows = [block["elements"] for block in agendas[0]["blocks"] if block["type"] == "actions"]
    buttons = [element["text"]["text"] for row in rows for element in row if element["type"] == "button"]
    assert buttons == ["Update", "No change", "Decide"]
    [newcomer] = [each["id"] for each in state["people"] if each["name"] == "jonas"]
    await page.is_welcomed(newcomer)
    await page.comes_to("closed by itself")
    await page.comes_to("was opened")
    assert demo_folders(tmp_path) != []
    page.process.terminate()
    _, errors = await asyncio.wait_for(page.process.communicate(), PATIENCE_SECONDS)
    assert (page.process.returncode, errors.decode()) == (0, "")
    assert demo_folders(tmp_path) == []


async def test_a_port_in_use_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        async with started(port, tmp_path) as process:
            said, errors = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    assert (process.returncode, said.decode()) == (1, "")
    assert errors.decode() == f"Port {port} is in use or not allowed: give another with --port N.\n"
