from datetime import date

from assistant.query import Period
from assistant.reading.read import When, read_periods
from assistant.reading.tokens import Unit, as_typed, read_tokens, shifted
from tests.assistant.world import TODAY
from tests.cases import cases


def period(said: str) -> Period:
    first, _, last = said.partition("..")
    return Period(*(date.fromisoformat(each) if each else None for each in (first, last)))


def only(text: str) -> tuple[When, str]:
    tokens = read_tokens(text)
    (found,) = read_periods(tokens, TODAY)
    return found, as_typed(tokens[found.start : found.end])


SAME = [
    ("what is due today?", "today", "2026-11-26..2026-11-26"),
    ("what happened yesterday", "yesterday", "2026-11-25..2026-11-25"),
    ("todays actions", "todays", "2026-11-26..2026-11-26"),
    ("what's due tommorow", "tommorow", "2026-11-27..2026-11-27"),
    ("due this week", "this week", "2026-11-23..2026-11-29"),
    ("this week's actions", "this week's", "2026-11-23..2026-11-29"),
    ("next weeks actions", "next weeks", "2026-11-30..2026-12-06"),
    ("early next week", "early next week", "2026-11-30..2026-12-06"),
    ("what moved last week", "last week", "2026-11-16..2026-11-22"),
    ("the week before last", "the week before last", "2026-11-09..2026-11-15"),
    ("this month", "this month", "2026-11-01..2026-11-30"),
    ("last month", "last month", "2026-10-01..2026-10-31"),
    ("closing this quarter", "this quarter", "2026-10-01..2026-12-31"),
    ("closing next quarter", "next quarter", "2027-01-01..2027-03-31"),
    ("last quarter", "last quarter", "2026-07-01..2026-09-30"),
    ("this year", "this year", "2026-01-01..2026-12-31"),
    ("closing in Q4", "in Q4", "2026-10-01..2026-12-31"),
    ("in 2025", "in 2025", "2025-01-01..2025-12-31"),
    ("october 2025", "october 2025", "2025-10-01..2025-10-31"),
    ("moved since monday", "since monday", "2026-11-23.."),
    ("moved since last week", "since last week", "2026-11-16.."),
    ("removed since 1 october", "since 1 october", "2026-10-01.."),
    ("since october", "since october", "2026-10-01.."),
    ("since 3 Nov", "since 3 Nov", "2026-11-03.."),
    ("nothing? and since the 1st", "since the 1st", "2026-11-01.."),
    ("since two weeks ago", "since two weeks ago", "2026-11-12.."),
    ("from 1 november on", "from 1 november on", "2026-11-01.."),
    ("last 30 days", "last 30 days", "2026-10-27..2026-11-26"),
    ("in the last 30 days", "in the last 30 days", "2026-10-27..2026-11-26"),
    ("over the past two weeks", "over the past two weeks", "2026-11-12..2026-11-26"),
    ("in the last month", "in the last month", "2026-10-26..2026-11-26"),
    ("lately", "lately", "2026-11-12..2026-11-26"),
    ("3 days ago", "3 days ago", "2026-11-23..2026-11-23"),
    ("this time last week", "this time last week", "2026-11-19..2026-11-19"),
    ("next 14 days", "next 14 days", "2026-11-26..2026-12-10"),
    ("from 16 nov to 20 nov", "from 16 nov to 20 nov", "2026-11-16..2026-11-20"),
    ("between 1 and 15 november", "between 1 and 15 november", "2026-11-01..2026-11-15"),
    ("between 1 Nov and 15 Nov", "between 1 Nov and 15 Nov", "2026-11-01..2026-11-15"),
    ("between 2026-11-01 and 2026-11-15", "between 2026-11-01 and 2026-11-15", "2026-11-01..2026-11-15"),
    ("this week and next week", "this week and next week", "2026-11-23..2026-12-06"),
    ("today or tomorrow", "today or tomorrow", "2026-11-26..2026-11-27"),
    ("end of month", "end of month", "2026-11-30..2026-11-30"),
    ("by end of month", "by end of month", "..2026-11-30"),
    ("by eow", "by eow", "..2026-11-27"),
    ("by the end of next week", "by the end of next week", "..2026-12-04"),
    ("before next week", "before next week", "..2026-11-29"),
    ("day after tomorrow", "day after tomorrow", "2026-11-28..2026-11-28"),
    ("quarter to date", "quarter to date", "2026-10-01..2026-11-26"),
    ("in the past 24 hours", "in the past 24 hours", "2026-11-25..2026-11-26"),
    ("from the 1st to the 15th of october", "from the 1st to the 15th of october", "2026-10-01..2026-10-15"),
    ("news from yesterday", "from yesterday", "2026-11-25..2026-11-25"),
    ("the first week of november", "the first week of november", "2026-11-01..2026-11-07"),
    ("second half of november", "second half of november", "2026-11-16..2026-11-30"),
    ("deals closing in q1 next year", "in q1 next year", "2027-01-01..2027-03-31"),
    ("in the coming days", "in the coming days", "2026-11-26..2026-12-03"),
    ("over the past weeks", "over the past weeks", "2026-11-05..2026-11-26"),
    ("earlier this week", "earlier this week", "2026-11-23..2026-11-29"),
    ("due before christmas", "before christmas", "..2026-12-24"),
    ("24.11.", "24.11", "2026-11-24..2026-11-24"),
]
PAST = [
    ("what moved in october", "2026-10-01..2026-10-31"),
    ("what happened on friday", "2026-11-20..2026-11-20"),
    ("updated before october", "..2026-09-30"),
    ("in march", "2026-03-01..2026-03-31"),
    ("what moved in Q1", "2026-01-01..2026-03-31"),
    ("15 jan", "2026-01-15..2026-01-15"),
    ("in 3 days", "2026-11-23..2026-11-26"),
    ("between october and today", "2026-10-01..2026-11-26"),
    ("oct-nov", "2026-10-01..2026-11-30"),
    ("from monday to friday", "2026-11-23..2026-11-27"),
    ("in december", "2025-12-01..2025-12-31"),
]
COMING = [
    ("due in october", "2027-10-01..2027-10-31"),
    ("due on friday", "2026-11-27..2026-11-27"),
    ("due before monday", "..2026-11-29"),
    ("due by friday", "..2026-11-27"),
    ("due until tuesday", "..2026-12-01"),
    ("due in december", "2026-12-01..2026-12-31"),
    ("what is due in march?", "2027-03-01..2027-03-31"),
    ("due by march", "..2027-03-31"),
    ("closing in Q1", "2027-01-01..2027-03-31"),
    ("due in 3 days", "2026-11-29..2026-11-29"),
    ("due after friday", "2026-11-28.."),
    ("closing before 15 dec", "..2026-12-14"),
    ("due within 2 weeks", "2026-11-26..2026-12-10"),
    ("due by the 15th", "..2026-12-15"),
    ("may 5", "2027-05-05..2027-05-05"),
    ("due week 49", "2026-11-30..2026-12-06"),
    ("closing in may", "2027-05-01..2027-05-31"),
]


