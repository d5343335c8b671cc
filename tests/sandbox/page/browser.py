"""The page in a browser."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from playwright.async_api import Browser, Locator, Page

from sandbox.workspace import PATIENCE_SECONDS, Channel, User
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
    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE_SECONDS * 1_000)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: self.errors.append(dialog.message))

    @classmethod
    @asynccontextmanager
    async def in_tab(cls, browser: Browser, address: str) -> AsyncIterator[Self]:
        """Open a new tab; fail on errors and on requests to other machines."""
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        screen = cls(page, address)
        yield screen
        await page.close()
        assert screen.errors == []
        assert [url for url in screen.requests if not url.startswith((address, "data:"))] == []

    async def open(self, member: User | None = None, channel: Channel | None = None) -> Page:
        place = f"#{member.id if member else ''}/{channel.id if channel else ''}"
        await self.page.goto(f"{self.address}/page/{place}")
        await self.page.wait_for_selector(".channel-pane h1:not(:empty)")
        return self.page


def composer(page: Page) -> Locator:
    return page.locator(".channel-pane textarea")


async def until_performed(source: FakePageSource, *action: object) -> None:
    assert await source.workspace.changes.until(lambda: action in source.actions.done), source.actions.done
