import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import date, time, timedelta
from typing import Any

import aiohttp
import pytest
from cryptography.fernet import Fernet
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlmodel import col, select

from agendas.facts.account import Rhythm, Source
from agendas.facts.audience import Audience, NotReadable
from agendas.facts.people import Author
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import people
from agendas.verbs.cadences import schedule
from agendas.verbs.letters import learn
from agendas.verbs.privacy import as_seen_by, note_left, unread_channels
from bot.clock import SystemClock
from bot.people_sync import PAGE_MEMBERS, PAGE_PEOPLE, MemberReader, TokenCheck, load_people, read_members
from bot.settings import Settings
from bot.slack_api import Pause, Workspaces, slack_session
from bot.wiring import running
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS, User
from storage import accounts, privacy, workspaces
from storage import people as stored_people
from storage.database import Store
from storage.models.accounts import Account
from storage.models.delivery import Letter
from storage.people import SlackUser
from storage.privacy import MEMBERS_KNOWN_FOR
from storage.workspaces import Installation
from tests.bot.sender import Sender


# Loading the people of a workspace from Slack.
async def learned(sender: Sender, waited: list[float] | None = None) -> int:
    """Load the people and return how many there were; collect the seconds to wait in `waited`."""
    pause = _noting(waited if waited is not None else [], sender)
    pages = load_people(sender.store, sender.sandbox.client, sender.workspace_id, sender.clock, pause=pause)
    return sum([len(found) async for found in pages])


async def ann_is_admin_and_bob_facilitates(sender: Sender) -> tuple[User, User]:
    ann, bob = (sender.sandbox.person(name).user for name in ("ann", "bob"))
    await learned(sender)
    wish = CadenceWish(Plan(Rhythm.WEEKLY, date(2026, 12, 1), time(10), "UTC"), minutes=45, facilitator=bob.id)
    with sender.store.writing() as session:
        people.first_admins(session, sender.workspace_id, [ann.id], now=sender.clock.now())
        author = Author(sender.workspace_id, ann.id, Source.COMMAND, sender.clock.now(), "UTC")
        schedule(session, author, sender.channel("abm-weekly").id, wish)
    return ann, bob


def told(sender: Sender) -> list[tuple[str, str]]:
    """Return whose deactivation was reported to whom, in the order queued."""
    query = select(Letter).where(Letter.page == "deactivated").order_by(col(Letter.id))
    with sender.store.reading() as session:
        return [(letter.subject["user_id"], letter.user_id) for letter in session.exec(query)]


class Overtaken(AsyncWebClient):
    """A client that does something else right before the list of people arrives."""

    def __init__(self, meanwhile: Callable[[], None], **how: Any) -> None:
        super().__init__(**how)
        self._meanwhile = meanwhile

    async def users_list(self, **asked: Any) -> AsyncSlackResponse:
        answer = await super().users_list(**asked)
        self._meanwhile()
        return answer


async def test_everybody_slack_names_is_stored_with_what_sets_them_apart(sender: Sender) -> None:
    sandbox, store = sender.sandbox, sender.store
    sandbox.add_user("guest", guest=True)
    sandbox.add_user("gone", deleted=True)
    for number in range(PAGE_PEOPLE):
        sandbox.add_user(f"colleague{number}")
    count = await learned(sender)
    found = {each.name: each for each in store.read_now(stored_people.members, sender.workspace_id)}
    assert count >= PAGE_PEOPLE + 4
    assert len(sandbox.calls("users.list")) > 1
    assert _flags(store, sender, "guest") == (True, False)
    assert _flags(store, sender, "gone") == (False, True)
    assert sum(name.lower().startswith("colleague") for name in found) == PAGE_PEOPLE


async def test_of_somebody_found_deactivated_the_admins_are_told_once(sender: Sender) -> None:
    ann, bob = await ann_is_admin_and_bob_facilitates(sender)
    bob.deleted = True
    for _ in range(2):
        await learned(sender)
        sender.pass_time(timedelta(days=1))
    assert told(sender) == [(bob.id, ann.id)]


