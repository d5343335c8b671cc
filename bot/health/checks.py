"""Whether the bot is well: what keeps it from its work, each trouble in a sentence, answered quickly in any case."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.again import Again
from bot.bounded import Bounded
from bot.health.heartbeat import Pulse
from bot.slack_api.watch import NOT_SLACK, SlackWatch
from storage import diagnostics, workspaces
from storage.database.engine import Store
from storage.database.errors import advice_for_anybody
from storage.database.migrate import revisions
from storage.database.write_check import check_write

if TYPE_CHECKING:
    from bot.slack_api.socket_mode import SocketListener

DATABASE_SECONDS = 2.0
"""How long a probe waits for the database; those who probe rarely wait longer than a few seconds."""
SILENT_SECONDS = 30.0
"""For how long Slack may leave calls unanswered before the bot says that it cannot work."""
STILL_SECONDS = 60.0
"""How long a loop may show no sign of life, at least."""
TICKS_MISSED = 6
STOPPED = (
    "The bot's work has stopped, since Slack refused its token or the app was removed: copy the token again, or "
    "install the app again. It goes on once Slack takes the token."
)


@dataclass(frozen=True, slots=True)
class Loops:
    """The pulses of the loops that must go on, and the seconds between two ticks."""

    schedule: Pulse
    delivery: Pulse
    tick_seconds: float

    def troubles(self) -> Iterator[str]:
        """A sentence for each loop that stands still."""
        age = self.schedule.age_seconds
        if age > max(STILL_SECONDS, TICKS_MISSED * self.tick_seconds):
            yield f"The schedule has not moved on for {age:.0f} seconds: restart the bot if the database is well."
        age = self.delivery.age_seconds
        if age > STILL_SECONDS:
            yield f"Letters have not been looked for in {age:.0f} seconds: restart the bot if the database is well."


class DatabaseProbe:
    """Asks the database whether it is well.

    Reading goes on when a disk is full or another program holds the file. That nothing can be written shows in the
    bot's own work, and in trials as it may have nothing to write. `own_id` says which workspace's work is all of the
    bot's, if there is such a one.
    """

    def __init__(self, store: Store, own_id: Callable[[], str] = str) -> None:
        self._store = store
        self._own_id = own_id
        self._asked = Bounded(self._ask)
        self._newest = ""
        self.trial = Again(self._try_writing)

    async def trouble(self, *, seconds: float = DATABASE_SECONDS) -> str:
        """What is wrong with the database in a sentence, empty when it is well; known within so many seconds."""
        self.trial.soon()
        trouble = await self._asked.answer(seconds)
        if trouble is None:
            return f"The database did not answer within {seconds:g} seconds: look whether it or its disk is overloaded."
        return trouble or self.write_trouble

    @property
    def write_trouble(self) -> str:
        """Why the database did not take what was last written, in a sentence; empty when it did."""
        refusal = self._store.write_refusal
        return "" if refusal is None else advice_for_anybody(refusal)

    async def _try_writing(self) -> None:
        # the store notes what came of it
        with suppress(SQLAlchemyError):
            await self._store.write(check_write)

    async def _ask(self) -> str:
        try:
            self._newest = self._newest or (await asyncio.to_thread(revisions))[-1]
            found, has_stopped = await self._store.read(self._look, self._own_id())
        except SQLAlchemyError as error:
            return advice_for_anybody(error)
        if found == self._newest:
            return STOPPED if has_stopped else ""
        has = f"the schema {found}" if found else "no schema"
        return f"The database has {has} and needs {self._newest}: run cadence migrate of this version."

    def _look(self, session: Session, own_id: str) -> tuple[str | None, bool]:
        """The schema's revision, and whether the work of this workspace has stopped."""
        found = diagnostics.revision(session)
        own = workspaces.get(session, own_id) if own_id and found == self._newest else None
        return found, own is not None and not own.is_active


@dataclass(slots=True)
class SlackProbe:
    """Tells from the bot's own calls how Slack is. Where the last one failed it asks again, at most every so often.

    `ask` makes any call; `socket` is None without Socket Mode.
    """

    watch: SlackWatch
    ask: Callable[[], Awaitable[object]]
    socket: "SocketListener | None" = None
    again: Again = field(init=False)

    def __post_init__(self) -> None:
        self.again = Again(self._ask)

    async def troubles(self) -> list[str]:
        """A sentence for each."""
        troubles = []
        if self.watch.refused_token:
            troubles.append(
                f"Slack refused the bot's token ({self.watch.refused_token}): copy it again, or install the app again."
            )
        silent_seconds = self.watch.silent_seconds
        if silent_seconds > SILENT_SECONDS or (silent_seconds and not self.watch.was_reached):
            instead = self.watch.instead.replace(NOT_SLACK, "HTTP ")
            check = f"something else answers in its place ({instead}): check the proxy and" if instead else "check"
            troubles.append(f"Slack has not answered for {silent_seconds:.0f} seconds: {check} the network.")
        if self.socket is not None and (trouble := await self.socket.trouble()):
            troubles.append(trouble)
        if self.watch.refused_token or self.watch.silent_seconds:
            # the bot may have nothing else to ask for hours, and would not notice that all is well again
            self.again.soon()
        return troubles

    async def _ask(self) -> None:
        # the watch notes what came of it
        with suppress(SlackApiError, aiohttp.ClientError, TimeoutError, OSError):
            await self.ask()


@dataclass(frozen=True, slots=True)
class Health:
    """Everything that has to be well for the bot to do its work."""

    database: DatabaseProbe
    slack: SlackProbe
    loops: Loops

    async def troubles(self) -> tuple[str, ...]:
        """What keeps the bot from its work, a sentence for each; empty when it is well."""
        database, slack = await asyncio.gather(self.database.trouble(), self.slack.troubles())
        return tuple(sentence for sentence in (database, *slack, *self.loops.troubles()) if sentence)

    def stop(self) -> None:
        """Asks no more."""
        self.database.trial.stop()
        self.slack.again.stop()
