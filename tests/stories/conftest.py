"""The team of the stories, on SQLite and by Socket Mode unless a test asks for more."""

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import ShiftedClock
from bot.pacing import Pacing
from bot.settings import Settings
from bot.wiring import running
from sandbox.server import Sandbox
from tests.stories.team import PEOPLE, ZONE, Beginning, Team, give_rights

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


def people_and_places(sandbox: Sandbox) -> None:
    """Five members with rights, three outsiders, and channels of every kind."""
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
    async with Sandbox(manifest=MANIFEST, now=clock.now) as sandbox:
        people_and_places(sandbox)
        is_socket = setting.endswith("socket")
        settings = Settings(
            bot_token=sandbox.bot_token,
            app_token=sandbox.app_token if is_socket else "",
            signing_secret=sandbox.signing_secret,
            slack_api_url=sandbox.api_url,
            database_url=story_database_url,
            admins=(sandbox.person("ann").id,),
            port=None if is_socket else 0,
        )
        pacing = Pacing(channel_interval=timedelta(), workspace_messages=10_000)
        async with running(settings, clock, tick_seconds=3_600, pacing=pacing) as cadence:
            if is_socket:
                await sandbox.connected()
            else:
                await sandbox.use_http(f"http://127.0.0.1:{cadence.port}/slack/events")
            await give_rights(cadence.store, sandbox)
            team = Team(sandbox, cadence, clock)
            yield team
            if not team.expects_trouble:
                assert team.problems() == []
    failures = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert team.expects_trouble or not failures
