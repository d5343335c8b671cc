"""The language model of the settings; without a key there is none, and its library is not loaded."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agendas.rendering.words import Words
from agendas.verbs.questions import model_use
from assistant.by_model.ask import Server
from assistant.by_model.reader import QuestionModel, Use
from bot.clock import Clock
from bot.settings import Settings
from storage.database.engine import Store


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
async def question_model(
    settings: Settings, store: Store, words: Words, clock: Clock
) -> AsyncIterator[QuestionModel | None]:
    """Give the model until the block ends, within the limits that the store counts; None without a key."""
    server = model_server(settings)
    if server is None:
        yield None
        return

    async def take(workspace_id: str, user_id: str) -> model_use.Allowance:
        return await store.write(model_use.take, workspace_id, user_id, clock.now())

    async def count_read(workspace_id: str, user_id: str) -> None:
        await store.write(model_use.count_read, workspace_id, user_id, clock.now())

    try:
        yield QuestionModel(server, Use(take, count_read), words, clock.now, seconds=settings.model_seconds)
    finally:
        await server.close()