async def test_who_left_while_a_list_of_people_was_under_way_is_not_brought_back_by_it(sender: Sender) -> None:
    ann, bob = await ann_is_admin_and_bob_facilitates(sender)

    def leaves() -> None:
        gone = SlackUser(bob.id, sender.workspace_id, "bob", is_deleted=True)
        sender.store.write_now(learn, sender.workspace_id, [gone], sender.clock.now())

    client = Overtaken(leaves, token=sender.sandbox.bot_token, base_url=sender.sandbox.api_url)
    async for _ in load_people(sender.store, client, sender.workspace_id, sender.clock):
        pass
    bob.deleted = True
    sender.pass_time(timedelta(days=1))
    await learned(sender)
    assert told(sender) == [(bob.id, ann.id)]


async def test_slack_is_given_the_time_it_asks_for_and_the_list_goes_on_where_it_was(sender: Sender) -> None:
    sandbox, waited = sender.sandbox, list[float]()
    for number in range(2 * PAGE_PEOPLE):
        sandbox.add_user(f"colleague{number}")
    pages = load_people(sender.store, sandbox.client, sender.workspace_id, sender.clock, pause=_noting(waited, sender))
    assert len(await anext(pages)) == PAGE_PEOPLE
    sandbox.faults.rate_limit("users.list", retry_after_seconds=30, times=2)
    assert len(await anext(pages)) == PAGE_PEOPLE
    assert waited == [30, 30]
    cursors = [call.arguments.get("cursor") for call in sandbox.calls("users.list")]
    assert len(set(cursors[-3:])) == 1
    assert cursors[-1] != cursors[0]


def _noting(waited: list[float], sender: Sender) -> Pause:
    async def pause(seconds: float) -> None:
        waited.append(seconds)
        sender.pass_time(timedelta(seconds=seconds))

    return pause


def _flags(store: Store, sender: Sender, name: str) -> tuple[bool, bool]:
    user = sender.sandbox.workspace.user_named(name)
    assert user is not None
    person = store.read_now(stored_people.find, sender.workspace_id, user.id)
    assert person is not None
    return person.is_guest, person.is_deleted


# Reading the members of channels that accounts are private to.

SECRET = "deal-secret"


@pytest.fixture
async def known(sender: Sender) -> AsyncIterator[Workspaces]:
    """A workspace with an account that is private to a channel with Ann in it, but not Bob."""
    sandbox = sender.sandbox
    channel = sandbox.add_channel(SECRET, members=[sandbox.person("ann").user], private=True)
    settings = Settings(bot_token=sandbox.bot_token, slack_api_url=sandbox.api_url)
    session = slack_session()
    known = Workspaces(settings, sender.store, session)
    await known.know_own(sender.clock)
    with sender.store.writing() as writing:
        writing.add(Account(workspace_id=sender.workspace_id, name="Acme Corp", private_channel=channel.id))
    yield known
    await session.close()


@pytest.fixture
async def reader(sender: Sender, known: Workspaces) -> AsyncIterator[MemberReader]:
    reader = MemberReader(sender.store, known, sender.clock, pause=_passing(sender))
    yield reader
    await reader.stop()


def _passing(sender: Sender) -> Any:
    async def pause(seconds: float) -> None:
        sender.pass_time(timedelta(seconds=seconds))

    return pause


def sees(sender: Sender, name: str) -> bool:
    audience = Audience(sender.workspace_id, sender.sandbox.person(name).user.id)
    return bool(sender.store.read_now(as_seen_by(audience, sender.clock.now(), accounts.names), sender.workspace_id))


def unread(sender: Sender) -> list[NotReadable]:
    """The reason for which the members of the channel are not known."""
    return [each.problem for each in sender.store.read_now(unread_channels, sender.workspace_id)]


async def test_members_are_read_page_by_page_again_before_ten_minutes_and_then_not_believed(sender, reader):
    sandbox = sender.sandbox
    sandbox.channel_state(SECRET).members.extend(sandbox.add_user(f"colleague{n}").id for n in range(PAGE_MEMBERS))
    sandbox.faults.rate_limit("conversations.members", retry_after_seconds=20)
    await reader.catch_up()
    assert sees(sender, "ann")
    assert sees(sender, f"colleague{PAGE_MEMBERS - 1}")
    assert not sees(sender, "bob")
    asked = len(sandbox.calls("conversations.members"))
    assert asked == 3
    await reader.catch_up()
    assert len(sandbox.calls("conversations.members")) == asked
    sender.pass_time(privacy.READ_EVERY)
    await reader.catch_up()
    assert len(sandbox.calls("conversations.members")) == asked + 2
    sandbox.faults.break_down("conversations.info", times=20)
    sender.pass_time(MEMBERS_KNOWN_FOR - timedelta(minutes=1))
    await reader.catch_up()
    assert sees(sender, "ann")
    assert unread(sender) == [NotReadable.NO_ANSWER]
    sender.pass_time(timedelta(minutes=2))
    assert not sees(sender, "ann")


