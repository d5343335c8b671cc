import json
import re
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator

from agendas.facts.found import NOBODY
from agendas.verbs.questions import Allowance
from assistant.by_model import ModelProblem, ModelReading, schema
from assistant.conversation import LastAnswer
from assistant.query import Form, Period, Query, Subject
from assistant.reading.tokens import Reading
from assistant.remark import Deed, Remark, RemarkKind
from tests.assistant.by_model.asking import asking, question
from tests.assistant.world import ACCOUNTS, PEOPLE
from tests.cases import cases
from tests.fakes import openai_server
from tests.fakes.openai_server import Answer, Call, quoting, said, says, status

CORVANE = ACCOUNTS["corvane"].account_id


def handle(call: Call, name: str) -> str:
    """The handle that the model was given for this name."""
    known = call.told["accounts"] | call.told["people"] | call.told["segments"]
    return next(key for key, value in known.items() if value == name)


async def test_a_model_reads_a_question_into_a_query_with_the_names_it_was_given() -> None:
    def read(call: Call) -> Answer:
        corvane, tomas = handle(call, "Corvane Logistics"), handle(call, "Tomas Rehak")
        return quoting(
            call,
            {
                "subject": "actions",
                "form": "list",
                "of": [corvane],
                "whose": [tomas],
                "owners": ["me", "nobody"],
                "fields": None,
                "first_day": "2026-11-23",
                "last_day": "2026-11-29",
                "about": "quaxes",
            },
        )

    async with asking(read) as to:
        found = await to.model.read(question("is tomas fromping his zibbel on quaxes at corvane"))
        assert to.use.taken == to.use.was_read == 1
    nora, tomas = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id
    assert found == ModelReading(
        Reading(
            query=Query(
                Subject.ACTIONS,
                Form.LIST,
                of=(CORVANE,),
                owners=(nora, NOBODY),
                whose=(tomas,),
                about="quaxes",
                period=Period(date(2026, 11, 23), date(2026, 11, 29)),
            ),
            is_by_model=True,
        )
    )


async def test_a_model_may_find_that_it_is_no_question() -> None:
    async with asking(says({"remark": "news", "deeds": ["move"]})) as to:
        found = await to.model.read(question("they put ink on it this morning"))
    assert found.reading is not None
    assert found.reading.remark == Remark(RemarkKind.NEWS, deeds=(Deed.MOVE,))


async def test_the_question_the_last_query_and_near_names_are_sent_and_nothing_else() -> None:
    last = LastAnswer(Query(Subject.BLOCKERS, Form.LIST, of=(CORVANE,), period=Period(date(2026, 11, 1))), listed=(8,))
    async with asking(says({"remark": "unread"})) as to:
        await to.model.read(
            question(f"<@U0BOT> so what bugs <@{PEOPLE['tomas'].user_id}> about halden &amp; co?", last=last)
        )
        [call] = to.server.calls
    assert call.told == {
        "question": "so what bugs @Tomas Rehak about halden & co?",
        "today": "2026-11-26 Thursday",
        "accounts": {"a1": "Halden Pumpworks", "a2": "Corvane Logistics", "a3": "Merrow Health"},
        "people": {"p1": "Tomas Rehak"},
        "segments": {},
        "channel_of": None,
        "last": {"subject": "blockers", "form": "list", "of": ["a2"], "first_day": "2026-11-01"},
    }
    text = json.dumps(call.body)
    assert not any(each.user_id in text for each in PEOPLE.values())
    assert call.body["max_tokens"] <= 600
    assert call.headers["authorization"] == "Bearer key-of-test"


async def test_names_that_the_asker_may_not_see_are_not_sent() -> None:
    async with asking(says({"remark": "unread"})) as to:
        for asker in ("nora", "priya"):
            await to.model.read(question("what bugs orrin rail", asker=asker))
        names = [call.told["accounts"].values() for call in to.server.calls]
    assert ["Orrin Rail" in each for each in names] == [False, True]


async def test_at_most_fifty_names_are_sent() -> None:
    text = (
        "foods rail health robotics logistics energy nora tomas may priya ines paula lee mark will alex financial food"
    )
    async with asking(says({"remark": "unread"})) as to:
        await to.model.read(question(text))
        [call] = to.server.calls
    assert 20 < sum(len(call.told[each]) for each in ("accounts", "people", "segments")) <= 50


async def test_an_answer_that_cannot_be_read_is_asked_for_once_more() -> None:
    fenced = said('```json\n{"subject": "blockers", "form": "list", "because": "bugs us"}\n```')
    answers = iter([openai_server.PROSE, fenced])
    async with asking(lambda _call: next(answers)) as to:
        found = await to.model.read(question("what bugs us"))
        first, second = to.server.calls
    assert found.reading.query == Query(Subject.BLOCKERS, Form.LIST)
    assert [each["role"] for each in second.body["messages"]] == ["system", "user", "assistant", "user"]
    assert second.body["messages"][:2] == first.body["messages"]


async def test_a_server_without_json_by_schema_is_asked_without_it_from_then_on() -> None:
    async with asking(openai_server.without_schema({"subject": "blockers", "form": "list"})) as to:
        for _ in range(2):
            assert (await to.model.read(question("what bugs us"))).reading is not None
        assert [call.has_schema for call in to.server.calls] == [True, False, False]


async def test_a_model_that_wants_other_words_for_its_limits_gets_them() -> None:
    def picky(call: Call) -> Answer:
        if "max_tokens" in call.body:
            return status(400, "Use 'max_completion_tokens' instead.")(call)
        if "temperature" in call.body:
            return status(400, "'temperature' does not support 0 with this model.")(call)
        return quoting(call, {"subject": "blockers", "form": "list"})

    async with asking(picky) as to:
        found = await to.model.read(question("what bugs us"))
        assert found.reading is not None
        assert to.server.calls[-1].has_schema
        assert to.server.calls[-1].body["max_completion_tokens"] > 0


@cases(
    ("allowance", "problem"),
    [
        (Allowance.OFF, None),
        (Allowance.TOLD, None),
        (Allowance.PERSON_LIMIT, ModelProblem.PERSON_LIMIT),
        (Allowance.WORKSPACE_LIMIT, ModelProblem.WORKSPACE_LIMIT),
    ],
)
async def test_a_model_that_is_off_or_used_up_is_not_asked(allowance: Allowance, problem: ModelProblem | None) -> None:
    async with asking(says({"remark": "help"})) as to:
        to.use.allowance = allowance
        assert await to.model.read(question("what bugs us")) == ModelReading(problem=problem)
        assert to.server.calls == []


def test_the_schema_is_strict_and_holds_words_that_every_server_knows() -> None:
    found: Any = schema()
    assert set(found["required"]) == set(found["properties"])
    assert found["additionalProperties"] is False
    words = set(re.findall(r'"([a-zA-Z$]+)":', json.dumps({"$defs": found["$defs"]})))
    words |= {word for each in found["properties"].values() for word in each}
    assert words - set(found["$defs"]) <= {"$defs", "$ref", "type", "enum", "items", "anyOf", "format"}
    assert len(json.dumps(found)) < 8_000
    Draft202012Validator.check_schema(found)
    by = found["properties"]["by"] | {"$defs": found["$defs"]}
    assert [Draft202012Validator(by).is_valid(value) for value in (None, "value", "weather")] == [True, True, False]
