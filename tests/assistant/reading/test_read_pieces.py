from assistant.conversation import LastAnswer
from assistant.query import Field, Form, Query, Subject
from assistant.reading.as_wanted import Asked
from assistant.reading.held import unread_of
from assistant.reading.lexicon import Said
from assistant.reading.orders import read_question
from assistant.reading.read_pieces import MOST_SEARCHED, find_near_accounts, read_pieces
from assistant.reading.statements import LONGEST_WORDS, part_to_read
from assistant.reading.tokens import LONGEST_TEXT, Reading, read_tokens
from tests.assistant.labels import read_label
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases, texts

# Long texts: so many words are read, and the others are named as not understood.

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
    assert len(find_near_accounts(read_tokens("hexlor, " * 100), WorldNames("nora"), ())) == MOST_SEARCHED


# Words that are not read are named, and never answered as if they had not been said.
def read_after(text: str, *, before: str = "") -> Reading:
    query = read_label(before) if before else None
    last = LastAnswer(query, query.of) if isinstance(query, Query) else None
    return read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=last)


@cases(
    ("text", "lost"),
    [
        ("the detractors please", ("detractors",)),
        ("kestrel, stalled", ("kestrel", "stalled")),
        ("tier 2 in food", ("tier 2", "food")),
        ("tomas, since monday", ("tomas", "since monday")),
        ("over 100k, top 3, overdue, mine", ("over 100k", "3", "overdue", "mine")),
        ("open ones on the list", ()),
    ],
)
def test_a_word_that_narrows_is_named_where_the_query_does_not_hold_it(text: str, lost: tuple[str, ...]) -> None:
    said = Said(read_pieces(read_tokens(text), WorldNames("nora"), TODAY))
    said.use(*range(len(said)))
    assert unread_of(said, Query(Subject.ACCOUNTS, Form.LIST)) == lost


def test_a_word_that_means_nothing_is_said_to_be_unread_and_makes_the_reading_unsure() -> None:
    reading = read_after("average value of tier 1")
    assert reading.unread == ("average",)
    assert not reading.is_sure


def test_a_number_that_no_rule_uses_is_unread() -> None:
    assert "one" in read_after("which accounts have more than one blocker").unread


def test_a_number_that_no_answer_has_is_said_to_be_left_out() -> None:
    assert read_after("average deal size").unread == ("average",)


@cases(
    ("text", "left"),
    [
        ("accounts not owned by me", "not owned by me"),
        ("which accounts are not owned by nora", "not owned by nora"),
        ("which accounts does nora not own", "not own"),
    ],
)
def test_accounts_of_all_but_somebody_are_not_answered_with_those_of_nobody(text: str, left: str) -> None:
    found = read_after(text)
    assert (found.query, found.unread) == (None, (left,))


@cases(
    ("before", "text"),
    [
        ("accounts list states=stalled", "not mine"),
        ("actions list whose=nora", "not corvane"),
        ("accounts list tiers=1", "what about the others"),
    ],
)
def test_what_no_query_can_say_is_told_as_not_understood(before: str, text: str) -> None:
    reading = read_after(text, before=before)
    assert (reading.query, reading.unread, reading.is_sure) == (read_label(before), (text,), False)


@cases("text", ["you are useless", "tell me a joke"])
def test_a_scolding_or_a_joke_is_not_answered_with_the_last_answer_again(text: str) -> None:
    assert read_after(text, before="plays list").query is None


@texts("before", "text")
def test_an_account_is_not_told_again_where_another_may_be_meant(before: str, text: str) -> None:
    assert read_after(text, before=before).query is None


@texts("text", "meant", "left")
def test_what_is_to_be_left_out_is_said_and_not_asked_for(text: str, meant: str, left: str) -> None:
    reading = read_after(text)
    assert (reading.query, reading.unread) == (read_label(meant), (left,))
