"""Keeps the bot acquainted with its workspaces: who is there, and who its admins are."""

import logging
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import DataError
from sqlmodel import Session

from agendas.verbs.manage_people import ensure_admins, members_among
from bot.clock import Clock
from bot.people_sync import learn_people
from bot.settings import Settings
from bot.slack_errors import OddAnswer, error_code
from bot.workspaces import Workspaces
from storage import workspaces
from storage.engine import Store

ADMINS_ADVISED = 2

log = logging.getLogger("cadence")


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Learns people and names admins. Slack's troubles are logged: people are also learned as they write to the bot."""

    settings: Settings
    store: Store
    known: Workspaces
    clock: Clock

    async def begin(self) -> None:
        """What must be known before anybody can ask for anything.

        With a token that is everybody in its workspace. Raises StartFailed when Slack does not take the token.
        """
        own = await self.known.know_own(self.clock)
        if own is not None:
            await self.meet(own.id)
            return
        for workspace in await self.store.read(workspaces.active):
            await self.known.client_of(workspace.id)
            await self._name_admins(workspace.id, ())

    async def meet_everybody(self) -> None:
        """The people of every workspace are as Slack says now."""
        for workspace in await self.store.read(workspaces.active):
            await self.meet(workspace.id)

    async def meet(self, workspace_id: str) -> None:
        """The people of this workspace are as Slack says now, and it has admins if anybody can be one."""
        client = await self.known.client_of(workspace_id)
        if client is not None:
            await self._name_admins(workspace_id, await self._learn(client, workspace_id))

    async def _learn(self, client: AsyncWebClient, workspace_id: str) -> tuple[str, ...]:
        """Who owns or administers the workspace in Slack; nobody when Slack does not say."""
        try:
            learned = await learn_people(self.store, client, workspace_id, self.clock)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError, OddAnswer, DataError) as error:
            code = error_code(error) if isinstance(error, SlackApiError) else ""
            log.warning("people_not_learned", extra={"workspace": workspace_id, "error": code or type(error).__name__})
            return ()
        log.info("people_learned", extra={"workspace": workspace_id, "count": learned.count})
        return learned.slack_admins

    async def _name_admins(self, workspace_id: str, slack_admins: tuple[str, ...]) -> None:
        count = await self.store.write(self._ensure_admins, workspace_id, slack_admins)
        facts = {"workspace": workspace_id, "count": count}
        if not count:
            log.warning("no_admin", extra=facts | {"to_do": "name at least one in CADENCE_ADMINS"})
        elif count < ADMINS_ADVISED:
            log.info("few_admins", extra=facts | {"to_do": "make a second person admin with /abm people"})

    def _ensure_admins(self, session: Session, workspace_id: str, slack_admins: tuple[str, ...]) -> int:
        named = self.settings.admins
        if self.settings.is_for_many:
            # the setting names people of every workspace: here only its own count
            named = members_among(session, workspace_id, named)
        return ensure_admins(session, workspace_id, named=named, otherwise=slack_admins, now=self.clock.now())
