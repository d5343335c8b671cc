"""The demo: the sample workspace with the bot in it, just before its weekly review is due, or with nothing set up."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock, ShiftedClock
from bot.settings import Settings
from bot.wiring import Cadence, running
from sandbox.delivery import SHORT_RETRY_WAITS
from sandbox.next_due import NextDue
from sandbox.page.state import Opening
from sandbox.seed import (
    FACILITATOR,
    HELD_REVIEWS,
    REVIEW_CHANNEL,
    ZONE,
    calendar_before,
    fill_workspace,
    store_program,
)
from sandbox.server import Sandbox
from storage.database.engine import Store
from storage.database.migrate import upgrade

TICK_SECONDS = 1.0
BEFORE_REVIEW = timedelta(seconds=2)
"""Time from the start of the demo to the review, which the scheduler posts."""

HINT = (
    'Press the buttons, type /account, or ask Cadence "What is stalled?". '
    '"Act as" makes you another person, "Next due moment" moves the clock.'
)
HINT_IF_EMPTY = (
    "You are an admin, and nothing is set up: type /abm, or open Home of Cadence, and follow the steps. "
    '"Act as" makes you another person, "Next due moment" moves the clock.'
)

MANIFEST = Path(__file__).parent.parent / "app.yaml"


@dataclass(frozen=True, slots=True)
class Demo:
    """The running demo."""

    sandbox: Sandbox
    cadence: Cadence
    next_due: NextDue

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self.sandbox.port}"


@asynccontextmanager
async def demo(folder: Path, base: Clock, *, port: int, empty: bool = False) -> AsyncIterator[Demo]:
    """Run the demo until the block ends, with its database in `folder`. Raises OSError when the port is taken.

    An empty one has people and channels and nothing else.
    """
    clock = ShiftedClock(base)
    calendar = calendar_before(base.now())
    async with Sandbox(manifest=MANIFEST, now=clock.now, port=port, retry_waits=SHORT_RETRY_WAITS) as sandbox:
        sample = fill_workspace(sandbox, calendar, has_messages=not empty)
        settings = Settings(
            bot_token=sandbox.bot_token,
            app_token=sandbox.app_token,
            slack_api_url=sandbox.api_url,
            database_url=f"sqlite:///{folder / 'cadence.db'}",
            time_zone=ZONE,
            admins=(sample.user_ids[FACILITATOR],) if empty else (),
        )
        store = Store(settings.database_url)
        upgrade(store)
        if not empty:
            store_program(store, sample, calendar)
            clock.shift_to(max(clock.now(), calendar.review_at(HELD_REVIEWS + 1) - BEFORE_REVIEW))
        store.close()
        channel_id = sample.channel_ids[REVIEW_CHANNEL]
        sandbox.opening = Opening(sample.user_ids[FACILITATOR] if empty else None, channel_id, "Account review")
        sandbox.hint = HINT_IF_EMPTY if empty else HINT
        async with running(settings, clock, tick_seconds=TICK_SECONDS) as cadence:
            next_due = NextDue(sandbox, cadence, clock, sample.workspace.workspace_id)
            sandbox.on_next_due = next_due.advance
            yield Demo(sandbox, cadence, next_due)
