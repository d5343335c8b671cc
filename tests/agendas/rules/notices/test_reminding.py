from datetime import UTC, date, datetime, timedelta

from agendas.facts.reviews import Away
from agendas.rules.notices import SOONEST, Snooze, WorkingHours, reminder_at, snoozes, spread_reminders
from tests.cases import cases

BERLIN = WorkingHours("Europe/Berlin")


def instant(written: str) -> datetime:
    """The instant of a wall time with its offset, `2026-11-24T21:00+01:00`."""
    return datetime.fromisoformat(written).astimezone(UTC)


@cases(
    ("hours", "asked_at", "cutoff", "at"),
    [
        (BERLIN, "2026-11-24T09:00+01:00", "2026-11-25T07:00+01:00", "2026-11-24T16:00+01:00"),
        (BERLIN, "2026-11-24T14:00+01:00", "2026-11-25T12:00+01:00", "2026-11-25T11:00+01:00"),
        # asked two hours before the last working hour, and a minute later
        (BERLIN, "2026-11-24T14:00+01:00", "2026-11-25T07:00+01:00", "2026-11-24T16:00+01:00"),
        (BERLIN, "2026-11-24T14:01+01:00", "2026-11-25T07:00+01:00", None),
        # asked on Sunday for Monday morning: no working hour lies between
        (BERLIN, "2026-11-29T09:00+01:00", "2026-11-30T07:00+01:00", None),
        (
            WorkingHours("Europe/Berlin", (Away("U_NORA", date(2026, 11, 24), date(2026, 11, 24)),)),
            "2026-11-24T09:00+01:00",
            "2026-11-25T07:00+01:00",
            None,
        ),
        (WorkingHours("Asia/Tokyo"), "2026-11-24T09:00+01:00", "2026-11-25T07:00+01:00", "2026-11-25T14:00+09:00"),
    ],
)
def test_a_reminder_comes_late_in_working_hours_or_never(
    hours: WorkingHours, asked_at: str, cutoff: str, at: str | None
) -> None:
    found = reminder_at(hours, asked_at=instant(asked_at), cutoff=instant(cutoff))
    assert found == (instant(at) if at else None)


@cases(
    ("now", "cutoff", "choices"),
    [
        ("2026-11-24T10:00+01:00", "2026-11-26T07:00+01:00", ["hour", "afternoon", "tomorrow"]),
        ("2026-11-24T15:00+01:00", "2026-11-26T07:00+01:00", ["hour", "tomorrow"]),
        # at one o'clock both are the same instant
        ("2026-11-24T13:00+01:00", "2026-11-24T18:00+01:00", ["hour"]),
        ("2026-11-24T10:00+01:00", "2026-11-25T09:00+01:00", ["hour", "afternoon"]),
        ("2026-11-24T10:00+01:00", "2026-11-24T11:00+01:00", []),
    ],
)
def test_a_snooze_never_lies_past_the_end_of_updates(now: str, cutoff: str, choices: list[str]) -> None:
    assert [choice for choice, _ in snoozes(BERLIN, instant(now), instant(cutoff))] == [
        Snooze(each) for each in choices
    ]


@cases(
    ("at", "asked", "minutes"),
    [
        ("2026-11-25T16:00+01:00", "2026-11-24T09:00+01:00", (-2, 0)),
        # the day begins at nine, and who was asked two hours before is not reminded sooner
        ("2026-11-25T09:00+01:00", "2026-11-24T09:00+01:00", (0, 2)),
        ("2026-11-25T16:00+01:00", "2026-11-25T14:00+01:00", (0, 2)),
    ],
)
def test_many_reminders_of_one_instant_leave_one_after_the_other_in_working_hours(
    at: str, asked: str, minutes: tuple[int, int]
) -> None:
    instants = spread_reminders(instant(at), [(BERLIN, instant(asked))] * 300)
    first, end = (instant(at) + timedelta(minutes=each) for each in minutes)
    assert (min(instants), len(set(instants))) == (first, 300)
    assert max(instants) < end
    assert min(instants) >= instant(asked) + SOONEST
    assert spread_reminders(instant(at), [(BERLIN, instant(asked))] * 3) == [instant(at)] * 3
