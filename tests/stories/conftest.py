"""The team of the stories, on SQLite and by Socket Mode unless a test asks for more."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import ShiftedClock
from sandbox.delivery import SHORT_RETRY_WAITS
from sandbox.server import Sandbox
from tests.stories.beginning import PEOPLE, START, ZONE, Beginning
from tests.stories.team import Team, team_at_work

MANIFEST = Path(__file__).parents[2] / "app.yaml"


@pytest.fixture
def setting(request: pytest.FixtureRequest) -> str:
    """Which database and which way to Slack: `sqlite socket` unless a test names others."""
    return str(getattr(request, "param", "sqlite socket"))


@pytest.fixture
def story_database_url(setting: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if setting.startswith("sqlite"):
        path = tmp_path / "cadence.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres")
    url = server.create(is_migrated=True)
    yield url
    server.drop(url)


@pytest.fixture
async def sandbox_before_work() -> AsyncIterator[Sandbox]:
    """The team's workspace at the computer's time, before the bot runs in it."""
    async with Sandbox(manifest=MANIFEST) as sandbox:
        people_and_places(sandbox)
        yield sandbox


def people_and_places(sandbox: Sandbox) -> None:
    """Five members with rights, three outsiders, and channels of every kind.

    They do within seconds what takes people minutes, so a channel takes more at once than Slack's would.
    """
    if sandbox.slack.limits is not None:
        sandbox.slack.limits.channel_burst = 1_000
    inside = [sandbox.add_user(name, tz=ZONE) for name in PEOPLE]
    gus = sandbox.add_user("gus", guest=True)
    eli = sandbox.add_user("eli", external=True)
    sandbox.add_user("dee", deleted=True)
    sandbox.add_channel("abm-weekly", members=[*inside, gus])
    sandbox.add_channel("general", members=[*inside, gus])
    sandbox.add_channel("shared", members=[*inside, eli], shared=True)
    sandbox.add_channel("deal-acme", members=inside[:2], private=True)
    sandbox.add_channel("no-bot", members=inside, private=True, with_bot=False)


@asynccontextmanager
async def at_work(setting: str, database_url: str, start: datetime = START, **more: Any) -> AsyncIterator[Team]:
    """The bot running in the team's workspace, without the second that Slack asks for between messages."""
    clock = ShiftedClock(Beginning(start))
    async with Sandbox(manifest=MANIFEST, now=clock.now, retry_waits=SHORT_RETRY_WAITS) as sandbox:
        people_and_places(sandbox)
        async with team_at_work(sandbox, clock, setting=setting, database_url=database_url, **more) as team:
            yield team


@pytest.fixture(scope="session")
def met_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to copy, of a workspace where the bot ran a minute before and everybody has their rights."""
    path = tmp_path_factory.mktemp("met") / "cadence.db"
    shutil.copy(migrated_sqlite, path)

    async def meet() -> None:
        async with at_work("sqlite socket", f"sqlite:///{path}", START - timedelta(minutes=1)):
            pass

    asyncio.run(meet())
    return path


@pytest.fixture
def have_met(setting: str, story_database_url: str, request: pytest.FixtureRequest) -> bool:
    """Whether people and bot met before the story: on SQLite, where a file in which they did is copied."""
    if not setting.startswith("sqlite"):
        return False
    shutil.copy(request.getfixturevalue("met_sqlite"), story_database_url.removeprefix("sqlite:///"))
    return True


@pytest.fixture
async def team(setting: str, story_database_url: str, have_met: bool, caplog) -> AsyncIterator[Team]:
    """The team with the bot at work, which ends with nothing refused, late or failed unless the story expects that."""
    async with at_work(setting, story_database_url, have_met=have_met) as team:
        yield team
        if not team.expects_trouble:
            assert team.problems() == []
    failures = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert team.expects_trouble or not failures
