"""The first run: `cadence demo` as a child process, looked at through the page's own state."""

import asyncio
import json
import logging
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox.__main__ import main
from sandbox.workspace import PATIENCE_SECONDS

DISCUSSED = 9


@dataclass(frozen=True, slots=True)
class Page:
    http: aiohttp.ClientSession
    address: str

    async def state(self, **asked: str) -> dict[str, Any]:
        async with self.http.get(f"{self.address}/page/state", params=asked) as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.state())["channel"]["messages"]
        return found

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
async def started(port: int, folder: Path, *options: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`cadence demo` in a process of its own, with its temporary files in `folder`; stopped at the end."""
    command = ("-m", "bot", "demo", "--port", str(port), "--no-browser", *options)
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


@asynccontextmanager
async def first_run(folder: Path, *options: str) -> AsyncIterator[Page]:
    """A demo of these options, which serves its page, ends well when it is told to and leaves nothing behind."""
    port = free_port()
    async with started(port, folder, *options) as process, aiohttp.ClientSession() as http:
        assert process.stdout is not None
        assert process.stderr is not None
        first = (await asyncio.wait_for(process.stdout.readline(), PATIENCE_SECONDS)).decode()
        address = f"http://127.0.0.1:{port}"
        assert address in first, (await process.stderr.read()).decode()
        async with http.get(address) as answer:
            assert answer.status == 200
            assert "<html" in await answer.text()
        assert demo_folders(folder) != []
        yield Page(http, address)
        process.terminate()
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
        assert (process.returncode, errors.decode()) == (0, "")
    assert demo_folders(folder) == []


@pytest.mark.proof
async def test_a_first_run_of_an_empty_workspace_has_people_and_channels_alone(tmp_path: Path) -> None:
    async with first_run(tmp_path, "--empty") as page:
        assert "(sample)" in (await page.state())["team"]["name"]
        assert await page.messages() == []


@pytest.mark.proof
async def test_a_first_run_shows_a_review_just_posted_and_what_to_try_next(tmp_path: Path) -> None:
    async with first_run(tmp_path) as page:
        assert "Next due moment" in (await page.state())["hint"]
        header, *agendas = await page.shows(1 + DISCUSSED)
        assert len(agendas) == DISCUSSED
        assert header["text"].startswith("Account review")
        rows = [block["elements"] for block in agendas[0]["blocks"] if block["type"] == "actions"]
        buttons = [element["text"]["text"] for row in rows for element in row if element["type"] == "button"]
        assert buttons == ["Update", "No change", "Decide"]


def test_a_port_in_use_is_said_in_one_sentence(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert main(["--port", str(port), "--no-browser"]) == 1
    assert capsys.readouterr() == ("", f"Port {port} is in use or not allowed: give another with --port N.\n")
