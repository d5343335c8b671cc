"""The table of docs/questions.md says which look-ups there are."""

import re
from pathlib import Path

from assistant.look_ups.run import LOOK_UPS
from assistant.query import Form, Subject
from tests.cases import cases

ROW = re.compile(r"\| `(?P<subject>\w+)` \|[^|]*\| (?P<forms>[^|]*) \|")
TABLE = {
    Subject(row["subject"]): frozenset(Form(each.strip()) for each in row["forms"].split(","))
    for row in ROW.finditer(Path("docs/questions.md").read_text(encoding="utf-8"))
}


def test_the_table_and_the_look_ups_have_every_subject() -> None:
    assert set(TABLE) == set(LOOK_UPS) == set(Subject)


@cases("subject", LOOK_UPS)
def test_the_look_ups_of_a_subject_are_those_of_the_table(subject: Subject) -> None:
    assert set(LOOK_UPS[subject]) == TABLE[subject]
