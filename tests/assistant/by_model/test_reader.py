import json
import logging
from datetime import date

import pytest

from agendas.facts.list_filter import NOBODY
from agendas.verbs.questions.model_use import Allowance
from assistant.by_model.problems import ModelProblem
from assistant.by_model.question import LONGEST_CHARACTERS, may_read
from assistant.by_model.reader import ModelReading
from assistant.conversation import LastAnswer
from assistant.query import Field, Form, Having, Period, Query, Subject
from assistant.reading.result import Choice, Reading
from assistant.remark import Deed, Remark, RemarkKind
from tests.assistant.by_model.asking import asking, question
from tests.assistant.world import ACCOUNTS, PEOPLE
from tests.fakes import openai_server as fake
from tests.fakes.openai_server import Answer, Call, said, says, status

CORVANE = ACCOUNTS["corvane"].account_id


def handle(call: Call, name: str) -> str:
    """The handle that the model was given for this name."""
    known = call.told["accounts"] | call.told["people"] | call.told["segments"]
    return next(key for key, value in known.items() if value == name)


async def test_a_model_reads_a_question_into_a_query_with_the_names_it_was_given() -> None:
    def read(call: Call) -> Answer:
        corvane, tomas = handle(call, "Corvane Logistics"), handle(call, "Tomas Rehak")
        return said(
            json.dumps(
                {
                    "subject": "actions",
                    "form": "list",
                    "of": [corvane],
                    "whose": [tomas, "me"],
                    "owners": ["nobody"],
                    "fields": None,
                    "first_day": "2026-11-23",
                    "last_day": "2026-11-29",
                    "about": "paperwork",
                }
            )
        )

    async with asking(read) as to:
        found = await to.model.read(question("is tomas dragging his feet on paperwork at corvane"))
        assert to.use.taken == to.use.was_read == 1
    nora, tomas = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id
    assert found == ModelReading(
        Reading(
            query=Query(
                Subject.ACTIONS,
                Form.LIST,
                of=(CORVANE,),
                owners=(NOBODY,),
                whose=(tomas, nora),
                about="paperwork",
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
        await to.model.read(question(f"<@U0BOT> so what bugs <@{PEOPLE['tomas'].user_id}> about halden?", last=last))
        [call] = to.server.calls
    assert call.told == {
        "question": "so what bugs @Tomas Rehak about halden?",
        "today": "2026-11-26 Thursday",
        "accounts": {"a1": "Corvane Logistics", "a2": "Merrow Health", "a3": "Halden Pumpworks"},
        "people": {"p1": "Tomas Rehak"},
        "segments": {},
        "channel_of": None,
        "last": {"subject": "blockers", "form": "list", "of": ["a1"], "first_day": "2026-11-01"},
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


WRONG = {
    "prose": (fake.PROSE, ModelProblem.NO_JSON),
    "another language": (fake.OTHER_LANGUAGE, ModelProblem.NO_JSON),
    "html": (fake.HTML, ModelProblem.NO_JSON),
    "html said": (fake.HTML_SAID, ModelProblem.NO_JSON),
    "another type": (fake.WRONG_TYPE, ModelProblem.NO_JSON),
    "garbled": (fake.GARBLED, ModelProblem.NO_JSON),
    "nothing": (fake.EMPTY, ModelProblem.NO_JSON),
    "no choices": (fake.NO_CHOICES, ModelProblem.NO_JSON),
    "deep": (fake.DEEP, ModelProblem.NO_JSON),
    "packed": (fake.PACKED, ModelProblem.NO_JSON),
    "an invented account": (fake.INVENTED, ModelProblem.NO_JSON),
    "an unknown word": (said('{"subject": "weather", "form": "list"}'), ModelProblem.NO_JSON),
    "a subject alone": (said('{"subject": "actions"}'), ModelProblem.NO_JSON),
    "days turned round": (
        said('{"subject": "actions", "form": "list", "first_day": "2026-11-30", "last_day": "2026-11-01"}'),
        ModelProblem.NO_JSON,
    ),
    "a tier that there is not": (said('{"subject": "accounts", "form": "list", "tiers": [9]}'), ModelProblem.NO_JSON),
    "40 MB": (fake.HUGE, ModelProblem.TOO_LARGE),
    "40 MB of refusal": (fake.HUGE_REFUSAL, ModelProblem.REFUSED),
    "cut off": (fake.CUT_OFF, ModelProblem.FAILED),
    "hung up": (fake.HANGS_UP, ModelProblem.UNREACHED),
    "sent elsewhere": (fake.REDIRECT, ModelProblem.REDIRECTED),
    "key refused": (status(401)(None), ModelProblem.KEY_REFUSED),
    "not found": (status(404)(None), ModelProblem.NOT_FOUND),
    "too many": (status(429)(None), ModelProblem.TOO_MANY),
    "failed": (status(500)(None), ModelProblem.FAILED),
    "refused": (status(400, "no")(None), ModelProblem.REFUSED),
}


@pytest.mark.parametrize("answer", WRONG)
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
    async with asking(lambda _call: fake.NEVER, seconds=0.05) as to:
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


async def test_an_answer_that_cannot_be_read_is_asked_for_once_more() -> None:
    answers = iter([fake.PROSE, said('```json\n{"subject": "blockers", "form": "list"}\n```')])
    async with asking(lambda _call: next(answers)) as to:
        found = await to.model.read(question("what bugs us"))
        first, second = to.server.calls
    assert found.reading.query == Query(Subject.BLOCKERS, Form.LIST)
    assert [each["role"] for each in second.body["messages"]] == ["system", "user", "assistant", "user"]
    assert second.body["messages"][:2] == first.body["messages"]


async def test_a_server_without_json_by_schema_is_asked_without_it_from_then_on() -> None:
    async with asking(fake.without_schema({"subject": "blockers", "form": "list"})) as to:
        for _ in range(2):
            assert (await to.model.read(question("what bugs us"))).reading is not None
        assert [call.has_schema for call in to.server.calls] == [True, False, False]


async def test_a_model_that_wants_other_words_for_its_limits_gets_them() -> None:
    def picky(call: Call) -> Answer:
        if "max_tokens" in call.body:
            return status(400, "Use 'max_completion_tokens' instead.")(call)
        if "temperature" in call.body:
            return status(400, "'temperature' does not support 0 with this model.")(call)
        return said('{"subject": "blockers", "form": "list"}')

    async with asking(picky) as to:
        found = await to.model.read(question("what bugs us"))
        assert found.reading is not None
        assert to.server.calls[-1].has_schema
        assert to.server.calls[-1].body["max_completion_tokens"] > 0


@pytest.mark.parametrize(
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


CARD = Query(Subject.ACCOUNTS, Form.CARD, of=(CORVANE,))
DUE = Query(Subject.ACTIONS, Form.LIST, period=Period(date(2026, 11, 23), date(2026, 11, 29)))
TIER = Query(Subject.ACCOUNTS, Form.LIST, tiers=(1,))


@pytest.mark.parametrize(
    ("read", "says_model", "is_taken"),
    [
        (CARD, {"subject": "accounts", "form": "field", "fields": ["stage"], "of": ["a1"]}, True),
        (CARD, {"subject": "people", "form": "list", "roles": ["champion"], "of": ["a1"]}, True),
        (CARD, {"subject": "accounts", "form": "field", "fields": ["stage"]}, False),
        (CARD, {"subject": "accounts", "form": "field", "fields": ["stage"], "of": ["a1", "a2"]}, False),
        (CARD, {"subject": "accounts", "form": "card", "of": ["a2"]}, False),
        (CARD, {"remark": "news", "of": ["a1"]}, False),
        (DUE, {"subject": "actions", "form": "list", "first_day": "2026-11-23", "last_day": "2026-11-30"}, False),
        (DUE, {"subject": "actions", "form": "list"}, False),
        (
            DUE,
            {
                "subject": "actions",
                "form": "list",
                "first_day": "2026-11-23",
                "last_day": "2026-11-29",
                "whose": ["me"],
            },
            True,
        ),
        (DUE, {"subject": "blockers", "form": "list", "first_day": "2026-11-23", "last_day": "2026-11-29"}, False),
        (TIER, {"subject": "accounts", "form": "list", "tiers": [1], "without": ["executive"]}, True),
        (TIER, {"subject": "accounts", "form": "list", "tiers": [1, 2]}, False),
        (TIER, {"subject": "accounts", "form": "count", "tiers": [1]}, False),
    ],
)
async def test_a_reading_that_drops_or_changes_what_the_rules_read_is_refused(
    read: Query, says_model: dict[str, object], is_taken: bool
) -> None:
    by_rules = Reading(query=read, unread=("sponsor", "merrow"), is_sure=False)
    async with asking(says(says_model)) as to:
        found = await to.model.read(question("corvane merrow sponsor", by_rules=by_rules))
    assert (found.reading is not None) == is_taken
    assert found.problem is None


@pytest.mark.parametrize(
    "reading",
    [
        {"subject": "actions", "form": "list", "about": "secret plans"},
        {"subject": "actions", "form": "list", "about": "<!channel>"},
        {"subject": "actions", "form": "list", "first_day": "1026-11-23"},
        {"remark": "thanks"},
        {"remark": "unread"},
    ],
)
async def test_words_and_days_that_nobody_said_are_refused(reading: dict[str, object]) -> None:
    async with asking(says(reading)) as to:
        assert await to.model.read(question("what bugs us")) == ModelReading()


def test_what_the_rules_are_sure_of_or_ask_about_is_not_given_to_a_model() -> None:
    query = Query(Subject.ACCOUNTS, Form.LIST, without=(Having.OWNER,), fields=(Field.TIER,))
    assert not may_read(Reading(query=query))
    assert not may_read(Reading(query=query, unread=("x",)))
    assert not may_read(Reading(query=query, is_sure=False))
    assert not may_read(Reading(choices=(Choice("maple"),), unread=("x",), is_sure=False))
    assert may_read(Reading(query=query, unread=("x",), is_sure=False))
    assert LONGEST_CHARACTERS == 1_000
