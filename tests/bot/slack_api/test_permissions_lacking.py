"""Delivery without a permission: the admins are told once which one is missing."""

from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from agendas.verbs.people.rights import first_admins
from storage import workspaces
from storage.tables import Letter
from storage.workspaces import Installation
from tests.bot.office import Office


async def with_admin(office: Office) -> None:
    """Install the bot with ann as its admin."""
    now = office.clock.now()
    installation = Installation(office.workspace_id, "Sample", "", "U1", "B1", scopes="chat:write")
    await office.store.write(workspaces.save_installation, installation, time_zone="UTC", now=now)
    await office.store.write(first_admins, office.workspace_id, [office.sandbox.person("ann").id], now=now)


def take_away(office: Office, *scopes: str) -> None:
    """Take these scopes from the app."""
    manifest = office.sandbox.workspace.manifest
    office.sandbox.workspace.manifest = replace(manifest, bot_scopes=manifest.bot_scopes - {*scopes})


def told(office: Office) -> list[tuple[str, str, str]]:
    """Return the recipient, the missing permission and whether that was sent, for each message."""

    def read(session: Session) -> list[Letter]:
        return list(session.exec(select(Letter).where(Letter.page == "lacking").order_by(col(Letter.id))))

    names = {user.id: user.name for user in office.sandbox.workspace.users.values()}
    return [(names[each.user_id], each.subject["permission"], each.state) for each in office.store.read_now(read)]


async def test_admins_are_told_once_which_permission_is_lacking(office: Office) -> None:
    await with_admin(office)
    take_away(office, "channels:join")
    for name in ("open", "wide"):
        public = office.sandbox.add_channel(name, with_bot=False)
        await office.queue(name, channel_id=public.id)
        await office.has_error(name, "not_in_channel")
    await office.until(lambda: told(office) == [("ann", "channels:join", "sent")])


async def test_a_permission_lacking_for_the_news_itself_is_told_to_nobody_and_goes_round_in_no_circle(
    office: Office,
) -> None:
    await with_admin(office)
    take_away(office, "im:write", "mpim:write")
    await office.queue("a", kind="direct", user_id=office.sandbox.person("bob").id)
    assert (await office.becomes("a", "refused")).last_error == "missing_scope"
    await office.until(lambda: told(office) == [("ann", "im:write", "refused")])


async def test_what_slack_does_not_name_is_told_as_such(office: Office) -> None:
    await with_admin(office)
    office.sandbox.faults.refuse("chat.postMessage", "missing_scope")
    await office.queue("a")
    await office.until(lambda: told(office) == [("ann", "unnamed", "sent")])


async def test_a_permission_lacking_to_look_for_a_message_is_told(office: Office) -> None:
    await with_admin(office)
    take_away(office, "channels:history")
    office.sandbox.faults.cut("chat.postMessage", "after")
    await office.queue("a")
    await office.until(lambda: office.letter("a").last_error != "")
    office.pass_time(office.letter("a").due_at - office.clock.now())
    assert (await office.becomes("a", "unsure")).last_error == "the channel cannot be read: missing_scope"
    await office.until(lambda: told(office) == [("ann", "channels:history", "sent")])


@pytest.mark.parametrize(("scopes", "times"), [("chat:write", 1), ("chat:write im:write", 2)])
async def test_they_are_told_again_only_when_it_is_still_lacking_after_an_installation_with_others(
    office: Office, scopes: str, times: int
) -> None:
    await with_admin(office)
    office.sandbox.faults.refuse("chat.postMessage", "missing_scope")
    await office.queue("a")
    await office.until(lambda: len(told(office)) == 1)
    again = Installation(office.workspace_id, "Sample", "", "U1", "B1", scopes=scopes)
    await office.store.write(workspaces.save_installation, again, time_zone="UTC", now=office.clock.now())
    await office.until(lambda: told(office)[0][2] == "sent")
    office.sandbox.faults.refuse("chat.postMessage", "missing_scope")
    await office.queue("b")
    await office.becomes("b", "refused")
    assert len(told(office)) == times


async def test_a_channel_whose_readers_cannot_be_asked_for_waits_until_the_app_may_ask(office: Office) -> None:
    await with_admin(office)
    manifest = office.sandbox.workspace.manifest
    take_away(office, "channels:read")
    await office.queue("a")
    await office.until(lambda: told(office) == [("ann", "channels:read", "sent")])
    assert office.messages() == []
    office.sandbox.workspace.manifest = manifest
    again = Installation(office.workspace_id, "Sample", "", "U1", "B1", scopes="chat:write channels:read")
    await office.store.write(workspaces.save_installation, again, time_zone="UTC", now=office.clock.now())
    await office.becomes("a", "sent")
