from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts import events
from agendas.facts.account import ActionStatus, Blocker, Decision, ListStatus, NextAction, Source
from agendas.facts.interventions import AskAnswered
from agendas.facts.people import Leads, NoticeChoice, NoticeKind, Preferences, QuietHours
from agendas.facts.reviews import Away, Reminding
from agendas.rules import notices
from agendas.rules.notices import Rank, Reason, Spent, WorkingHours, after_quiet_hours, is_working, still_news, week_of
from tests.builders import ANN, BOB, CLEO, DAN, EVE, NOW, account, event, profile
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
    wanted = Preferences(
        ((NoticeKind.ACTIONS, NoticeChoice.DIGEST), (NoticeKind.HEALTH, NoticeChoice.OFF)), quiet=NIGHT
    )
    morning, digest = berlin("2026-11-25T07:00+01:00"), berlin("2026-11-25T08:30+01:00")
    sent = {kind: notices.when_to_send(kind, wanted, BERLIN, night) for kind in NoticeKind}
    assert {kind: (each.at, each.reason) if each else None for kind, each in sent.items()} == {
        NoticeKind.NEWS: (morning, Reason.QUIET_HOURS),
        NoticeKind.ACTIONS: (digest, Reason.DIGEST),
        NoticeKind.SIGNALS: (morning, Reason.QUIET_HOURS),
        NoticeKind.QUESTIONS: (morning, Reason.QUIET_HOURS),
        NoticeKind.HEALTH: None,
        NoticeKind.EXECUTIVE: (morning, Reason.QUIET_HOURS),
        NoticeKind.PREPARATION: (morning, Reason.QUIET_HOURS),
        NoticeKind.NUDGES: (morning, Reason.QUIET_HOURS),
    }
    day = berlin("2026-11-24T15:00+01:00")
    at_once = notices.when_to_send(NoticeKind.NEWS, wanted, BERLIN, day)
    assert at_once is not None
    assert (at_once.at, at_once.reason) == (day, Reason.AT_ONCE)


