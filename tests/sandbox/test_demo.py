from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sandbox.demo import Demo, demo
from sandbox.readable import message_words
from sandbox.seed import ZONE, SeededProgram, members
from sandbox.workspace import Channel
from storage.database import Store
from tests.sandbox.stored_sample import SAMPLE, Sample, copy_rows
from tests.stories.beginning import Beginning


@pytest.fixture
async def running(written: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Demo]:
    """A demo on a copy of the sample, which would be stored just so."""

    def store_copy(store: Store, *asked: object) -> SeededProgram:
        assert asked == (SAMPLE, written.calendar)
        copy_rows(written.store, store)
        return written.program

    monkeypatch.setattr("sandbox.demo.store_program", store_copy)
    async with demo(tmp_path, Beginning(), port=0) as shown:
        yield shown


async def move_on(shown: Demo) -> str:
    assert shown.sandbox.on_next_due is not None
    return await shown.sandbox.on_next_due()


async def test_members_outsiders_and_channels_act_as_such_and_the_next_due_moment_shows_something(running: Demo):
    workspace = running.sandbox.workspace
    assert "(sample)" in workspace.team.name
    users = [user for user in workspace.users.values() if not user.is_bot]
    assert sum(user.is_guest for user in users) == 1
    assert sum(user.team_id != workspace.team.id for user in users) == 1
    assert sum(user.deleted for user in users) == 1
    assert len(users) == len(members()) + 3
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
    await running.sandbox.channel("abm-weekly").shows("Account review")
    assert "in New York" in await move_on(running)
    assert arrivals(running)


async def test_an_empty_one_has_people_and_channels_and_is_set_up_by_an_admin(tmp_path: Path) -> None:
    async with demo(tmp_path, Beginning(), port=0, empty=True) as shown:
        workspace = shown.sandbox.workspace
        assert [message for channel in workspace.channels.values() for message in channel.messages] == []
        assert shown.sandbox.opening.user_id == shown.sandbox.person("ines").id
        to_set_up = str(await shown.sandbox.person("ines").types("/abm", in_="#abm-weekly"))
        assert "No account is named yet" in to_set_up
        assert "No channel has a review yet" in to_set_up
        assert "not an admin" not in to_set_up
        assert (await move_on(shown)).startswith("Nothing is planned.")


MOST_PRESSES = 34
"""Presses of "Next due moment" that a week and a day may take: four a day."""
WEEK = (
    ("Mon 11:30", "Paula Strand", "Your digest"),
    ("Mon 12:00", "Paula Strand", "Escalated to you"),
    ("Tue 09:00", "#abm-weekly", "Recap"),
    ("Tue 09:00", "Jonas Ekdal", "Recap"),
    ("Thu 09:30", "Tomas Riedel", "Your digest"),
    ("Thu 15:00", "Paula Strand", "Review of Fri"),
    ("Fri 09:00", "Nora Castellan", "for @tomas"),
    ("Fri 10:00", "Ines Albrecht", "3 accounts of yours still to update"),
    ("Fri 12:00", "Nora Castellan", "still to update"),
    ("Fri 14:00", "Ines Albrecht", "Review in"),
    ("Fri 15:00", "#abm-transport", "Account review"),
    ("Fri 16:00", "Malik Fontaine", "accounts of yours still to update"),
    ("Sat 15:00", "#abm-transport", "Recap"),
    ("Mon 06:00", "Ines Albrecht", "still to update"),
    ("Mon 08:00", "Ines Albrecht", "Review in"),
    ("Mon 08:30", "Nora Castellan", "You stand in for"),
    ("Mon 09:00", "#abm-weekly", "Account review"),
    ("Tue 09:00", "Ines Albrecht", "Not held 2 times in a row"),
)
"""When it is in New York, to whom or where it comes, and words of it: in this order."""


@pytest.mark.proof
async def test_the_next_due_moment_leads_through_the_whole_week_and_each_press_shows_something(running: Demo) -> None:
    await running.sandbox.channel("abm-weekly").shows("Account review")
    nominated = "/account nominate Umbra Labs because they hire planners"
    assert "Recorded" in await running.sandbox.person("nora").types(nominated, in_="#abm-weekly")
    workspace = running.sandbox.workspace
    ends_at, came = workspace.now() + timedelta(days=8, minutes=-1), list[Came]()
    for presses in range(MOST_PRESSES + 1):
        if workspace.now() > ends_at:
            break
        assert "in New York" in await move_on(running)
        new = arrivals(running)
        assert new, f"press {presses + 1} showed nothing"
        assert {each.when for each in new} == {f"{workspace.now().astimezone(ZoneInfo(ZONE)):%a %H:%M}"}
        came += new
    assert workspace.now() > ends_at, f"it is {workspace.now()} after {presses} presses"
    rest = iter(came)
    for when, where, words in WEEK:
        found = any((each.when, each.where) == (when, where) and words in each.words for each in rest)
        assert found, f"{words!r} did not come to {where} on {when}, or not in this order"
    asked = {each.where for each in came if "Review of Mon" in each.words and each.when == "Fri 09:00"}
    assert {"Dev Raman", "Malik Fontaine"} <= asked
    assert not asked & {"Tomas Riedel", "Jonas Ekdal"}, "one is away, the other only observes"
    reminded = {each.where for each in came if "still to update" in each.words}
    assert {"Malik Fontaine"} <= reminded
    assert not reminded & {"Tomas Riedel", "Dev Raman", "Jonas Ekdal"}
    assert "Tomas Riedel" in {each.where for each in came if "waits for your score" in each.words}


@pytest.mark.proof
async def test_the_other_channel_has_its_own_review_and_a_paused_one_is_not_opened(running: Demo) -> None:
    ines, workspace = running.sandbox.person("ines"), running.sandbox.workspace
    await running.sandbox.channel("abm-weekly").shows("Account review")
    of_segments = await ines.types("/review", in_="#abm-transport")
    assert "Every second Friday at 15:00" in of_segments
    assert "Accounts: segment Logistics or Transport" in of_segments
    for channel in ("#abm-weekly", "#abm-transport"):
        assert (await ines.types("/review pause", in_=channel)).outcome.ok
    ends_at = workspace.now() + timedelta(days=5)
    while workspace.now() < ends_at:
        assert "opened" not in await move_on(running)


@dataclass(frozen=True, slots=True)
class Came:
    """A message that came of the last press: when it was posted in New York, to whom or where, and its words."""

    when: str
    where: str
    words: str


def arrivals(running: Demo) -> list[Came]:
    """The app's messages that were posted since the last press, oldest first."""
    workspace, move = running.sandbox.workspace, running.sandbox.move
    assert move is not None
    new = [
        (message.ts, channel, message)
        for channel in workspace.channels.values()
        for message in channel.messages
        if message.user_id == workspace.bot.id and message.ts > move.since
    ]
    return [
        Came(_posted(ts), _where(running, channel), message_words(message, workspace))
        for ts, channel, message in sorted(new, key=lambda each: each[0])
    ]


def _posted(ts: str) -> str:
    return f"{datetime.fromtimestamp(float(ts), ZoneInfo(ZONE)):%a %H:%M}"


def _where(running: Demo, channel: Channel) -> str:
    workspace = running.sandbox.workspace
    if not channel.is_im:
        return f"#{channel.name}"
    return next(workspace.users[each].real_name for each in channel.members if each != workspace.bot.id)
