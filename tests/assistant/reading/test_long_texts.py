"""Long texts: so many words are read, and the others are named as not understood."""

from assistant.query import Field, Form, Query, Subject
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.read_pieces import MOST_SEARCHED, find_near_accounts
from assistant.reading.statements import LONGEST_WORDS, part_to_read
from assistant.reading.tokens import LONGEST_TEXT, Reading, read_tokens
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

TALE = "The customer told us that procurement wants another look before the board meets again. "


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


def test_the_question_of_a_long_text_is_read_and_the_rest_is_named_as_left_out() -> None:
    reading = read(f"{TALE * 40}So who owns Maple Insurance? Thanks a lot.")
    of = (ACCOUNTS["maple-insurance"].account_id,)
    assert reading.query == Query(Subject.ACCOUNTS, Form.FIELD, of=of, fields=(Field.OWNER,))
    assert reading.unread[0].startswith("The customer told us")
    assert reading.unread[0].endswith("again Thanks a lot")


@cases(
    "piece", ["my ", "a-", "a b ", "and ", '"a ', "hexlor, ", "which accounts are stalled? ", "\U0001f600 ", "Maple, "]
)
def test_no_more_words_of_a_text_are_read_than_can_be_at_once(piece: str) -> None:
    tokens = read_tokens((piece * LONGEST_TEXT)[:LONGEST_TEXT])
    found, left_out = part_to_read(tokens)
    assert (len(found), bool(left_out)) == (LONGEST_WORDS, True)


def test_a_text_of_some_sentences_is_read_whole() -> None:
    tokens = read_tokens(TALE * 10)
    assert part_to_read(tokens) == (tokens, "")


def test_the_first_unknown_words_alone_are_compared_with_every_name() -> None:
    tokens = read_tokens("hexlor, " * 100)
    assert len(find_near_accounts(tokens, WorldNames("nora"), ())) == MOST_SEARCHED
