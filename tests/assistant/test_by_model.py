import json
import logging
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from agendas.facts.answered_items import NOBODY
from agendas.rendering.words import Words
from agendas.verbs.questions import Allowance
from assistant import by_model
from assistant.by_model import Message, ModelFailed, ModelProblem, ModelQuestion, ModelReading, Use, may_read, schema
from assistant.conversation import LastAnswer
from assistant.query import Field, Form, Having, Period, Query, Subject
from assistant.reading.tokens import Choice, Reading
from assistant.remark import Intent, Remark, RemarkKind
from tests.assistant.asking_model import UNREAD, Counted, asking
from tests.assistant.asking_model import question as question_to_read
from tests.assistant.labels import Half, Label, Question, all_questions
from tests.assistant.turns import ReadTurn, read_turns
from tests.assistant.verdicts import Verdict, judge
from tests.assistant.world import ACCOUNTS, NOW, PEOPLE, TODAY
from tests.cases import cases
from tests.fakes import openai_server
from tests.fakes.openai_server import Answer, Call, quoting, said, says, status

CORVANE = ACCOUNTS["corvane"].account_id


def handle(call: Call, name: str) -> str:
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
        found = await to.model.read(question_to_read("is tomas fromping his zibbel on quaxes at corvane"))
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
        found = await to.model.read(question_to_read("they put ink on it this morning"))
    assert found.reading is not None
    assert found.reading.remark == Remark(RemarkKind.NEWS, intents=(Intent.MOVE,))


