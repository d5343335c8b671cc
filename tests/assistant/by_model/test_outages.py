import logging

import pytest

from assistant.by_model import ModelProblem, ModelReading
from tests.assistant.by_model.asking import asking, question
from tests.cases import cases
from tests.fakes import openai_server
from tests.fakes.openai_server import said, says, status

WRONG = {
    "prose": (openai_server.PROSE, ModelProblem.NO_JSON),
    "another language": (openai_server.OTHER_LANGUAGE, ModelProblem.NO_JSON),
    "html": (openai_server.HTML, ModelProblem.NO_JSON),
    "html said": (openai_server.HTML_SAID, ModelProblem.NO_JSON),
    "another type": (openai_server.WRONG_TYPE, ModelProblem.NO_JSON),
    "garbled": (openai_server.GARBLED, ModelProblem.NO_JSON),
    "nothing": (openai_server.EMPTY, ModelProblem.NO_JSON),
    "no choices": (openai_server.NO_CHOICES, ModelProblem.NO_JSON),
    "deep": (openai_server.DEEP, ModelProblem.NO_JSON),
    "packed": (openai_server.PACKED, ModelProblem.NO_JSON),
    "an invented account": (openai_server.INVENTED, ModelProblem.NO_JSON),
    "an unknown word": (said('{"subject": "weather", "form": "list"}'), ModelProblem.NO_JSON),
    "a subject alone": (said('{"subject": "actions"}'), ModelProblem.NO_JSON),
    "days turned round": (
        said('{"subject": "actions", "form": "list", "first_day": "2026-11-30", "last_day": "2026-11-01"}'),
        ModelProblem.NO_JSON,
    ),
    "a tier that there is not": (said('{"subject": "accounts", "form": "list", "tiers": [9]}'), ModelProblem.NO_JSON),
    "40 MB": (openai_server.HUGE, ModelProblem.TOO_LARGE),
    "40 MB of refusal": (openai_server.HUGE_REFUSAL, ModelProblem.REFUSED),
    "cut off": (openai_server.CUT_OFF, ModelProblem.FAILED),
    "hung up": (openai_server.HANGS_UP, ModelProblem.UNREACHED),
    "sent elsewhere": (openai_server.REDIRECT, ModelProblem.REDIRECTED),
    "key refused": (status(401)(None), ModelProblem.KEY_REFUSED),
    "not found": (status(404)(None), ModelProblem.NOT_FOUND),
    "too many": (status(429)(None), ModelProblem.TOO_MANY),
    "failed": (status(500)(None), ModelProblem.FAILED),
    "refused": (status(400, "no")(None), ModelProblem.REFUSED),
}


@cases("answer", WRONG)
async def test_an_answer_that_cannot_be_used_leaves_the_reading_by_rules_and_is_told_once(
    answer: str, caplog: pytest.LogCaptureFixture
) -> None:
    script, problem = WRONG[answer]
    caplog.set_level(logging.DEBUG)
    async with asking(lambda _call: script) as to:
        outcomes = [
            await to.model.read(question("what bugs corvane", workspace_id=each)) for each in ("T1", "T1", "T2")
        ]
        assert to.server.sent < 16 * 2**20
    assert [(each.reading, each.problem) for each in outcomes] == [(None, problem), (None, None), (None, problem)]
    assert "key-of-test" not in caplog.text
    assert "bugs" not in caplog.text


async def test_a_model_that_never_answers_is_waited_for_no_longer_than_the_time() -> None:
    async with asking(lambda _call: openai_server.NEVER, seconds=0.05) as to:
        found = await to.model.read(question("what bugs corvane"))
        assert len(to.server.calls) == 1
    assert found == ModelReading(problem=ModelProblem.TOO_LATE)


async def test_a_server_that_is_not_there_is_told() -> None:
    async with asking(says({}), base_url="http://127.0.0.1:9/v1") as to:
        found = await to.model.read(question("what bugs corvane"))
    assert found.problem is ModelProblem.UNREACHED


async def test_after_three_failures_in_a_row_nobody_waits_for_the_model_for_a_minute() -> None:
    async with asking(status(500)) as to:
        for _ in range(5):
            await to.model.read(question("what bugs corvane"))
        assert len(to.server.calls) == 3


async def test_an_outage_that_ended_is_told_again_when_the_next_begins() -> None:
    async with asking(status(500)) as to:
        problems = []
        for script in (status(500), status(500), says({"remark": "help"}), status(500)):
            to.server.script = script
            problems.append((await to.model.read(question("what bugs corvane"))).problem)
    assert problems == [ModelProblem.FAILED, None, None, ModelProblem.FAILED]
