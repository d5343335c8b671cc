"""What is done once a day, by one of all processes, however often they are started anew."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.clock import Clock
from storage import file_imports, forms
from storage.database.engine import Store
from storage.delivery import inbox

LOOK_SECONDS = 3_600.0
"""How often it is looked whether a day is over."""
DAY = timedelta(days=1)
DONE = "daily"
"""Under this key the database knows when it was done last."""

INBOX_KEPT_FOR = timedelta(days=7)
DRAFTS_KEPT_FOR = timedelta(days=30)
FILES_KEPT_FOR = timedelta(days=30)


class Daily:
    """Forgets what is old, and has `meet_everybody` learn who the people are now."""

    def __init__(self, store: Store, clock: Clock, refresh_all_people: Callable[[], Awaitable[None]]) -> None:
        self._store = store
        self._clock = clock
        self._refresh_all_people = refresh_all_people

    async def look(self) -> None:
        """Does it, unless any process did within a day. Raises what went wrong; the rest is left to the next day."""
        now = self._clock.now()
        if not await self._store.write(inbox.take_anew, "", DONE, now, after=DAY):
            return
        await self._store.write(inbox.forget_before, now - INBOX_KEPT_FOR, now=now)
        await self._store.write(forms.forget_drafts_before, now - DRAFTS_KEPT_FOR)
        await self._store.write(file_imports.forget_before, now - FILES_KEPT_FOR)
        await self._refresh_all_people()
