"""Files given in Slack, imported in the background."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime

from agendas.errors import CadenceError
from agendas.rendering.words import Words
from agendas.verbs.import_runs import Job, Undone, finish, let_go, show, take_up
from agendas.verbs.imports import (
    Writing,
    begin,
    begin_taking_back,
    drawn_preview,
    drawn_proposals,
    end,
    end_taking_back,
    end_with_nothing,
    read_file,
    take_back_part,
    tell_of_unseen,
    write_part,
)
from agendas.verbs.privacy import as_seen_by
from bot.clock import Clock, SystemClock
from bot.store import DatabaseTime
from storage.database import Store, problem_of
from storage.imports import is_any_free

# Preview and import of one file uploaded in Slack, and the undoing of an import.


class OneFileImport:
    """Previews or imports the file of one job.

    `now` returns the instant, and `is_stopping` whether the process ends: then the rest of the file is left for later.
    """

    def __init__(
        self, store: Store, words: Words, *, now: Callable[[], datetime], is_stopping: Callable[[], bool]
    ) -> None:
        self._store = store
        self._words = words
        self._now = now
        self._is_stopping = is_stopping

    async def show(self, job: Job, content: bytes) -> None:
        """Send the preview of the file, with the questions to answer before it can be written."""
        shown = as_seen_by(job.audience, self._now(), drawn_preview)
        preview, questions = await self._store.read_long(shown, job, content, self._words)
        await self._store.write(show, job, preview, questions)

    async def write(self, job: Job, content: bytes) -> None:
        """Write the file in parts, and send the outcome."""
        read = await self._store.read_long(as_seen_by(job.audience, self._now(), read_file), job, content)
        await self._store.write(tell_of_unseen, job, read, now=self._now())
        if read.plan.changes_nothing:
            # an earlier attempt or somebody else wrote it all
            if job.run_id is not None:
                await self._store.write(end, Writing(job, read.kind, job.run_id, read.plan), self._words)
            else:
                await self._store.write(end_with_nothing, job, read, self._words)
            return
        writing = await self._store.write(begin, job, read, now=self._now())
        left_out: list[int] = []
        for part in read.kind.parts(read.plan):
            if self._is_stopping():
                await self._store.write(let_go, job)
                return
            left_out += await self._store.write(write_part, writing, part, now=self._now())
        proposals = as_seen_by(job.audience, self._now(), drawn_proposals)
        proposed = await self._store.read_long(proposals, writing, self._words, now=self._now())
        await self._store.write(end, writing, self._words, left_out=left_out, proposed=proposed)

    async def undo(self, job: Job) -> None:
        """Take the import back in parts, and send the outcome."""
        taking = await self._store.write(begin_taking_back, job, now=self._now())
        undone = Undone()
        for part in taking.parts:
            if self._is_stopping():
                await self._store.write(let_go, job)
                return
            undone += await self._store.write(take_back_part, taking, part, now=self._now())
        await self._store.write(end_taking_back, taking, undone, self._words, now=self._now())


# The worker for files uploaded in Slack: sends previews and writes confirmed imports, one file at a time.

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
            work = OneFileImport(self._store, self._words, now=self._clock.now, is_stopping=lambda: self._is_stopping)
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
