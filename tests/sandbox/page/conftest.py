"""A browser before the page, where there is a Chromium."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.sandbox.page.browser import CHROMIUM, FLAGS, Screen
from tests.sandbox.page.page_workspace import Stand, served


@pytest.fixture
def stand() -> Stand:
    """The small workspace that the page is shown."""
    return Stand()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for the whole run."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed: the page is tested where there is one")
    async with async_playwright() as playwright:
        expect.set_options(timeout=10_000)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def screen(stand: Stand, browser: Browser) -> AsyncIterator[Screen]:
    """The page of ``stand`` in a fresh tab; fails when it complained or asked another host for anything."""
    async with served(stand) as address, Screen.in_tab(browser, address) as screen:
        yield screen
