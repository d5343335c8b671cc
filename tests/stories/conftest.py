"""The team of the stories, on SQLite and by Socket Mode unless a test asks for more."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.clock import ShiftedClock
from sandbox.delivery.delivery import SHORT_RETRY_WAITS
from sandbox.server import Sandbox
from tests.stories.beginning import PEOPLE, ZONE, Beginning
from tests.stories.team import Team, team_at_work

AT_ONCE = 1_000
MANIFEST = Path(__file__).parents[2] / "app.yaml"


@pytest.fixture
def setting(request: pytest.FixtureRequest) -> str:
    """Which database and which way to Slack: `sqlite socket` unless a test names others."""
    return str(getattr(request, "param", "sqlite socket"))


@pytest.fixture
def story_database_url(setting: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database without rows."""
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
        sandbox.slack.limits.channel_burst = AT_ONCE
    inside = [sandbox.add_user(name, tz=ZONE) for name in PEOPLE]
    gus = sandbox.add_user("gus", guest=True)
    eli = sandbox.add_user("eli", external=True)
    sandbox.add_user("dee", deleted=True)
    sandbox.add_channel("abm-weekly", members=[*inside, gus])
    sandbox.add_channel("general", members=[*inside, gus])
    sandbox.add_channel("shared", members=[*inside, eli], shared=True)
    sandbox.add_channel("deal-acme", members=inside[:2], private=True)
    sandbox.add_channel("no-bot", members=inside, private=True, with_bot=False)


@pytest.fixture
async def team(setting: str, story_database_url: str, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Team]:
    """The bot running in the team's workspace, without the second that Slack asks for between messages."""
    clock = ShiftedClock(Beginning())
    async with Sandbox(manifest=MANIFEST, now=clock.now, retry_waits=SHORT_RETRY_WAITS) as sandbox:
        people_and_places(sandbox)
        async with team_at_work(sandbox, clock, setting=setting, database_url=story_database_url) as team:
            yield team
            if not team.expects_trouble:
                assert team.problems() == []
    failures = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert team.expects_trouble or not failures
