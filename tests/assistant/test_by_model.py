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
from agendas.facts.query import Form, Period, Query, Subject
from agendas.rendering.words import Words
from agendas.verbs.questions import Allowance
from assistant import by_model
from assistant.by_model import LanguageModel, Message, ModelFailed, ModelProblem, ModelQuestion, Use, reading_of, schema
from assistant.conversation import LastAnswer
from assistant.names import Asked, Choice
from assistant.remark import Intent, Reading, Remark, RemarkKind
from tests.assistant.asking_model import UNREAD, Counted, asking
from tests.assistant.asking_model import question as question_to_read
from tests.assistant.labels import Half, Label, Question, all_questions
from tests.assistant.model_score import score_of
from tests.assistant.turns import ReadTurn, read_turns
from tests.assistant.verdicts import Verdict, judge
from tests.assistant.world import ACCOUNTS, NOW, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases
from tests.fakes import openai_server
from tests.fakes.openai_server import Answer, Call, reads, said, says, status

CORVANE = ACCOUNTS["corvane"].account_id
MANY_NAMES = (
    "foods rail health robotics logistics energy nora tomas may priya ines paula lee mark will alex financial food"
)


def handle(call: Call, name: str) -> str:
    known = call.told["accounts"] | call.told["people"] | call.told["segments"]
    return next(key for key, value in known.items() if value == name)


