from dataclasses import replace
from datetime import date, timedelta

import pytest

from agendas.facts import measures
from agendas.facts.account import AccountState, Decision, ListStatus
from agendas.facts.events import DecisionKind
from agendas.facts.reviews import Bucket
from agendas.rules import executive
from agendas.rules.commands import UnclearPart
from agendas.rules.executive import MeetingReport, can_ask, can_be_met, executive_report, read_meeting, trends_of
from tests.agendas.rules.histories import History, named
from tests.agendas.rules.measured_programs import NOW, PERIOD, of
from tests.agendas.rules.test_scoreboard import steps_up
from tests.cases import cases

TODAY = NOW.date()


def ask(due_on: date | None, **values: object) -> Decision:
    return replace(
        Decision(5, DecisionKind.INTERVENE, "Call their COO", NOW - timedelta(days=30), "U1", "U2", due_on), **values
    )


def quiet(name: str) -> History:
    """No word from the buyer since day 20, in a stage that has no limit of age by then."""
    history = named(2, "engaged", name=name, since=40)
    history.promise(60, 30)
    return history


def with_decisions(*decisions: Decision) -> measures.Program:
    return replace(of(steps_up("Acme")), decisions=tuple((1, each) for each in decisions))


def test_each_named_account_is_in_one_bucket_and_the_counts_add_up_to_the_list() -> None:
    report = executive_report(of(steps_up("Acme"), steps_up("Bolt", 2), quiet("Cord"), named(3, name="Dune")))
    assert sum(each.now for each in report.counts) == report.on_list == 4
    assert [sum(each.tiers.values()) for each in report.counts] == [each.now for each in report.counts]
    assert [each.facts.account.name for each in report.advanced] == ["Acme", "Bolt"]


def test_a_paused_account_is_named_and_in_no_bucket() -> None:
    paused = named(1, name="Acme")
    paused.put("paused", 73)
    report = executive_report(of(paused, steps_up("Bolt")))
    assert (report.on_list, len(report.paused)) == (1, 1)
    assert report.paused[0].facts.account.list_status is ListStatus.PAUSED


def test_a_bucket_that_is_empty_now_is_counted_where_it_was_not_before() -> None:
    program = replace(of(steps_up("Acme")), before={1: Bucket.STALLED})
    counts = {each.bucket: (each.now, each.before) for each in executive_report(program).counts}
    assert counts == {Bucket.STALLED: (0, 1), Bucket.ADVANCED: (1, 0)}


def test_asks_of_the_month_before_are_late_after_their_day_and_stand_first() -> None:
    # an ask is late on the day after it was due, not on that day
    due = [ask(TODAY), ask(TODAY - timedelta(days=1)), ask(None), ask(TODAY, done_at=NOW)]
    past = executive_report(with_decisions(*due)).past
    assert [(each.state, each.days_late) for each in past] == [
        (executive.DecisionState.OVERDUE, 1),
        (executive.DecisionState.OPEN, 0),
        (executive.DecisionState.OPEN, 0),
        (executive.DecisionState.DONE, 0),
    ]


def test_a_decision_that_is_no_ask_is_done_when_it_is_taken() -> None:
    raised = Decision(6, DecisionKind.CHANGE_TIER, "Two depots asked", NOW, "U1", from_tier=2, to_tier=1)
    assert executive_report(with_decisions(raised)).past[0].state is executive.DecisionState.DONE


def test_decisions_to_keep_an_account_as_it_is_are_neither_counted_nor_read_back() -> None:
    kept, asked = Decision(6, DecisionKind.KEEP, "Go on", NOW, "U1"), ask(TODAY)
    program = with_decisions(kept, asked)
    report = executive_report(replace(program, decided=program.decisions))
    assert [each.decision for each in report.past] == [decision for _, decision in report.decided] == [asked]


