from datetime import date

from agendas.facts.query import Period
from assistant.days import Unit, When, read_periods, shifted
from assistant.words import as_typed, read_tokens
from tests.assistant.world import TODAY
from tests.cases import texts


def period(said: str) -> Period:
    first, _, last = said.partition("..")
    return Period(*(date.fromisoformat(each) if each else None for each in (first, last)))


def only(text: str) -> tuple[When, str]:
    tokens = read_tokens(text)
    (found,) = read_periods(tokens, TODAY)
    return found, as_typed(tokens[found.start : found.end])


@texts("text", "said", "days")
def test_days_are_read_with_the_words_that_tell_them(text: str, said: str, days: str) -> None:
    found, typed = only(text)
    assert (typed, found.past, found.coming) == (said, period(days), period(days)) or (
        typed == said and period(days) in (found.past, found.coming)
    )


@texts("text", "days")
def test_days_of_what_happened_lie_back(text: str, days: str) -> None:
    assert only(text)[0].past == period(days)


@texts("text", "days")
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
