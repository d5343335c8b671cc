"""Ask a model to read one question, and once more where its answer cannot be read."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from pydantic import ValidationError

from agendas.rendering.words import Words
from assistant.by_model.problems import ModelFailed, ModelProblem
from assistant.by_model.prompt import Message, again, request
from assistant.by_model.question import ModelQuestion
from assistant.by_model.schema import Handles, Heard, InventedName, Said, heard, schema

TIMES_ASKED = 2


class Server(Protocol):
    """A server that speaks for a model: `assistant.model` knows the real one."""

    async def ask(self, messages: Sequence[Message], schema: Mapping[str, object]) -> str:
        """Return the text that the model says. Raises ModelFailed."""

    async def close(self) -> None:
        """Close the connections."""


async def ask_model(server: Server, question: ModelQuestion, words: Words) -> Heard:
    """Return what the model read, of the names it was given alone. Raises ModelFailed."""
    handles, messages = Handles.of(question), request(question, words)
    for _ in range(TIMES_ASKED):
        answer = await server.ask(messages, schema())
        try:
            return heard(Said.model_validate_json(_object_in(answer)), handles)
        except InventedName:
            wrong = words.raw("model.invented")
        except ValidationError:
            wrong = words.raw("model.no_json")
        messages = again(messages, answer, wrong, words)
    raise ModelFailed(ModelProblem.NO_JSON)


def _object_in(answer: str) -> str:
    """Return the JSON object in an answer that may have a fence or thoughts around it."""
    return answer[answer.find("{") : answer.rfind("}") + 1]
