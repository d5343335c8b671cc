"""Letters about an event show the account as it was then, and read only what they need."""

import pytest

from agendas.facts.account import Stage
from agendas.rendering.words import Words
from agendas.verbs.delivery.compose import compose
from agendas.verbs.reads.reviews.facts import review_item
from agendas.verbs.record.record import Recorded
from agendas.verbs.undo import undo
from agendas.verbs.updates import updates
from storage import reviews
from storage.database.engine import Store
from storage.delivery import outbox
from storage.tables import Event, Letter, Person
from tests.builders import ANN, BOB, NOW, WORKSPACE, ago
from tests.program import Program, stored_program
from tests.statements import loaded

WORDS = Words()


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def line_of(program: Program, recorded: Recorded) -> Letter:
    line: Letter = program.read(outbox.by_key, f"event:{recorded.event.id}:line:{program.reviews[-1]}")
    return line


def said(program: Program, letter: Letter) -> str:
    return program.store.read_now(compose, letter, words=WORDS, now=NOW)[0].text


def test_a_line_tells_of_the_stage_as_it_was_whatever_was_recorded_since(program: Program) -> None:
    acme = program.accounts["acme"]
    first = program.did(updates.move, ANN, ago(0.2), acme, text="One", to_stage=Stage.OPPORTUNITY)
    told = said(program, line_of(program, first))
    program.did(updates.move, BOB, ago(0.1), acme, text="Two", to_stage=Stage.AWARE)
    assert said(program, line_of(program, first)) == told
    assert "opportunity" in told


def test_a_line_about_what_was_taken_back_names_it(program: Program) -> None:
    opened = program.did(updates.open_blocker, ANN, NOW, program.accounts["acme"], text="Legal")
    undone = program.did(undo.take_back, ANN, NOW, opened.event.id)
    with program.store.reading() as session:
        line = next(
            each
            for each in outbox.of_review(session, program.reviews[-1])
            if each.page == "update_line" and each.subject["event_id"] > undone.event.id
        )
    assert "Legal" in said(program, line)


def test_the_history_after_an_event_is_not_read_for_its_line(program: Program) -> None:
    acme = program.accounts["acme"]
    first = program.did(updates.move, ANN, ago(0.2), acme, text="One")
    for number in range(5):
        program.did(updates.move, BOB, ago(0.1), acme, text=str(number))
    line = line_of(program, first)
    rows = loaded(Event, lambda: said(program, line))
    assert max(row.row_id for row in rows) == first.event.id


def test_only_the_people_whom_a_message_mentions_are_read_for_their_names(program: Program) -> None:
    line = line_of(program, program.did(updates.move, ANN, NOW, program.accounts["acme"], text="One"))
    people = loaded(Person, lambda: said(program, line))
    assert [person.user_id for person in people] == [ANN]
    assert said(program, line) == "Ann: news: One."


def test_one_account_of_a_review_reads_its_own_letter_only(program: Program) -> None:
    item = program.store.read_now(reviews.items, program.reviews[-1])[0]
    key = f"review:{item.review_id}:item:{item.row_id}"
    with program.store.writing() as session:
        letter = outbox.by_key(session, WORKSPACE, key)
        assert letter is not None
        letter.state, letter.sent_channel, letter.sent_ts = "sent", "C1", "1.000001"
        session.add(letter)
    letters = loaded(Letter, lambda: program.read(review_item, item.row_id, now=NOW))
    assert [each.key for each in letters] == [key]
    found = program.read(review_item, item.row_id, now=NOW)
    assert found.permalink == "https://sample.example/archives/C1/p1000001"
