from datetime import date

from assistant.query import Having, Period, Query
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

HELD = date(2026, 11, 16)


def read(text: str, held: date | None = HELD) -> Query | None:
    asked = Asked(PEOPLE["nora"].user_id, last_review_on=lambda: held)
    return read_question(text, WorldNames("nora"), asked, today=TODAY, last=None).query


@cases(
    "text",
    [
        "what changed since the last review?",
        "which accounts have no update since our last meeting",
        "what did tomas finish since the last review",
    ],
)
def test_since_the_last_review_is_since_its_day(text: str) -> None:
    query = read(text)
    assert query is not None
    assert query.period == Period(HELD)


def test_movement_counts_from_the_last_review_of_each_account() -> None:
    query = read("what moved since the last review?")
    assert query is not None
    assert query.period is None


def test_without_a_review_there_is_no_such_day() -> None:
    query = read("what changed since the last review?", held=None)
    assert query is not None
    assert query.period is None


def test_without_an_update_is_since_the_last_review() -> None:
    query = read("whose updates are missing?")
    assert query is not None
    assert (query.without, query.period) == ((Having.UPDATE,), Period(HELD))
