"""The page, over HTTP and in a browser where Chromium is installed."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from sandbox.workspace import PATIENCE_SECONDS
from tests.sandbox.page.browser import CHROMIUM, FLAGS, Screen
from tests.sandbox.page.fake_source import FakePageSource, served


@pytest.fixture
def source() -> FakePageSource:
    return FakePageSource()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed: the page is tested where there is one")
    async with async_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_SECONDS * 1_000)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def screen(source: FakePageSource, browser: Browser) -> AsyncIterator[Screen]:
    """The page of ``source`` in a fresh tab; fails on errors and on requests to other hosts."""
    async with served(source) as address, Screen.in_tab(browser, address) as screen:
        yield screen


@pytest.fixture
async def http(source: FakePageSource) -> AsyncIterator[aiohttp.ClientSession]:
    async with served(source) as address, aiohttp.ClientSession(address) as session:
        yield session
