"""Every question that buttons, prompts, help and docs offer is read without a doubt."""

import re
from pathlib import Path

import yaml

from agendas.pages.answers import QUESTIONS, nearest_questions
from agendas.rendering.mrkdwn import read
from agendas.rendering.words import Words
from assistant.conversation import LastAnswer
from assistant.query import Form, Query, Subject
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.remark import RemarkKind
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

WORDS = Words()
ROOT = Path(__file__).parents[2]
PROMPTS = yaml.safe_load((ROOT / "app.yaml").read_text())["features"]["agent_view"]["suggested_prompts"]
HELP = re.findall(r"[A-Z][^?]*\?", " ".join(map(read, WORDS.lines("asked.questions", name="Corvane Logistics"))))
DOCUMENTED = [
    question
    for line in (ROOT / "docs/questions.md").read_text().splitlines()
    if line.startswith("| ") and "`" not in line and "---" not in line and "you ask" not in line
    for question in re.findall(r"[A-Z][^?·|]*\??", line.split("|")[1])
    if question.strip()
]
OFFERED = [
    *QUESTIONS.values(),
    *(each["message"] for each in PROMPTS),
    *nearest_questions("", ("Corvane Logistics", "Maple Insurance"), WORDS),
    *HELP,
]


@cases("question", list(dict.fromkeys([*OFFERED, *DOCUMENTED])))
def test_a_question_that_is_offered_is_read_without_a_doubt(question: str) -> None:
    nora = PEOPLE["nora"].user_id
    before = LastAnswer(Query(Subject.DECISIONS, Form.LIST, of=(ACCOUNTS["corvane"].account_id,)))
    reading = read_question(question, WorldNames("nora"), Asked(nora), today=TODAY, last=before)
    is_term = reading.remark is not None and reading.remark.kind is RemarkKind.TERM
    assert reading.query is not None or is_term, reading
    assert (reading.is_sure, reading.unread, reading.choices) == (True, (), ()), reading
