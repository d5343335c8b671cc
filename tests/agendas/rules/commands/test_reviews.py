from datetime import date, time

import pytest

from agendas.errors import NotUnderstood
from agendas.rules.commands import ReviewMoveWords, SkipWords, read_review_move, read_skip
from tests.cases import cases

WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
MONDAY = date(2026, 11, 30)


@cases(
    ("rest", "expected"),
    [
        ("to fri", ReviewMoveWords(None, FRIDAY, None)),
        ("fri to mon", ReviewMoveWords(FRIDAY, MONDAY, None)),
        ("2026-11-27 to 2026-11-30 14:00", ReviewMoveWords(FRIDAY, MONDAY, time(14))),
        ("to mon at 9am", ReviewMoveWords(None, MONDAY, time(9))),
        ("next tue to 4 dec 2:30 pm", ReviewMoveWords(date(2026, 12, 1), date(2026, 12, 4), time(14, 30))),
        ("TO tomorrow because of the offsite", ReviewMoveWords(None, date(2026, 11, 26), None, "of the offsite")),
    ],
)
def test_one_occurrence_is_moved_to_a_day_and_perhaps_a_time(rest, expected):
    assert read_review_move(rest, WEDNESDAY) == expected


@cases(
    ("rest", "sentence"),
    [
        ("", "Say to which day: /review move [DATE] to DATE [TIME]."),
        ("fri", "Say to which day"),
        ("fri to", "Say to which day"),
        ("fri to mon to tue", "Say to which day"),
        ("to 12/4", '"12/4" can be read in two ways'),
        ("to 2026-11-20", "20 Nov has passed"),
        ("2026-11-20 to fri", "20 Nov has passed"),
        ("to mon 25:00", '"25:00" is not a time of day'),
        ("to mon 9", '"mon 9" is not a date'),
        (f"to fri because {'x' * 3_001}", "The text has 3,001 characters"),
    ],
)
def test_a_move_that_cannot_be_understood_is_refused(rest, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        read_review_move(rest, WEDNESDAY)
    assert str(refusal.value).startswith(sentence)


@cases(
    ("rest", "expected"),
    [
        ("because of the offsite", SkipWords(None, "of the offsite")),
        ("fri because all are away", SkipWords(FRIDAY, "all are away")),
        ("2026-11-30 because: holiday", SkipWords(MONDAY, "holiday")),
    ],
)
def test_one_occurrence_is_skipped_with_its_reason(rest, expected):
    assert read_skip(rest, WEDNESDAY) == expected


@cases(
    ("rest", "sentence"),
    [
        ("", "Say why it is skipped, the reason is shown to all: /review skip [DATE] because TEXT."),
        ("fri", "Say why it is skipped"),
        ("fri because", "Say why after because: /review skip [DATE] because TEXT."),
        ("someday because of rain", '"someday" is not a date'),
        ("2026-11-20 because of rain", "20 Nov has passed"),
    ],
)
def test_a_skip_that_cannot_be_understood_is_refused(rest, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        read_skip(rest, WEDNESDAY)
    assert str(refusal.value).startswith(sentence)
