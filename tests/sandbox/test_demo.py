"""The demo in this process: the sample workspace, its scheduled review, and the clock moved forward."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import SystemClock
from sandbox.demo import Demo, demo
from sandbox.seed.people import MEMBERS

SECONDS = 20.0


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Demo]:
    async with demo(tmp_path, SystemClock(), port=0) as shown:
        yield shown


async def move_on(shown: Demo) -> str:
    assert shown.sandbox.on_next_due is not None
    return await shown.sandbox.on_next_due()


async def test_the_workspace_has_members_outsiders_and_every_kind_of_channel_that_act_as_such(running: Demo) -> None:
    workspace = running.sandbox.workspace
    assert "(sample)" in workspace.team.name
    users = [user for user in workspace.users.values() if not user.is_bot]
    assert sum(user.is_guest for user in users) == 1
    assert sum(user.team_id != workspace.team.id for user in users) == 1
    assert sum(user.deleted for user in users) == 1
    assert len(users) == len(MEMBERS) + 3
    assert running.sandbox.notes[running.sandbox.person("nora").id] == "Sales, editor"
    channels = [channel for channel in workspace.channels.values() if not channel.is_im]
    assert [channel.name for channel in channels if channel.is_private] == ["deal-corvane"]
    assert [channel.name for channel in channels if channel.is_shared] == ["ext-agency"]
    assert [channel.name for channel in channels if channel.is_archived] == ["abm-pilot"]
    refused = await running.sandbox.person("gil").types("/account", in_="#general")
    assert "Guests cannot use Cadence" in str(refused)
    card = await running.sandbox.person("nora").types("/account this", in_="#deal-corvane")
    assert "Corvane Logistics" in str(card)


async def test_the_clock_goes_from_one_due_moment_to_the_next_until_the_cadence_is_paused(running: Demo) -> None:
    room = running.sandbox.channel("abm-weekly")
    await room.shows("Account review", seconds=SECONDS)
    assert "closed by itself" in await move_on(running)
    assert running.sandbox.workspace.now().strftime("%a") == "Tue"
    assert "The review is being posted" in await move_on(running)
    assert running.sandbox.workspace.now().strftime("%a") == "Mon"
    assert "closed by itself" in await move_on(running)
    assert (await running.sandbox.person("ines").types("/review pause", in_="#abm-weekly")).outcome.ok
    assert "Nothing is planned" in await move_on(running)
