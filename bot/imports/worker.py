"""The worker for files uploaded in Slack: sends previews and writes confirmed imports, one file at a time."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable

from agendas.errors import CadenceError
from agendas.rendering.words import Words
from agendas.verbs.imports.jobs import Job, finish, take_up
from bot.clock import Clock, SystemClock
from bot.database_time import DatabaseTime
from bot.imports.one_file import OneFileImport
from storage.database.engine import Store
from storage.database.errors import problem_of
from storage.file_imports import is_any_free

Fetch = Callable[[str, str], Awaitable[bytes]]
"""Download a file by workspace and file id."""

log = logging.getLogger("cadence.imports")


class FileImportWorker:
    """Works through the files that wait; `wake` makes it look for one.

    The database holds the state of each file. A process that stops in the middle leaves the file to the next one, which
    knows what is already written and goes on from there.
    """

    def __init__(self, store: Store, words: Words, clock: Clock, fetch: Fetch) -> None:
        self._store = store
        self._words = words
        self._clock = clock
        self._fetch = fetch
        self._time = DatabaseTime(store, SystemClock())
        self._task: asyncio.Task[None] | None = None
        self._is_stopping = False
        self._is_woken = False

    def wake(self) -> None:
        """Start to work, or look again after the file being worked on."""
        self._is_woken = True
        if not self._is_stopping and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._work())

    async def resume(self) -> None:
        """Look for files that a stopped process has left."""
        self.wake()

    async def stop(self) -> None:
        """Wait until the part being written is written; leave the rest for later."""
        self._is_stopping = True
        if self._task is not None:
            await self._task

    async def _work(self) -> None:
        while self._is_woken and not self._is_stopping:
            self._is_woken = False
            try:
                await self._time.compare()
                while not self._is_stopping and (job := await self._next()):
                    await self._process(job)
            except Exception:  # the database may be away; the next `resume` tries again
                log.exception("imports_failed", extra={"error_id": secrets.token_hex(4)})

    async def _next(self) -> Job | None:
        # most looks find nothing, and need not write
        if not await self._store.read(is_any_free, self._clock.now()):
            return None
        return await self._store.write(take_up, self._clock.now())

    async def _process(self, job: Job) -> None:
        """Preview or write the file; tell the person the result or the reason why not."""
        try:
            work = self._new_import()
            if job.is_undo:
                await work.undo(job)
                return
            content = job.typed.encode() if job.typed else await self._fetch(job.author.workspace_id, job.file_id)
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

    def _new_import(self) -> OneFileImport:
        return OneFileImport(
            self._store,
            self._words,
            now=self._clock.now,
            is_stopping=lambda: self._is_stopping,
        )
