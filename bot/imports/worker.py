"""Reads the files that people gave in Slack, sends previews of them, and writes what was confirmed: one at a time."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from agendas.errors import CadenceError
from agendas.rendering.words import Words
from agendas.verbs.imports.jobs import Job, finish, take_up
from bot.clock import Clock, SystemClock
from bot.database_time import DatabaseTime
from storage.database.engine import Store
from storage.database.errors import problem_of
from storage.file_imports import is_any_free

if TYPE_CHECKING:
    from bot.imports.one_file import OneFileImport

Fetch = Callable[[str, str], Awaitable[bytes]]
"""The bytes of a file by workspace and file id."""

log = logging.getLogger("cadence.imports")


class FileImportWorker:
    """Works off the files with which something is to be done; `wake` says that there is one.

    What is to be done stands in the database. Who stops in the middle leaves the file to whoever comes next: what is
    written already is then known, and the run goes on.
    """

    def __init__(self, store: Store, words: Words, clock: Clock, fetch: Fetch) -> None:
        self._store = store
        self._words = words
        self._clock = clock
        self._fetch = fetch
        self._time = DatabaseTime(store, SystemClock())
        self._task: asyncio.Task[None] | None = None
        self._is_stopping = False
        self._is_more = False

    def wake(self) -> None:
        """Begins to work, or looks once more when it is done with what it works on."""
        self._is_more = True
        if not self._is_stopping and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._work())

    async def look(self) -> None:
        """The same, for what was left by a process that stopped."""
        self.wake()

    async def stop(self) -> None:
        """Returns when the part being written is written; the rest is left for later."""
        self._is_stopping = True
        if self._task is not None:
            await self._task

    async def _work(self) -> None:
        while self._is_more and not self._is_stopping:
            self._is_more = False
            try:
                await self._time.compare()
                while not self._is_stopping and (job := await self._next()):
                    await self._do(job)
            except Exception:  # the database may be away: it is tried again at the next look
                log.exception("imports_failed", extra={"error_id": secrets.token_hex(4)})

    async def _next(self) -> Job | None:
        # most looks find nothing, and need not write
        if not await self._store.read(is_any_free, self._clock.now()):
            return None
        return await self._store.write(take_up, self._clock.now())

    async def _do(self, job: Job) -> None:
        """Does what is to be done with the file; the person hears of it, also when it cannot be done."""
        try:
            content = await self._fetch(job.author.workspace_id, job.file_id)
            work = await asyncio.to_thread(self._work_on_one)
            await (work.write(job, content) if job.is_confirmed else work.show(job, content))
        except CadenceError as refusal:
            await self._store.write(finish, job, str(refusal), self._words, done=False)
        except Exception as error:
            if problem_of(error) is not None:
                raise
            reference = secrets.token_hex(4)
            log.exception("import_failed", extra={"file_import": job.number, "error_id": reference})
            sentence = self._words.raw("imports.failed", reference=reference)
            await self._store.write(finish, job, sentence, self._words, done=False)

    def _work_on_one(self) -> "OneFileImport":
        # loaded with the first file, and not by the loop: reading files and planning imports is a fifteenth of the bot
        from bot.imports.one_file import OneFileImport

        return OneFileImport(
            self._store,
            self._words,
            now=self._clock.now,
            is_stopping=lambda: self._is_stopping,
        )