def test_an_ask_of_an_account_that_left_the_list_is_dropped_and_never_late() -> None:
    late, done = ask(TODAY - timedelta(days=9)), ask(TODAY, done_at=NOW)
    raised = Decision(6, DecisionKind.CHANGE_TIER, "Two depots asked", NOW, "U1", from_tier=2, to_tier=1)
    gone = tuple((99, each) for each in (late, done, raised))
    program = with_decisions(ask(TODAY), late)
    past = executive_report(replace(program, decisions=(*gone, *program.decisions), names={99: "Quill"})).past
    assert [(each.name, each.state, each.days_late) for each in past] == [
        ("Acme", executive.DecisionState.OVERDUE, 9),
        ("Acme", executive.DecisionState.OPEN, 0),
        ("Quill", executive.DecisionState.DROPPED, 0),
        ("Quill", executive.DecisionState.DONE, 0),
        ("Quill", executive.DecisionState.DONE, 0),
    ]


def test_decisions_of_accounts_that_the_reader_does_not_see_are_left_out() -> None:
    program = replace(of(steps_up("Acme")), decisions=((99, ask(TODAY)),), decided=((99, ask(TODAY)),))
    report = executive_report(program)
    assert (report.past, report.decided) == ((), ())


def test_a_history_that_begins_after_the_month_before_began_is_said() -> None:
    program = of(steps_up("Acme"))
    first = program.period.first
    begins = first.replace(day=1) - timedelta(days=1)
    # the whole month before is needed: one that begins on its first day compares, one that begins later does not
    assert executive_report(replace(program, history_since=begins.replace(day=1))).since is None
    assert executive_report(replace(program, history_since=begins)).since == begins
    # unless figures of the month before were kept: then everything compares with them
    kept = measures.TrendPoint(first - timedelta(days=1), measures.TrendKind.MONTH)
    assert executive_report(replace(program, history_since=begins, trend=(kept,))).since is None


# What can still be done at an account.

ASK = Decision(5, DecisionKind.INTERVENE, "Call their COO", NOW - timedelta(days=30), "U1", "U2")
TAKEN, OTHER = replace(ASK, ask_of="U3"), replace(ASK, event_id=6)


def possible(ask: Decision | None, now: AccountState | None) -> tuple[Decision | None, bool, bool]:
    """(the ask to take, whether one can be made, whether the account can be met)."""
    account = of(named(1, name="Acme")).accounts[0]
    each = executive.Intervention(account, ask)
    report = executive.ExecutiveReport(of().period, now={account.account_id: now} if now else {})
    return executive.ask_to_take(report, each), can_ask(report, each), can_be_met(report, account.account_id)


@cases(
    ("ask", "status", "open_now", "expected"),
    [
        (ASK, ListStatus.NAMED, (ASK,), (ASK, False, True)),
        (ASK, ListStatus.NAMED, (OTHER, TAKEN), (TAKEN, False, True)),
        (ASK, ListStatus.PAUSED, (ASK,), (ASK, False, True)),
        (ASK, ListStatus.NAMED, (), (None, False, True)),
        (ASK, ListStatus.NAMED, (OTHER,), (None, False, True)),
        (ASK, ListStatus.REMOVED, (ASK,), (None, False, False)),
        (None, ListStatus.NAMED, (), (None, True, True)),
        (None, ListStatus.NAMED, (ASK,), (None, False, True)),
        (None, ListStatus.PAUSED, (), (None, False, True)),
        (None, ListStatus.CANDIDATE, (), (None, False, False)),
        (None, ListStatus.REMOVED, (), (None, False, False)),
    ],
)
def test_only_what_can_be_done_at_the_account_as_it_stands_now_is_offered(ask, status, open_now, expected):
    state = replace(of(named(1, name="Acme")).accounts[0].facts.account, list_status=status, asks=open_now)
    assert possible(ask, state) == expected


def test_nothing_is_offered_at_an_account_that_is_not_known_now() -> None:
    assert (possible(ASK, None), possible(None, None)) == ((None, False, False),) * 2


# Figures of a period beside those of the month before.
def ended(days_before: int, kind: measures.TrendKind = measures.TrendKind.MONTH) -> measures.TrendPoint:
    """Figures of a month, or a review, on a day before the period's first."""
    advanced = {1: measures.Progression(comparable=9, advanced=days_before)}
    return measures.TrendPoint(PERIOD.first - timedelta(days=days_before), kind, progression=advanced)


def before(*trend: measures.TrendPoint) -> measures.Progression | None:
    return trends_of(of(named(1, "engaged"), trend=trend)).progression_before


