"""Installing the bot by OAuth: the way to Slack and back, what it leaves behind, and what can go wrong on it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlmodel import Session, select

from bot.bolt_app import NOT_INSTALLED
from bot.clock import ShiftedClock, SystemClock
from bot.settings import Settings
from bot.wiring import Cadence, running
from sandbox.people import User
from sandbox.server import Sandbox
from storage import people, workspaces
from storage.tables import AuditEntry, InstallAttempt, Workspace
from tests.bot.odd_slack import WHO_WE_ARE, odd_slack

KEY = Fernet.generate_key().decode()
TEAM = WHO_WE_ARE["team_id"]
GRANTED: dict[str, Any] = {
    "ok": True,
    "access_token": "xoxb-1",
    "scope": "commands",
    "bot_user_id": "U0BOT0001",
    "team": {"id": TEAM, "name": "Sample"},
    "authed_user": {"id": "U0ANN0001"},
}


@dataclass(frozen=True)
class Office:
    """The bot before a look-alike Slack that has not installed it yet."""

    sandbox: Sandbox
    cadence: Cadence
    clock: ShiftedClock

    def __post_init__(self) -> None:
        after_write = self.cadence.store.after_write
        self.cadence.store.after_write = lambda: (after_write(), self.sandbox.changed.happened())[0]

    @property
    def address(self) -> str:
        """The bot's own address."""
        return f"http://127.0.0.1:{self.cadence.port}"

    def user(self, name: str) -> User:
        """The person of this name."""
        return self.sandbox.person(name).user

    async def workspace(self) -> Workspace | None:
        """The workspace as it is stored."""
        return await self.cadence.store.read(workspaces.get, self.sandbox.workspace.team.id)

    async def admins(self) -> list[str]:
        """Names of the admins."""
        found = await self.cadence.store.read(people.admins, self.sandbox.workspace.team.id)
        return sorted(self.sandbox.workspace.users[each.user_id].name for each in found)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Returns once this holds, looked at after every call of the bot and every write to its database."""
        assert await self.sandbox.changed.until(holds, seconds=10)

    async def has_met_everybody(self) -> None:
        """Returns once the people are stored; the write comes after the call that the sandbox sees."""
        team_id = self.sandbox.workspace.team.id
        await self.until(lambda: bool(self.sandbox.calls("users.list")))
        store = self.cadence.store
        await self.until(lambda: store.read_now(people.find, team_id, self.user("ben").id) is not None)


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


def settings_for(database_url: str, **more: Any) -> Settings:
    settings = Settings(
        signing_secret="shared-secret",
        client_id="1.2",
        client_secret="app-secret",
        secret_key=KEY,
        database_url=database_url,
        port=0,
    )
    return replace(settings, **more)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        ann, ben = sandbox.add_user("ann"), sandbox.add_user("ben")
        sandbox.add_user("cem")
        sandbox.add_user("eli", external=True)
        sandbox.add_channel("abm-weekly", members=[ann, ben])
        yield sandbox


def of_sandbox(sandbox: Sandbox, database_url: str) -> Settings:
    return settings_for(
        database_url,
        signing_secret=sandbox.signing_secret,
        client_id=sandbox.world.client_id,
        client_secret=sandbox.world.client_secret,
        slack_api_url=sandbox.api_url,
        admins=(sandbox.person("ben").id, sandbox.person("eli").id, "U0ELSEWHERE"),
    )


@pytest.fixture
async def office(sandbox: Sandbox, database_url: str) -> AsyncIterator[Office]:
    clock = ShiftedClock(SystemClock())
    async with running(of_sandbox(sandbox, database_url), clock) as cadence:
        office = Office(sandbox, cadence, clock)
        await sandbox.use_http(f"{office.address}/slack/events")
        yield office


async def installs(office: Office, name: str = "ann") -> str:
    """The page that this person is shown at the end."""
    browser = Browser(office.address)
    allowed = office.sandbox.allow_app(await browser.begins(), by=office.user(name))
    status, page = await browser.comes_back(allowed)
    assert status == 200, page
    return page


async def test_an_installed_bot_answers_and_knows_people_and_admins(office: Office) -> None:
    ann = office.sandbox.person("ann")
    assert await ann.types("/abm help", in_="abm-weekly") == NOT_INSTALLED
    page = await installs(office)
    assert "Cadence is installed in Sandbox" in page
    assert "You are its admin. In Slack, type /abm people" in page
    assert "/account" in await ann.types("/abm help", in_="abm-weekly")
    await office.until(lambda: office.cadence.store.read_now(_reasons, office) == REASONS)
    assert await office.admins() == ["ann", "ben"]


async def test_a_database_in_trouble_is_said_by_the_bot_and_not_by_slack(office: Office) -> None:
    ann, store = office.sandbox.person("ann"), office.cadence.store
    await installs(office)
    assert "/account" in await ann.types("/abm help", in_="abm-weekly")
    for table in ("workspace", "person"):
        await store.write(_rename, table, f"{table}_away")
    told = await ann.types("/account initech", in_="abm-weekly")
    for table in ("workspace", "person"):
        await store.write(_rename, f"{table}_away", table)
    assert "nothing was recorded" in told
    assert "/account" in await ann.types("/abm help", in_="abm-weekly")


def _rename(session: Session, table: str, name: str) -> None:
    session.execute(text(f"alter table {table} rename to {name}"))


async def test_the_token_is_stored_encrypted_with_what_was_granted_and_by_whom(office: Office) -> None:
    await installs(office)
    workspace = await office.workspace()
    assert workspace is not None
    assert office.sandbox.bot_token not in workspace.bot_token
    assert Fernet(KEY).decrypt(workspace.bot_token).decode() == office.sandbox.bot_token
    assert (workspace.installed_by, workspace.bot_user_id) == (office.user("ann").id, office.sandbox.workspace.bot.id)
    assert (workspace.bot_id, workspace.url) == (office.sandbox.workspace.bot_id, office.sandbox.workspace.team.url)
    assert "channels:join" in workspace.scopes.split(",")


async def test_the_trail_says_why_somebody_is_admin_from_the_start(office: Office) -> None:
    await installs(office)
    await office.has_met_everybody()
    await office.until(lambda: office.cadence.store.read_now(_reasons, office) == REASONS)


REASONS = {"ann": "installed Cadence", "ben": "named in CADENCE_ADMINS"}


def _reasons(session: Session, office: Office) -> dict[str, str]:
    names = {f"person:{user.id}": user.name for user in office.sandbox.workspace.users.values()}
    return {names[each.subject]: each.after["because"] for each in session.exec(select(AuditEntry))}


async def test_somebody_who_installs_it_again_does_not_become_an_admin(office: Office) -> None:
    await installs(office)
    assert "You are its admin" not in await installs(office, "cem")
    assert "cem" not in await office.admins()


async def test_a_browser_that_comes_back_twice_is_turned_away(office: Office) -> None:
    browser = Browser(office.address)
    address = await browser.begins()
    assert (await browser.comes_back(office.sandbox.allow_app(address, by=office.user("ann"))))[0] == 200
    status, page = await browser.comes_back(office.sandbox.allow_app(address, by=office.user("ann")))
    assert (status, "counts once" in page, 'href="install"' in page) == (400, True, True)
    assert len(office.sandbox.calls("oauth.v2.access")) == 1


@pytest.mark.parametrize("cookie", ["", "another", "\u00e9"])
async def test_a_browser_that_did_not_begin_the_installation_is_turned_away(office: Office, cookie: str) -> None:
    allowed = office.sandbox.allow_app(await Browser(office.address).begins(), by=office.user("ann"))
    assert (await Browser(office.address, cookie).comes_back(allowed))[0] == 400
    assert office.sandbox.calls("oauth.v2.access") == []
    assert await office.workspace() is None


@pytest.mark.parametrize(
    "query", ["", "code=1", "code=1&state=", "code=1&state=guessed", "code=1&state=%00", "error=x"]
)
async def test_a_browser_without_the_secret_is_turned_away(office: Office, query: str) -> None:
    browser = Browser(office.address)
    await browser.begins()
    assert (await browser.comes_back(query))[0] == 400
    assert office.sandbox.calls("oauth.v2.access") == []


async def test_a_secret_that_the_bot_never_gave_is_turned_away_though_the_cookie_is_the_same(office: Office) -> None:
    made_up = "x" * 43
    assert (await Browser(office.address, made_up).comes_back(f"code=1&state={made_up}"))[0] == 400


async def test_after_ten_minutes_the_installation_has_to_be_begun_again(office: Office) -> None:
    browser = Browser(office.address)
    allowed = office.sandbox.allow_app(await browser.begins(), by=office.user("ann"))
    office.clock.shift_to(office.clock.now() + timedelta(minutes=10))
    assert (await browser.comes_back(allowed))[0] == 400
    assert office.sandbox.calls("oauth.v2.access") == []


async def test_saying_no_on_slacks_page_ends_the_installation(office: Office) -> None:
    browser = Browser(office.address)
    await browser.begins()
    status, page = await browser.comes_back(f"error=access_denied&state={browser.cookie}")
    assert (status, "The installation was cancelled in Slack." in page) == (200, True)
    assert office.cadence.store.read_now(lambda session: session.exec(select(InstallAttempt)).all()) == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("bad_client_secret", "(bad_client_secret). Whoever runs Cadence has to check CADENCE_CLIENT_SECRET."),
        ("invalid_code", "(invalid_code). Start again."),
        ("<script>", "(&lt;script&gt;). Start again."),
    ],
)
async def test_what_slack_refuses_is_said_with_what_to_do(office: Office, error: str, said: str) -> None:
    office.sandbox.faults.refuse("oauth.v2.access", error)
    browser = Browser(office.address)
    status, page = await browser.comes_back(office.sandbox.allow_app(await browser.begins(), by=office.user("ann")))
    assert (status, said in page) == (502, True)
    assert await office.workspace() is None


@pytest.mark.parametrize("method", ["oauth.v2.access", "auth.test"])
async def test_a_connection_that_breaks_leaves_nothing_half_installed(office: Office, method: str) -> None:
    office.sandbox.faults.cut(method, "before")
    browser = Browser(office.address)
    status, page = await browser.comes_back(office.sandbox.allow_app(await browser.begins(), by=office.user("ann")))
    assert (status, "Slack cannot be reached now." in page) == (502, True)
    assert await office.workspace() is None


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
            assert await cadence.store.read(workspaces.everything) == []


async def test_a_bot_that_was_removed_stops_its_work_and_goes_on_when_it_is_installed_again(office: Office) -> None:
    await installs(office)
    office.sandbox.uninstall_app()
    await office.sandbox.settled()
    workspace = await office.workspace()
    assert workspace is not None
    assert not workspace.is_active
    ann = office.sandbox.person("ann")
    assert await ann.types("/abm help", in_="abm-weekly") == NOT_INSTALLED
    assert [each.answer.ok for each in office.sandbox.world.courier.log if each.kind == "events_api"] == [True, True]
    await installs(office, "ben")
    assert "/account" in await ann.types("/abm help", in_="abm-weekly")


async def test_tokens_of_people_alone_do_not_stop_the_bot(office: Office) -> None:
    await installs(office)
    revoked = {"oauth": [office.user("ben").id], "bot": []}
    office.sandbox.world.events.workspace_wide("tokens_revoked", {"tokens": revoked})
    await office.sandbox.settled()
    workspace = await office.workspace()
    assert workspace is not None
    assert workspace.is_active


async def test_late_news_of_a_removal_does_not_stop_a_bot_that_is_installed_again(office: Office) -> None:
    await installs(office)
    office.clock.shift_to(office.clock.now() + timedelta(minutes=2))
    await installs(office)
    # the sandbox's clock is the real one: to the bot its news are two minutes old
    office.sandbox.world.events.workspace_wide("app_uninstalled", {})
    await office.sandbox.settled()
    workspace = await office.workspace()
    assert workspace is not None
    assert workspace.is_active


async def test_a_token_that_cannot_be_read_any_more_asks_for_a_new_installation_and_keeps_nobody_from_starting(
    sandbox: Sandbox, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = of_sandbox(sandbox, database_url)
    async with running(settings, SystemClock()) as cadence:
        await installs(Office(sandbox, cadence, ShiftedClock(SystemClock())))
    other = replace(settings, secret_key=Fernet.generate_key().decode())
    async with running(other, SystemClock()) as cadence:
        office = Office(sandbox, cadence, ShiftedClock(SystemClock()))
        await sandbox.use_http(f"{office.address}/slack/events")
        assert "token_unreadable" in [record.getMessage() for record in caplog.records]
        ann = sandbox.person("ann")
        assert await ann.types("/abm help", in_="abm-weekly") == NOT_INSTALLED
        await installs(office)
        assert "/account" in await ann.types("/abm help", in_="abm-weekly")


async def test_admins_named_later_are_admins_of_the_workspaces_they_belong_to_at_the_next_start(
    sandbox: Sandbox, database_url: str
) -> None:
    settings = replace(of_sandbox(sandbox, database_url), admins=())
    async with running(settings, SystemClock()) as cadence:
        office = Office(sandbox, cadence, ShiftedClock(SystemClock()))
        await installs(office)
        await office.has_met_everybody()
        assert await office.admins() == ["ann"]
    async with running(of_sandbox(sandbox, database_url), SystemClock()) as cadence:
        assert await Office(sandbox, cadence, ShiftedClock(SystemClock())).admins() == ["ann", "ben"]


async def test_with_a_token_of_its_own_the_bot_serves_no_installation(sandbox: Sandbox, database_url: str) -> None:
    settings = replace(of_sandbox(sandbox, database_url), bot_token=sandbox.bot_token)
    async with running(settings, SystemClock()) as cadence, aiohttp.ClientSession() as http:
        for path in ("install", "oauth_redirect"):
            async with http.get(f"http://127.0.0.1:{cadence.port}/slack/{path}") as got:
                assert got.status == 404


async def test_names_that_slacks_library_would_read_change_nothing(
    sandbox: Sandbox, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "9.9")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "not-ours")
    settings = replace(of_sandbox(sandbox, database_url), bot_token=sandbox.bot_token)
    async with running(settings, SystemClock()) as cadence:
        await sandbox.use_http(f"http://127.0.0.1:{cadence.port}/slack/events")
        assert "/account" in await sandbox.person("ann").types("/abm help", in_="abm-weekly")
    async with running(replace(settings, bot_token=""), SystemClock()) as cadence:
        office = Office(sandbox, cadence, ShiftedClock(SystemClock()))
        assert f"client_id={sandbox.world.client_id}" in await Browser(office.address).begins()
