"""The score of the reading by rules on the labelled questions: `python -m tests.assistant.score [SHAPE ...]`.

Both halves by shape; misses of the building half alone, so that the other one stays unseen.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.query import Query
from assistant.reading.tokens import Reading
from tests.assistant.labels import Half, Question, all_questions
from tests.assistant.turns import read_turns
from tests.assistant.verdicts import Verdict, judge


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
    blank = Query(query.subject, query.form)
    yield from (("subject", query.subject), ("form", query.form))
    for name in query.__slots__:
        if getattr(query, name) != getattr(blank, name):
            yield name, getattr(query, name)


def _plain(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


if __name__ == "__main__":
    main(sys.argv[1:])
