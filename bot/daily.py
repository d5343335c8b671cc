"""Daily maintenance, done by one of all processes, however often they restart."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from agendas.verbs.settings import calibrate
from bot.clock import Clock
from storage import file_imports, forms
from storage.asked import model_use
from storage.database.engine import Store
from storage.delivery import inbox

log = logging.getLogger("cadence.daily")

LOOK_SECONDS = 3_600.0
"""Pause between two checks whether a day is over."""
DAY = timedelta(days=1)
DONE = "daily"
"""Inbox key of the last daily maintenance."""

INBOX_KEPT_FOR = timedelta(days=7)
DRAFTS_KEPT_FOR = timedelta(days=30)
CONVERSATIONS_KEPT_FOR = DAY
FILES_KEPT_FOR = timedelta(days=30)
MODEL_USE_KEPT_FOR = timedelta(days=31)


class Daily:
    """Deletes old inbox rows, drafts, conversations and files; renews calibrated limits and the people known."""

    def __init__(self, store: Store, clock: Clock, refresh_all_people: Callable[[], Awaitable[None]]) -> None:
        self._store = store
        self._clock = clock
        self._refresh_all_people = refresh_all_people

    async def run_if_due(self) -> None:
        """Do the maintenance unless any process did within a day. An error leaves the rest to the next day."""
        now = self._clock.now()
        if not await self._store.write(inbox.take_anew, "", DONE, now, after=DAY):
            return
        await self._store.write(inbox.forget_before, now - INBOX_KEPT_FOR, now=now)
        await self._store.write(forms.forget_drafts_before, now - DRAFTS_KEPT_FOR)
        await self._store.write(forms.forget_conversations_before, now - CONVERSATIONS_KEPT_FOR)
        await self._store.write(file_imports.forget_before, now - FILES_KEPT_FOR)
        await self._store.write(model_use.forget_before, (now - MODEL_USE_KEPT_FOR).date())
        await self._refresh_all_people()
        await self._calibrate(now)

    async def _calibrate(self, now: datetime) -> None:
        """Renew the calibrated limits of every workspace in which a month has begun; one that fails is due again."""
        for workspace_id in await self._store.read(calibrate.due_workspaces, now):
            try:
                found = await self._store.read_long(calibrate.work_out, workspace_id, now)
                await self._store.write(calibrate.renew, workspace_id, found, now)
            except Exception:  # the other workspaces are due as well
                reference = secrets.token_hex(4)
                log.exception("not_calibrated", extra={"workspace": workspace_id, "error_id": reference})
