"""Onboarding of workspaces: their people, and the first admins."""

import asyncio
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import DataError
from sqlmodel import Session

from agendas.verbs.letters.app_changes import tell_of_app_changes
from agendas.verbs.people.rights import ensure_admins, first_admins
from agendas.verbs.reads.people import members_among
from bot.clock import Clock
from bot.settings import Settings
from bot.slack_api.errors import UNREACHED, OddAnswer, error_code
from bot.slack_api.people_sync import load_people, slack_admins
from bot.slack_api.workspaces import SlackAway, StartFailed, Workspaces
from storage import workspaces
from storage.database.engine import Store

ADMINS_ADVISED = 2
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 60.0
"""Pauses between attempts to reach Slack after a start while it was away."""
BECAUSE = "owner or admin in Slack"

log = logging.getLogger("cadence")


@dataclass(frozen=True, slots=True)
class Onboarding:
    """Stores the people of workspaces and appoints admins.

    Failures of Slack are only logged, because people are also stored when they write to the bot.
    """

    settings: Settings
    store: Store
    known: Workspaces
    clock: Clock
    _background: set["asyncio.Task[None]"] = field(default_factory=set, init=False)

    async def start(self) -> None:
        """Load what the first requests need; the rest of a long list of people follows in the background.

        With SLACK_BOT_TOKEN that is the admins, and the first page of people unless Slack asks to wait. While Slack is
        away the start goes on without them, and they are loaded once it is back. Raises StartFailed when Slack refuses
        the token.
        """
        try:
            own = await self.known.know_own(self.clock)
        except SlackAway as away:
            log.warning("slack_away", extra={"error": str(away), "retry_in_seconds": FIRST_PAUSE_SECONDS})
            self._keep(asyncio.create_task(self._start_later()))
            return
        if own is not None:
            await self._load_people(own.id)
            return
        for workspace in await self.store.read(workspaces.active):
            await self.known.client_of(workspace.id)
            await self._warn_of_few_admins(workspace.id)

    async def stop(self) -> None:
        """Cancel what is still being loaded; it is loaded again each day."""
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)

    async def refresh_all_people(self) -> None:
        """Bring the people of every workspace up to date with Slack."""
        for workspace in await self.store.read(workspaces.active):
            await self.refresh_people(workspace.id)

    def refresh_soon(self, workspace_id: str) -> asyncio.Event:
        """Refresh people in the background; return an event set after the first page or once Slack asks to wait."""
        begun = asyncio.Event()
        self._keep(asyncio.create_task(self._guarded(workspace_id, begun)))
        return begun

    async def refresh_people(self, workspace_id: str) -> None:
        """Bring the people of this workspace up to date with Slack, and appoint admins if it has none."""
        await self._refresh(workspace_id, asyncio.Event())

    async def _start_later(self) -> None:
        """Ask until Slack names the token's workspace. A token refused meanwhile may become valid again."""
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
                    await self._load_people(own.id)
                return

    async def _load_people(self, workspace_id: str) -> None:
        """Appoint admins and load the first page of people, unless Slack asks to wait; load the others meanwhile."""
        await self._appoint_admins(workspace_id)
        await self.refresh_soon(workspace_id).wait()

    def _keep(self, task: "asyncio.Task[None]") -> None:
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _guarded(self, workspace_id: str, begun: asyncio.Event) -> None:
        try:
            await self._refresh(workspace_id, begun)
        except Exception:  # nobody waits for it, and it is done again each day
            log.exception("people_not_learned", extra={"workspace": workspace_id, "error_id": secrets.token_hex(4)})
        finally:
            begun.set()

    async def _refresh(self, workspace_id: str, begun: asyncio.Event) -> None:
        """Refresh the people; set `begun` once the first page is stored or Slack asks to wait."""
        client = await self.known.client_of(workspace_id)
        if client is None:
            return
        lacks_admin = not await self._appoint_admins(workspace_id)
        try:
            await self._store_people(client, workspace_id, begun, lacks_admin=lacks_admin)
        except (SlackApiError, *UNREACHED, OddAnswer, DataError) as error:
            code = error_code(error) if isinstance(error, SlackApiError) else ""
            log.warning("people_not_learned", extra={"workspace": workspace_id, "error": code or type(error).__name__})
        await self._warn_of_few_admins(workspace_id)

    async def _store_people(
        self, client: AsyncWebClient, workspace_id: str, begun: asyncio.Event, *, lacks_admin: bool
    ) -> None:
        """Store the people; in a workspace without admins, appoint its Slack owners and admins.

        They are appointed page by page, but if the settings name admins only at the end, when none of those was found.
        """

        async def pause(seconds: float) -> None:
            begun.set()
            await asyncio.sleep(seconds)

        count, candidates = 0, list[str]()
        async for found in load_people(self.store, client, workspace_id, self.clock, pause=pause):
            count += len(found)
            candidates += slack_admins(found) if lacks_admin else ()
            await self._appoint_admins(workspace_id, () if self.settings.admins else candidates)
            begun.set()
        if not await self._appoint_admins(workspace_id):
            await self._appoint_admins(workspace_id, candidates)
        log.info("people_learned", extra={"workspace": workspace_id, "count": count})

    async def _warn_of_few_admins(self, workspace_id: str) -> None:
        count = await self._appoint_admins(workspace_id)
        facts = {"workspace": workspace_id, "count": count}
        if not count:
            log.warning("no_admin", extra=facts | {"to_do": "name at least one in CADENCE_ADMINS"})
        elif count < ADMINS_ADVISED:
            log.info("few_admins", extra=facts | {"to_do": "make a second person admin with /abm people"})

    async def _appoint_admins(self, workspace_id: str, others: Iterable[str] = ()) -> int:
        """Appoint the admins in the settings and these others; return how many admins there are.

        They are told of what an update of the program needs from them.
        """
        return await self.store.write(self._ensure_admins, workspace_id, tuple(others))

    def _ensure_admins(self, session: Session, workspace_id: str, others: tuple[str, ...]) -> int:
        named, now = self.settings.admins, self.clock.now()
        if self.settings.is_for_many:
            # the setting names people of all workspaces; only those of this one count here
            named = members_among(session, workspace_id, named)
        first_admins(session, workspace_id, others, now=now, because=BECAUSE)
        count = ensure_admins(session, workspace_id, named=named, now=now)
        tell_of_app_changes(session, workspace_id, now)
        return count
