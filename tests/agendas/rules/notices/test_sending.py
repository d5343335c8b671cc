from datetime import UTC, datetime, time, timedelta

from agendas.facts.people import Choice, NoticeKind, Preferences, QuietHours
from agendas.rules.notices import Reason, after_quiet_hours, next_digest, when_to_send, when_to_tell
from tests.cases import cases

BERLIN = "Europe/Berlin"
NIGHT = QuietHours(time(20), time(7))


def berlin(written: str) -> datetime:
    """The instant of a wall time with its offset, `2026-11-24T21:00+01:00`."""
    return datetime.fromisoformat(written).astimezone(UTC)


@cases(
    ("at", "sent_at"),
    [
        ("2026-11-24T19:59:59+01:00", "2026-11-24T19:59:59+01:00"),
        ("2026-11-24T20:00+01:00", "2026-11-25T07:00+01:00"),
        ("2026-11-24T23:59+01:00", "2026-11-25T07:00+01:00"),
        ("2026-11-25T00:00+01:00", "2026-11-25T07:00+01:00"),
        ("2026-11-25T06:59+01:00", "2026-11-25T07:00+01:00"),
        ("2026-11-25T07:00+01:00", "2026-11-25T07:00+01:00"),
        # the clocks go forward in the night to 29 March 2026, and back in the night to 25 October
        ("2026-03-28T21:00+01:00", "2026-03-29T07:00+02:00"),
        ("2026-10-24T21:00+02:00", "2026-10-25T07:00+01:00"),
    ],
)
def test_a_message_waits_for_the_end_of_quiet_hours_that_cross_midnight(at: str, sent_at: str) -> None:
    assert after_quiet_hours(NIGHT, BERLIN, berlin(at)) == berlin(sent_at)


@cases(
    ("at", "sent_at"),
    [
        ("2026-11-24T11:59+01:00", "2026-11-24T11:59+01:00"),
        ("2026-11-24T12:00+01:00", "2026-11-24T13:00+01:00"),
        ("2026-11-24T13:00+01:00", "2026-11-24T13:00+01:00"),
    ],
)
def test_quiet_hours_may_lie_within_a_day(at: str, sent_at: str) -> None:
    assert after_quiet_hours(QuietHours(time(12), time(13)), BERLIN, berlin(at)) == berlin(sent_at)


def test_an_end_that_the_clocks_leave_out_is_the_first_time_after_it_and_of_one_that_comes_twice_the_first() -> None:
    short = QuietHours(time(22), time(2, 30))
    assert after_quiet_hours(short, BERLIN, berlin("2026-03-29T01:30+01:00")) == berlin("2026-03-29T03:00+02:00")
    assert after_quiet_hours(short, BERLIN, berlin("2026-10-25T02:10+02:00")) == berlin("2026-10-25T02:30+02:00")
    again = berlin("2026-10-25T02:10+01:00")
    assert after_quiet_hours(short, BERLIN, again) == again


def test_quiet_hours_are_those_of_the_persons_own_zone() -> None:
    at = berlin("2026-11-24T21:00+01:00")
    assert after_quiet_hours(NIGHT, "America/New_York", at) == at
    assert after_quiet_hours(None, BERLIN, at) == at


def test_a_kind_is_sent_at_once_after_quiet_hours_in_the_digest_or_never() -> None:
    night = berlin("2026-11-24T21:00+01:00")
    choices = ((NoticeKind.ACTIONS, Choice.DIGEST), (NoticeKind.HEALTH, Choice.OFF))
    wanted = Preferences(choices, quiet=NIGHT)
    morning, digest = berlin("2026-11-25T07:00+01:00"), berlin("2026-11-25T08:30+01:00")
    sent = {kind: when_to_send(kind, wanted, BERLIN, night) for kind in NoticeKind}
    assert {kind: (each.at, each.reason) if each else None for kind, each in sent.items()} == {
        NoticeKind.TOLD: (morning, Reason.QUIET_HOURS),
        NoticeKind.ACTIONS: (digest, Reason.DIGEST),
        NoticeKind.SIGNALS: (morning, Reason.QUIET_HOURS),
        NoticeKind.QUESTIONS: (morning, Reason.QUIET_HOURS),
        NoticeKind.HEALTH: None,
        NoticeKind.EXECUTIVE: (morning, Reason.QUIET_HOURS),
        NoticeKind.PREPARATION: (morning, Reason.QUIET_HOURS),
        NoticeKind.NUDGES: (morning, Reason.QUIET_HOURS),
    }
    day = berlin("2026-11-24T15:00+01:00")
    at_once = when_to_send(NoticeKind.TOLD, wanted, BERLIN, day)
    assert at_once is not None
    assert (at_once.at, at_once.reason) == (day, Reason.AT_ONCE)


def test_what_is_new_within_a_quarter_of_an_hour_is_collected_until_its_end() -> None:
    first = berlin("2026-11-24T15:00+01:00")
    told = [
        when_to_tell(Preferences(), BERLIN, first + timedelta(minutes=minutes), last_at=last_at)
        for minutes, last_at in ((0, None), (4, first), (15, first), (40, first))
    ]
    assert [((each.at - first).seconds // 60, each.reason) for each in told] == [
        (0, Reason.AT_ONCE),
        (15, Reason.COLLECTED),
        (15, Reason.AT_ONCE),
        (40, Reason.AT_ONCE),
    ]


def test_the_end_of_a_quarter_within_quiet_hours_waits_for_their_end() -> None:
    last_at = berlin("2026-11-24T19:50+01:00")
    told = when_to_tell(Preferences(quiet=NIGHT), BERLIN, last_at + timedelta(minutes=5), last_at=last_at)
    assert (told.at, told.reason) == (berlin("2026-11-25T07:00+01:00"), Reason.QUIET_HOURS)


@cases(
    ("at", "last_at", "sent_at"),
    [
        ("2026-11-24T08:00+01:00", None, "2026-11-24T08:30+01:00"),
        ("2026-11-24T08:30+01:00", None, "2026-11-24T08:30+01:00"),
        ("2026-11-24T08:31+01:00", None, "2026-11-25T08:30+01:00"),
        # the time was put later on a day that had its digest
        ("2026-11-24T08:10+01:00", "2026-11-24T06:30+01:00", "2026-11-25T08:30+01:00"),
        ("2026-03-28T09:00+01:00", None, "2026-03-29T08:30+02:00"),
        ("2026-10-24T09:00+02:00", None, "2026-10-25T08:30+01:00"),
    ],
)
def test_there_is_one_digest_a_day_at_its_wall_time(at: str, last_at: str | None, sent_at: str) -> None:
    last = berlin(last_at) if last_at else None
    assert next_digest(Preferences(), BERLIN, berlin(at), last_at=last) == berlin(sent_at)


def test_a_digest_at_a_time_that_the_clocks_leave_out_comes_at_the_next_one() -> None:
    wanted = Preferences(digest_at=time(2, 30))
    assert next_digest(wanted, BERLIN, berlin("2026-03-28T12:00+01:00")) == berlin("2026-03-29T03:00+02:00")
    first, second = berlin("2026-10-25T02:30+02:00"), berlin("2026-10-25T02:45+02:00")
    assert next_digest(wanted, BERLIN, berlin("2026-10-24T12:00+02:00")) == first
    assert next_digest(wanted, BERLIN, second, last_at=first) == berlin("2026-10-26T02:30+01:00")