@cases(("text", "said", "days"), SAME)
def test_days_are_read_with_the_words_that_tell_them(text: str, said: str, days: str) -> None:
    found, typed = only(text)
    assert (typed, found.past, found.coming) == (said, period(days), period(days)) or (
        typed == said and period(days) in (found.past, found.coming)
    )


@cases(("text", "days"), PAST)
def test_days_of_what_happened_lie_back(text: str, days: str) -> None:
    assert only(text)[0].past == period(days)


@cases(("text", "days"), COMING)
def test_days_of_what_is_to_come_lie_ahead(text: str, days: str) -> None:
    assert only(text)[0].coming == period(days)


@cases(
    ("text", "days"),
    [
        ("older than 30 days", "..2026-10-27"),
        ("open for more than two weeks", "..2026-11-12"),
        ("stalled for three weeks", "..2026-11-05"),
        ("blocked over a month", "..2026-10-26"),
        ("&gt; 30 days", "..2026-10-27"),
    ],
)
def test_an_age_is_told_from_a_period(text: str, days: str) -> None:
    found, _ = only(text)
    assert found.is_age
    assert found.past == period(days)


@cases(
    "text",
    [
        "what did may finish last",
        "is may late with anything",
        "what may I see",
        "blockers at march",
        "March Foods",
        "how is march foods",
        "what will mark do",
        "tier 1/2 accounts",
        "3.5 million",
        "our most recent review",
        "next review of maple",
        "the 1st one",
        "how many days in stage",
        "since when",
        'how is "October"',
        "accounts of may",
        "the last decision",
        "second week of what",
    ],
)
def test_words_that_are_no_days_here_are_left(text: str) -> None:
    assert read_periods(read_tokens(text), TODAY) == ()


@cases(
    ("text", "problem"),
    [
        ("due by 31 feb", "31 feb"),
        ("since 32 nov", "32 nov"),
        ("by 2026-13-45", "2026-13-45"),
        ("due 12/4", "two ways"),
    ],
)
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
