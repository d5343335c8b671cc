"""The sentences of `examples.txt`: each asks what it stands under."""

from dataclasses import replace

import pytest

from agendas.facts.query import Form, Query, Subject, Which
from assistant.examples import FILE, nearest
from assistant.names import Asked
from assistant.pieces import pieces_of
from assistant.reader import read_question
from assistant.words import read_tokens
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames

NORA = PEOPLE["nora"].user_id
VANTOR, MERROW = (ACCOUNTS[key].account_id for key in ("vantor", "merrow"))
SAID = {"ACCOUNT": "Corvane", "PERSON": "Tomas", "SEGMENT": "Food", "DAYS": "last week", "AMOUNT": "over 200k"}
SAID |= {"NUMBER": "5", "TEXT": "security review"}


def _nearest(sentence: str) -> Query | None:
    names = WorldNames("nora")
    return next(nearest(pieces_of(read_tokens(sentence), names, TODAY), Asked(NORA), names, None), None)


def test_each_sentence_is_nearest_to_what_it_stands_under() -> None:
    wrong: list[str] = []
    for line in FILE.read_text(encoding="utf-8").replace("\n  ", " ").splitlines():
        asks, _, sentences = line.partition(": ")
        for sentence in sentences.split(", ") if line[0] != "#" else ():
            found = _nearest(" ".join(SAID.get(word, word) for word in sentence.split()))
            if found is None or asks.split()[:2] != [found.subject, found.form]:
                wrong.append(f"{asks}: {sentence}")
    assert wrong == []


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("what came out of the last review", Query(Subject.REVIEWS, Form.CARD, which=Which.LAST)),
        ("deals past their close date", Query(Subject.DEALS, Form.LIST, is_overdue=True)),
    ],
)
def test_what_is_not_read_whole_is_offered_as_a_sentence_alike_asks_it(question: str, asked: Query) -> None:
    reading = read_question(question, WorldNames("nora"), Asked(NORA), today=TODAY, last=None)
    assert reading.query is None
    assert asked in reading.offers


@pytest.mark.parametrize(
    ("question", "read", "text"),
    [
        (
            "who is on the hook for the tco spreadsheet at vantor",
            Query(Subject.ACTIONS, Form.WHO, of=(VANTOR,)),
            "tco spreadsheet",
        ),
        ("since when does the sso thing hold up merrow", Query(Subject.BLOCKERS, Form.WHEN, of=(MERROW,)), "sso"),
    ],
)
def test_words_that_mean_nothing_are_offered_as_the_text_of_the_thing_and_never_answered_so(
    question: str, read: Query, text: str
) -> None:
    reading = read_question(question, WorldNames("nora"), Asked(NORA), today=TODAY, last=None)
    assert reading.query is None
    assert reading.offers[:2] == (read, replace(read, about=text))


def test_whether_there_is_any_is_not_offered_beside_the_list_that_shows_it() -> None:
    question = "has brightwater got a champ lined up"
    reading = read_question(question, WorldNames("nora"), Asked(NORA), today=TODAY, last=None)
    assert {each.form for each in reading.offers if each.subject is Subject.PEOPLE} == {Form.LIST}
