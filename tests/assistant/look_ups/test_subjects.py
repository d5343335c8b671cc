"""Answers about everything but accounts: the fact, its day, its author; the filters said back."""

import re
from pathlib import Path

from assistant.query import Query
from storage.database import Store
from tests.assistant.asking import told
from tests.assistant.labels import read_label
from tests.cases import cases

LINE = re.compile(r"^([\w-]+): (.+?) -> (.+)$", re.MULTILINE)
ANSWERS = LINE.findall(Path("tests/assistant/look_ups/answers.txt").read_text(encoding="utf-8"))


@cases(("asker", "label", "words"), ANSWERS)
def test_a_query_is_answered(world: Store, asker: str, label: str, words: str) -> None:
    query = read_label(label)
    assert isinstance(query, Query)
    answer = told(world, asker, query)
    assert words.replace("|", "\n") in answer, answer
