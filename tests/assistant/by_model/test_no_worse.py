"""No answer is worse than by rules alone, whether a model is right, wrong, late, or tells stories."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pytest

from agendas.rendering.words import Words
from assistant.by_model import (
    Message,
    ModelFailed,
    ModelProblem,
    ModelQuestion,
    QuestionModel,
    Use,
    question_for_model,
    said_of,
)
from assistant.query import Query
from assistant.reading.tokens import Reading
from assistant.remark import Remark, RemarkKind
from tests.assistant.by_model.asking import Counted
from tests.assistant.labels import Half, Label, Question, all_questions
from tests.assistant.turns import ReadTurn, read_turns
from tests.assistant.verdicts import Verdict, judge
from tests.assistant.world import NOW, TODAY

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
    """A server in this process that says this, or fails."""

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
    return question_for_model(
        turn.text,
        turn.names,
        turn.asked,
        workspace_id="T0WORLD01",
        today=TODAY,
        by_rules=turn.reading,
        last=turn.last,
    )


def as_said(label: Label, to: ModelQuestion, because: str) -> str:
    """The label as a model says it; what it has no handle for is left out."""
    if isinstance(label, Query):
        return json.dumps(said_of(label, to) | {"because": because}, default=str)
    if isinstance(label, Remark):
        return json.dumps({"remark": label.kind, "deeds": list(label.deeds), "because": because})
    return '{"remark": "unread", "because": "x"}'


async def read(to: ModelQuestion, answer: str | ModelFailed) -> Reading:
    use = Counted()
    model = QuestionModel(Speaker(answer), Use(use.take, use.count_read), Words(), lambda: NOW, seconds=5.0)
    return (await model.read(to)).reading or to.by_rules


def as_if_unread(turn: ReadTurn) -> ReadTurn:
    """The turn as if the rules had understood no word of it."""
    unread = tuple(word for word in turn.text.split() if len(word) > 2)
    return replace(turn, reading=Reading(remark=Remark(RemarkKind.UNREAD), unread=unread, is_sure=False))


def worse(before: Verdict, after: Verdict) -> bool:
    return RANK[after] < RANK[before]


@pytest.mark.parametrize("is_unread", [False, True])
async def test_a_model_that_answers_the_next_question_instead_makes_none_worse(
    turns: list[tuple[Question, ReadTurn]], is_unread: bool
) -> None:
    found: list[tuple[str, Verdict, Verdict]] = []
    for at, (question, turn) in enumerate(turns):
        given = as_if_unread(turn) if is_unread else turn
        to = for_model(given)
        if to is None:
            continue
        for other, their in (turns[at - 1], turns[at - 7], turns[at - 50]):
            if other.right[0] in question.right:
                continue
            reading = await read(to, as_said(other.right[0], to, their.text))
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
        reading = await read(to, as_said(label, to, turn.text))
        verdicts[judge(question, reading)] += 1
    assert verdicts[Verdict.RIGHT] >= 0.8 * verdicts.total(), verdicts
    assert verdicts[Verdict.WRONG_ACCOUNT] == 0


@pytest.mark.parametrize(
    "answer", [ModelFailed(ModelProblem.TOO_LATE), "Sure! That account looks {healthy} to me."], ids=["late", "prose"]
)
async def test_a_model_that_is_late_or_tells_stories_changes_nothing(
    turns: list[tuple[Question, ReadTurn]], answer: str | ModelFailed
) -> None:
    asked = [(turn, to) for _, turn in turns if (to := for_model(turn)) is not None]
    assert [await read(to, answer) for _, to in asked] == [turn.reading for turn, _ in asked]
