"""Keeps the bot acquainted with its workspaces: who is there, and who its admins are."""

import asyncio
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import DataError
from sqlmodel import Session

from agendas.verbs.people.rights import ensure_admins, first_admins
from agendas.verbs.reads.people import members_among
from bot.clock import Clock
from bot.settings import Settings
from bot.slack_api.errors import OddAnswer, error_code
from bot.slack_api.people_sync import learn_people, slack_admins
from bot.slack_api.workspaces import SlackAway, StartFailed, Workspaces
from storage import workspaces
from storage.database.engine import Store

ADMINS_ADVISED = 2
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 60.0
"""Between attempts to reach Slack after a start while it was away."""
BECAUSE = "owner or admin in Slack"

log = logging.getLogger("cadence")


@dataclass(frozen=True, slots=True)
class Onboarding:
    """Learns people and names admins. Slack's troubles are logged: people are also learned as they write to the bot."""

    settings: Settings
    store: Store
    known: Workspaces
    clock: Clock
    _learning: set["asyncio.Task[None]"] = field(default_factory=set, init=False)

    async def begin(self) -> None:
        """What must be known before anybody can ask for anything; the rest of a long list of people follows.

        With a token that is who the admins are, and the first people that Slack names unless it says to wait. While
        Slack is away the start goes on without them, and they are learned once it is back. Raises StartFailed when
        Slack does not take the token.
        """
        try:
            own = await self.known.know_own(self.clock)
        except SlackAway as away:
            log.warning("slack_away", extra={"error": str(away), "retry_in_seconds": FIRST_PAUSE_SECONDS})
            self._keep(asyncio.create_task(self._begin_later()))
            return
        if own is not None:
            await self._know_people(own.id)
            return
        for workspace in await self.store.read(workspaces.active):
            await self.known.client_of(workspace.id)
            await self._warn_of_few(workspace.id)

    async def stop(self) -> None:
        """Ends what is still being learned; it is learned again each day."""
        for task in self._learning:
            task.cancel()
        await asyncio.gather(*self._learning, return_exceptions=True)

    async def refresh_all_people(self) -> None:
        """The people of every workspace are as Slack says now."""
        for workspace in await self.store.read(workspaces.active):
            await self.refresh_people(workspace.id)

    async def refresh_people(self, workspace_id: str) -> None:
        """The people of this workspace are as Slack says now, and it has admins if anybody can be one."""
        await self._meet(workspace_id, asyncio.Event())

    async def _begin_later(self) -> None:
        """Asks until Slack says whose the token is. A token that it refuses meanwhile may be good again some day."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            try:
                own = await self.known.know_own(self.clock)
            except SlackAway as away:
                log.warning("slack_away", extra={"error": str(away), "retry_in_seconds": pause})
            except StartFailed as refused:
                log.error("token_refused", extra={"to_do": str(refused), "retry_in_seconds": pause})
            except Exception:  # the database may be away as well
                log.exception("workspace_not_known", extra={"error_id": secrets.token_hex(4)})
            else:
                log.info("slack_reached")
                if own is not None:
                    await self._know_people(own.id)
                return

    async def _know_people(self, workspace_id: str) -> None:
        """Returns after the first page, or as soon as Slack says to wait; the others are learned meanwhile."""
        await self._name_admins(workspace_id)
        begun = asyncio.Event()
        self._keep(asyncio.create_task(self._guarded(workspace_id, begun)))
        await begun.wait()

    def _keep(self, task: "asyncio.Task[None]") -> None:
        self._learning.add(task)
        task.add_done_callback(self._learning.discard)

    async def _guarded(self, workspace_id: str, begun: asyncio.Event) -> None:
        try:
            await self._meet(workspace_id, begun)
        except Exception:  # nobody waits for it; it is done again each day
            log.exception("people_not_learned", extra={"workspace": workspace_id, "error_id": secrets.token_hex(4)})
        finally:
            begun.set()

    async def _meet(self, workspace_id: str, begun: asyncio.Event) -> None:
        """Sets `begun` once the first page is stored or Slack says to wait."""
        client = await self.known.client_of(workspace_id)
        if client is None:
            return
        lacks_admin = not await self._name_admins(workspace_id)
        try:
            await self._learn(client, workspace_id, begun, lacks_admin=lacks_admin)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError, OddAnswer, DataError) as error:
            code = error_code(error) if isinstance(error, SlackApiError) else ""
            log.warning("people_not_learned", extra={"workspace": workspace_id, "error": code or type(error).__name__})
        await self._warn_of_few(workspace_id)

    async def _learn(
        self, client: AsyncWebClient, workspace_id: str, begun: asyncio.Event, *, lacks_admin: bool
    ) -> None:
        """Stores the people; where there was no admin, those of the workspace become so.

        They do as they are met, but where the settings name admins only once everybody was met and none of the named
        ones was among them.
        """

        async def pause(seconds: float) -> None:
            begun.set()
            await asyncio.sleep(seconds)

        count, candidates = 0, list[str]()
        async for found in learn_people(self.store, client, workspace_id, self.clock, pause=pause):
            count += len(found)
            candidates += slack_admins(found) if lacks_admin else ()
            await self._name_admins(workspace_id, () if self.settings.admins else candidates)
            begun.set()
        if not await self._name_admins(workspace_id):
            await self._name_admins(workspace_id, candidates)
        log.info("people_learned", extra={"workspace": workspace_id, "count": count})

    async def _warn_of_few(self, workspace_id: str) -> None:
        count = await self._name_admins(workspace_id)
        facts = {"workspace": workspace_id, "count": count}
        if not count:
            log.warning("no_admin", extra=facts | {"to_do": "name at least one in CADENCE_ADMINS"})
        elif count < ADMINS_ADVISED:
            log.info("few_admins", extra=facts | {"to_do": "make a second person admin with /abm people"})

    async def _name_admins(self, workspace_id: str, others: Iterable[str] = ()) -> int:
        """How many admins there are, once those of the settings and these others are."""
        return await self.store.write(self._ensure_admins, workspace_id, tuple(others))

    def _ensure_admins(self, session: Session, workspace_id: str, others: tuple[str, ...]) -> int:
        named, now = self.settings.admins, self.clock.now()
        if self.settings.is_for_many:
            # the setting names people of every workspace: here only its own count
            named = members_among(session, workspace_id, named)
        first_admins(session, workspace_id, others, now=now, because=BECAUSE)
        return ensure_admins(session, workspace_id, named=named, now=now)
