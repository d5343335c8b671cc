"""A browser that goes to Slack and back to install the bot."""

from dataclasses import dataclass

import aiohttp

from tests.bot.install.new_bot import NewBot


@dataclass
class Browser:
    """A browser on its way to Slack and back; `cookie` is the bot's."""

    address: str
    cookie: str = ""

    async def begins(self) -> str:
        """Return Slack's URL that the bot redirects to."""
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"{self.address}/slack/install", allow_redirects=False) as got,
        ):
            assert got.status == 302
            cookie = got.cookies["cadence_install"]
            assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
                True,
                True,
                "lax",
                "600",
            )
            self.cookie = cookie.value
            return got.headers["location"]

    async def comes_back(self, query: str) -> tuple[int, str]:
        """Return the status and the page."""
        url = f"{self.address}/slack/oauth_redirect?{query}"
        headers = {"cookie": f"cadence_install={self.cookie}"} if self.cookie else {}
        async with aiohttp.ClientSession() as http, http.get(url, headers=headers) as got:
            return got.status, await got.text()


async def installs(new_bot: NewBot, name: str = "ann") -> str:
    """Return the last page that this person sees."""
    browser = Browser(new_bot.address)
    allowed = new_bot.sandbox.allow_app(await browser.begins(), by=new_bot.user(name))
    status, page = await browser.comes_back(allowed)
    assert status == 200, page
    return page