async def test_after_a_restart_nobody_is_inside_until_slack_is_asked(sender: Sender, reader: MemberReader) -> None:
    await reader.catch_up()
    await reader.forget()
    assert not sees(sender, "ann")
    await reader.catch_up()
    assert sees(sender, "ann")


async def test_a_stop_waits_for_no_list_that_slack_holds_up(sender: Sender, known: Workspaces) -> None:
    waits = asyncio.Event()

    async def pause(_seconds: float) -> None:
        waits.set()
        await asyncio.Event().wait()

    sender.sandbox.faults.rate_limit("conversations.members", retry_after_seconds=20)
    reader = MemberReader(sender.store, known, sender.clock, pause=pause)
    reader.wake()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await waits.wait()
        await reader.stop()


async def test_who_leaves_is_outside_at_once_and_is_not_brought_back_by_a_list_under_way(sender, reader):
    await reader.catch_up()
    ann, channel = sender.sandbox.person("ann").user, sender.sandbox.channel_state(SECRET)
    channel.members.append(sender.sandbox.person("bob").id)
    place = (sender.workspace_id, channel.id)
    sender.store.write_now(privacy.changed, *place)
    heard = sender.store.write_now(privacy.begin_reading, *place, sender.clock.now())
    sender.store.write_now(note_left, *place, ann.id)
    assert not sees(sender, "ann")
    with sender.store.writing() as session:
        assert not privacy.is_unchanged(session, *place, heard=heard or 0)
    channel.members.remove(ann.id)
    await reader.catch_up()
    assert not sees(sender, "ann")
    assert sees(sender, "bob")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ({"is_archived": True}, NotReadable.ARCHIVED),
        ({"is_shared": True}, NotReadable.SHARED),
        ({"kind": "public"}, NotReadable.PUBLIC),
    ],
)
async def test_nobody_is_inside_a_channel_that_is_not_a_private_one_of_this_company(sender, reader, trouble, said):
    await reader.catch_up()
    channel = sender.sandbox.channel_state(SECRET)
    for name, value in trouble.items():
        setattr(channel, name, value)
    sender.pass_time(privacy.READ_EVERY)
    await reader.catch_up()
    assert unread(sender) == [said]
    assert not sees(sender, "ann")


async def test_a_channel_without_people_or_without_the_bot_says_so(sender: Sender, reader: MemberReader) -> None:
    sandbox, channel = sender.sandbox, sender.sandbox.channel_state(SECRET)
    channel.members.remove(sandbox.person("ann").id)
    await reader.catch_up()
    assert unread(sender) == [NotReadable.EMPTY]
    channel.members.clear()
    sender.pass_time(privacy.TRIED_EVERY)
    await reader.catch_up()
    assert unread(sender) == [NotReadable.NOT_INVITED]
    found = await read_members(sandbox.client, "C0NOWHERE", bot_user_id="U0BOT")
    assert found.problem is NotReadable.NOT_INVITED
    direct = await read_members(sandbox.client, sandbox.workspace.im(sandbox.person("ann").id).id, bot_user_id="U0BOT")
    assert direct.problem is NotReadable.DIRECT


# A token that Slack refuses stops the work of its workspace alone, whatever the call, until it is good again.

OTHER = Installation("T0OTHER01", "Other", "", "U0BOT0002", "B0BOT0002", bot_token="")
NOW = SystemClock().now()


class Bot:
    """The bot's tokens of two workspaces that installed it, one of them the sandbox's."""

    def __init__(self, sandbox: Sandbox, store: Store, session: aiohttp.ClientSession) -> None:
        key = Fernet.generate_key().decode()
        settings = Settings(client_id="1.2", client_secret="s", secret_key=key, slack_api_url=sandbox.api_url)
        self.known = Workspaces(settings, store, session)
        self.store, self.team = store, sandbox.workspace.team.id
        self.check = TokenCheck(store, self.known, SystemClock())
        self.known.watch.after_token = self.check.hear
        ours = Installation(self.team, "Sample", "", "U1", "B1", self.known.sealing.seal(sandbox.bot_token))
        for installation in (ours, OTHER):
            store.write_now(workspaces.save_installation, installation, time_zone="UTC", now=NOW)

    async def calls(self, method: str = "users.info") -> None:
        client = await self.known.client_of(self.team)
        assert client is not None
        with pytest.raises(SlackApiError):
            await client.api_call(method)
        await self.check.stop()

    def works_in(self) -> list[str]:
        return sorted(each.id for each in self.store.read_now(workspaces.active))


