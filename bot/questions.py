"""Questions asked by message that a language model is to read: the model, and the worker that answers them."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from functools import partial

from agendas.errors import CadenceError
from agendas.pages.admin import failure_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import notice
from agendas.rendering.words import Words
from agendas.verbs import questions
from agendas.verbs.questions import Pending, answer_once, take_up
from assistant.by_model import LanguageModel, Server, Use
from bot.clock import Clock
from bot.settings import Settings
from storage.asked import is_any_free
from storage.database import Store, problem_of

# The language model of the settings; without a key there is none, and its library is not loaded.


def model_server(settings: Settings) -> Server | None:
    """Return the server that speaks for the model; None without a key."""
    if not settings.openai_api_key:
        return None
    # the only way to OpenAI's library, which takes 40 MiB
    from assistant.model import ModelServer

    return ModelServer(
        key=settings.openai_api_key,
        base_url=settings.openai_base_url,
        model=settings.openai_model,
        seconds=settings.model_seconds,
    )


@asynccontextmanager
async def language_model(
    settings: Settings, store: Store, words: Words, clock: Clock
) -> AsyncIterator[LanguageModel | None]:
    """Yield the model, or None without a key; each question counts against the limits kept in the store."""
    server = model_server(settings)
    if server is None:
        yield None
        return

    async def take(workspace_id: str, user_id: str, setting: str) -> questions.Allowance:
        """Take a question from the day's allowance; return what there is of it."""
        return await store.write(questions.take_from_day, workspace_id, user_id, clock.now(), setting=setting)

    async def count(workspace_id: str, user_id: str, is_read: bool, tokens: int) -> None:
        """Count what a question cost, and whether its answer was of use (`is_read`)."""
        at = clock.now()
        await store.write(questions.count_spent, workspace_id, user_id, at, is_read=is_read, tokens=tokens)

    try:
        yield LanguageModel(server, Use(take, count), words, clock.now, seconds=settings.model_seconds)
    finally:
        await server.close()


# The worker for questions that wait for a language model: answers several at once, each one once.

AT_ONCE = 4
"""Questions answered at the same time, most of it waiting for the model; a server of one's own answers few at once."""

log = logging.getLogger("cadence.questions")


class QuestionWorker:
    """Answers the questions that wait, which the database holds across processes; `wake` makes it look for some."""

    def __init__(self, store: Store, words: Words, clock: Clock, *, model_seconds: float) -> None:
        self._store = store
        self._model_seconds = model_seconds
        self._words = words
        self._clock = clock
        self._answer: Callable[[Pending], Awaitable[None]] | None = None
        self._answering: dict[int, asyncio.Task[None]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._is_stopping = False
        self._is_woken = False

    def begin(self, answer: Callable[[Pending], Awaitable[None]]) -> None:
        """Answer by this function from now on, beginning with what an earlier process left."""
        self._answer = answer
        self.wake()

    def wake(self) -> None:
        """Look for questions, or look again after the look that is under way."""
        self._is_woken = True
        is_idle = self._looking is None or self._looking.done()
        if self._answer is not None and is_idle and not self._is_stopping:
            self._looking = asyncio.create_task(self._look())

    async def resume(self) -> None:
        """Look for questions that a stopped process has left."""
        self.wake()

    async def stop(self) -> None:
        """Wait for the answers under way; leave the other questions for later."""
        self._is_stopping = True
        if self._looking is not None:
            await self._looking
        # an answer that the Stop button ended is over as well
        await asyncio.gather(*self._answering.values(), return_exceptions=True)

    def drop(self, ids: Collection[int]) -> None:
        """End the work on the questions of these ids, which are not waited for any more."""
        for row_id in ids:
            if row_id in self._answering:
                self._answering[row_id].cancel()

    async def _look(self) -> None:
        """Begin answers until AT_ONCE are under way or no question waits; again if woken meanwhile."""
        while self._is_woken and not self._is_stopping:
            self._is_woken = False
            try:
                while not self._is_stopping and len(self._answering) < AT_ONCE and (pending := await self._next()):
                    task = asyncio.create_task(self._answered(pending))
                    self._answering[pending.row.row_id] = task
                    task.add_done_callback(partial(self._done, pending.row.row_id))
            except Exception:  # the database may be away; the next `resume` tries again
                log.exception("questions_failed", extra={"error_id": secrets.token_hex(4)})

    def _done(self, row_id: int, _task: asyncio.Task[None]) -> None:
        """Make room, and look for the next question."""
        self._answering.pop(row_id, None)
        self.wake()

    async def _next(self) -> Pending | None:
        """Claim the next question, None where none waits."""
        # most looks find nothing, and need not write
        if not await self._store.read(is_any_free, self._clock.now()):
            return None
        return await self._store.write(take_up, self._clock.now(), model_seconds=self._model_seconds)

    async def _answered(self, pending: Pending) -> None:
        """Answer the question, or tell the person why not. Where the database is away, it is left for later."""
        if self._answer is None:
            return
        reference = secrets.token_hex(4)
        try:
            try:
                await self._answer(pending)
            except CadenceError as error:
                page = messages(notice(str(error)))
                await self._store.write(answer_once, pending, page, now=self._clock.now())
            except Exception as error:
                log.exception("question_failed", extra={"question": pending.row.row_id, "error_id": reference})
                if problem_of(error) is None:
                    page = messages(failure_page(reference, self._words))
                    await self._store.write(answer_once, pending, page, now=self._clock.now())
        except Exception:
            log.exception("question_not_answered", extra={"question": pending.row.row_id, "error_id": reference})
