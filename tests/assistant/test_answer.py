import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from agendas.facts.query import Form, Query, Subject
from agendas.pages.answers import QUESTIONS, nearest_questions
from agendas.rendering.mrkdwn import read
from agendas.text.names import NameKey
from assistant.answer import Asking, StoredNames, answer
from assistant.conversation import LastAnswer
from assistant.names import Asked, read_names
from assistant.reader import read_question
from assistant.remark import RemarkKind
from assistant.words import read_tokens
from storage.database import Store, hiding
from tests.assistant.asking import DM, NAMES, WORDS
from tests.assistant.stored_world import WORKSPACE, stored_world
from tests.assistant.world import ACCOUNTS, CONTACTS, NOW, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases
from tests.plain import plain
from tests.statements import statements


# Two or three questions in one message.
def _said(world: Store, text: str) -> str:
    hidden = [row.account_id for row in ACCOUNTS.values() if row.is_private]
    with world.reading() as session, hiding(session, hidden):
        found = answer(session, Asking(PEOPLE["nora"], text, WORKSPACE, DM, "", NOW, WORDS))
    return plain(found.page, NAMES)


def test_each_question_of_a_message_is_answered_about_the_account_that_was_named(world: Store) -> None:
    said = _said(world, "How's Fennimore? Any open blockers? Who owns it?")
    alone = [_said(world, f"{each} fennimore") for each in ("how is", "who owns")]
    assert said.startswith(alone[0].splitlines()[0])
    assert "Their auditors doubt our hosting" in said
    assert said.rstrip().endswith(alone[1].rstrip())


@cases(
    ("text", "first"),
    [
        ("How is Corvane? Zzyx?", 'No account is called "Zzyx".'),
        ("Who? What? When? Where?", "I did not understand that."),
        ("How is Corvane? Thanks.", ":red_circle: *Corvane Logistics* needs intervention"),
    ],
)
def test_a_message_with_a_part_that_is_no_clear_question_is_read_as_one(text: str, first: str, world: Store) -> None:
    assert _said(world, text).startswith(first)


# Names as they are stored.

ORRIN = ACCOUNTS["orrin"].account_id


class WithoutEveryKey(StoredNames):
    """Names that refuse to be read as a whole."""

    def all_keys(self) -> Sequence[NameKey]:
        raise AssertionError("every key was read")


@pytest.fixture
def fresh_world(store: Store) -> Store:
    return stored_world(store)


def test_names_are_those_of_the_workspace_that_a_session_may_read(fresh_world: Store) -> None:
    with fresh_world.reading() as session:
        stored, told = StoredNames(session, WORKSPACE), WorldNames("priya")
        assert set(stored.all_keys()) == set(told.all_keys())
        assert set(stored.keys_beginning("maple")) == set(told.keys_beginning("maple"))
        assert {each.name for each in stored.members()} == {each.name for each in PEOPLE.values()}
        assert set(stored.segments()) <= set(told.segments())
        assert StoredNames(session, "T0OTHER01").all_keys() == []
        with hiding(session, {ORRIN}):
            hidden = StoredNames(session, WORKSPACE)
            assert hidden.keys_beginning("orrin") == []
            assert ORRIN not in {each.account_id for each in hidden.all_keys()}


def test_names_of_people_at_accounts_are_those_that_a_session_may_see_each_read_once(fresh_world: Store) -> None:
    with fresh_world.reading() as session, statements(session) as sent:
        stored = StoredNames(session, WORKSPACE)
        every = set(stored.contacts())
        assert every >= {name for names in CONTACTS.values() for name in names}
        assert stored.contacts() is stored.contacts()
        assert len([each for each in sent if "contact" in each]) == 1
        with hiding(session, {ACCOUNTS["merrow"].account_id}):
            hidden = set(StoredNames(session, WORKSPACE).contacts())
        assert every - hidden >= set(CONTACTS["merrow"])
        assert StoredNames(session, "T0OTHER01").contacts() == []


def test_a_question_with_a_name_reads_only_keys_that_begin_with_its_words(fresh_world: Store) -> None:
    with fresh_world.reading() as session, statements(session) as sent:
        names = WithoutEveryKey(session, WORKSPACE)
        found = read_names(read_tokens("when was the last touch at maples"), names, TODAY)
        assert [each.account_id for each in found.accounts] == [ACCOUNTS["maple"].account_id]
        assert len(sent) <= 6


# Every question that buttons, prompts, help and docs offer is read without a doubt.

ROOT = Path(__file__).parents[2]
PROMPTS = yaml.safe_load((ROOT / "app.yaml").read_text())["features"]["agent_view"]["suggested_prompts"]
HELP = re.findall(r"[A-Z][^?]*\?", " ".join(map(read, WORDS.lines("program.questions", name="Corvane Logistics"))))
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
    assert (reading.unread, reading.choices) == ((), ()), reading
