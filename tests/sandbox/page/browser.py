"""The page as a browser shows it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from playwright.async_api import Browser, Locator, Page

from sandbox.workspace.channels import Channel
from sandbox.workspace.users import User
from tests.sandbox.page.fake_source import FakePageSource

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Screen:
    """The page in a tab: what it asked for, and what it complained of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(10_000)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))

    @classmethod
    @asynccontextmanager
    async def in_tab(cls, browser: Browser, address: str) -> AsyncIterator[Self]:
        """A fresh tab; it must ask this machine alone, and never break."""
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        screen = cls(page, address)
        yield screen
        await page.close()
        assert screen.complaints == []
        assert [url for url in screen.asked if not url.startswith((address, "data:"))] == []

    async def open(self, member: User | None = None, channel: Channel | None = None) -> Page:
        """The page as this member sees it, in this channel."""
        place = f"#{member.id if member else ''}/{channel.id if channel else ''}"
        await self.page.goto(f"{self.address}/page/{place}")
        await self.page.wait_for_selector(".channel-pane h1:not(:empty)")
        return self.page


def composer(page: Page) -> Locator:
    """Where a message to the channel is typed."""
    return page.locator(".channel-pane textarea")


async def until_done(source: FakePageSource, *act: object) -> None:
    """Waits until the sandbox was asked for exactly this act."""
    assert await source.workspace.changes.until(lambda: act in source.actions.done, seconds=10), source.actions.done