@pytest.fixture
async def bot(sandbox: Sandbox, store: Store) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session:
        yield Bot(sandbox, store, session)


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_any_refused_call_stops_the_work_of_that_workspace_until_the_token_is_good(sandbox, bot, code, caplog):
    sandbox.faults.refuse("users.info", code)
    await bot.calls()
    assert bot.works_in() == [OTHER.workspace_id]
    sandbox.faults.refuse("auth.test", code)
    await bot.check.check()
    assert bot.works_in() == [OTHER.workspace_id]
    with caplog.at_level(logging.INFO):
        await bot.check.check()
    assert bot.works_in() == sorted([bot.team, OTHER.workspace_id])
    told = [record.getMessage() for record in caplog.records if record.name == "cadence.token"]
    assert told == ["token_refused", "token_good_again"]


async def install_anew(bot: Bot) -> None:
    """A person of the workspace does, and Slack gives another token."""
    installation = Installation(bot.team, "Sample", "", "U1", "B1", bot.known.sealing.seal("xoxb-another"))
    bot.store.write_now(workspaces.save_installation, installation, time_zone="UTC", now=SystemClock().now())


async def go_on_elsewhere(bot: Bot) -> None:
    """Let another process find the token accepted again, and use it in this one."""
    bot.store.write_now(workspaces.reactivate, bot.team, now=SystemClock().now())
    client = await bot.known.client_of(bot.team)
    assert client is not None
    await client.auth_test()
    await bot.check.stop()


async def go_on_unseen(bot: Bot) -> None:
    """Let another process check the tokens, while this one only reads which workspaces are stopped."""
    bot.store.write_now(workspaces.reactivate, bot.team, now=SystemClock().now())
    await bot.check.check()


@pytest.mark.parametrize("go_on", [install_anew, go_on_elsewhere, go_on_unseen])
async def test_a_second_refusal_stops_the_work_and_is_logged_as_the_first_was(sandbox, bot, caplog, go_on):
    for refusals in (1, 2):
        sandbox.faults.refuse("users.info", "token_revoked")
        await bot.calls()
        assert bot.works_in() == [OTHER.workspace_id]
        told = [record.getMessage() for record in caplog.records if record.name == "cadence.token"]
        assert told == ["token_refused"] * refusals
        await go_on(bot)


async def test_other_errors_stop_nothing(sandbox: Sandbox, bot: Bot) -> None:
    for code in ("missing_scope", "internal_error", "ratelimited"):
        sandbox.faults.refuse("users.info", code)
        await bot.calls()
    assert len(bot.works_in()) == 2


async def stops(store: Store, workspace_id: str) -> None:
    wake, written = store.after_write, asyncio.Event()

    def after_write() -> None:
        wake()
        written.set()

    store.after_write = after_write
    wake()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while workspace_id in [each.id for each in store.read_now(workspaces.active)]:
            await written.wait()
            written.clear()


async def test_the_running_bot_says_that_it_is_not_ready_and_what_to_do(sandbox: Sandbox, database_url: str) -> None:
    places = {"slack_api_url": sandbox.api_url, "database_url": database_url, "port": 0}
    settings = Settings(sandbox.bot_token, sandbox.app_token, admins=(sandbox.person("ann").id,), **places)
    async with running(settings, SystemClock()) as cadence, aiohttp.ClientSession() as http:
        sandbox.faults.refuse("views.open", "account_inactive")
        sandbox.faults.refuse("auth.test", "account_inactive", times=100)
        await sandbox.person("ann").types("/review schedule", in_="abm-weekly")
        team, store = sandbox.workspace.team.id, cadence.store
        await stops(store, team)
        async with http.get(f"http://127.0.0.1:{cadence.port}/readyz") as answer:
            assert answer.status == 503
            assert "Slack refused the bot's token (account_inactive)" in await answer.text()
        assert store.read_now(workspaces.get, team) is not None
