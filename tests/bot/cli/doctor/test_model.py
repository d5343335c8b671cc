"""`cadence doctor` tries the language model, and says what is wrong with it."""

import re

import pytest

from assistant.by_model import ModelProblem
from bot.cli.doctor import ADVICE, model_findings
from bot.settings import Settings
from sandbox.workspace import PATIENCE_SECONDS
from tests.bot.cli.doctor.workspace import ExaminedWorkspace
from tests.cases import cases
from tests.fakes import openai_server as openai_server_fakes
from tests.fakes.openai_server import Answer, openai_server, says, status

KEY = "sk-0123456789abcdef"
LIMITS = (ModelProblem.PERSON_LIMIT, ModelProblem.WORKSPACE_LIMIT)


async def test_a_model_that_reads_is_named_with_its_server_and_sent_no_data(
    workspace: ExaminedWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.installed("ann", "bob")
    async with openai_server(says({"subject": "accounts", "form": "list"})) as server:
        for name, value in {"KEY": KEY, "MODEL": "small"}.items():
            monkeypatch.setenv(f"OPENAI_{'API_KEY' if name == 'KEY' else name}", value)
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("CADENCE_MODEL_SECONDS", "60")
        [(verdict, text)] = (await workspace.says())["model"]
        [call] = server.calls
    assert verdict == "ok"
    assert re.match(rf"small at 127\.0\.0\.1:{server.port} reads a question in \d+\.\d s", text), text
    assert KEY not in workspace.printed
    assert (call.told["accounts"], call.told["people"], call.told["segments"]) == ({}, {}, {})


async def test_without_a_key_it_is_not_mentioned_unless_a_model_is_named() -> None:
    assert await model_findings(Settings()) == []
    [found] = await model_findings(Settings(openai_model="small"))
    assert (found.verdict, "OPENAI_API_KEY" in found.text) == ("look", True)


@cases(
    ("answer", "verdict", "text"),
    [
        (status(401)(None), "wrong", "refused the key (401): copy OPENAI_API_KEY again."),
        (status(404)(None), "wrong", "check OPENAI_MODEL and OPENAI_BASE_URL"),
        (status(429)(None), "look", "takes no more requests now (429)"),
        (status(500)(None), "look", "failed (500)"),
        (openai_server_fakes.REDIRECT, "wrong", "sends elsewhere (302)"),
        (openai_server_fakes.HANGS_UP, "wrong", "cannot be reached"),
        (openai_server_fakes.HTML, "wrong", "does not answer with the JSON"),
        (openai_server_fakes.PROSE, "wrong", "use a model that follows instructions"),
        (openai_server_fakes.HUGE, "wrong", "answers with more than a reading can be"),
        (openai_server_fakes.NEVER, "look", "did not answer within 0.3 s"),
    ],
)
async def test_what_is_wrong_is_said_with_what_to_do(answer: Answer, verdict: str, text: str) -> None:
    seconds = 0.3 if answer is openai_server_fakes.NEVER else PATIENCE_SECONDS
    async with openai_server(lambda _call: answer) as server:
        settings = Settings(
            openai_api_key=KEY, openai_model="small", openai_base_url=server.base_url, model_seconds=seconds
        )
        [found] = await model_findings(settings)
    assert found.verdict == verdict
    assert text in found.text
    assert "read by rules alone" in found.text
    assert KEY not in found.text


def test_every_problem_of_a_server_has_its_advice() -> None:
    assert set(ADVICE) == set(ModelProblem) - set(LIMITS)
