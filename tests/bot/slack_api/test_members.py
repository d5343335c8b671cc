"""Reading the members of channels that accounts are private to."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from agendas.facts.audience import Audience, NotReadable
from agendas.verbs.privacy import as_seen_by, note_left, unread_channels
from bot.people_sync import PAGE_MEMBERS, MemberReader, read_members
from bot.settings import Settings
from bot.slack_api import Workspaces, slack_session
from storage import accounts, privacy
from storage.models.accounts import Account
from storage.privacy import MEMBERS_KNOWN_FOR
from tests.bot.sender import Sender

SECRET = "deal-secret"


@pytest.fixture
async def reader(sender: Sender) -> AsyncIterator[MemberReader]:
    """A reader for a workspace with an account that is private to a channel with Ann in it, but not Bob."""
    sandbox = sender.sandbox
    channel = sandbox.add_channel(SECRET, members=[sandbox.person("ann").user], private=True)
    settings = Settings(bot_token=sandbox.bot_token, slack_api_url=sandbox.api_url)
    session = slack_session()
    known = Workspaces(settings, sender.store, session)
    await known.know_own(sender.clock)
    with sender.store.writing() as writing:
        writing.add(Account(workspace_id=sender.workspace_id, name="Acme Corp", private_channel=channel.id))
    reader = MemberReader(sender.store, known, sender.clock, pause=_passing(sender))
    yield reader
    await reader.stop()
    await session.close()


def _passing(sender: Sender) -> Any:
    async def pause(seconds: float) -> None:
        sender.pass_time(timedelta(seconds=seconds))

    return pause


def sees(sender: Sender, name: str) -> bool:
    """True when the person finds the private account."""
    audience = Audience(sender.workspace_id, sender.sandbox.person(name).user.id)
    return bool(sender.store.read_now(as_seen_by(audience, sender.clock.now(), accounts.names), sender.workspace_id))


def unread(sender: Sender) -> list[NotReadable]:
    """The reason for which the members of the channel are not known."""
    return [each.problem for each in sender.store.read_now(unread_channels, sender.workspace_id)]


async def test_members_are_read_page_by_page_again_before_ten_minutes_and_then_not_believed(
    sender: Sender, reader: MemberReader
) -> None:
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


async def test_who_leaves_is_outside_at_once_and_is_not_brought_back_by_a_list_under_way(
    sender: Sender, reader: MemberReader
) -> None:
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
async def test_nobody_is_inside_a_channel_that_is_not_a_private_one_of_this_company(
    sender: Sender, reader: MemberReader, trouble: dict[str, Any], said: NotReadable
) -> None:
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
