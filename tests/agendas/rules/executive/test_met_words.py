from datetime import date

import pytest

from agendas.rules.commands import UnclearPart
from agendas.rules.executive import MeetingTold, read_meeting
from tests.cases import cases

TODAY = date(2026, 11, 24)
"""A Tuesday."""


@cases(
    ("typed", "meant"),
    [
        ("Dana Weber: agreed on a pilot", MeetingTold("Dana Weber", "agreed on a pilot")),
        ("<@U0PAULA|paula> Dana Weber, CFO: agreed", MeetingTold("Dana Weber, CFO", "agreed", "U0PAULA")),
        ("Dana Weber, CFO on 12 nov: agreed", MeetingTold("Dana Weber, CFO", "agreed", "", date(2026, 11, 12))),
        ("Dana Weber on 2026-11-02: agreed", MeetingTold("Dana Weber", "agreed", "", date(2026, 11, 2))),
        ("Dana Weber yesterday: agreed", MeetingTold("Dana Weber", "agreed", "", date(2026, 11, 23))),
        (
            "Dana Weber, CFO, yesterday evening: agreed",
            MeetingTold("Dana Weber, CFO", "agreed", "", date(2026, 11, 23)),
        ),
        ("Dana Weber the day before yesterday: agreed", MeetingTold("Dana Weber", "agreed", "", date(2026, 11, 22))),
        ("Dana Weber two days ago: agreed", MeetingTold("Dana Weber", "agreed", "", date(2026, 11, 22))),
        ("Dana Weber last friday: agreed", MeetingTold("Dana Weber", "agreed", "", date(2026, 11, 20))),
        ("Dana Weber, today: agreed", MeetingTold("Dana Weber", "agreed", "", TODAY)),
        # a weekday is the last one, and a month without a year the last one, since nobody met in a time to come
        ("Dana on friday: agreed", MeetingTold("Dana", "agreed", "", date(2026, 11, 20))),
        ("Dana on tue: agreed", MeetingTold("Dana", "agreed", "", TODAY)),
        ("Dana on 3 aug: agreed", MeetingTold("Dana", "agreed", "", date(2026, 8, 3))),
        # only one of the two days that it may be has come
        ("Dana on 11/12: agreed", MeetingTold("Dana", "agreed", "", date(2026, 11, 12))),
        ("Dana on 3 dec: agreed", MeetingTold("Dana", "agreed", "", date(2026, 12, 3))),
        ("Dana: 10:30 was too late: again", MeetingTold("Dana", "10:30 was too late: again")),
        ("J&amp;J's Rita: see <https://a.example/1>", MeetingTold("J&J's Rita", "see https://a.example/1")),
    ],
)
def test_words_about_a_meeting_are_read(typed: str, meant: MeetingTold) -> None:
    assert read_meeting(typed, TODAY) == meant


@cases(
    ("typed", "says", "entered"),
    [
        ("Dana Weber", "what came of it", {"theirs": "Dana Weber"}),
        (": agreed", "whom of theirs", {"text": "agreed"}),
        ("<@U0PAULA>: agreed", "whom of theirs", {"text": "agreed"}),
        ("<@U0PAULA> <@U0BOB1|bob>: agreed", "whom of theirs", {"ours": "U0PAULA", "theirs": "", "text": "agreed"}),
        ("Dana on tour: agreed", '"tour" is not a date', {"theirs": "Dana", "text": "agreed"}),
        ("Dana on 9/10: agreed", "two ways", {"theirs": "Dana", "text": "agreed"}),
        ("@paula Dana: agreed", "is nobody here", {}),
        ("x" * 200, "too long for a name", {"text": "x" * 200}),
    ],
)
def test_what_is_missing_or_in_doubt_is_asked_and_the_rest_is_kept(
    typed: str, says: str, entered: dict[str, str]
) -> None:
    with pytest.raises(UnclearPart, match=says) as asked:
        read_meeting(typed, TODAY)
    assert entered.items() <= asked.value.entered.items()


def test_of_two_days_each_is_a_button() -> None:
    with pytest.raises(UnclearPart) as asked:
        read_meeting("Dana on 9/10: agreed", TODAY)
    assert [choice.rest for choice in asked.value.choices] == [
        "Dana on 2026-09-10: agreed",
        "Dana on 2026-10-09: agreed",
    ]
