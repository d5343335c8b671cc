"""Long texts: so many words are read, and the others are named as not understood."""

from assistant.query import Form
from assistant.reading.names import Asked
from assistant.reading.reader import LONGEST_WORDS, read_question
from assistant.reading.result import Reading
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames


def read(text: str) -> Reading:
    return read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id, None), today=TODAY, last=None)


def test_words_after_the_last_one_that_is_read_are_named_as_not_understood() -> None:
    short = "is Corvane Logistics stalled " + "please " * (LONGEST_WORDS - 4)
    assert read(short) == read("is Corvane Logistics stalled")
    long = read(short + "and compare Maple")
    assert long.query == read(short).query
    assert long.query is not None
    assert long.query.form is Form.YES_NO
    assert (long.unread[0], long.is_sure) == ("and compare Maple", False)


def test_a_short_name_that_no_account_has_is_no_slip_of_a_word_that_says_nothing() -> None:
    for text in ("how is acme", "who owns acme?"):
        [choice] = read(text).choices
        assert (choice.typed, choice.accounts) == ("acme", ())