def test_what_is_new_within_a_quarter_of_an_hour_is_collected_until_its_end() -> None:
    first = berlin("2026-11-24T15:00+01:00")
    told = [
        notices.when_to_tell(Preferences(), BERLIN, first + timedelta(minutes=minutes), last_at=last_at)
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
    told = notices.when_to_tell(Preferences(quiet=NIGHT), BERLIN, last_at + timedelta(minutes=5), last_at=last_at)
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
    assert notices.next_digest(Preferences(), BERLIN, berlin(at), last_at=last) == berlin(sent_at)


def test_a_digest_at_a_time_that_the_clocks_leave_out_comes_at_the_next_one() -> None:
    wanted = Preferences(digest_at=time(2, 30))
    assert notices.next_digest(wanted, BERLIN, berlin("2026-03-28T12:00+01:00")) == berlin("2026-03-29T03:00+02:00")
    first, second = berlin("2026-10-25T02:30+02:00"), berlin("2026-10-25T02:45+02:00")
    assert notices.next_digest(wanted, BERLIN, berlin("2026-10-24T12:00+02:00")) == first
    assert notices.next_digest(wanted, BERLIN, second, last_at=first) == berlin("2026-10-26T02:30+01:00")


# Working hours.

BERLIN_HOURS = WorkingHours("Europe/Berlin")
AWAY = Away("U_NORA", date(2026, 11, 26), date(2026, 11, 27))
CLOSED = Away("", date(2026, 11, 26), date(2026, 11, 26), name="company day")


@cases(
    ("hours", "at", "works_at"),
    [
        (BERLIN_HOURS, "2026-11-25T08:59+01:00", "2026-11-25T09:00+01:00"),
        (BERLIN_HOURS, "2026-11-25T09:00+01:00", "2026-11-25T09:00+01:00"),
        (BERLIN_HOURS, "2026-11-25T16:59+01:00", "2026-11-25T16:59+01:00"),
        (BERLIN_HOURS, "2026-11-25T17:00+01:00", "2026-11-26T09:00+01:00"),
        # the weekend, and days away before it
        (BERLIN_HOURS, "2026-11-27T18:00+01:00", "2026-11-30T09:00+01:00"),
        (BERLIN_HOURS, "2026-11-29T12:00+01:00", "2026-11-30T09:00+01:00"),
        (WorkingHours("Europe/Berlin", (AWAY,)), "2026-11-26T10:00+01:00", "2026-11-30T09:00+01:00"),
        (WorkingHours("Europe/Berlin", (CLOSED,)), "2026-11-26T10:00+01:00", "2026-11-27T09:00+01:00"),
        # Friday 25 December is a public holiday in Germany
        (WorkingHours("Europe/Berlin", holidays_of="DE"), "2026-12-24T17:00+01:00", "2026-12-28T09:00+01:00"),
        # the same instant is a morning in New York and the night in Tokyo
        (WorkingHours("America/New_York"), "2026-11-25T15:30+01:00", "2026-11-25T09:30-05:00"),
        (WorkingHours("Asia/Tokyo"), "2026-11-25T15:30+01:00", "2026-11-26T09:00+09:00"),
        (WorkingHours("Asia/Kolkata"), "2026-11-27T20:00+05:30", "2026-11-30T09:00+05:30"),
        # the clocks go forward on 29 March 2026 in Berlin and on Friday 27 March in Jerusalem, back on 25 October
        (BERLIN_HOURS, "2026-03-27T17:00+01:00", "2026-03-30T09:00+02:00"),
        (BERLIN_HOURS, "2026-10-23T17:00+02:00", "2026-10-26T09:00+01:00"),
        (WorkingHours("Asia/Jerusalem"), "2026-03-26T17:00+02:00", "2026-03-27T09:00+03:00"),
    ],
)
def test_work_goes_on_at_nine_on_the_next_working_day_of_the_persons_own_zone(hours, at, works_at):
    assert notices.next_working_instant(hours, berlin(at)) == berlin(works_at)
    assert is_working(hours, berlin(works_at))
    assert is_working(hours, berlin(at)) == (berlin(at) == berlin(works_at))


@cases(
    ("hours", "cutoff", "last_at"),
    [
        (BERLIN_HOURS, "2026-11-25T12:00+01:00", "2026-11-25T11:00+01:00"),
        (BERLIN_HOURS, "2026-11-25T10:00+01:00", "2026-11-25T09:00+01:00"),
        # too little time is left this morning
        (BERLIN_HOURS, "2026-11-25T09:59+01:00", "2026-11-24T16:00+01:00"),
        (BERLIN_HOURS, "2026-11-25T07:00+01:00", "2026-11-24T16:00+01:00"),
        (BERLIN_HOURS, "2026-11-25T22:00+01:00", "2026-11-25T16:00+01:00"),
        (BERLIN_HOURS, "2026-11-30T07:00+01:00", "2026-11-27T16:00+01:00"),
        (WorkingHours("Europe/Berlin", (AWAY,)), "2026-11-30T07:00+01:00", "2026-11-25T16:00+01:00"),
        (WorkingHours("Europe/Berlin", holidays_of="DE"), "2026-12-28T07:00+01:00", "2026-12-24T16:00+01:00"),
        (WorkingHours("Asia/Tokyo"), "2026-11-25T07:00+01:00", "2026-11-25T14:00+09:00"),
        (WorkingHours("America/New_York"), "2026-11-25T07:00+01:00", "2026-11-24T16:00-05:00"),
        (BERLIN_HOURS, "2026-03-30T07:00+02:00", "2026-03-27T16:00+01:00"),
        (BERLIN_HOURS, "2026-10-26T07:00+01:00", "2026-10-23T16:00+02:00"),
    ],
)
def test_the_last_moment_leaves_an_hour_of_work_before_the_cutoff(hours: WorkingHours, cutoff: str, last_at: str):
    assert notices.last_working_instant_before(hours, berlin(cutoff)) == berlin(last_at)


@cases(
    ("hours", "after", "morning_at"),
    [
        (BERLIN_HOURS, "2026-11-25T08:29+01:00", "2026-11-25T08:30+01:00"),
        (BERLIN_HOURS, "2026-11-25T08:30+01:00", "2026-11-26T08:30+01:00"),
        (BERLIN_HOURS, "2026-11-27T12:00+01:00", "2026-11-30T08:30+01:00"),
        (WorkingHours("Europe/Berlin", (AWAY,)), "2026-11-25T12:00+01:00", "2026-11-30T08:30+01:00"),
        (WorkingHours("Pacific/Auckland"), "2026-11-25T12:00+01:00", "2026-11-26T08:30+13:00"),
        (BERLIN_HOURS, "2026-10-23T12:00+02:00", "2026-10-26T08:30+01:00"),
    ],
)
def test_the_next_working_morning_is_strictly_later(hours: WorkingHours, after: str, morning_at: str) -> None:
    assert notices.next_working_morning(hours, berlin(after), time(8, 30)) == berlin(morning_at)


def test_who_is_away_for_years_has_no_working_day() -> None:
    gone = WorkingHours("Europe/Berlin", (Away("U_NORA", date(2020, 1, 1), date(2040, 1, 1)),))
    at = berlin("2026-11-25T12:00+01:00")
    assert notices.next_working_instant(gone, at) is None
    assert notices.last_working_instant_before(gone, at) is None
    assert notices.next_working_morning(gone, at, time(8, 30)) is None
    assert not is_working(gone, at)


@given(
    st.integers(0, 6 * 365 * 24 * 60),
    st.sampled_from(("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Jerusalem")),
)
def test_what_is_found_is_always_in_working_hours_and_nothing_nearer_is(minutes: int, zone: str) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    hours = WorkingHours(zone, (AWAY,), "DE")
    next_at, last_at = notices.next_working_instant(hours, at), notices.last_working_instant_before(hours, at)
    assert next_at is not None
    assert last_at is not None
    assert last_at + notices.TIME_TO_ACT <= at <= next_at
    for each in (next_at, last_at):
        local = each.astimezone(ZoneInfo(zone))
        assert is_working(hours, each)
        assert notices.is_working_day(hours, local.date())
        assert time(9) <= local.time() < time(17)
    assert not is_working(hours, next_at - timedelta(seconds=1)) or next_at == at


# Many messages due at one instant begin early enough, at a pace that Slack takes.

AT = datetime(2026, 11, 29, 8, tzinfo=UTC)


@cases(
    ("recipients", "unknown", "minutes"),
    [(0, 0, 0), (8, 8, 0), (186, 44, 0), (200, 0, 2), (8, 0, 0), (60, 60, 2), (5_000, 0, 27), (5_000, 5_000, 113)],
)
def test_sending_begins_as_much_earlier_as_the_pace_of_a_workspace_needs(recipients: int, unknown: int, minutes: int):
    assert notices.minutes_ahead(recipients, unknown) == timedelta(minutes=minutes)


@cases("every", [1, 2, 50, 5_001])
def test_messages_are_spread_so_that_no_minute_has_more_than_slack_takes_and_the_last_leaves_in_time(every: int):
    are_known = [bool(number % every) for number in range(5_000)]
    instants = notices.instants_before(AT, are_known)
    first_at = AT - notices.minutes_ahead(5_000, are_known.count(False))
    minutes = Counter(int((at - first_at).total_seconds() // 60) for at in instants)
    opened = Counter(
        int((at - first_at).total_seconds() // 60)
        for at, is_known in zip(instants, are_known, strict=True)
        if not is_known
    )
    assert min(instants) == first_at
    assert max(instants) < AT
    assert max(minutes.values()) < notices.MESSAGES_A_MINUTE
    assert max(opened.values(), default=0) < notices.CONVERSATIONS_A_MINUTE


def test_a_few_messages_are_all_due_at_their_instant() -> None:
    assert notices.instants_before(AT, [True, False, True]) == [AT, AT, AT]
    assert notices.instants_before(AT, []) == []


# The weekly cap.
@cases(
    ("spent", "room"),
    [
        (Spent(0, 0), {Rank.FIRST, Rank.USUAL, Rank.DIGEST}),
        (Spent(9, 0), {Rank.FIRST, Rank.USUAL, Rank.DIGEST}),
        (Spent(10, 0), {Rank.FIRST, Rank.DIGEST}),
        (Spent(14, 0), {Rank.FIRST, Rank.DIGEST}),
        (Spent(15, 0), {Rank.DIGEST}),
        (Spent(15, 4), {Rank.DIGEST}),
        (Spent(15, 5), set()),
        (Spent(13, 7), set()),
    ],
)
def test_of_twenty_five_are_kept_for_digests_and_five_for_asks_and_blockers(spent: Spent, room: set[Rank]) -> None:
    assert {rank for rank in Rank if notices.has_room(20, spent, rank)} == room


@given(st.integers(10, 200), st.lists(st.sampled_from(Rank), max_size=400))
def test_the_cap_holds_and_five_digests_always_have_room(cap: int, wanted: list[Rank]) -> None:
    spent = Spent()
    for rank in wanted:
        if notices.has_room(cap, spent, rank):
            spent = spent.plus(rank)
        assert spent.total <= cap
        assert spent.digests >= notices.DIGESTS_RESERVED or notices.has_room(cap, spent, Rank.DIGEST)


@cases(
    ("zone", "at", "begins", "after"),
    [
        ("UTC", "2026-11-25T12:00+00:00", "2026-11-23T00:00+00:00", "2026-11-30T00:00+00:00"),
        ("Asia/Tokyo", "2026-11-29T16:00+00:00", "2026-11-30T00:00+09:00", "2026-12-07T00:00+09:00"),
        # the clocks go forward on 29 March 2026 and back on 25 October
        ("Europe/Berlin", "2026-03-25T12:00+01:00", "2026-03-23T00:00+01:00", "2026-03-30T00:00+02:00"),
        ("Europe/Berlin", "2026-10-25T12:00+01:00", "2026-10-19T00:00+02:00", "2026-10-26T00:00+01:00"),
    ],
)
def test_a_week_begins_on_monday_in_the_zone_whatever_the_clocks_do(zone: str, at: str, begins: str, after: str):
    begins_at = week_of(datetime.fromisoformat(at), zone)
    assert begins_at == datetime.fromisoformat(begins)
    assert notices.week_after(begins_at, zone) == datetime.fromisoformat(after)
    assert week_of(begins_at, zone) == begins_at
    assert week_of(begins_at - timedelta(seconds=1), zone) < begins_at
    assert begins_at.tzinfo == UTC


# What people are told of what others did.

DAY = date(2026, 11, 27)
ACCOUNT = account(profile=profile(owner=BOB, our_executive=DAN, marketing_partner=EVE))
ASK = events.Decided(events.DecisionKind.INTERVENE, "Call their COO", ask_of=DAN, due_on=DAY)


@cases(
    ("change", "told"),
    [
        (events.ActionAdded("Call them", CLEO, DAY), (CLEO,)),
        (events.ActionAdded("Call them", ANN, DAY), ()),
        (events.ActionAdded("Call them", DAN, DAY, decision_id=7), ()),
        (events.ActionChanged(7, "done"), ()),
        (events.BlockerOpened("No budget", CLEO), (CLEO, BOB)),
        (events.BlockerOpened("No budget", ANN, "executive"), (DAN, BOB)),
        (events.BlockerOpened("No budget", ANN, "marketing"), (EVE, BOB)),
        (events.BlockerOpened("No budget", ANN, "finance"), (BOB,)),
        (ASK, (DAN, BOB)),
        (events.Decided(events.DecisionKind.KEEP, ""), (BOB,)),
        (events.ListChanged("paused", 1, "Reorganised", "named", 1), (BOB,)),
        (events.ListChanged("paused", 1, "Reorganised", "named", 1, decision_id=7), ()),
        (events.ListChanged("named", 1, "Fits", "candidate"), ()),
    ],
)
def test_who_is_asked_and_the_owner_are_told_but_never_the_author(change: events.Change, told: tuple[str, ...]) -> None:
    assert notices.people_to_tell(event(change), ACCOUNT) == told


OPENED = event(events.BlockerOpened("No budget", CLEO, "executive"), id=7, actor=EVE)
DECIDED = event(ASK, id=7, actor=EVE)


@cases(
    ("change", "begun", "told"),
    [
        (events.BlockerChanged(7, "resolved", "They signed"), OPENED, (EVE, CLEO, DAN)),
        (events.BlockerChanged(7, "answered", "On Friday"), OPENED, (EVE, CLEO)),
        (events.BlockerChanged(7, "resolved", "They signed"), replace(OPENED, source=Source.IMPORT), (CLEO, DAN)),
        (events.BlockerChanged(7, "resolved"), replace(OPENED, actor=ANN), (CLEO, DAN)),
        (AskAnswered(7, "Call their COO", "She calls"), DECIDED, (EVE, BOB)),
        (events.ActionChanged(8, "done"), DECIDED, (EVE, BOB)),
    ],
)
def test_who_waited_is_told_of_what_was_answered_or_resolved(change, begun, told):
    assert notices.people_to_tell(event(change), ACCOUNT, begun=begun) == told
    for reader in told:
        found = still_news(event(change), ACCOUNT, reader, begun=begun)
        assert found is not None
        assert (found.open, found.subject) == (None, begun.change.text)


@cases("source", [Source.IMPORT, Source.SYSTEM, Source.WEBHOOK])
def test_what_a_file_or_a_program_brings_asks_nobody(source: Source) -> None:
    assert notices.people_to_tell(event(ASK, source=source), ACCOUNT) == ()


def action(**values: Any) -> NextAction:
    return replace(NextAction(1, "Call them", CLEO, DAY, NOW), **values)


def test_an_action_is_told_while_it_is_open() -> None:
    added = event(events.ActionAdded("Call them", CLEO, DAY))
    waiting = still_news(added, replace(ACCOUNT, actions=(action(),)), CLEO)
    assert waiting is not None
    assert waiting.open is not None
    done = replace(ACCOUNT, actions=(action(status=ActionStatus.DONE),))
    gone = replace(ACCOUNT, actions=(action(),), list_status=ListStatus.REMOVED)
    assert [still_news(added, each, CLEO) for each in (done, gone, ACCOUNT)] == [None, None, None]


def test_a_blocker_is_told_until_it_is_resolved_and_to_the_owner_that_the_account_has_now() -> None:
    opened = event(events.BlockerOpened("No budget", CLEO))
    blocker = Blocker(1, "No budget", CLEO, None, NOW)
    waits = replace(ACCOUNT, blockers=(blocker,))
    assert still_news(opened, waits, CLEO)
    assert still_news(opened, waits, BOB)
    assert still_news(opened, replace(waits, profile=profile(owner=EVE)), BOB) is None
    assert still_news(opened, replace(ACCOUNT, blockers=(replace(blocker, resolved_at=NOW),)), BOB) is None


def test_an_ask_is_told_until_it_is_answered_and_the_decision_to_the_owner_in_any_case() -> None:
    ask = Decision(1, events.DecisionKind.INTERVENE, "Call their COO", NOW, ANN, ask_of=DAN, due_on=DAY)
    asked = still_news(event(ASK), replace(ACCOUNT, asks=(ask,)), DAN)
    assert asked is not None
    assert asked.open is not None
    assert asked.open.thing == ask
    assert still_news(event(ASK), ACCOUNT, DAN) is None
    decided = still_news(event(ASK), ACCOUNT, BOB)
    assert decided is not None
    assert decided.open is None


@cases(("needs", "told"), [("product", (CLEO, BOB)), ("executive", (DAN, BOB)), ("finance", (BOB,)), (None, (BOB,))])
def test_a_blocker_asks_the_accounts_own_person_for_a_function_else_its_lead(needs: str | None, told: tuple[str, ...]):
    leads = Leads({"product": CLEO, "executive": CLEO})
    opened = event(events.BlockerOpened("No connector", ANN, needs))
    assert notices.people_to_tell(opened, ACCOUNT, leads) == told
    waits = replace(ACCOUNT, blockers=(Blocker(1, "No connector", ANN, needs, NOW),))
    assert bool(still_news(opened, waits, CLEO, leads)) is (CLEO in told)
    assert notices.people_to_tell(replace(opened, actor=CLEO), ACCOUNT, Leads({"product": CLEO}))[-1] == BOB


# Reminders.
@cases(
    ("hours", "asked_at", "cutoff", "at"),
    [
        (BERLIN_HOURS, "2026-11-24T09:00+01:00", "2026-11-25T07:00+01:00", "2026-11-24T16:00+01:00"),
        (BERLIN_HOURS, "2026-11-24T14:00+01:00", "2026-11-25T12:00+01:00", "2026-11-25T11:00+01:00"),
        # asked two hours before the last working hour, and a minute later
        (BERLIN_HOURS, "2026-11-24T14:00+01:00", "2026-11-25T07:00+01:00", "2026-11-24T16:00+01:00"),
        (BERLIN_HOURS, "2026-11-24T14:01+01:00", "2026-11-25T07:00+01:00", None),
        # asked on Sunday for Monday morning: no working hour lies between
        (BERLIN_HOURS, "2026-11-29T09:00+01:00", "2026-11-30T07:00+01:00", None),
        (
            WorkingHours("Europe/Berlin", (Away("U_NORA", date(2026, 11, 24), date(2026, 11, 24)),)),
            "2026-11-24T09:00+01:00",
            "2026-11-25T07:00+01:00",
            None,
        ),
        (WorkingHours("Asia/Tokyo"), "2026-11-24T09:00+01:00", "2026-11-25T07:00+01:00", "2026-11-25T14:00+09:00"),
    ],
)
def test_a_reminder_comes_late_in_working_hours_or_never(hours, asked_at, cutoff, at):
    assert notices.reminder_at(hours, asked_at=berlin(asked_at), cutoff=berlin(cutoff)) == (berlin(at) if at else None)


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
    assert [choice for choice, _ in notices.snoozes(BERLIN_HOURS, berlin(now), berlin(cutoff))] == [
        notices.Snooze(each) for each in choices
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
def test_many_reminders_of_one_instant_leave_one_after_the_other_in_working_hours(at, asked, minutes):
    instants = notices.spread_reminders(berlin(at), [(BERLIN_HOURS, berlin(asked))] * 300)
    first, end = (berlin(at) + timedelta(minutes=each) for each in minutes)
    assert (min(instants), len(set(instants))) == (first, 300)
    assert max(instants) < end
    assert min(instants) >= berlin(asked) + notices.SOONEST
    assert notices.spread_reminders(berlin(at), [(BERLIN_HOURS, berlin(asked))] * 3) == [berlin(at)] * 3


# Light cadences.

LIGHT, STANDARD, ACTIVE = Reminding


def test_a_light_cadence_asks_once_and_reminds_nobody() -> None:
    assert [notices.reminds(each) for each in Reminding] == [False, True, True]


@cases(
    ("profiles", "waits", "morning", "same_day"),
    [
        ((), False, True, False),
        ((LIGHT,), True, False, False),
        ((LIGHT, LIGHT), True, False, False),
        ((STANDARD,), False, True, False),
        ((LIGHT, STANDARD), False, True, False),
        ((ACTIVE,), False, True, True),
        ((LIGHT, ACTIVE), False, True, True),
    ],
)
def test_only_who_has_light_cadences_alone_is_told_in_the_digest(profiles, *, waits, morning, same_day):
    assert (
        notices.waits_for_digest(profiles),
        notices.has_morning_digest(profiles),
        notices.tells_the_same_day(profiles),
    ) == (
        waits,
        morning,
        same_day,
    )
