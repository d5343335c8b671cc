"""Refused tokens: the work of their workspace stops, and resumes when Slack accepts the token again."""

import asyncio
import logging
import secrets

from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.slack_api.errors import UNREACHED, OddAnswer
from bot.slack_api.workspaces import Workspaces, ask_who_we_are
from storage import workspaces
from storage.database.engine import Store

CHECK_SECONDS = 300.0
"""Pause between two checks of refused tokens: an admin needs minutes to fix one."""
TO_DO = "install the app in this workspace again, or copy its bot token again; it is tried again every five minutes"

log = logging.getLogger("cadence.token")


class TokenCheck:
    """Follows whether Slack accepts each token, in any call, and checks the tokens of stopped workspaces again."""

    def __init__(self, store: Store, known: Workspaces, clock: Clock) -> None:
        self._store = store
        self._known = known
        self._clock = clock
        self._refused: set[str] = set()
        self._stopping: set[asyncio.Task[None]] = set()
        self._checking = asyncio.Lock()
        self._going_on: asyncio.Task[None] | None = None

    def hear(self, token: str, refusal: str) -> None:
        """Note that Slack accepted the token, or refused it with this error; resume or stop the workspace's work."""
        if not refusal:
            if token in self._refused:
                self._refused.discard(token)
                self._check_soon()
            return
        workspace_id = self._known.workspace_of(token)
        if not workspace_id or token in self._refused:
            return
        self._refused.add(token)
        log.error("token_refused", extra={"workspace": workspace_id, "error": refusal, "to_do": TO_DO})
        task = asyncio.create_task(self._stop_work(workspace_id, token))
        self._stopping.add(task)
        task.add_done_callback(self._stopping.discard)

    async def stop(self) -> None:
        """Wait until all refusals and recoveries are stored."""
        await asyncio.gather(*self._stopping, return_exceptions=True)
        if self._going_on is not None:
            await asyncio.gather(self._going_on, return_exceptions=True)

    async def check(self) -> None:
        """Check the token of every stopped workspace with Slack, and resume the work where it is accepted again."""
        async with self._checking:
            await self._check()

    def _check_soon(self) -> None:
        """Check at once instead of at the next interval, because Slack accepted a token that it had refused."""
        if not self._checking.locked() and (self._going_on is None or self._going_on.done()):
            self._going_on = asyncio.create_task(self._go_on())

    async def _go_on(self) -> None:
        await asyncio.gather(*self._stopping, return_exceptions=True)
        try:
            await self.check()
        except Exception:  # the next check comes anyway
            log.exception("tokens_not_checked", extra={"error_id": secrets.token_hex(4)})

    async def _check(self) -> None:
        stopped = await self._store.read(workspaces.inactive)
        # a token that another process found accepted may be refused anew
        ids = {workspace.id for workspace in stopped}
        self._refused = {token for token in self._refused if self._known.workspace_of(token) in ids}
        for workspace in stopped:
            client = self._known.client_of_stopped(workspace)
            if client is None:
                continue
            try:
                found = await ask_who_we_are(client)
            except (SlackApiError, *UNREACHED, OddAnswer):
                continue
            if found.workspace_id == workspace.id:
                await self._store.write(workspaces.reactivate, workspace.id, now=self._clock.now())
                log.info("token_good_again", extra={"workspace": workspace.id})

    async def _stop_work(self, workspace_id: str, token: str) -> None:
        try:
            await self._store.write(workspaces.deactivate, workspace_id, gone_at=self._clock.now())
        except Exception:  # the next call is refused too, and tries again
            self._refused.discard(token)
            log.exception("work_not_stopped", extra={"error_id": secrets.token_hex(4)})
