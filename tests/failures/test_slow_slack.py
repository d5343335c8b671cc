"""Slack takes longer for a message than the bot waits for an answer: the bot's own patience, in quick time."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

from bot.clock import ShiftedClock
from bot.sending import MAY_STILL_COME
from bot.slack_api import SLACK_TIMEOUT
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from tests.failures.bots import MANIFEST
from tests.quick_time import Pace, QuickClock, QuickLoop
from tests.stories.beginning import START
from tests.stories.conftest import people_and_places
from tests.stories.team import CHANNEL, Team, team_at_work
from tests.titles import title_of

TIMES = 25.0
"""So many seconds pass in one while Slack keeps the bot waiting, and before that one: all else takes its real time."""
SLOW_SECONDS = 50.0
"""Beyond our own patience, within that of what stands between."""


def test_a_message_that_slack_posts_after_our_timeout_is_posted_once(tmp_path: Path, migrated_sqlite: Path) -> None:
    path = tmp_path / "cadence.db"
    shutil.copy(migrated_sqlite, path)
    pace = Pace(1.0)

    async def told() -> None:
        clock = ShiftedClock(QuickClock(pace, START))
        async with Sandbox(manifest=MANIFEST, now=clock.now, has_rate_limits=False) as sandbox:
            people_and_places(sandbox)
            async with team_at_work(sandbox, clock, setting="sqlite http", database_url=f"sqlite:///{path}") as team:
                await is_posted_once(team, pace)

    with asyncio.Runner(loop_factory=lambda: QuickLoop(pace)) as runner:
        runner.run(told())


async def is_posted_once(team: Team, pace: Pace) -> None:
    assert SLACK_TIMEOUT.total is not None
    assert SLACK_TIMEOUT.total < SLOW_SECONDS < SLACK_TIMEOUT.total + MAY_STILL_COME.total_seconds()
    await team.knows("Initech")
    faults = team.sandbox.faults
    faults.delay("chat.postMessage", seconds=SLOW_SECONDS)
    await team.ann.types("/review now", in_=CHANNEL)
    await comes(lambda: not faults.are_waiting("chat.postMessage"))
    pace.change(TIMES)

    def is_whole() -> bool:
        return len(team.room.messages) >= 2 and not team.letters("waiting", "leased")

    await comes(is_whole, seconds=PATIENCE_SECONDS * TIMES)
    assert is_whole(), team.problems()
    titles = [title_of(line.words) for line in team.room.messages]
    assert [title.split(",")[0] for title in titles] == ["Account review", "Initech"]
    assert len(team.sandbox.calls("conversations.history")) >= 2
    # on a busy machine the confirmation may be in doubt too, and Ann is told so by herself
    posts = [each for each in team.sandbox.calls("chat.postMessage") if each.arguments["channel"] == team.room.state.id]
    assert len(posts) == len(titles)


async def comes(holds: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS) -> None:
    """Look ten times a second, as neither a fault that is met nor a letter that is settled changes the sandbox."""
    for _ in range(round(seconds * 10)):
        if holds():
            return
        await asyncio.sleep(0.1)
