"""Courtesies around a question are left out, and nothing else."""

from assistant.reading.ties import without_courtesies
from assistant.reading.tokens import as_typed, read_tokens
from tests.assistant.labels import read_in
from tests.cases import cases


@cases(("text", "left"), read_in("a_courtesy_before_or_after_a_question_is_left_out"))
def test_a_courtesy_before_or_after_a_question_is_left_out(text: str, left: str) -> None:
    assert as_typed(without_courtesies(read_tokens(text))) == left


@cases("text", read_in("what_asks_or_names_something_stays"))
def test_what_asks_or_names_something_stays(text: str) -> None:
    assert without_courtesies(read_tokens(text)) == read_tokens(text)


def test_the_question_mark_of_a_courtesy_is_kept_for_the_question() -> None:
    assert without_courtesies(read_tokens("Halden stalled, any idea?"))[-1].mark == "?"
