"""Failed installations: the page says why, and nothing is half installed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.clock import SystemClock
from bot.wiring import running
from storage import workspaces
from storage.models.workspaces import InstallAttempt
from tests.bot.install.browser import Browser
from tests.bot.install.new_bot import NewBot, settings_for
from tests.bot.odd_slack import WHO_WE_ARE, odd_slack
from tests.cases import cases

TEAM = WHO_WE_ARE["team_id"]
GRANTED: dict[str, Any] = {
    "ok": True,
    "access_token": "xoxb-1",
    "scope": "commands",
    "bot_user_id": "U0BOT0001",
    "team": {"id": TEAM, "name": "Sample"},
    "authed_user": {"id": "U0ANN0001"},
}


async def test_a_browser_that_comes_back_twice_is_turned_away(new_bot: NewBot) -> None:
    browser = Browser(new_bot.address)
    address = await browser.begins()
    assert (await browser.comes_back(new_bot.sandbox.allow_app(address, by=new_bot.user("ann"))))[0] == 200
    status, page = await browser.comes_back(new_bot.sandbox.allow_app(address, by=new_bot.user("ann")))
    assert (status, "works once" in page, 'href="install"' in page) == (400, True, True)
    assert len(new_bot.sandbox.calls("oauth.v2.access")) == 1


@cases("cookie", ["", "another", "\u00e9"])
async def test_a_browser_that_did_not_begin_the_installation_is_turned_away(new_bot: NewBot, cookie: str) -> None:
    allowed = new_bot.sandbox.allow_app(await Browser(new_bot.address).begins(), by=new_bot.user("ann"))
    assert (await Browser(new_bot.address, cookie).comes_back(allowed))[0] == 400
    assert new_bot.sandbox.calls("oauth.v2.access") == []
    assert await new_bot.workspace() is None


@cases("query", ["", "code=1", "code=1&state=", "code=1&state=guessed", "code=1&state=%00", "error=x"])
async def test_a_browser_without_the_secret_is_turned_away(new_bot: NewBot, query: str) -> None:
    browser = Browser(new_bot.address)
    await browser.begins()
    assert (await browser.comes_back(query))[0] == 400
    assert new_bot.sandbox.calls("oauth.v2.access") == []


async def test_a_secret_that_the_bot_never_gave_is_turned_away_though_the_cookie_is_the_same(new_bot: NewBot) -> None:
    made_up = "x" * 43
    assert (await Browser(new_bot.address, made_up).comes_back(f"code=1&state={made_up}"))[0] == 400


async def test_after_ten_minutes_the_installation_has_to_be_begun_again(new_bot: NewBot) -> None:
    browser = Browser(new_bot.address)
    allowed = new_bot.sandbox.allow_app(await browser.begins(), by=new_bot.user("ann"))
    new_bot.clock.shift_to(new_bot.clock.now() + timedelta(minutes=10))
    assert (await browser.comes_back(allowed))[0] == 400
    assert new_bot.sandbox.calls("oauth.v2.access") == []


async def test_saying_no_on_slacks_page_ends_the_installation(new_bot: NewBot) -> None:
    browser = Browser(new_bot.address)
    await browser.begins()
    status, page = await browser.comes_back(f"error=access_denied&state={browser.cookie}")
    assert (status, "The installation was cancelled in Slack." in page) == (200, True)
    assert new_bot.cadence.store.read_now(lambda session: session.exec(select(InstallAttempt)).all()) == []


@cases(
    ("error", "said", "wanted"),
    [
        ("bad_client_secret", "(bad_client_secret). Whoever runs Cadence has to check CADENCE_CLIENT_SECRET.", 502),
        ("invalid_code", "(invalid_code). A code works once, for ten minutes: start again, ", 400),
        ("code_already_used", "(code_already_used). A code works once, for ten minutes: start again, ", 400),
        ("<script>", "(&lt;script&gt;). Start again.", 502),
    ],
)
async def test_what_slack_refuses_is_said_with_what_to_do(new_bot: NewBot, error: str, said: str, wanted: int) -> None:
    new_bot.sandbox.faults.refuse("oauth.v2.access", error)
    browser = Browser(new_bot.address)
    status, page = await browser.comes_back(new_bot.sandbox.allow_app(await browser.begins(), by=new_bot.user("ann")))
    assert (status, said in page) == (wanted, True)
    assert await new_bot.workspace() is None


@cases("code", ["&code=", "&code=made-up", ""])
async def test_a_code_that_is_not_slacks_is_refused_with_a_way_to_start_again(new_bot: NewBot, code: str) -> None:
    browser = Browser(new_bot.address)
    await browser.begins()
    status, page = await browser.comes_back(f"state={browser.cookie}{code}")
    assert (status, "A code works once" in page, 'href="install"' in page) == (400, True, True)
    assert await new_bot.workspace() is None


@pytest.mark.parametrize("method", ["oauth.v2.access", "auth.test"])
async def test_a_connection_that_breaks_leaves_nothing_half_installed(new_bot: NewBot, method: str) -> None:
    new_bot.sandbox.faults.cut(method, "before")
    browser = Browser(new_bot.address)
    status, page = await browser.comes_back(new_bot.sandbox.allow_app(await browser.begins(), by=new_bot.user("ann")))
    assert (status, "Slack cannot be reached now." in page) == (502, True)
    assert await new_bot.workspace() is None


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"oauth.v2.access": ["no object"]}, "answer cannot be understood"),
        ({"oauth.v2.access": {"ok": True}}, "answer cannot be understood"),
        ({"oauth.v2.access": GRANTED | {"team": "Sample"}}, "answer cannot be understood"),
        ({"oauth.v2.access": GRANTED | {"is_enterprise_install": True, "team": None}}, "one workspace at a time"),
        ({"oauth.v2.access": GRANTED | {"refresh_token": "xoxe-1"}}, "with token rotation off"),
        ({"oauth.v2.access": GRANTED, "auth.test": {"ok": True}}, "answer cannot be understood"),
        ({"oauth.v2.access": GRANTED, "auth.test": WHO_WE_ARE | {"team_id": "T2"}}, "name two workspaces"),
    ],
)
async def test_odd_answers_are_told_and_nothing_is_installed(answers: Any, said: str, database_url: str) -> None:
    async with odd_slack(answers) as api_url:
        settings = settings_for(database_url, slack_api_url=api_url)
        async with running(settings, SystemClock()) as cadence:
            browser = Browser(f"http://127.0.0.1:{cadence.port}")
            await browser.begins()
            status, page = await browser.comes_back(f"code=1&state={browser.cookie}")
            assert (status, said in page) == (502, True)
            assert await cadence.store.read(workspaces.get_all) == []