async def test_a_model_reads_a_question_into_a_query_with_the_names_it_was_given() -> None:
    def read(call: Call) -> Answer:
        corvane, tomas = handle(call, "Corvane Logistics"), handle(call, "Tomas Rehak")
        return reads(
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
        found, _ = await to.read(question_to_read("is tomas fromping his zibbel on quaxes at corvane this week"))
        assert to.use.taken == to.use.was_read == 1
    nora, tomas = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id
    assert found == Reading(
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


async def test_a_model_may_find_that_it_is_no_question() -> None:
    async with asking(says({"remark": "news", "deeds": ["move"]})) as to:
        found, _ = await to.read(question_to_read("they put ink on it this morning"))
    assert found is not None
    assert found.remark == Remark(RemarkKind.NEWS, intents=(Intent.MOVE,))


async def test_the_question_the_last_query_and_near_names_are_sent_and_nothing_else() -> None:
    last = LastAnswer(Query(Subject.BLOCKERS, Form.LIST, of=(CORVANE,), period=Period(date(2026, 11, 1))), listed=(8,))
    async with asking(says({"remark": "unread"})) as to:
        await to.read(
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
    assert call.body["max_tokens"] <= 1_200
    assert call.headers["authorization"] == "Bearer key-of-test"


async def test_names_that_the_asker_may_not_see_are_not_sent() -> None:
    async with asking(says({"remark": "unread"})) as to:
        for asker in ("nora", "priya"):
            await to.read(question_to_read("what bugs orrin rail", asker=asker))
        names = [call.told["accounts"].values() for call in to.server.calls]
    assert ["Orrin Rail" in each for each in names] == [False, True]


async def test_at_most_fifty_names_are_sent() -> None:
    async with asking(says({"remark": "unread"})) as to:
        await to.read(question_to_read(MANY_NAMES))
        [call] = to.server.calls
    assert 20 < sum(len(call.told[each]) for each in ("accounts", "people", "segments")) <= 50


async def test_an_answer_that_cannot_be_read_is_asked_for_once_more() -> None:
    fenced = said('```json\n{"subject": "blockers", "form": "list"}\n```')
    answers = iter([openai_server.PROSE, fenced])
    async with asking(lambda _call: next(answers)) as to:
        found, _ = await to.read(question_to_read("what bugs us"))
        first, second = to.server.calls
    assert found is not None
    assert found.query == Query(Subject.BLOCKERS, Form.LIST)
    assert [each["role"] for each in second.body["messages"]] == ["system", "user", "assistant", "user"]
    assert second.body["messages"][:2] == first.body["messages"]


async def test_a_server_without_json_by_schema_is_asked_without_it_from_then_on() -> None:
    async with asking(openai_server.without_schema({"subject": "blockers", "form": "list"})) as to:
        for _ in range(2):
            assert (await to.read(question_to_read("what bugs us")))[0] is not None
        assert [call.has_schema for call in to.server.calls] == [True, False, False]


async def test_a_model_that_wants_other_words_for_its_limits_gets_them() -> None:
    def picky(call: Call) -> Answer:
        if "max_tokens" in call.body:
            return status(400, "Use 'max_completion_tokens' instead.")(call)
        if "temperature" in call.body:
            return status(400, "'temperature' does not support 0 with this model.")(call)
        return reads({"subject": "blockers", "form": "list"})

    async with asking(picky) as to:
        found, _ = await to.read(question_to_read("what bugs us"))
        assert found is not None
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
        assert await to.read(question_to_read("what bugs us")) == (None, problem)
        assert to.server.calls == []


def test_every_key_of_the_schema_may_be_left_out_and_no_list_is_without_end() -> None:
    found: Any = schema(by_model.Said)
    assert "required" not in found
    assert found["additionalProperties"] is False
    words = set(re.findall(r'"([a-zA-Z$]+)":', json.dumps({"$defs": found["$defs"]})))
    words |= {word for each in found["properties"].values() for word in each}
    assert words - set(found["$defs"]) <= {"$defs", "$ref", "type", "enum", "items", "maxItems", "format"}
    assert all("maxItems" in each for each in found["properties"].values() if each.get("type") == "array")
    Draft202012Validator.check_schema(found)
    is_valid = Draft202012Validator(found).is_valid
    given: Any = ({}, {"by": "value"}, {"by": "weather"}, {"of": ["a1"] * 12}, {"of": ["a1"] * 13})
    assert [is_valid(each) for each in given] == [True, True, False, True, False]


TOKEN = re.compile(r"\w{1,7}|[^\w\s]{1,3}")
"""About a token: of the request below it counts 1,451, OpenAI's o200k_base 1,463."""


def test_a_request_has_no_more_than_1500_tokens() -> None:
    last = LastAnswer(replace(DUE, of=tuple(each.account_id for each in ACCOUNTS.values())[:12]))
    messages = reading_of(question_to_read(MANY_NAMES, last=last)).messages(Words())
    assert sum(len(TOKEN.findall(each["content"])) for each in messages) <= 1_500


# What is checked of a reading.

DUE = Query(Subject.ACTIONS, Form.LIST, period=Period(date(2026, 11, 23), date(2026, 11, 29)))


@cases(
    ("text", "says_model", "is_taken"),
    [
        ("gizmo in tier 1", {"subject": "accounts", "form": "list", "tiers": [1]}, True),
        ("gizmo in tier 1", {"subject": "accounts", "form": "list"}, True),
        ("gizmo at corvane", {"subject": "changes", "form": "list", "of": ["a1"]}, True),
        ("gizmo at corvane", {"subject": "changes", "form": "list"}, False),
        ("gizmo at corvane and merrow", {"subject": "changes", "form": "list", "of": ["a1"]}, False),
        ("gizmo of pumps at corvane", {"subject": "changes", "form": "list", "of": ["a1", "a2"]}, False),
        ("gizmo at the rails", {"subject": "changes", "form": "list", "of": ["a1"]}, True),
        ("corvane put ink on it", {"remark": "news"}, True),
        ("gizmo for tomas", {"subject": "actions", "form": "list", "whose": ["p1"]}, True),
        ("gizmo for tomas", {"subject": "actions", "form": "list", "whose": ["me"]}, False),
        ("gizmo since 1 nov", {"subject": "changes", "form": "list", "first_day": "2026-11-01"}, True),
        (
            "gizmo since 1 nov",
            {"subject": "changes", "form": "list", "first_day": "2026-11-01", "last_day": "2026-11-26"},
            True,
        ),
        ("gizmo since 1 nov", {"subject": "changes", "form": "list", "first_day": "2026-11-02"}, False),
        ("gizmo since 1 nov", {"subject": "changes", "form": "list"}, False),
        ("what bugs us", {"subject": "actions", "form": "list", "first_day": "2026-11-23"}, False),
        ("what bugs us", {"remark": "unread"}, False),
        ("what bugs us", {"remark": "term", "term": "gizmo"}, False),
        ("what bugs us", {"remark": "term", "term": "Blockers"}, True),
    ],
)
async def test_a_reading_keeps_to_the_accounts_people_and_days_of_the_question(text, says_model, is_taken):
    async with asking(says(says_model)) as to:
        assert ((await to.read(question_to_read(text)))[0] is not None) == is_taken


async def test_the_days_and_accounts_of_the_last_answer_may_be_meant() -> None:
    last = LastAnswer(replace(DUE, of=(CORVANE,)))
    of_last = {"subject": "blockers", "form": "list", "of": ["a2", "a1"], "first_day": "2026-11-23"}
    async with asking(says(of_last)) as to:
        found, _ = await to.read(question_to_read("gizmo of merrow too", last=last))
    assert found is not None
    assert found.query is not None
    assert found.query.of == (CORVANE, ACCOUNTS["merrow"].account_id)


async def test_a_model_that_reads_what_the_rules_read_took_no_part() -> None:
    async with asking(says({"subject": "blockers", "form": "list"})) as to:
        by_rules = Reading(query=Query(Subject.BLOCKERS, Form.LIST))
        assert await to.read(question_to_read("blockers", by_rules=by_rules, is_empty=True)) == (None, None)


@cases(
    ("reading", "is_empty", "text", "is_read"),
    [
        (UNREAD, False, "what bugs us", True),
        (Reading(query=DUE), False, "due this week", False),
        (Reading(query=DUE), True, "due this week", True),
        (Reading(query=DUE, is_follow_up=True), False, "tomas", True),
        (Reading(query=DUE, is_follow_up=True), False, "and tomas", False),
        (Reading(query=DUE, is_follow_up=True), False, "is it overdue", False),
        (Reading(query=DUE, choices=(Choice("maple", is_ambiguous=True),)), True, "due at maple", False),
        (Reading(remark=Remark(RemarkKind.LANGUAGE)), False, "wer ist das", False),
    ],
)
def test_a_model_reads_what_the_rules_did_not_read_whole_found_nothing_for_or_assumed(
    reading: Reading, is_empty: bool, text: str, is_read: bool
) -> None:
    names, asked = WorldNames("nora"), Asked(PEOPLE["nora"].user_id)
    given = {"workspace_id": "T1", "today": TODAY, "by_rules": reading, "last": None, "is_empty": is_empty}
    assert (by_model.question_for_model(text, names, asked, **given) is not None) == is_read


def test_a_long_text_is_not_given_to_a_model() -> None:
    names, asked = WorldNames("nora"), Asked(PEOPLE["nora"].user_id)
    given = {"workspace_id": "T1", "today": TODAY, "by_rules": UNREAD, "last": None}
    found = [by_model.question_for_model("zibbel " * count, names, asked, **given) for count in (100, 200)]
    assert [each is not None for each in found] == [True, False]


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
            await to.read(question_to_read("what bugs corvane", workspace_id=each)) for each in ("T1", "T1", "T2")
        ]
        assert to.server.sent < 16 * 2**20
    assert outcomes == [(None, problem), (None, None), (None, problem)]
    assert "key-of-test" not in caplog.text
    assert "bugs" not in caplog.text


async def test_a_model_that_never_answers_is_waited_for_no_longer_than_the_time() -> None:
    async with asking(lambda _call: openai_server.NEVER, seconds=0.5) as to:
        found = await to.read(question_to_read("what bugs corvane"))
        assert len(to.server.calls) == 1
    assert found == (None, ModelProblem.TOO_LATE)


async def test_a_server_that_is_not_there_is_told() -> None:
    async with asking(says({}), base_url="http://127.0.0.1:9/v1") as to:
        _, problem = await to.read(question_to_read("what bugs corvane"))
    assert problem is ModelProblem.UNREACHED


async def test_after_three_failures_in_a_row_nobody_waits_for_the_model_for_a_minute() -> None:
    async with asking(status(500)) as to:
        for _ in range(5):
            await to.read(question_to_read("what bugs corvane"))
        assert len(to.server.calls) == 3


async def test_an_outage_that_ended_is_told_again_when_the_next_begins() -> None:
    async with asking(status(500)) as to:
        problems = []
        for script in (status(500), status(500), says({"remark": "help"}), status(500)):
            to.server.script = script
            problems.append((await to.read(question_to_read("what bugs corvane")))[1])
    assert problems == [ModelProblem.FAILED, None, None, ModelProblem.FAILED]


# Whether a model is right, wrong, late, or tells stories, no question is answered about another account.


@dataclass(slots=True)
class Speaker:
    answer: str | ModelFailed

    async def ask(self, messages: Sequence[Message], schema: Mapping[str, object]) -> tuple[str, int]:
        if isinstance(self.answer, ModelFailed):
            raise self.answer
        return self.answer, 0

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


def as_said(label: Label, to: ModelQuestion) -> str:
    """The label as a model says it; what it has no handle for is left out."""
    if isinstance(label, Query):
        return json.dumps(by_model.said_of(label, to), default=str)
    if isinstance(label, Remark):
        return json.dumps({"remark": label.kind, "deeds": list(label.intents), "term": label.term})
    return '{"remark": "unread"}'


async def read(to: ModelQuestion, answer: str | ModelFailed) -> Reading:
    use = Counted()
    model = LanguageModel(Speaker(answer), Use(use.take, use.count), Words(), lambda: NOW, seconds=5.0)
    return (await model.ask(reading_of(to)))[0] or to.by_rules


def as_if_unread(turn: ReadTurn) -> ReadTurn:
    """The turn as if the rules had understood no word of it."""
    return replace(turn, reading=UNREAD)


async def test_a_model_that_answers_the_next_question_instead_names_no_other_account(turns):
    found: list[tuple[str, str]] = []
    for at, (question, turn) in enumerate(turns):
        to = for_model(as_if_unread(turn))
        for other, their in (turns[at - 1], turns[at - 7], turns[at - 50]):
            reading = await read(to, as_said(other.right[0], to))
            named = any(each.account is not None and not each.is_guessed for each in to.pieces)
            is_question = isinstance(question.right[0], Query)
            if is_question and named and judge(question, reading) is Verdict.WRONG_ACCOUNT:
                found.append((turn.text, their.text))
    assert found == []


async def test_a_model_that_is_right_makes_answers_right(turns: list[tuple[Question, ReadTurn]]) -> None:
    verdicts: Counter[Verdict] = Counter()
    for question, turn in turns:
        to = for_model(as_if_unread(turn))
        label = question.right[0]
        if to is None or not isinstance(label, Query):
            continue
        reading = await read(to, as_said(label, to))
        verdicts[judge(question, reading)] += 1
    assert verdicts[Verdict.RIGHT] >= 0.95 * verdicts.total(), verdicts
    assert verdicts[Verdict.WRONG_ACCOUNT] == 0


@pytest.mark.parametrize(
    "answer", [ModelFailed(ModelProblem.TOO_LATE), "Sure! That account looks {healthy} to me."], ids=["late", "prose"]
)
async def test_a_model_that_is_late_or_tells_stories_changes_nothing(turns: list[tuple[Question, ReadTurn]], answer):
    asked = [(turn, to) for _, turn in turns if (to := for_model(turn)) is not None]
    assert [await read(to, answer) for _, to in asked] == [turn.reading for turn, _ in asked]


async def test_a_server_is_scored_on_the_labelled_questions() -> None:
    questions = [each for each in all_questions() if each.half is Half.BUILDING][::60]
    counted = json.loads(says({"remark": "unread"})(None).body) | {"usage": {"total_tokens": 1_200}}
    async with asking(lambda _call: Answer(json.dumps(counted).encode())) as to:
        score = await score_of(to.speaker, questions, seconds=5.0)
    assert (score.verdicts.total(), score.failed) == (len(questions), 0)
    assert score.tokens == 1_200 * score.asked > 0
    assert f"{1_200} tokens" in str(score)
