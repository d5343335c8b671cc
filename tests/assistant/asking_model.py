"""Questions of the world put to a model on the fake server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agendas.rendering.words import Words
from agendas.verbs.questions import Allowance
from assistant.by_model import LanguageModel, ModelProblem, ModelQuestion, Use, question_for_model, reading_of
from assistant.conversation import LastAnswer
from assistant.names import Asked
from assistant.remark import Reading, Remark, RemarkKind
from tests.assistant.world import NOW, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.fakes.openai_server import FakeOpenAI, Script, openai_server

if TYPE_CHECKING:
    from assistant.model import ModelServer

WORDS = Words()
UNREAD = Reading(remark=Remark(RemarkKind.UNREAD))
SECONDS = 5.0


@dataclass(slots=True)
class Counted:
    """The day's limits, which allow everything unless told otherwise."""

    allowance: Allowance = Allowance.ALLOWED
    taken: int = 0
    was_read: int = 0
    tokens: int = 0

    async def take(self, _workspace_id: str, _user_id: str, _setting: str) -> Allowance:
        self.taken += 1
        return self.allowance

    async def count(self, _workspace_id: str, _user_id: str, is_read: bool, tokens: int) -> None:
        self.was_read += is_read
        self.tokens += tokens


@dataclass(slots=True)
class Asking:
    model: LanguageModel
    speaker: "ModelServer"
    server: FakeOpenAI
    use: Counted

    async def read(self, question: ModelQuestion) -> tuple[Reading | None, ModelProblem | None]:
        return await self.model.ask(reading_of(question))


@asynccontextmanager
async def asking(script: Script, *, seconds: float = SECONDS, base_url: str = "") -> AsyncIterator[Asking]:
    from assistant.model import ModelServer  # its library takes longest of all to load, which most runs do not need

    async with openai_server(script) as fake:
        server = ModelServer(key="key-of-test", base_url=base_url or fake.base_url, model="small", seconds=seconds)
        use = Counted()
        model = LanguageModel(server, Use(use.take, use.count), WORDS, lambda: NOW, seconds=seconds)
        try:
            yield Asking(model, server, fake, use)
        finally:
            await server.close()


def question(
    text: str,
    *,
    asker: str = "nora",
    by_rules: Reading = UNREAD,
    last: LastAnswer | None = None,
    workspace_id: str = "T0WORLD",
    here: int | None = None,
    is_empty: bool = False,
) -> ModelQuestion:
    asked = Asked(PEOPLE[asker].user_id, here, "U0BOT")
    given = {"workspace_id": workspace_id, "today": TODAY, "by_rules": by_rules, "last": last, "is_empty": is_empty}
    found = question_for_model(text, WorldNames(asker), asked, **given)
    assert found is not None
    return found
