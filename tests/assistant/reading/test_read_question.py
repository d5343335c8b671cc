"""Questions in other words than those of the labelled set, one rule each."""

from collections.abc import Iterator
from pathlib import Path

from assistant.conversation import LastAnswer
from assistant.query import Query
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.tokens import Reading
from assistant.remark import RemarkKind
from tests.assistant.labels import read_in, read_label
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases


def read(text: str) -> Reading:
    return read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)


def asks(text: str) -> Query | None:
    return read(text).query


def sentences() -> Iterator[tuple[str, str, str, list[str]]]:
    """The label of the answer before, the text, its label, and the words that are not understood, of each line."""
    for line in Path("tests/assistant/reading/sentences.txt").read_text(encoding="utf-8").splitlines():
        if " = " in line and not line.startswith("#"):
            said, _, label = line.partition(" = ")
            before, _, text = said.rpartition(" > ")
            label, _, unread = label.partition(" ~ ")
            yield before, text, label, unread.split(", ") if unread else []


@cases(("before", "text", "label", "unread"), sentences())
def test_a_sentence_is_always_read_so(before: str, text: str, label: str, unread: list[str]) -> None:
    query = read_label(before) if before else None
    last = LastAnswer(query, query.of) if isinstance(query, Query) else None
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=last)
    assert (reading.query, reading.choices, list(reading.unread)) == (read_label(label), (), unread)


COURTESIES = read_in("courtesies_slips_and_reasons_change_nothing")


@cases("text", COURTESIES)
def test_courtesies_slips_and_reasons_change_nothing(text: str) -> None:
    assert asks(text) == asks("who owns kestrel")


def test_a_question_of_known_words_is_sure() -> None:
    assert read("which of my tier 1 accounts have no next action").is_sure


def test_a_question_in_the_channel_of_an_account_is_about_it_where_it_names_none() -> None:
    asked = Asked(PEOPLE["nora"].user_id, channel_account=4)
    query = read_question("what blocks us", WorldNames("nora"), asked, today=TODAY, last=None).query
    assert query == read_label("blockers list of=corvane")


@cases(
    ("text", "is_told"),
    [
        ("the owners met and said yes to a pilot of eleven hotels", True),
        ("pilot of eleven hotels after all", True),
        ("is the pilot of eleven hotels on", False),
        ("what blocks us", False),
        ("eleven hotels", False),
    ],
)
def test_words_that_ask_nothing_where_an_account_is_at_hand_are_news_of_it(text: str, is_told: bool) -> None:
    asked = Asked(PEOPLE["nora"].user_id, channel_account=4)
    remark = read_question(text, WorldNames("nora"), asked, today=TODAY, last=None).remark
    assert (remark is not None and (remark.kind, remark.of) == (RemarkKind.NEWS, (4,))) == is_told


def test_a_list_of_accounts_in_the_channel_of_an_account_is_of_all_accounts() -> None:
    asked = Asked(PEOPLE["nora"].user_id, channel_account=4)
    query = read_question("which accounts are stalled", WorldNames("nora"), asked, today=TODAY, last=None).query
    assert query == read_label("accounts list states=stalled")


@cases(
    "text",
    ["orrin rail status", "blenheim status", "who owns blenheim", "orrin rail's champion", "orrin rail tier"],
)
def test_a_name_that_no_account_has_is_asked_about_where_something_of_an_account_is_asked(text: str) -> None:
    found = read(text)
    assert [choice.is_ambiguous for choice in found.choices] == [False], found
