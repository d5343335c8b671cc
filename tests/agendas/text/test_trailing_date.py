"""The date at the end of what is typed: read, asked about, or not there."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agendas.text.dates import WEEKDAY_NAMES, date_at_end, whole_date
from tests.agendas.text.test_date_properties import WORDS, days
from tests.cases import cases

WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
FOURTH = date(2026, 12, 4)


@cases(
    ("text", "on", "count"),
    [
        ("Send the DPA by fri", FRIDAY, 2),
        ("Send the DPA BY 4 dec 2026.", FOURTH, 4),
        ("Send the DPA by in 2 weeks", date(2026, 12, 9), 4),
        ("Send the DPA by end of the week", FRIDAY, 5),
        ("Send the DPA by 4.12.", FOURTH, 2),
        ("Send the DPA by 2026/12/04", FOURTH, 2),
        ("Get it signed by legal by tomorrow", date(2026, 11, 26), 2),
        ("Send the DPA by friday at the latest", FRIDAY, 5),
        ("Send the deck friday", FRIDAY, 1),
        ("Send the deck on friday", FRIDAY, 2),
        ("Call 4 Dec", FOURTH, 2),
        ("Call fri 4 dec", FOURTH, 3),
        ("Call 4.12.", FOURTH, 1),
        ("Call 04.12.2026", FOURTH, 1),
        ("Call in 2 weeks", date(2026, 12, 9), 3),
        ("Call today", WEDNESDAY, 1),
        ("Call Sat", date(2026, 11, 28), 1),
        ("Call 4 dec 26", FOURTH, 3),
        ("Call (friday)", FRIDAY, 1),
        ("Send it by the end of the month", date(2026, 11, 30), 6),
        ("Send it within two weeks", date(2026, 12, 9), 3),
        ("Send it in a fortnight", date(2026, 12, 9), 3),
    ],
)
def test_a_date_that_ends_the_text_is_read_with_its_words(text: str, on: date, count: int) -> None:
    found = date_at_end(text.split(), WEDNESDAY)
    assert found is not None
    assert (found.on, found.count, found.stays) == (on, count, False)


@cases("text", ["Call friday at 10am", "Call by fri 5pm", "Call on friday morning"])
def test_a_date_with_a_time_of_day_is_read_and_stays_in_the_text(text: str) -> None:
    found = date_at_end(text.split(), WEDNESDAY)
    assert found is not None
    assert (found.on, found.stays) == (FRIDAY, True)


@cases(
    ("text", "readings", "said"),
    [
        ("Send it by 4/12", (FOURTH, date(2027, 4, 12)), "can be read in two ways"),
        ("Send it 4/12", (FOURTH, date(2027, 4, 12)), "can be read in two ways"),
        ("Offer support 24/7", (date(2027, 7, 24),), 'Is "24/7" the day'),
        ("Move to release 2.5", (date(2027, 5, 2),), 'Is "2.5" the day'),
        ("Ask where he sat", (date(2026, 11, 28),), 'Is "sat" the day'),
        ("Send it next week", (FOURTH, date(2026, 11, 30)), "several days"),
        ("Send it by next week", (FOURTH, date(2026, 11, 30)), "several days"),
        ("Send it by end of june", (date(2027, 6, 30),), "several days"),
        ("Send it by the 4th", (FOURTH,), "several days"),
        ("Sign by end of quarter", (date(2026, 12, 31),), "several days"),
        ("Sign by Q1", (date(2027, 3, 31),), "several days"),
        ("Sign by week 49", (FOURTH,), "several days"),
        ("Send it by noon", (WEDNESDAY,), "Is it due today?"),
        ("Kick off in december", (date(2026, 12, 31), date(2026, 12, 1)), "several days"),
        ("Wait until friday", (FRIDAY,), 'the date in "until friday"'),
        ("Prepare for friday", (FRIDAY,), 'the date in "for friday"'),
        ("Send it by friday to the CFO", (FRIDAY,), "A date stands in"),
        ("Send it by firday", (FRIDAY,), "Did you mean friday?"),
        ("Send it firday", (FRIDAY,), "Did you mean friday?"),
        ("Send it tomorow", (date(2026, 11, 26),), "Did you mean tomorrow?"),
        ("Call tue 4 dec", (FOURTH, date(2026, 12, 1)), "two ways"),
        ("Get it signed by legal", (), 'After by comes a date, and "legal" is not one.'),
        ("Get it signed by Sundar", (date(2026, 11, 29),), "Did you mean sunday?"),
        ("Reduce the price by 10%", (), 'After by comes a date, and "10%" is not one.'),
        ("Send it by", (), "Say by when"),
        ("Send it by yesterday", (), "24 Nov has passed"),
        ("Send the minutes of 20 nov", (), "20 Nov has passed"),
        ("Send it yesterday", (), "24 Nov has passed"),
        ("Send it by 2026-02-31", (), "is not in the calendar"),
        ("Send it 31 nov", (), "is not in the calendar"),
        ("Send it by 2099-01-01", (), "more than 20 years away"),
    ],
)
def test_a_date_that_cannot_be_told_is_asked_about(text: str, readings: tuple[date, ...], said: str) -> None:
    found = date_at_end(text.split(), WEDNESDAY)
    assert found is not None
    assert found.on is None
    assert found.readings == readings
    assert said in found.problem


@cases(
    "text",
    [
        "",
        "Send the deck",
        "Sign-off by the head of legal there",
        "Win them by showing them what we made",
        "Call them once a year",
        "Call at midday",
        "Friday is when they meet",
        "A raise of 2.75 points",
    ],
)
def test_a_text_that_ends_otherwise_has_no_date(text: str) -> None:
    assert date_at_end(text.split(), WEDNESDAY) is None


def test_quoted_words_are_never_read() -> None:
    assert date_at_end(["Send", '"the deck by friday"'], WEDNESDAY) is None
    assert date_at_end(["Send", "by", '"friday"'], WEDNESDAY) is None


@given(words=st.lists(st.sampled_from(WORDS), max_size=8), today=days)
def test_the_date_takes_only_words_that_are_there_and_is_read_or_asked(words: list[str], today: date) -> None:
    found = date_at_end(words, today)
    if found is None:
        assert not words or words[-1].casefold() != "by"
        return
    assert 1 <= found.count <= len(words)
    assert (found.on is None) == bool(found.problem)
    assert all(on >= today for on in (*found.readings, *((found.on,) if found.on else ())))
    assert "\n" not in found.problem


@given(
    today=days,
    ahead=st.integers(0, 300),
    form=st.sampled_from(["{0:%d} {0:%b} {0:%Y}", "{0:%Y-%m-%d}", "{0:%d.%m.%Y}"]),
)
def test_a_date_without_by_is_the_same_date_as_with_it(today: date, ahead: int, form: str) -> None:
    on = today + timedelta(days=ahead)
    written = form.format(on)
    for text in (f"Send the deck {written}", f"Send the deck by {written}", f"Send the deck on {written}"):
        found = date_at_end(text.split(), today)
        assert found is not None
        assert found.on == on == whole_date(written, today).on


@given(today=days, name=st.sampled_from(WEEKDAY_NAMES))
def test_a_weekday_at_the_end_is_within_the_coming_seven_days(today: date, name: str) -> None:
    found = date_at_end(["Call", name], today)
    assert found is not None
    assert found.on is not None
    assert 1 <= (found.on - today).days <= 7
