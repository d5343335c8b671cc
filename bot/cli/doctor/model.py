"""The doctor's check of the language model: one small request about nobody's data."""

import asyncio
from collections.abc import Mapping
from datetime import date
from time import perf_counter
from urllib.parse import urlsplit

from agendas.rendering.words import Words
from assistant.by_model.ask import Server, ask_model
from assistant.by_model.problems import ModelFailed, ModelProblem
from assistant.by_model.question import ModelQuestion
from assistant.reading.result import Reading
from bot.cli.doctor.report import Finding, look, ok, wrong
from bot.questions.model import model_server
from bot.settings import Settings

QUESTION = ModelQuestion("", "", "which accounts have no owner", date(2026, 1, 1), Reading())

BY_RULES = "Until then questions are read by rules alone."
WITHOUT_KEY = "OPENAI_MODEL is set without OPENAI_API_KEY, so no model is used: without keys give any word."

ADVICE: Mapping[ModelProblem, str] = {
    ModelProblem.UNREACHED: "cannot be reached ({detail}): check OPENAI_BASE_URL, and that the server runs.",
    ModelProblem.TOO_LATE: "did not answer within {seconds:g} s: use a smaller model, or raise CADENCE_MODEL_SECONDS.",
    ModelProblem.KEY_REFUSED: "refused the key ({detail}): copy OPENAI_API_KEY again.",
    ModelProblem.NOT_FOUND: "knows no such model or address ({detail}): check OPENAI_MODEL and OPENAI_BASE_URL, which "
    "often ends in /v1.",
    ModelProblem.TOO_MANY: "takes no more requests now ({detail}): see its limits, or what is left to pay.",
    ModelProblem.REFUSED: "refused the request ({detail}): use a model that can chat.",
    ModelProblem.FAILED: "failed ({detail}): run this again in a minute, and see the server's log.",
    ModelProblem.REDIRECTED: "sends elsewhere ({detail}): write the address it sends to into OPENAI_BASE_URL.",
    ModelProblem.TOO_LARGE: "answers with more than a reading can be: use another model.",
    ModelProblem.NO_JSON: "does not answer with the JSON that is asked for: use a model that follows instructions, or "
    "check that OPENAI_BASE_URL is that of an OpenAI-compatible server.",
}
PASSING = (ModelProblem.TOO_LATE, ModelProblem.TOO_MANY, ModelProblem.FAILED)
"""Problems that may be gone in a minute."""


async def model_findings(settings: Settings) -> list[Finding]:
    """Return whether the model reads a question in its time; nothing where no model is set."""
    server = model_server(settings) if settings.openai_model else None
    if server is None:
        is_half = bool(settings.openai_model) and not settings.problems
        return [look("model", WITHOUT_KEY)] if is_half else []
    try:
        return [await _tried(server, settings)]
    finally:
        await server.close()


async def _tried(server: Server, settings: Settings) -> Finding:
    seconds, began_at = settings.model_seconds, perf_counter()
    try:
        async with asyncio.timeout(seconds):
            await ask_model(server, QUESTION, Words())
    except TimeoutError:
        return _finding(ModelFailed(ModelProblem.TOO_LATE), settings)
    except ModelFailed as failure:
        return _finding(failure, settings)
    took = perf_counter() - began_at
    return ok("model", f"{_who(settings)} reads a question in {took:.1f} s, of {seconds:g} s that it has.")


def _finding(failure: ModelFailed, settings: Settings) -> Finding:
    advice = ADVICE[failure.problem].format(detail=failure.detail or failure.problem, seconds=settings.model_seconds)
    verdict = look if failure.problem in PASSING else wrong
    return verdict("model", f"{_who(settings)} {advice} {BY_RULES}")


def _who(settings: Settings) -> str:
    url = urlsplit(settings.openai_base_url)
    host = f"{url.hostname}:{url.port}" if url.port else url.hostname
    return f"{settings.openai_model} at {host}"
