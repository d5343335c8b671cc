from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import product

from agendas.facts.account import Blocker, Decision, ListStatus
from agendas.facts.answered_items import OfAccount
from agendas.facts.events import DecisionKind
from agendas.facts.people import Function, Leads
from agendas.facts.program import DEFAULTS
from agendas.facts.reviews import Away
from agendas.rules import nudging
from agendas.rules.notices import WorkingHours
from tests.builders import ANN, BOB, CLEO, DAN, EVE, NOW, ZONE, account, ago, profile
from tests.cases import cases

# Rules of who is nudged about a blocker or an ask, from which day, and to whom it goes after its limit.

TODAY = date(2026, 11, 24)
TOMORROW = date(2026, 11, 25)
BLOCKER = Blocker(4, "Liability cap", ANN, "executive", NOW)
ASK = Decision(5, DecisionKind.INTERVENE, "Call their COO", NOW, EVE, ask_of=DAN, due_on=date(2026, 11, 27))
EVERYBODY = {ANN, BOB, CLEO, DAN, EVE}


@cases(
    ("values", "leads", "able", "whom"),
    [
        ({"our_executive": DAN}, {}, EVERYBODY, DAN),
        ({}, {"executive": CLEO}, EVERYBODY, CLEO),
        ({"our_executive": DAN}, {"executive": CLEO}, EVERYBODY - {DAN}, CLEO),
        ({}, {}, EVERYBODY, ANN),
        ({"owner": BOB}, {}, EVERYBODY - {ANN}, BOB),
        ({}, {}, set(), ""),
    ],
)
def test_help_is_asked_of_our_executive_else_the_lead_else_the_owner_who_can_act(values, leads, able, whom):
    found = account(profile=profile(**values), blockers=(BLOCKER,))
    assert nudging.whose_help(BLOCKER, found, Leads(leads), able.__contains__) == whom


@cases(
    ("values", "leads", "has_it", "to"),
    [
        ({"our_executive": DAN}, {"executive": CLEO}, DAN, CLEO),
        ({"our_executive": DAN}, {"executive": CLEO}, CLEO, DAN),
        ({"our_executive": DAN}, {}, DAN, ""),
        ({"our_executive": DAN}, {"executive": DAN}, DAN, ""),
        ({"our_executive": ANN}, {}, BOB, ""),
        ({}, {"executive": BOB}, "", BOB),
    ],
)
def test_it_goes_to_the_lead_or_our_executive_and_never_to_who_has_or_owns_it(values, leads, has_it, to):
    found = account(profile=profile(**values), blockers=(BLOCKER,))
    assert nudging.escalated_to(BLOCKER, found, Leads(leads), has_it=has_it, can_act=EVERYBODY.__contains__) == to


@cases(
    ("blocker", "so", "whom", "shown_on", "days"),
    [
        (BLOCKER, nudging.SoFar(), DAN, TOMORROW, 14),
        (BLOCKER, nudging.SoFar(DAN, TODAY), DAN, TODAY, 14),
        (BLOCKER, nudging.SoFar(CLEO, TODAY), DAN, TOMORROW, 14),
        (BLOCKER, nudging.SoFar(), EVE, None, 14),
        (BLOCKER, nudging.SoFar(), "", None, 14),
        (replace(BLOCKER, acknowledged_at=NOW), nudging.SoFar(DAN, TODAY), DAN, None, 14),
        (BLOCKER, nudging.SoFar(DAN, TODAY, 10, is_escalated=True), DAN, None, None),
    ],
)
def test_a_blocker_is_shown_from_the_next_day_and_escalates_all_the_same(blocker, so, whom, shown_on, days):
    found = nudging.follow_blocker(blocker, account(), so, whom=whom, opener=EVE, today=TODAY, limit_days=14)
    assert (found.user_id, found.next_on) == (whom, shown_on)
    assert found.escalates_at == (NOW + timedelta(days=days) if days else None)


