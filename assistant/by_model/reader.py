"""Reading by a language model: asked once for each question that the rules are not sure of, and checked."""

from dataclasses import dataclass

from assistant.by_model.problems import ModelProblem
from assistant.by_model.question import ModelQuestion
from assistant.reading.result import Reading


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
    """Reads questions by a language model, within a time and the day's limits."""

    async def read(self, question: ModelQuestion) -> ModelReading:
        """Return the model's reading, or why there is none. Raises nothing: the rules' reading then stands."""
        raise NotImplementedError
