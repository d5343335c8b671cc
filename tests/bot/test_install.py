import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlmodel import Session, select

from agendas.facts.account import Rhythm, Source
from agendas.facts.people import Author
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs.cadences import schedule
from bot.clock import ShiftedClock, SystemClock
from bot.install import Onboarding
from bot.intake import NOT_INSTALLED
from bot.people_sync import PAGE_PEOPLE
from bot.settings import Settings
from bot.slack_api import StartFailed
from bot.wiring import BotProcess, running
from sandbox import client
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS, User
from storage import people, workspaces
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.workspaces import AuditEntry, InstallAttempt, Workspace
from tests.bot.odd_slack import WHO_WE_ARE, odd_slack, plain
from tests.cases import cases

KEY = Fernet.generate_key().decode()


@dataclass(frozen=True)
class NewBot:
    """The bot before a look-alike Slack that has not installed it yet."""

    sandbox: Sandbox
    cadence: BotProcess
    clock: ShiftedClock

    def __post_init__(self) -> None:
        after_write = self.cadence.store.after_write
        self.cadence.store.after_write = lambda: (after_write(), self.sandbox.changed.happened())[0]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.cadence.port}"

    def user(self, name: str) -> User:
        return self.sandbox.person(name).user

    async def workspace(self) -> Workspace | None:
        return await self.cadence.store.read(workspaces.get, self.sandbox.workspace.team.id)

    async def admins(self) -> list[str]:
        found = await self.cadence.store.read(people.admins, self.sandbox.workspace.team.id)
        return sorted(self.sandbox.workspace.users[each.user_id].name for each in found)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Returns once this holds, looked at after every call of the bot and every write to its database."""
        assert await self.sandbox.changed.until(holds)

    async def has_met_everybody(self) -> None:
        """Returns once the people are stored; the write comes after the call that the sandbox sees."""
        team_id = self.sandbox.workspace.team.id
        await self.until(lambda: bool(self.sandbox.calls("users.list")))
        store = self.cadence.store
        await self.until(lambda: store.read_now(people.find, team_id, self.user("ben").id) is not None)


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


def of_sandbox(sandbox: Sandbox, database_url: str) -> Settings:
    return settings_for(
        database_url,
        signing_secret=sandbox.signing_secret,
        client_id=sandbox.slack.client_id,
        client_secret=sandbox.slack.client_secret,
        slack_api_url=sandbox.api_url,
        admins=(sandbox.person("ben").id, sandbox.person("eli").id, "U0ELSEWHERE"),
    )


@dataclass
class Browser:
    """A browser on its way to Slack and back; `cookie` is the bot's."""

    address: str
    cookie: str = ""

    async def begins(self) -> str:
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
        url = f"{self.address}/slack/oauth_redirect?{query}"
        headers = {"cookie": f"cadence_install={self.cookie}"} if self.cookie else {}
        async with aiohttp.ClientSession() as http, http.get(url, headers=headers) as got:
            return got.status, await got.text()


