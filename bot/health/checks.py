"""Health checks: each trouble that keeps the bot from its work, as a sentence, within a few seconds."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.health.heartbeat import Heartbeat
from bot.health.single_flight import SingleFlight
from bot.slack_api.errors import UNREACHED
from bot.slack_api.socket_mode import SocketListener
from bot.slack_api.watch import IMPOSTOR, SlackWatch
from storage import diagnostics, workspaces
from storage.database.engine import Store
from storage.database.errors import advice_for_anybody
from storage.database.revision import schema
from storage.database.write_check import check_write

DATABASE_SECONDS = 2.0
"""Wait for the database's answer; callers of health pages rarely wait longer than a few seconds."""
SILENT_SECONDS = 30.0
"""Time without an answer from Slack after which the bot counts as unable to work."""
RECHECK_SECONDS = 10.0
"""Pause between two checks that a health page starts in the background."""
STILL_SECONDS = 60.0
"""Shortest age of a heartbeat at which a loop counts as stopped."""
TICKS_MISSED = 6
STOPPED = (
    "The bot's work has stopped, since Slack refused its token or the app was removed: copy the token again, or "
    "install the app again. It goes on once Slack takes the token."
)


@dataclass(frozen=True, slots=True)
class Loops:
    """Heartbeats of the loops that must go on, and the seconds between two ticks."""

    schedule: Heartbeat
    delivery: Heartbeat
    tick_seconds: float

    def troubles(self) -> Iterator[str]:
        """Yield a sentence for each loop that has stopped."""
        age = self.schedule.age_seconds
        if age > max(STILL_SECONDS, TICKS_MISSED * self.tick_seconds):
            yield f"The schedule has not moved on for {age:.0f} seconds: restart the bot if the database is well."
        age = self.delivery.age_seconds
        if age > STILL_SECONDS:
            yield f"Letters have not been looked for in {age:.0f} seconds: restart the bot if the database is well."


class DatabaseProbe:
    """Checks that the database answers, has the right schema and accepts writes.

    A full disk or a locked file stops writes alone. The bot's own writes show that, and `write_check` does while the
    bot has nothing to write. `own_id` returns the workspace of SLACK_BOT_TOKEN, or "" with OAuth.
    """

    def __init__(self, store: Store, own_id: Callable[[], str] = str) -> None:
        self._store = store
        self._own_id = own_id
        self._check = SingleFlight(self._ask)
        self.write_check = SingleFlight(self._try_writing, pause_seconds=RECHECK_SECONDS)

    async def trouble(self, *, seconds: float = DATABASE_SECONDS) -> str:
        """Return what is wrong with the database as a sentence, "" when it is well, within so many seconds."""
        self.write_check.start()
        trouble = await self._check.result(timeout_seconds=seconds)
        if trouble is None:
            return f"The database did not answer within {seconds:g} seconds: look whether it or its disk is overloaded."
        return trouble or self.write_trouble

    @property
    def write_trouble(self) -> str:
        """Why the database refused the last write, as a sentence; "" when it did not."""
        refusal = self._store.write_refusal
        return "" if refusal is None else advice_for_anybody(refusal)

    async def _try_writing(self) -> None:
        # the store keeps the error for `write_trouble`
        with suppress(SQLAlchemyError):
            await self._store.write(check_write)

    async def _ask(self) -> str:
        try:
            found, has_stopped = await self._store.read(self._state, self._own_id())
        except SQLAlchemyError as error:
            return advice_for_anybody(error)
        if found == schema():
            return STOPPED if has_stopped else ""
        has = f"the schema {found}" if found else "no schema"
        return f"The database has {has} and needs {schema()}: run cadence migrate, which says what to do."

    def _state(self, session: Session, own_id: str) -> tuple[str | None, bool]:
        """Return the schema's revision, and whether the work of this workspace has stopped."""
        found = diagnostics.revision(session)
        own = workspaces.get(session, own_id) if own_id and found == schema() else None
        return found, own is not None and not own.is_active


@dataclass(slots=True)
class SlackProbe:
    """Judges Slack by the bot's own calls, and calls it again in the background after a failed one.

    `ask` makes any call; `socket` is None without Socket Mode.
    """

    watch: SlackWatch
    ask: Callable[[], Awaitable[object]]
    socket: SocketListener | None = None
    recheck: SingleFlight[None] = field(init=False)

    def __post_init__(self) -> None:
        self.recheck = SingleFlight(self._ask, pause_seconds=RECHECK_SECONDS)

    async def troubles(self) -> list[str]:
        """Return a sentence for each trouble with Slack."""
        troubles = []
        if self.watch.refused_token:
            troubles.append(
                f"Slack refused the bot's token ({self.watch.refused_token}): copy it again, or install the app again."
            )
        silent_seconds = self.watch.silent_seconds
        if silent_seconds > SILENT_SECONDS or (silent_seconds and not self.watch.was_reached):
            impostor = self.watch.impostor.replace(IMPOSTOR, "HTTP ")
            check = f"something else answers in its place ({impostor}): check the proxy and" if impostor else "check"
            troubles.append(f"Slack has not answered for {silent_seconds:.0f} seconds: {check} the network.")
        if self.socket is not None and (trouble := await self.socket.trouble()):
            troubles.append(trouble)
        if self.watch.refused_token or self.watch.silent_seconds:
            # without other calls for hours, the bot would not notice that Slack is well again
            self.recheck.start()
        return troubles

    async def _ask(self) -> None:
        # the watch sees how the call ended
        with suppress(SlackApiError, *UNREACHED):
            await self.ask()


@dataclass(frozen=True, slots=True)
class Health:
    """All checks of what the bot needs for its work."""

    database: DatabaseProbe
    slack: SlackProbe
    loops: Loops

    async def troubles(self) -> tuple[str, ...]:
        """Return a sentence for each trouble that keeps the bot from its work."""
        database, slack = await asyncio.gather(self.database.trouble(), self.slack.troubles())
        return tuple(sentence for sentence in (database, *slack, *self.loops.troubles()) if sentence)

    def stop(self) -> None:
        """Cancel the checks in the background."""
        self.database.write_check.cancel()
        self.slack.recheck.cancel()
