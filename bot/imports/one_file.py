"""Preview and import of one file uploaded in Slack, and the undoing of an import."""

from collections.abc import Callable
from datetime import datetime

from agendas.rendering.words import Words
from agendas.verbs.imports.jobs import Job, let_go, show
from agendas.verbs.imports.past import begin_taking_back, end_taking_back, take_back_part
from agendas.verbs.imports.preview import (
    ReadFile,
    Writing,
    begin,
    drawn_preview,
    drawn_proposals,
    end,
    end_with_nothing,
    read_file,
    tell_of_unseen,
    write_part,
)
from agendas.verbs.imports.undo import Undone
from agendas.verbs.privacy.audience import as_seen_by
from storage.database.engine import Store


class OneFileImport:
    """Previews or imports the file of one job.

    `now` returns the instant, and `is_stopping` whether the process ends: then the rest of the file is left for later.
    """

    def __init__(
        self,
        store: Store,
        words: Words,
        *,
        now: Callable[[], datetime],
        is_stopping: Callable[[], bool],
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
            await self._end_without_writing(job, read)
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

    async def _end_without_writing(self, job: Job, read: ReadFile) -> None:
        """End a job with nothing left to write, because an earlier attempt or somebody else wrote it all."""
        if job.run_id is not None:
            await self._store.write(end, Writing(job, read.kind, job.run_id, read.plan), self._words)
        else:
            await self._store.write(end_with_nothing, job, read, self._words)