def test_the_month_before_is_the_one_that_ended_on_the_day_before_the_period() -> None:
    assert before(ended(31), ended(1), ended(1, measures.TrendKind.REVIEW)) == measures.Progression(
        comparable=9, advanced=1
    )


def test_an_older_month_is_not_told_as_the_month_before_while_that_is_not_worked_out() -> None:
    assert before(ended(31)) is None
    assert before() is None


# The month that is reviewed.
@cases(
    ("on", "month"),
    [
        (date(2026, 12, 1), date(2026, 11, 1)),
        (date(2026, 12, 7), date(2026, 11, 1)),
        (date(2026, 12, 8), date(2026, 12, 1)),
        (date(2026, 12, 31), date(2026, 12, 1)),
        (date(2027, 1, 3), date(2026, 12, 1)),
    ],
)
def test_the_month_before_is_reviewed_in_the_first_seven_days_and_the_running_one_later(on: date, month: date) -> None:
    assert executive.month_reviewed(on) == month


# Words that tell of a meeting.

TYPED_ON = date(2026, 11, 24)
"""A Tuesday."""


@cases(
    ("typed", "meant"),
    [
        ("Dana Weber: agreed on a pilot", MeetingReport("Dana Weber", "agreed on a pilot")),
        ("<@U0PAULA|paula> Dana Weber, CFO: agreed", MeetingReport("Dana Weber, CFO", "agreed", "U0PAULA")),
        ("Dana Weber, CFO on 12 nov: agreed", MeetingReport("Dana Weber, CFO", "agreed", "", date(2026, 11, 12))),
        ("Dana Weber on 2026-11-02: agreed", MeetingReport("Dana Weber", "agreed", "", date(2026, 11, 2))),
        ("Dana Weber yesterday: agreed", MeetingReport("Dana Weber", "agreed", "", date(2026, 11, 23))),
        (
            "Dana Weber, CFO, yesterday evening: agreed",
            MeetingReport("Dana Weber, CFO", "agreed", "", date(2026, 11, 23)),
        ),
        ("Dana Weber the day before yesterday: agreed", MeetingReport("Dana Weber", "agreed", "", date(2026, 11, 22))),
        ("Dana Weber two days ago: agreed", MeetingReport("Dana Weber", "agreed", "", date(2026, 11, 22))),
        ("Dana Weber last friday: agreed", MeetingReport("Dana Weber", "agreed", "", date(2026, 11, 20))),
        ("Dana Weber, today: agreed", MeetingReport("Dana Weber", "agreed", "", TYPED_ON)),
        # a weekday is the last one, and a month without a year the last one, since nobody met in a time to come
        ("Dana on friday: agreed", MeetingReport("Dana", "agreed", "", date(2026, 11, 20))),
        ("Dana on tue: agreed", MeetingReport("Dana", "agreed", "", TYPED_ON)),
        ("Dana on 3 aug: agreed", MeetingReport("Dana", "agreed", "", date(2026, 8, 3))),
        # only one of the two days that it may be has come
        ("Dana on 11/12: agreed", MeetingReport("Dana", "agreed", "", date(2026, 11, 12))),
        ("Dana on 3 dec: agreed", MeetingReport("Dana", "agreed", "", date(2026, 12, 3))),
        ("Dana: 10:30 was too late: again", MeetingReport("Dana", "10:30 was too late: again")),
        ("J&amp;J's Rita: see <https://a.example/1>", MeetingReport("J&J's Rita", "see https://a.example/1")),
    ],
)
def test_words_about_a_meeting_are_read(typed: str, meant: MeetingReport) -> None:
    assert read_meeting(typed, TYPED_ON) == meant


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
def test_what_is_missing_or_in_doubt_is_asked_and_the_rest_is_kept(typed: str, says: str, entered: dict[str, str]):
    with pytest.raises(UnclearPart, match=says) as asked:
        read_meeting(typed, TYPED_ON)
    assert entered.items() <= asked.value.entered.items()


def test_of_two_days_each_is_a_button() -> None:
    with pytest.raises(UnclearPart) as asked:
        read_meeting("Dana on 9/10: agreed", TYPED_ON)
    assert [choice.rest for choice in asked.value.choices] == [
        "Dana on 2026-09-10: agreed",
        "Dana on 2026-10-09: agreed",
    ]
