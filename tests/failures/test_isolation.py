"""One channel, person, letter or cadence in trouble stops alone, is told of once, and holds up no other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from agendas.facts.account import Rhythm
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import cadences, updates
from bot.clock import ShiftedClock
from bot.scheduler import FAILURES
from sandbox.server import Sandbox
from storage import outbox
from storage.models.delivery import Letter, LetterKind
from storage.models.reviews import Cadence
from tests.failures.bots import MANIFEST
from tests.stories.beginning import START, Beginning
from tests.stories.conftest import people_and_places
from tests.stories.team import Team, team_at_work
from tests.titles import title_of

WELL, ARCHIVED, LEFT, POISONED = "abm-weekly", "gone", "left", "poisoned"


@asynccontextmanager
async def a_team(tmp_path: Path) -> AsyncIterator[Team]:
    clock = ShiftedClock(Beginning())
    async with Sandbox(manifest=MANIFEST, now=clock.now, has_rate_limits=False) as sandbox:
        people_and_places(sandbox)
        url = f"sqlite:///{tmp_path / 'cadence.db'}"
        async with team_at_work(sandbox, clock, setting="sqlite socket", database_url=url) as team:
            team.expects_trouble = True
            yield team


async def meets_weekly(team: Team, channel: str) -> None:
    """A review in the channel in ten minutes, and every week."""
    due_at = START + timedelta(minutes=10)
    wish = CadenceWish(Plan(Rhythm.WEEKLY, due_at.date(), due_at.time(), "UTC"), minutes=45, facilitator=team.ann.id)
    await team.did(cadences.schedule, team.sandbox.channel_state(channel).id, wish)


def told_of(team: Team, channel: str) -> list[str]:
    return [words for words in team.direct_words(team.ann) if f"in #{channel} " in words or f"in #{channel}:" in words]


def told_of_bob(team: Team) -> list[str]:
    return [words for words in team.direct_words(team.ann) if "@bob is deactivated in Slack" in words]


def titles(team: Team, channel: str) -> list[str]:
    return [title_of(line.words) for line in team.sandbox.channel(channel).messages]


async def test_of_four_channels_three_in_trouble_are_told_of_once_each_and_the_fourth_is_served(tmp_path: Path) -> None:
    async with a_team(tmp_path) as team:
        await team.knows("Initech")
        sandbox, members = team.sandbox, [team.sandbox.workspace.users[team.ann.id]]
        for name in (ARCHIVED, LEFT, POISONED):
            sandbox.add_channel(name, members=members, private=name == LEFT)
        for name in (ARCHIVED, LEFT, POISONED, WELL):
            await meets_weekly(team, name)
        sandbox.archive(sandbox.channel_state(ARCHIVED), by=members[0])
        sandbox.remove(sandbox.channel_state(LEFT), sandbox.workspace.bot)
        await team.store.write(poison, team.workspace_id, sandbox.channel_state(POISONED).id)
        await team.at(START + timedelta(minutes=11))
        for _ in range(FAILURES + 2):
            await team.passes(timedelta(minutes=1))
        assert titles(team, WELL) == ["Account review, Tue 24 Nov", "Initech"]
        assert [len(told_of(team, name)) for name in (WELL, ARCHIVED, LEFT, POISONED)] == [0, 1, 1, 1]
        assert "Reviews there are paused; those of other channels go on." in told_of(team, POISONED)[0]
        assert "The review of Tue 24 Nov in " in told_of(team, POISONED)[0]
        rows = team.store.read_now(lambda session: list(session.exec(select(Cadence))))
        lost = [team.sandbox.channel_state(name).id for name in (LEFT, POISONED)]
        assert [row.channel_id for row in rows if row.is_paused] == lost


def poison(session: Session, workspace_id: str, channel_id: str) -> None:
    """A row that no version of the program wrote."""
    query = select(Cadence).where(Cadence.workspace_id == workspace_id, Cadence.channel_id == channel_id)
    row = session.exec(query).one()
    row.scope = {"tiers": "not a list of tiers", "owners": 7}


async def test_a_letter_that_can_never_be_composed_holds_up_no_other_in_its_channel(tmp_path: Path) -> None:
    async with a_team(tmp_path) as team:
        await team.knows("Initech")
        letter = Letter(
            workspace_id=team.workspace_id,
            key="poison",
            kind=LetterKind.POST,
            page="recap",
            subject={},
            channel_id=team.room.state.id,
            created_at=team.clock.now(),
            due_at=team.clock.now(),
        )
        await team.store.write(outbox.queue, letter)
        await team.posts_review()
        assert titles(team, WELL) == ["Account review, Tue 24 Nov", "Initech"]
        await team.passes(timedelta(hours=1))
        assert [each.key for each in team.letters("refused")] == ["poison"]


async def test_what_is_for_somebody_deactivated_is_refused_and_the_others_get_theirs(tmp_path: Path) -> None:
    async with a_team(tmp_path) as team:
        await team.knows("Initech", owner="bob")
        await team.knows("Globex")
        for name, by in (("Initech", "bob"), ("Globex", "ann")):
            account_id = team.state(name).account_id
            await team.did(updates.add_action, account_id, text="Send the plan", due_on=START.date(), by=by)
        await team.posts_review()
        await team.did(updates.say_nothing_moved, team.state("Globex").account_id)
        team.sandbox.change_user(team.sandbox.workspace.users[team.bob.id], deleted=True)
        await team.sandbox.settled()
        await team.closes_review(team.ann)
        assert len([words for words in team.direct_words(team.ann) if "Send the plan" in words]) == 1
        assert [each.page for each in team.letters("sent")].count("recap") == 1
        assert [(each.page, each.user_id) for each in team.letters("refused")] == [("your_actions", team.bob.id)]
        [notice] = told_of_bob(team)
        assert "Owner of 1 account: Initech." in notice
        assert "1 open next action: Initech (1)." in notice


async def test_that_somebody_is_deactivated_is_told_once_each_time_however_it_is_learned(tmp_path: Path) -> None:
    async with a_team(tmp_path) as team:
        await team.knows("Initech", owner="bob")
        bob = team.sandbox.workspace.users[team.bob.id]
        for times in (1, 2):
            team.sandbox.change_user(bob, deleted=True)
            await team.quiet()
            team.sandbox.change_user(bob, real_name=f"Bob {times}")
            await team.quiet()
            assert len(told_of_bob(team)) == times
            team.sandbox.change_user(bob, deleted=False)
            await team.quiet()
        assert {each.user_id for each in team.letters() if each.page == "deactivated"} == {team.ann.id}


@pytest.mark.proof
async def test_that_somebody_is_deactivated_is_learned_from_a_letter_where_slack_told_nothing(tmp_path: Path) -> None:
    async with a_team(tmp_path) as team:
        await team.knows("Globex")
        account_id = team.state("Globex").account_id
        await team.did(updates.add_action, account_id, text="Send the plan", due_on=START.date(), by="bob")
        await team.posts_review()
        await team.did(updates.say_nothing_moved, account_id)
        team.sandbox.workspace.users[team.bob.id].deleted = True
        await team.closes_review(team.ann)
        assert [each.last_error for each in team.letters("refused")] == ["user_disabled"]
        [notice] = told_of_bob(team)
        assert "1 open next action: Globex (1)." in notice
        team.sandbox.change_user(team.sandbox.workspace.users[team.bob.id], deleted=True)
        await team.quiet()
        assert len(told_of_bob(team)) == 1


async def test_a_button_posted_before_a_restart_works_a_week_later(tmp_path: Path) -> None:
    clock = ShiftedClock(Beginning())
    url = f"sqlite:///{tmp_path / 'cadence.db'}"
    async with Sandbox(manifest=MANIFEST, now=clock.now, has_rate_limits=False) as sandbox:
        people_and_places(sandbox)
        async with team_at_work(sandbox, clock, setting="sqlite socket", database_url=url) as team:
            await team.begins_review_of("Initech")
        clock.shift_to(clock.now() + timedelta(days=7))
        async with team_at_work(sandbox, clock, setting="sqlite socket", database_url=url) as team:
            await team.agenda_form(team.ann, "Movement", "Initech")
            await team.submits(team.ann, text="They said yes")
            assert "They said yes" in team.agenda("Initech").words
