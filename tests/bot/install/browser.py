"""A browser that goes to Slack and back to install the bot."""

from dataclasses import dataclass

import aiohttp

from tests.bot.install.office import Office


@dataclass
class Browser:
    """Goes to Slack and back; `cookie` is what the bot gave it."""

    address: str
    cookie: str = ""

    async def begins(self) -> str:
        """Slack's address that the bot sends it to."""
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
        """The status and the page it is shown."""
        url = f"{self.address}/slack/oauth_redirect?{query}"
        headers = {"cookie": f"cadence_install={self.cookie}"} if self.cookie else {}
        async with aiohttp.ClientSession() as http, http.get(url, headers=headers) as got:
            return got.status, await got.text()


async def installs(office: Office, name: str = "ann") -> str:
    """The page that this person is shown at the end."""
    browser = Browser(office.address)
    allowed = office.sandbox.allow_app(await browser.begins(), by=office.user(name))
    status, page = await browser.comes_back(allowed)
    assert status == 200, page
    return page
