"""Delivery without a permission: the admins are told once which one is missing."""

from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from agendas.verbs.people import first_admins
from storage import workspaces
from storage.models.delivery import Letter
from storage.workspaces import Installation
from tests.bot.sender import Sender


async def with_admin(sender: Sender) -> None:
    """Install the bot with ann as its admin."""
    now = sender.clock.now()
    installation = Installation(sender.workspace_id, "Sample", "", "U1", "B1", scopes="chat:write")
    await sender.store.write(workspaces.save_installation, installation, time_zone="UTC", now=now)
    await sender.store.write(first_admins, sender.workspace_id, [sender.sandbox.person("ann").id], now=now)


def take_away(sender: Sender, *scopes: str) -> None:
    """Take these scopes from the app."""
    manifest = sender.sandbox.workspace.manifest
    sender.sandbox.workspace.manifest = replace(manifest, bot_scopes=manifest.bot_scopes - {*scopes})


def told(sender: Sender) -> list[tuple[str, str, str]]:
    """Return the recipient, the missing permission and whether that was sent, for each message."""

    def read(session: Session) -> list[Letter]:
        return list(session.exec(select(Letter).where(Letter.page == "lacking").order_by(col(Letter.id))))

    names = {user.id: user.name for user in sender.sandbox.workspace.users.values()}
    return [(names[each.user_id], each.subject["permission"], each.state) for each in sender.store.read_now(read)]


async def test_admins_are_told_once_which_permission_is_lacking(sender: Sender) -> None:
    await with_admin(sender)
    take_away(sender, "channels:join")
    for name in ("open", "wide"):
        public = sender.sandbox.add_channel(name, with_bot=False)
        await sender.queue(name, channel_id=public.id)
        await sender.has_error(name, "not_in_channel")
    await sender.until(lambda: told(sender) == [("ann", "channels:join", "sent")])


async def test_a_permission_lacking_for_the_news_itself_is_told_to_nobody_and_goes_round_in_no_circle(
    sender: Sender,
) -> None:
    await with_admin(sender)
    take_away(sender, "im:write", "mpim:write")
    await sender.queue("a", kind="direct", user_id=sender.sandbox.person("bob").id)
    assert (await sender.becomes("a", "refused")).last_error == "missing_scope"
    await sender.until(lambda: told(sender) == [("ann", "im:write", "refused")])


@pytest.mark.parametrize(("scopes", "times"), [("chat:write", 1), ("chat:write im:write", 2)])
async def test_they_are_told_again_only_when_it_is_still_lacking_after_an_installation_with_others(
    sender: Sender, scopes: str, times: int
) -> None:
    await with_admin(sender)
    sender.sandbox.faults.refuse("chat.postMessage", "missing_scope")
    await sender.queue("a")
    await sender.until(lambda: len(told(sender)) == 1)
    again = Installation(sender.workspace_id, "Sample", "", "U1", "B1", scopes=scopes)
    await sender.store.write(workspaces.save_installation, again, time_zone="UTC", now=sender.clock.now())
    await sender.until(lambda: told(sender)[0][2] == "sent")
    sender.sandbox.faults.refuse("chat.postMessage", "missing_scope")
    await sender.queue("b")
    await sender.becomes("b", "refused")
    assert len(told(sender)) == times