@cases(
    ("ask", "so", "today", "shown_on"),
    [
        (ASK, nudging.SoFar(), TODAY, date(2026, 11, 27)),
        (replace(ASK, due_on=TODAY), nudging.SoFar(), TODAY, date(2026, 12, 1)),
        (replace(ASK, due_on=None), nudging.SoFar(), TODAY, date(2026, 12, 1)),
        (ASK, nudging.SoFar(DAN, date(2026, 12, 4), 1), date(2026, 11, 28), date(2026, 12, 4)),
        (replace(ASK, due_on=date(2026, 12, 20)), nudging.SoFar(DAN, date(2026, 12, 4), 1), TODAY, date(2026, 12, 20)),
        (ASK, nudging.SoFar(), date(2026, 12, 10), date(2026, 12, 10)),
    ],
)
def test_an_ask_is_shown_on_the_day_it_is_due_and_a_later_date_moves_it(ask, so, today, shown_on):
    assert nudging.follow_ask(ask, so, whom=DAN, zone=ZONE, today=today).next_on == shown_on


def test_an_ask_is_shown_weekly_and_a_blocker_daily() -> None:
    assert nudging.shown_next_on(nudging.FollowedKind.ASK, TODAY) == date(2026, 12, 1)
    assert nudging.shown_next_on(nudging.FollowedKind.BLOCKER, TODAY) == TOMORROW


def test_a_paused_account_waits_and_one_that_left_the_list_is_followed_no_more() -> None:
    open_one = account(blockers=(BLOCKER,), asks=(ASK,))
    assert set(nudging.items_to_follow(open_one)) == {4, 5}
    paused = replace(open_one, list_status=ListStatus.PAUSED)
    assert set(nudging.items_to_follow(paused)) == {4, 5}
    assert (
        nudging.follow_blocker(
            BLOCKER, paused, nudging.SoFar(), whom=DAN, opener=EVE, today=TODAY, limit_days=14
        ).next_on
        is None
    )
    assert not nudging.items_to_follow(replace(open_one, list_status=ListStatus.REMOVED))
    assert not nudging.items_to_follow(None)
    assert not nudging.items_to_follow(account(blockers=(replace(BLOCKER, resolved_at=NOW, opened_at=ago(3)),)))


@cases(
    ("needs", "helper", "asked"),
    [
        # our executive there, whom nobody else speaks for: neither owner nor another executive
        ("executive", DAN, [DAN]),
        # nobody leads the function: all of it, and the owner
        ("executive", "", [ANN, CLEO]),
        (None, "", [ANN]),
        (None, BOB, [BOB]),
    ],
)
def test_a_blocker_is_acknowledged_by_whoever_is_asked_and_by_nobody_else(needs, helper, asked):
    found = replace(nudging.item_of(OfAccount(1, "Acme Corp"), replace(BLOCKER, needs=needs)), helper=helper)
    functions = {DAN: None, CLEO: Function.EXECUTIVE, BOB: Function.SALES}
    assert [who for who in (ANN, BOB, CLEO, DAN) if nudging.is_asked(found, who, functions.get(who))] == asked


@cases(
    ("paused", "running", "is_resting"),
    [
        ([], [], False),
        ([{}], [], True),
        ([{"tiers": [2]}], [], False),
        ([{"tiers": [1]}], [{"tiers": [2]}], True),
        ([{"tiers": [1]}], [{"owners": [ANN]}], False),
    ],
)
def test_an_account_rests_where_its_only_cadence_is_paused(paused, running, is_resting):
    assert nudging.is_resting(account(tier=1, profile=profile(owner=ANN)), paused, running) is is_resting
    assert not nudging.is_resting(account(list_status=ListStatus.CANDIDATE), paused, running)


def test_limits_are_those_of_the_tiers_and_a_month_where_there_is_none() -> None:
    assert [nudging.limit_days(DEFAULTS, tier) for tier in (1, 2, 3, None)] == [14, 21, 30, 30]


