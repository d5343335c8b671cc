"""The score of the reading on the labelled questions: `python -m tests.assistant.score [--model] [SHAPE ...]`.

By rules both halves by shape; misses of the building half alone, so that the other one stays unseen. With `--model`
both halves as the rules and the language model of the environment read them together; with `--news` the labelled news.
"""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields

from agendas.facts.query import Query
from assistant.remark import Reading
from bot.settings import OPENAI_BASE_URL, OWN_MODEL_SECONDS
from tests.assistant.labels import Half, Question, all_questions
from tests.assistant.model_score import score_of
from tests.assistant.news_score import print_score
from tests.assistant.turns import read_turns
from tests.assistant.verdicts import WRONG, Verdict, is_for_the_model, is_right_with_a_perfect_model, judge


def verdict_of(question: Question) -> tuple[Verdict, Reading]:
    try:
        reading = read_turns(question).reading
    except Exception as error:
        return Verdict.FAILED, Reading(unread=(repr(error),))
    return judge(question, reading), reading


def main(shapes: Sequence[str] = ()) -> None:
    """Print the score of the questions of these shapes, of all without one."""
    questions = [each for each in all_questions() if not shapes or each.shape in shapes]
    judged = [(each, *verdict_of(each)) for each in questions]
    for question, verdict, reading in judged:
        if question.half is Half.BUILDING and verdict is not Verdict.RIGHT:
            print(_miss(question, verdict, reading))
    for half in Half:
        print(f"\n{half.value} half")
        of_half = [(each.shape, verdict) for each, verdict, _ in judged if each.half is half]
        for shape in sorted({shape for shape, _ in of_half}):
            print(_row(shape, [verdict for each, verdict in of_half if each == shape]))
        print(_row("all", [verdict for _, verdict in of_half]))
        print(_summary([verdict for _, verdict in of_half]))
        print(_with_a_model([(each, reading) for each, _, reading in judged if each.half is half]))


async def with_model(shapes: Sequence[str]) -> None:
    """Print the score of the questions with the language model that the environment names."""
    from assistant.model import ModelServer  # its library takes long to load

    key, model = os.environ["OPENAI_API_KEY"], os.environ["OPENAI_MODEL"]
    url, seconds = os.environ.get("OPENAI_BASE_URL", OPENAI_BASE_URL), OWN_MODEL_SECONDS
    server = ModelServer(key=key, base_url=url, model=model, seconds=seconds)
    for half in Half:
        questions = [each for each in all_questions() if each.half is half and (not shapes or each.shape in shapes)]
        print(f"{half.value} half: {await score_of(server, questions, seconds=seconds)}")
    await server.close()


def _summary(verdicts: Sequence[Verdict]) -> str:
    counts, count = Counter(verdicts), max(1, len(verdicts))
    right, wrong = counts[Verdict.RIGHT], sum(counts[each] for each in WRONG)
    parts = (
        f"right {right / count:.1%}, right or offered {(right + counts[Verdict.OFFERED]) / count:.1%}, "
        f"wrong {wrong / count:.1%}"
    )
    return f"{parts} (account {counts[Verdict.WRONG_ACCOUNT]}, dropped {counts[Verdict.DROPPED]})"


def _with_a_model(readings: Sequence[tuple[Question, Reading]]) -> str:
    count = max(1, len(readings))
    asked = sum(is_for_the_model(reading) for _, reading in readings)
    right = sum(is_right_with_a_perfect_model(question, reading) for question, reading in readings)
    return f"with a perfect model: right {right / count:.1%}, asked for {asked / count:.1%}"


def _row(shape: str, verdicts: Sequence[Verdict]) -> str:
    counts = Counter(verdicts)
    misses = ", ".join(f"{counts[each]} {each.value}" for each in Verdict if each is not Verdict.RIGHT and counts[each])
    right, count = counts[Verdict.RIGHT], len(verdicts)
    return f"{shape:12} {right:4} of {count:4}  {right / max(1, count):6.1%}  {misses}"


def _miss(question: Question, verdict: Verdict, reading: Reading) -> str:
    found = _said(reading.query) if reading.query else str(reading.remark)
    more = f" choices={reading.choices}" if reading.choices else ""
    more += f" unread={reading.unread}" if reading.unread else ""
    where = f" in={question.where}" if question.where else ""
    labels = "".join(f"\n    = {_said(each)}" for each in question.right)
    head = f"{verdict.value}: @ {question.shape} {question.asker}{where}: {' / '.join(question.said)}"
    return f"{head}{labels}\n    > {found}{more}"


def _said(label: object) -> str:
    if not isinstance(label, Query):
        return str(label)
    return " ".join(f"{name}={_plain(value)}" for name, value in _set(label))


def _set(query: Query) -> Iterable[tuple[str, object]]:
    yield from (("subject", query.subject), ("form", query.form))
    for each in fields(query):
        if each.default is not MISSING and getattr(query, each.name) not in (each.default, None):
            yield each.name, getattr(query, each.name)


def _plain(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


if __name__ == "__main__":
    named = [each for each in sys.argv[1:] if not each.startswith("--")]
    if "--news" in sys.argv:
        print_score()
    else:
        asyncio.run(with_model(named)) if "--model" in sys.argv else main(named)
