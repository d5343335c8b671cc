"""Reading by a language model: asked once for each question that the rules are not sure of, and checked."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from agendas.rendering.words import Words
from agendas.verbs.questions.model_use import Allowance
from assistant.by_model.ask import Server, ask_model
from assistant.by_model.checks import is_taken
from assistant.by_model.problems import ModelFailed, ModelProblem
from assistant.by_model.question import ModelQuestion
from assistant.query import Query
from assistant.reading.result import Reading

FAILURES_IN_A_ROW = 3
LEFT_ALONE_FOR = timedelta(seconds=60)
"""After three failures in a row nobody waits for the model so long. Ours."""

LIMITS: Mapping[Allowance, ModelProblem] = {
    Allowance.PERSON_LIMIT: ModelProblem.PERSON_LIMIT,
    Allowance.WORKSPACE_LIMIT: ModelProblem.WORKSPACE_LIMIT,
}

log = logging.getLogger("cadence.model")


@dataclass(frozen=True, slots=True)
class Use:
    """The day's limits of a workspace.

    Attributes:
        take: given workspace and person, counts a question to the model, or says why it may not be asked.
        count_read: given workspace and person, counts a question that it read.
    """

    take: Callable[[str, str], Awaitable[Allowance]]
    count_read: Callable[[str, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ModelReading:
    """The outcome of a question given to a model.

    Attributes:
        reading: the model's, with `is_by_model`; None where the rules' reading stands.
        problem: what the person is told of why no model took part; None where there is nothing to say.
    """

    reading: Reading | None = None
    problem: ModelProblem | None = None


class QuestionModel:
    """Reads questions by a language model, within a time and the day's limits.

    An outage is told once in each workspace; what the rules did not understand stays named under each answer.
    """

    def __init__(self, server: Server, use: Use, words: Words, now: Callable[[], datetime], *, seconds: float) -> None:
        self._server = server
        self._use = use
        self._words = words
        self._now = now
        self._seconds = seconds
        self._told: set[str] = set()
        self._failures = 0
        self._failed_at: datetime | None = None

    async def read(self, question: ModelQuestion) -> ModelReading:
        """Return the model's reading, or why there is none. Raises nothing of the model's: the rules' then stands."""
        if self._is_left_alone():
            return self._told_once(question.workspace_id, ModelProblem.UNREACHED)
        allowance = await self._use.take(question.workspace_id, question.user_id)
        if allowance is not Allowance.ALLOWED:
            return ModelReading(problem=LIMITS.get(allowance))
        try:
            async with asyncio.timeout(self._seconds):
                found = await ask_model(self._server, question, self._words)
        except TimeoutError:
            return self._failed(question, ModelFailed(ModelProblem.TOO_LATE))
        except ModelFailed as failure:
            return self._failed(question, failure)
        self._failures, self._told = 0, set()
        if not is_taken(found, question):
            log.info("model_reading_refused", extra={"workspace": question.workspace_id})
            return ModelReading()
        await self._use.count_read(question.workspace_id, question.user_id)
        query, remark = (found.reading, None) if isinstance(found.reading, Query) else (None, found.reading)
        read = Reading(query=query, remark=remark, taken=question.by_rules.taken, is_by_model=True)
        return ModelReading(read)

    def _is_left_alone(self) -> bool:
        if self._failures < FAILURES_IN_A_ROW or self._failed_at is None:
            return False
        return self._now() - self._failed_at < LEFT_ALONE_FOR

    def _failed(self, question: ModelQuestion, failure: ModelFailed) -> ModelReading:
        self._failures, self._failed_at = self._failures + 1, self._now()
        log.warning("model_failed", extra={"problem": failure.problem.value, "detail": failure.detail})
        return self._told_once(question.workspace_id, failure.problem)

    def _told_once(self, workspace_id: str, problem: ModelProblem) -> ModelReading:
        if workspace_id in self._told:
            return ModelReading()
        self._told.add(workspace_id)
        return ModelReading(problem=problem)