@cases(
    ("held", "in_a_row", "told"),
    [
        ([], 0, False),
        ([False], 1, False),
        ([False, False], 2, True),
        ([False, False, False], 3, False),
        ([False, False, False, False, True], 4, True),
        ([True, False, False], 0, False),
        ([False, True, False], 1, False),
    ],
)
def test_reviews_in_a_row_that_were_not_held_are_told_after_every_second(held: list[bool], in_a_row: int, told: bool):
    assert (nudging.not_held_in_a_row(held), nudging.is_notified(nudging.not_held_in_a_row(held))) == (in_a_row, told)


# When a person's work is looked at and shown: working mornings in their own zone, whatever the clocks do.

NEW_YORK = WorkingHours("America/New_York")
HALF_PAST_EIGHT = time(8, 30)
EARLY = datetime.fromisoformat("2026-01-01T08:20-05:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@cases(
    ("now", "on", "next_at"),
    [
        ("2026-11-24T08:20-05:00", date(2026, 11, 24), "2026-11-25T08:20-05:00"),
        ("2026-11-24T12:30-05:00", date(2026, 11, 24), "2026-11-25T08:20-05:00"),
        ("2026-11-24T12:31-05:00", None, "2026-11-25T08:20-05:00"),
        ("2026-11-24T08:19-05:00", None, "2026-11-24T08:20-05:00"),
        ("2026-11-28T08:20-05:00", None, "2026-11-29T08:20-05:00"),
        # the clocks go back on 1 November and forward on 14 March: the wall time stays
        ("2026-10-30T08:20-04:00", date(2026, 10, 30), "2026-10-31T08:20-04:00"),
        ("2026-10-31T08:20-04:00", None, "2026-11-01T08:20-05:00"),
        ("2027-03-13T08:20-05:00", None, "2027-03-14T08:20-04:00"),
    ],
)
def test_a_morning_is_shown_on_a_working_day_from_ten_minutes_before_it_for_four_hours(now, on, next_at):
    found = nudging.look_at(NEW_YORK, HALF_PAST_EIGHT, at(now), planned_at=EARLY)
    assert (found.on, found.next_at) == (on, at(next_at))


def test_a_day_away_and_a_look_that_only_plans_are_left_out() -> None:
    now, day = at("2026-11-24T08:20-05:00"), date(2026, 11, 24)
    away = WorkingHours("America/New_York", (Away("", day, day, name="Founders' day"),))
    assert nudging.look_at(away, HALF_PAST_EIGHT, now, planned_at=now).on is None
    assert nudging.look_at(NEW_YORK, HALF_PAST_EIGHT, now, planned_at=now, plans_only=True).on is None


def test_what_is_planned_in_the_course_of_a_day_has_its_digest_on_the_next_however_late_it_is_looked_at() -> None:
    planned_at = at("2026-11-24T08:25-05:00")
    assert nudging.look_at(NEW_YORK, HALF_PAST_EIGHT, planned_at, planned_at=planned_at).on is None
    late = at("2026-11-25T09:00-05:00")
    assert nudging.look_at(NEW_YORK, HALF_PAST_EIGHT, late, planned_at=planned_at).on == date(2026, 11, 25)


@cases(
    ("digest_at", "zone"),
    product(
        [time(0), time(0, 5), time(2, 30), time(23, 59)],
        ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe"],
    ),
)
def test_looks_lead_from_day_to_day_through_a_year_and_show_each_working_day_once(zone: str, digest_at: time) -> None:
    hours, now = WorkingHours(zone), at("2026-01-01T12:00+00:00")
    shown, end = list[date](), now + timedelta(days=366)
    while now < end:
        found = nudging.look_at(hours, digest_at, now, planned_at=now)
        assert found.next_at > now
        shown += [found.on] if found.on else []
        now = found.next_at
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(367)]
    working = [day for day in days if day.weekday() < 5]
    assert shown == [day for day in working if shown[0] <= day <= shown[-1]]
    assert len(shown) >= 260
    assert timedelta(0) < nudging.AHEAD