async def installs(new_bot: NewBot, name: str = "ann") -> str:
    browser = Browser(new_bot.address)
    allowed = new_bot.sandbox.allow_app(await browser.begins(), by=new_bot.user(name))
    status, page = await browser.comes_back(allowed)
    assert status == 200, page
    return page


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Ann and Ben share a channel; Eli belongs to another company."""
    async with Sandbox(ack_seconds=PATIENCE_SECONDS) as sandbox:
        ann, ben = sandbox.add_user("ann"), sandbox.add_user("ben")
        sandbox.add_user("cem")
        sandbox.add_user("eli", external=True)
        sandbox.add_channel("abm-weekly", members=[ann, ben])
        yield sandbox


@pytest.fixture
async def new_bot(sandbox: Sandbox, database_url: str) -> AsyncIterator[NewBot]:
    clock = ShiftedClock(SystemClock())
    async with running(of_sandbox(sandbox, database_url), clock) as cadence:
        new_bot = NewBot(sandbox, cadence, clock)
        await sandbox.use_http(f"{new_bot.address}/slack/events")
        yield new_bot


# Onboarding: the people and admins known after a start, also when Slack's answers are odd.

TEAM = WHO_WE_ARE["team_id"]


@pytest.fixture
async def sandbox_with_admins() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        sandbox.add_user("olga", is_owner=True)
        sandbox.add_user("adam", is_admin=True)
        sandbox.add_user("ben")
        sandbox.add_user("dora", is_admin=True, deleted=True)
        sandbox.add_user("eli", is_owner=True, external=True)
        yield sandbox


def single_workspace_settings(sandbox: Sandbox, database_url: str) -> Settings:
    return Settings(
        bot_token=sandbox.bot_token,
        signing_secret="shared-secret",
        slack_api_url=sandbox.api_url,
        database_url=database_url,
        port=0,
    )


async def admins_after_start(sandbox: Sandbox, settings: Settings) -> set[str]:
    async with running(settings, SystemClock()) as cadence:
        found = await cadence.store.read(people.admins, sandbox.workspace.team.id)
    return {sandbox.workspace.users[each.user_id].name for each in found}


async def test_without_named_admins_the_workspaces_are_and_the_trail_says_why(sandbox_with_admins, database_url):
    assert await admins_after_start(
        sandbox_with_admins, single_workspace_settings(sandbox_with_admins, database_url)
    ) == {
        "olga",
        "adam",
    }
    store = Store(database_url)
    with store.reading() as session:
        trail = list(session.exec(select(AuditEntry)))
    store.close()
    assert {each.subject for each in trail} == {
        f"person:{sandbox_with_admins.person(name).id}" for name in ("olga", "adam")
    }
    assert all(each.after == {"right": "admin", "because": "owner or admin in Slack"} for each in trail)


async def test_named_admins_alone_are_admins(sandbox_with_admins: Sandbox, database_url: str) -> None:
    settings = replace(
        single_workspace_settings(sandbox_with_admins, database_url), admins=(sandbox_with_admins.person("ben").id,)
    )
    assert await admins_after_start(sandbox_with_admins, settings) == {"ben"}


async def test_slack_saying_to_wait_does_not_hold_the_start_and_named_are_admins(sandbox_with_admins, database_url):
    sandbox_with_admins.faults.rate_limit("users.list", retry_after_seconds=3_600)
    settings = replace(
        single_workspace_settings(sandbox_with_admins, database_url), admins=(sandbox_with_admins.person("ben").id,)
    )
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await admins_after_start(sandbox_with_admins, settings) == {"ben"}


async def test_admins_of_the_workspace_are_admins_wherever_in_a_long_list_they_are(sandbox_with_admins, database_url):
    for number in range(PAGE_PEOPLE):
        sandbox_with_admins.add_user(f"colleague{number}")
    zoe = sandbox_with_admins.add_user("zoe", is_admin=True)
    settings = single_workspace_settings(sandbox_with_admins, database_url)
    sandbox_with_admins.faults.delay("users.list", seconds=0)
    sandbox_with_admins.faults.rate_limit("users.list")
    async with asyncio.timeout(PATIENCE_SECONDS), running(settings, SystemClock()) as cadence:
        team, store, changed = sandbox_with_admins.workspace.team.id, cadence.store, asyncio.Event()
        assert {each.name for each in store.read_now(people.admins, team)} == {"olga", "adam"}
        store.after_write = changed.set
        while zoe.id not in {each.user_id for each in store.read_now(people.admins, team)}:
            await changed.wait()
            changed.clear()
        assert len(store.read_now(people.admins, team)) == 3


async def test_where_there_is_an_admin_already_nobody_becomes_one_at_a_later_start(sandbox_with_admins, database_url):
    settings = single_workspace_settings(sandbox_with_admins, database_url)
    await admins_after_start(sandbox_with_admins, replace(settings, admins=(sandbox_with_admins.person("ben").id,)))
    assert await admins_after_start(sandbox_with_admins, settings) == {"ben"}


async def test_where_the_only_admin_left_those_who_become_admins_then_are_told_of_it(sandbox_with_admins, database_url):
    ben, team, settings = (
        sandbox_with_admins.person("ben").user,
        sandbox_with_admins.workspace.team.id,
        single_workspace_settings(sandbox_with_admins, database_url),
    )
    wish = CadenceWish(Plan(Rhythm.WEEKLY, date(2026, 12, 1), time(10), "UTC"), minutes=45, facilitator=ben.id)
    async with running(replace(settings, admins=(ben.id,)), SystemClock()) as cadence:
        author = Author(team, ben.id, Source.COMMAND, SystemClock().now(), "UTC")
        await cadence.store.write(schedule, author, "C0SAMPLE1", wish)
    ben.deleted = True
    assert await admins_after_start(sandbox_with_admins, settings) == set()
    assert await admins_after_start(sandbox_with_admins, settings) == {"olga", "adam"}
    store = Store(database_url)
    with store.reading() as session:
        told = list(session.exec(select(Letter.user_id).where(Letter.page == "deactivated")))
    store.close()
    assert sorted(told) == sorted(sandbox_with_admins.person(name).id for name in ("olga", "adam"))


@pytest.mark.parametrize(
    "people_listed",
    [
        {"ok": False, "error": "unknown_method"},
        {"ok": True, "members": "nobody"},
        {"ok": True, "members": [], "response_metadata": {"next_cursor": "the same again"}},
        {"ok": True, "members": [{"id": "U" * 60, "team_id": TEAM, "name": "too long an id"}]},
        ["no", "object"],
        plain("<html>maintenance</html>", kind="text/html"),
    ],
)
async def test_the_bot_starts_whatever_slack_says_when_asked_for_people(people_listed: Any, database_url: str) -> None:
    async with odd_slack({"auth.test": WHO_WE_ARE, "users.list": people_listed}) as api_url:
        settings = Settings("xoxb-1", signing_secret="s", slack_api_url=api_url, database_url=database_url, port=0)
        async with running(replace(settings, admins=("U0ANN0001",)), SystemClock()) as cadence:
            [admin] = await cadence.store.read(people.admins, TEAM)
    assert admin.user_id == "U0ANN0001"


async def test_the_bot_starts_though_people_cannot_be_stored(sandbox: Sandbox, database_url: str, caplog) -> None:
    store = Store(database_url)
    store.write_now(lambda session: session.connection().exec_driver_sql("alter table person drop column time_zone"))
    store.close()
    settings = single_workspace_settings(sandbox, database_url)
    async with asyncio.timeout(PATIENCE_SECONDS), running(settings, SystemClock()):
        assert "people_not_learned" in {record.getMessage() for record in caplog.records}


async def test_a_start_waits_for_no_people_of_a_workspace_whose_token_cannot_be_read() -> None:
    async def fails(_workspace_id: str) -> None:
        raise OSError("no key")

    known = cast("Any", SimpleNamespace(client_of=fails))
    onboarding = Onboarding(Settings(), cast("Any", None), known, SystemClock())
    async with asyncio.timeout(PATIENCE_SECONDS):
        await onboarding.refresh_soon(TEAM).wait()


async def test_people_who_can_be_read_are_learned_beside_those_who_cannot(database_url: str) -> None:
    odd: list[Any] = [{}, None, "U1", {"id": 7}, {"id": "U2", "profile": "none"}, {"id": "U3", "tz": []}, {"id": ""}]
    odd += [{"id": "U4", "name": 4}]
    members = [*odd, {"id": "U0ANN0001", "team_id": TEAM, "name": "ann"}]
    async with odd_slack({"auth.test": WHO_WE_ARE, "users.list": {"ok": True, "members": members}}) as api_url:
        settings = Settings("xoxb-1", signing_secret="s", slack_api_url=api_url, database_url=database_url, port=0)
        async with running(settings, SystemClock()) as cadence:
            found = await cadence.store.read(people.members, TEAM)
    assert [each.name for each in found] == ["ann"]


@pytest.mark.parametrize("said", [{"ok": True}, ["no", "object"], plain("<p>", kind="text/html")])
async def test_what_is_not_slack_is_said_in_one_sentence(said: Any, database_url: str) -> None:
    async with odd_slack({"auth.test": said}) as api_url:
        settings = Settings("xoxb-1", signing_secret="s", slack_api_url=api_url, database_url=database_url, port=0)
        with pytest.raises(StartFailed, match=r"is not Slack's Web API: check SLACK_API_URL"):
            async with running(settings, SystemClock()):
                pass


# A successful installation by OAuth: answers, an encrypted token, people, admins and why they are admins.
async def test_an_installed_bot_answers_and_knows_people_and_admins(new_bot: NewBot) -> None:
    ann = new_bot.sandbox.person("ann")
    said = "Cadence is not installed in this workspace. Ask an admin of the workspace to install it."
    assert await ann.types("/abm help", in_="abm-weekly") == said
    page = await installs(new_bot)
    assert "Cadence is installed in Sandbox" in page
    assert "You are its admin. In Slack, type /abm people" in page
    assert "/account" in await ann.types("/abm help", in_="abm-weekly")
    await new_bot.until(lambda: new_bot.cadence.store.read_now(_reasons, new_bot) == REASONS)
    assert await new_bot.admins() == ["ann", "ben"]


async def test_a_database_in_trouble_is_said_by_the_bot_and_not_by_slack(new_bot: NewBot) -> None:
    ann, store = new_bot.sandbox.person("ann"), new_bot.cadence.store
    await installs(new_bot)
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


async def test_the_token_is_stored_encrypted_with_what_was_granted_and_by_whom(new_bot: NewBot) -> None:
    await installs(new_bot)
    workspace = await new_bot.workspace()
    assert workspace is not None
    assert new_bot.sandbox.bot_token not in workspace.bot_token
    assert Fernet(KEY).decrypt(workspace.bot_token).decode() == new_bot.sandbox.bot_token
    assert (workspace.installed_by, workspace.bot_user_id) == (new_bot.user("ann").id, new_bot.sandbox.workspace.bot.id)
    assert (workspace.bot_id, workspace.url) == (new_bot.sandbox.workspace.bot_id, new_bot.sandbox.workspace.team.url)
    assert "channels:join" in workspace.scopes.split(",")


async def test_the_trail_says_why_somebody_is_admin_from_the_start(new_bot: NewBot) -> None:
    await installs(new_bot)
    await new_bot.has_met_everybody()
    await new_bot.until(lambda: new_bot.cadence.store.read_now(_reasons, new_bot) == REASONS)


REASONS = {"ann": "installed Cadence", "ben": "named in CADENCE_ADMINS"}


def _reasons(session: Session, new_bot: NewBot) -> dict[str, str]:
    names = {f"person:{user.id}": user.name for user in new_bot.sandbox.workspace.users.values()}
    return {names[each.subject]: each.after["because"] for each in session.exec(select(AuditEntry))}


async def test_somebody_who_installs_it_again_does_not_become_an_admin(new_bot: NewBot) -> None:
    await installs(new_bot)
    assert "You are its admin" not in await installs(new_bot, "cem")
    assert "cem" not in await new_bot.admins()


async def test_admins_named_later_are_admins_of_the_workspaces_they_belong_to_at_the_next_start(sandbox, database_url):
    settings = replace(of_sandbox(sandbox, database_url), admins=())
    async with running(settings, SystemClock()) as cadence:
        new_bot = NewBot(sandbox, cadence, ShiftedClock(SystemClock()))
        await installs(new_bot)
        await new_bot.has_met_everybody()
        assert await new_bot.admins() == ["ann"]
    async with running(of_sandbox(sandbox, database_url), SystemClock()) as cadence:
        assert await NewBot(sandbox, cadence, ShiftedClock(SystemClock())).admins() == ["ann", "ben"]


# Failed installations: the page says why, and nothing is half installed.

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


# A bot that was removed, or whose token is lost, stops its work and goes on when it is installed again.
async def answer_to_what_was_sent_before_the_removal(new_bot: NewBot) -> dict[str, Any]:
    """Return the acknowledgement of a command that was under way when the bot was removed."""
    slack, ann, room = new_bot.sandbox.slack, new_bot.user("ann"), new_bot.sandbox.channel("abm-weekly").state
    payload = client.slash_command(slack, ann, room, command="/abm", text="help")
    return (await slack.delivery.request("slash_commands", payload)).body


async def test_a_bot_that_was_removed_stops_its_work_and_goes_on_when_it_is_installed_again(new_bot: NewBot) -> None:
    await installs(new_bot)
    new_bot.sandbox.uninstall_app()
    await new_bot.sandbox.settled()
    workspace = await new_bot.workspace()
    assert workspace is not None
    assert not workspace.is_active
    calls = len(new_bot.sandbox.calls("response_url"))
    assert await answer_to_what_was_sent_before_the_removal(new_bot) == {"text": NOT_INSTALLED}
    assert len(new_bot.sandbox.calls("response_url")) == calls
    assert [each.answer.ok for each in new_bot.sandbox.slack.delivery.log if each.kind == "events_api"] == [True, True]
    await installs(new_bot, "ben")
    assert "/account" in await new_bot.sandbox.person("ann").types("/abm help", in_="abm-weekly")


async def test_a_token_that_cannot_be_read_asks_for_an_installation_and_lets_others_start(
    sandbox: Sandbox, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = of_sandbox(sandbox, database_url)
    async with running(settings, SystemClock()) as cadence:
        await installs(NewBot(sandbox, cadence, ShiftedClock(SystemClock())))
    other = replace(settings, secret_key=Fernet.generate_key().decode())
    async with running(other, SystemClock()) as cadence:
        new_bot = NewBot(sandbox, cadence, ShiftedClock(SystemClock()))
        await sandbox.use_http(f"{new_bot.address}/slack/events")
        assert "token_unreadable" in [record.getMessage() for record in caplog.records]
        ann = sandbox.person("ann")
        assert await ann.types("/abm help", in_="abm-weekly") == NOT_INSTALLED
        await installs(new_bot)
        assert "/account" in await ann.types("/abm help", in_="abm-weekly")
