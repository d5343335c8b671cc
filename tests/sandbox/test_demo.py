"""The demo in this process: the sample workspace, its scheduled review, and the clock moved forward."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import SystemClock
from sandbox.demo import Demo, demo
from sandbox.page.news import move_json
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
    assert '"Act as"' in running.sandbox.hint
    assert '"Next due moment"' in running.sandbox.hint
    channels = [channel for channel in workspace.channels.values() if not channel.is_im]
    assert [channel.name for channel in channels if channel.is_private] == ["deal-corvane", "deal-orrin"]
    assert [channel.name for channel in channels if channel.is_shared] == ["ext-agency"]
    assert [channel.name for channel in channels if channel.is_archived] == ["abm-pilot"]
    refused = await running.sandbox.person("gil").types("/account", in_="#general")
    assert "Guests cannot use Cadence" in str(refused)
    card = await running.sandbox.person("nora").types("/account this", in_="#deal-corvane")
    assert "Corvane Logistics" in str(card)
    read = str(await running.sandbox.person("paula").types("/abm executive", in_="#abm-weekly"))
    assert "*Executives met* 2 of 4 tier 1 accounts" in read
    for name, is_inside in (("ines", True), ("malik", False)):
        private = await running.sandbox.person(name).types("/account Orrin Rail", in_="#general")
        assert ("Private to" in private) is is_inside, private


async def test_the_clock_goes_from_one_due_moment_to_the_next_and_says_what_came_of_it(running: Demo) -> None:
    room, workspace = running.sandbox.channel("abm-weekly"), running.sandbox.workspace
    await room.shows("Account review", seconds=SECONDS)
    nominated = "/account nominate Umbra Labs because they hire planners"
    assert "Recorded" in await running.sandbox.person("nora").types(nominated, in_="#abm-weekly")
    await move_on(running)
    assert "Tomas Riedel" in directly_told(running)
    assert "The review of #abm-weekly closed by itself." in await move_on(running)
    assert workspace.now().strftime("%a") == "Tue"
    await move_on(running)
    assert workspace.now().strftime("%a") == "Thu"
    assert "Tomas Riedel" in directly_told(running, "1 account waits for your score")
    ines = running.sandbox.person("ines")
    of_segments = await ines.types("/review", in_="#abm-transport")
    assert "Every second Friday at 15:00" in of_segments
    assert "Accounts: segment Logistics or Transport" in of_segments
    for channel in ("#abm-weekly", "#abm-transport"):
        assert (await ines.types("/review pause", in_=channel)).outcome.ok
    assert "Nothing is planned" in await move_on(running)


def directly_told(running: Demo, words: str = "") -> set[str]:
    """The people to whom the last move of the clock brought a direct message with these words in its first line."""
    moved = move_json(running.sandbox.workspace, running.sandbox.move)
    assert moved is not None
    direct = [place for place in moved["places"] if place["is_direct"]]
    return {place["name"] for place in direct if words in place["posts"][0]["title"]}