async def test_the_question_the_last_query_and_near_names_are_sent_and_nothing_else() -> None:
    last = LastAnswer(Query(Subject.BLOCKERS, Form.LIST, of=(CORVANE,), period=Period(date(2026, 11, 1))), listed=(8,))
    async with asking(says({"remark": "unread"})) as to:
        await to.model.read(
            question_to_read(f"<@U0BOT> so what bugs <@{PEOPLE['tomas'].user_id}> about halden &amp; co?", last=last)
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
            await to.model.read(question_to_read("what bugs orrin rail", asker=asker))
        names = [call.told["accounts"].values() for call in to.server.calls]
    assert ["Orrin Rail" in each for each in names] == [False, True]


async def test_at_most_fifty_names_are_sent() -> None:
    text = (
        "foods rail health robotics logistics energy nora tomas may priya ines paula lee mark will alex financial food"
    )
    async with asking(says({"remark": "unread"})) as to:
        await to.model.read(question_to_read(text))
        [call] = to.server.calls
    assert 20 < sum(len(call.told[each]) for each in ("accounts", "people", "segments")) <= 50


async def test_an_answer_that_cannot_be_read_is_asked_for_once_more() -> None:
    fenced = said('```json\n{"subject": "blockers", "form": "list", "because": "bugs us"}\n```')
    answers = iter([openai_server.PROSE, fenced])
    async with asking(lambda _call: next(answers)) as to:
        found = await to.model.read(question_to_read("what bugs us"))
        first, second = to.server.calls
    assert found.reading.query == Query(Subject.BLOCKERS, Form.LIST)
    assert [each["role"] for each in second.body["messages"]] == ["system", "user", "assistant", "user"]
    assert second.body["messages"][:2] == first.body["messages"]


async def test_a_server_without_json_by_schema_is_asked_without_it_from_then_on() -> None:
    async with asking(openai_server.without_schema({"subject": "blockers", "form": "list"})) as to:
        for _ in range(2):
            assert (await to.model.read(question_to_read("what bugs us"))).reading is not None
        assert [call.has_schema for call in to.server.calls] == [True, False, False]


async def test_a_model_that_wants_other_words_for_its_limits_gets_them() -> None:
    def picky(call: Call) -> Answer:
        if "max_tokens" in call.body:
            return status(400, "Use 'max_completion_tokens' instead.")(call)
        if "temperature" in call.body:
            return status(400, "'temperature' does not support 0 with this model.")(call)
        return quoting(call, {"subject": "blockers", "form": "list"})

    async with asking(picky) as to:
        found = await to.model.read(question_to_read("what bugs us"))
        assert found.reading is not None
        assert to.server.calls[-1].has_schema
        assert to.server.calls[-1].body["max_completion_tokens"] > 0


@cases(
    ("allowance", "problem"),
    [
        (Allowance.OFF, None),
        (Allowance.LIMIT_KNOWN, None),
        (Allowance.PERSON_LIMIT, ModelProblem.PERSON_LIMIT),
        (Allowance.WORKSPACE_LIMIT, ModelProblem.WORKSPACE_LIMIT),
    ],
)
async def test_a_model_that_is_off_or_used_up_is_not_asked(allowance: Allowance, problem: ModelProblem | None) -> None:
    async with asking(says({"remark": "help"})) as to:
        to.use.allowance = allowance
        assert await to.model.read(question_to_read("what bugs us")) == ModelReading(problem=problem)
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


# What is checked of a reading.

CARD = Query(Subject.ACCOUNTS, Form.CARD, of=(CORVANE,))
DUE = Query(Subject.ACTIONS, Form.LIST, period=Period(date(2026, 11, 23), date(2026, 11, 29)))
TIER = Query(Subject.ACCOUNTS, Form.LIST, tiers=(1,))


@cases(
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
async def test_a_reading_that_drops_or_changes_what_the_rules_read_is_refused(read, says_model, is_taken):
    by_rules = Reading(query=read, unread=("gizmo",), is_sure=False)
    both = tuple((ACCOUNTS[key].account_id, ACCOUNTS[key].name) for key in ("corvane", "merrow"))
    async with asking(says(says_model)) as to:
        found = await to.model.read(replace(question_to_read("gizmo", by_rules=by_rules), accounts=both))
    assert (found.reading is not None) == is_taken
    assert found.problem is None


@cases(
    ("text", "says_model", "is_taken"),
    [
        ("gizmo in tier 1", {"subject": "accounts", "form": "list", "tiers": [1]}, True),
        ("gizmo in tier 1", {"subject": "accounts", "form": "list"}, False),
        ("gizmo in tier 1", {"subject": "accounts", "form": "list", "tiers": [1, 2]}, False),
        ("gizmo for tomas", {"subject": "actions", "form": "list", "whose": ["p1"]}, True),
        ("gizmo for tomas", {"subject": "actions", "form": "list", "whose": ["me"]}, False),
        ("gizmo since 1 nov", {"subject": "changes", "form": "list", "first_day": "2026-11-01"}, True),
        ("gizmo since 1 nov", {"subject": "changes", "form": "list", "first_day": "2026-11-02"}, False),
        ("gizmo since 1 nov", {"subject": "changes", "form": "list"}, False),
        ("gizmo at corvane", {"subject": "changes", "form": "list", "of": ["a1"]}, True),
        ("gizmo at corvane", {"subject": "changes", "form": "list"}, False),
        ("gizmo at corvane", {"remark": "news"}, False),
    ],
)
async def test_what_single_words_say_stays_where_the_rules_read_no_question(text, says_model, is_taken):
    async with asking(says(says_model)) as to:
        assert ((await to.model.read(question_to_read(text))).reading is not None) == is_taken


async def test_an_account_of_the_last_answer_is_meant_only_by_a_word_that_stands_on_it() -> None:
    last = LastAnswer(Query(Subject.BLOCKERS, Form.LIST, of=(CORVANE,)), listed=(CORVANE,))
    taken = {}
    async with asking(says({"subject": "changes", "form": "list", "of": ["a1"]})) as to:
        for text in ("what gizmo is there", "and what is its gizmo"):
            taken[text] = (await to.model.read(question_to_read(text, last=last))).reading is not None
    assert list(taken.values()) == [False, True]


@cases(
    ("because", "is_taken"),
    [("gizmo", True), ("the gizmo at", True), ("at corvane", False), ("sprocket", False), ("", False)],
)
async def test_a_model_quotes_the_words_that_the_rules_did_not_understand(because: str, is_taken: bool) -> None:
    by_rules = replace(UNREAD, unread=("gizmo",))
    async with asking(says({"subject": "changes", "form": "list", "of": ["a1"], "because": because})) as to:
        found = await to.model.read(question_to_read("the gizmo at corvane", by_rules=by_rules))
    assert (found.reading is not None) == is_taken


@cases(
    "reading",
    [
        {"subject": "members", "form": "sum"},
        {"subject": "actions", "form": "list", "about": "secret plans"},
        {"subject": "actions", "form": "list", "about": "<!channel>"},
        {"subject": "actions", "form": "list", "first_day": "1026-11-23"},
        {"remark": "thanks"},
        {"remark": "unread"},
    ],
)
async def test_words_and_days_that_nobody_said_are_refused(reading: dict[str, object]) -> None:
    async with asking(says(reading)) as to:
        assert await to.model.read(question_to_read("what bugs us")) == ModelReading()


def test_what_the_rules_are_sure_of_or_ask_about_is_not_given_to_a_model() -> None:
    query = Query(Subject.ACCOUNTS, Form.LIST, without=(Having.OWNER,), fields=(Field.TIER,))
    of_one = Query(Subject.ACCOUNTS, Form.FIELD, of=(CORVANE,), fields=(Field.TIER,))
    assert not may_read(Reading(query=query, unread=("x",)))
    assert not may_read(Reading(query=query, is_sure=False))
    assert not may_read(Reading(query=of_one, unread=("x",), is_sure=False))
    for choice in (Choice("maple", is_ambiguous=True), Choice("hexley steel")):
        assert not may_read(Reading(choices=(choice,), unread=("x",), is_sure=False))
    assert not may_read(Reading(remark=Remark(RemarkKind.LANGUAGE), unread=("x",), is_sure=False))
    assert may_read(Reading(query=query, unread=("x",), is_sure=False))
    assert may_read(Reading(query=CARD, unread=("x",), is_sure=False))
    assert may_read(UNREAD)
    assert by_model.LONGEST_CHARACTERS == 1_000


# Outages.

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
async def test_an_answer_that_cannot_be_used_leaves_the_reading_by_rules_and_is_told_once(answer: str, caplog):
    script, problem = WRONG[answer]
    caplog.set_level(logging.DEBUG)
    async with asking(lambda _call: script) as to:
        outcomes = [
            await to.model.read(question_to_read("what bugs corvane", workspace_id=each)) for each in ("T1", "T1", "T2")
        ]
        assert to.server.sent < 16 * 2**20
    assert [(each.reading, each.problem) for each in outcomes] == [(None, problem), (None, None), (None, problem)]
    assert "key-of-test" not in caplog.text
    assert "bugs" not in caplog.text


async def test_a_model_that_never_answers_is_waited_for_no_longer_than_the_time() -> None:
    async with asking(lambda _call: openai_server.NEVER, seconds=0.05) as to:
        found = await to.model.read(question_to_read("what bugs corvane"))
        assert len(to.server.calls) == 1
    assert found == ModelReading(problem=ModelProblem.TOO_LATE)


async def test_a_server_that_is_not_there_is_told() -> None:
    async with asking(says({}), base_url="http://127.0.0.1:9/v1") as to:
        found = await to.model.read(question_to_read("what bugs corvane"))
    assert found.problem is ModelProblem.UNREACHED


async def test_after_three_failures_in_a_row_nobody_waits_for_the_model_for_a_minute() -> None:
    async with asking(status(500)) as to:
        for _ in range(5):
            await to.model.read(question_to_read("what bugs corvane"))
        assert len(to.server.calls) == 3


async def test_an_outage_that_ended_is_told_again_when_the_next_begins() -> None:
    async with asking(status(500)) as to:
        problems = []
        for script in (status(500), status(500), says({"remark": "help"}), status(500)):
            to.server.script = script
            problems.append((await to.model.read(question_to_read("what bugs corvane"))).problem)
    assert problems == [ModelProblem.FAILED, None, None, ModelProblem.FAILED]


# No answer is worse than by rules alone, whether a model is right, wrong, late, or tells stories.

WORST_FIRST = (
    Verdict.FAILED,
    Verdict.WRONG_ACCOUNT,
    Verdict.DROPPED,
    Verdict.OTHER,
    Verdict.LEFT_OUT,
    Verdict.ASKED,
    Verdict.RIGHT,
)
RANK = {verdict: rank for rank, verdict in enumerate(WORST_FIRST)}


@dataclass(slots=True)
class Speaker:
    answer: str | ModelFailed

    async def ask(self, messages: Sequence[Message], schema: Mapping[str, object]) -> str:
        if isinstance(self.answer, ModelFailed):
            raise self.answer
        return self.answer

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(scope="module", params=[15, pytest.param(3, marks=pytest.mark.proof)])
def turns(request: pytest.FixtureRequest) -> list[tuple[Question, ReadTurn]]:
    building = [each for each in all_questions() if each.half is Half.BUILDING]
    return [(each, read_turns(each)) for each in building[:: request.param]]


def for_model(turn: ReadTurn) -> ModelQuestion | None:
    return by_model.question_for_model(
        turn.text, turn.names, turn.asked, workspace_id="T0WORLD01", today=TODAY, by_rules=turn.reading, last=turn.last
    )


def with_verdict(label: Label, to: ModelQuestion, because: str) -> str:
    """The label as a model says it; what it has no handle for is left out."""
    if isinstance(label, Query):
        return json.dumps(by_model.said_of(label, to) | {"because": because}, default=str)
    if isinstance(label, Remark):
        return json.dumps({"remark": label.kind, "deeds": list(label.intents), "because": because})
    return '{"remark": "unread", "because": "x"}'


async def read(to: ModelQuestion, answer: str | ModelFailed) -> Reading:
    use = Counted()
    model = by_model.QuestionModel(Speaker(answer), Use(use.take, use.count_read), Words(), lambda: NOW, seconds=5.0)
    return (await model.read(to)).reading or to.by_rules


def as_if_unread(turn: ReadTurn) -> ReadTurn:
    """The turn as if the rules had understood no word of it."""
    unread = tuple(word for word in turn.text.split() if len(word) > 2)
    return replace(turn, reading=Reading(remark=Remark(RemarkKind.UNREAD), unread=unread, is_sure=False))


def worse(before: Verdict, after: Verdict) -> bool:
    return RANK[after] < RANK[before]


@pytest.mark.parametrize("is_unread", [False, True])
async def test_a_model_that_answers_the_next_question_instead_makes_none_worse(turns, is_unread):
    found: list[tuple[str, Verdict, Verdict]] = []
    for at, (question, turn) in enumerate(turns):
        given = as_if_unread(turn) if is_unread else turn
        to = for_model(given)
        if to is None:
            continue
        for other, their in (turns[at - 1], turns[at - 7], turns[at - 50]):
            if other.right[0] in question.right:
                continue
            reading = await read(to, with_verdict(other.right[0], to, their.text))
            before, after = judge(question, given.reading), judge(question, reading)
            found.append((turn.text, before, after))
    assert [each for each in found if worse(each[1], each[2])] == []


async def test_a_model_that_is_right_makes_answers_right(turns: list[tuple[Question, ReadTurn]]) -> None:
    verdicts: Counter[Verdict] = Counter()
    for question, turn in turns:
        to = for_model(as_if_unread(turn))
        label = question.right[0]
        if to is None or not isinstance(label, Query):
            continue
        reading = await read(to, with_verdict(label, to, turn.text))
        verdicts[judge(question, reading)] += 1
    assert verdicts[Verdict.RIGHT] >= 0.8 * verdicts.total(), verdicts
    assert verdicts[Verdict.WRONG_ACCOUNT] == 0


@pytest.mark.parametrize(
    "answer", [ModelFailed(ModelProblem.TOO_LATE), "Sure! That account looks {healthy} to me."], ids=["late", "prose"]
)
async def test_a_model_that_is_late_or_tells_stories_changes_nothing(turns: list[tuple[Question, ReadTurn]], answer):
    asked = [(turn, to) for _, turn in turns if (to := for_model(turn)) is not None]
    assert [await read(to, answer) for _, to in asked] == [turn.reading for turn, _ in asked]
