from datetime import date

from assistant.query import Having, Period, Query
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.read import When, read_periods
from assistant.reading.tokens import Unit, as_typed, read_tokens, shifted
from tests.assistant.labels import read_in
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases, texts


def period(said: str) -> Period:
    first, _, last = said.partition("..")
    return Period(*(date.fromisoformat(each) if each else None for each in (first, last)))


def only(text: str) -> tuple[When, str]:
    tokens = read_tokens(text)
    (found,) = read_periods(tokens, TODAY)
    return found, as_typed(tokens[found.start : found.end])


PAST = read_in("days_of_what_happened_lie_back")


@cases(("text", "said", "days"), read_in("days_are_read_with_the_words_that_tell_them"))
def test_days_are_read_with_the_words_that_tell_them(text: str, said: str, days: str) -> None:
    found, typed = only(text)
    assert (typed, found.past, found.coming) == (said, period(days), period(days)) or (
        typed == said and period(days) in (found.past, found.coming)
    )


@cases(("text", "days"), PAST)
def test_days_of_what_happened_lie_back(text: str, days: str) -> None:
    assert only(text)[0].past == period(days)


@cases(("text", "days"), read_in("days_of_what_is_to_come_lie_ahead"))
def test_days_of_what_is_to_come_lie_ahead(text: str, days: str) -> None:
    assert only(text)[0].coming == period(days)


@texts("text", "days")
def test_an_age_is_told_from_a_period(text: str, days: str) -> None:
    found, _ = only(text)
    assert found.is_age
    assert found.past == period(days)


@texts("text")
def test_words_that_are_no_days_here_are_left(text: str) -> None:
    assert read_periods(read_tokens(text), TODAY) == ()


@texts("text", "problem")
def test_days_that_are_not_in_the_calendar_are_told(text: str, problem: str) -> None:
    found, _ = only(text)
    assert problem in found.problem


def test_the_last_review_is_kept_as_a_mark() -> None:
    assert only("what changed since the last review?")[0].is_since_review
    assert only("moved since our last meeting")[0].is_since_review


def test_days_told_by_those_before_are_a_step() -> None:
    assert only("and the week before")[0].step == (Unit.WEEK, -1)
    assert shifted(period("2026-11-16..2026-11-22"), Unit.WEEK, -1) == period("2026-11-09..2026-11-15")
    assert shifted(period("2026-10-01..2026-10-31"), Unit.MONTH, -1) == period("2026-09-01..2026-09-30")


def test_two_periods_are_both_found() -> None:
    found = read_periods(read_tokens("what moved last week and what is due next month"), TODAY)
    assert [each.past for each in found] == [period("2026-11-16..2026-11-22"), period("2026-12-01..2026-12-31")]


# Since the last review.

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
