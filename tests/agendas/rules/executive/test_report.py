from dataclasses import replace
from datetime import date, timedelta

from agendas.facts.account import Decision, ListStatus
from agendas.facts.events import DecisionKind
from agendas.facts.measures import DecisionState, Program, TrendKind, TrendPoint
from agendas.facts.reviews import Bucket
from agendas.rules.executive import executive_report
from tests.agendas.rules.history.histories import History, named, shown
from tests.agendas.rules.measures.programs import NOW, of

TODAY = NOW.date()


def ask(due_on: date | None, **values: object) -> Decision:
    return replace(
        Decision(5, DecisionKind.INTERVENE, "Call their COO", NOW - timedelta(days=30), "U1", "U2", due_on), **values
    )


def advanced(name: str, tier: int = 1) -> History:
    history = named(tier, "aware", name=name, since=60)
    history.move("engaged", 75, shown(75))
    return history


def quiet(name: str) -> History:
    """No word from the buyer since day 20, in a stage that has no limit of age by then."""
    history = named(2, "engaged", name=name, since=40)
    history.promise(60, 30)
    return history


def with_decisions(*decisions: Decision) -> Program:
    program = of(advanced("Acme"))
    return replace(program, decisions=tuple((1, each) for each in decisions))


def test_each_named_account_is_in_one_bucket_and_the_counts_add_up_to_the_list() -> None:
    report = executive_report(of(advanced("Acme"), advanced("Bolt", 2), quiet("Cord"), named(3, name="Dune")))
    assert sum(each.now for each in report.counts) == report.on_list == 4
    assert [sum(each.tiers.values()) for each in report.counts] == [each.now for each in report.counts]
    assert [each.facts.account.name for each in report.advanced] == ["Acme", "Bolt"]


def test_a_paused_account_is_named_and_in_no_bucket() -> None:
    paused = named(1, name="Acme")
    paused.put("paused", 73)
    report = executive_report(of(paused, advanced("Bolt")))
    assert (report.on_list, len(report.paused)) == (1, 1)
    assert report.paused[0].facts.account.list_status is ListStatus.PAUSED


def test_a_bucket_that_is_empty_now_is_counted_where_it_was_not_before() -> None:
    program = replace(of(advanced("Acme")), before={1: Bucket.STALLED})
    counts = {each.bucket: (each.now, each.before) for each in executive_report(program).counts}
    assert counts == {Bucket.STALLED: (0, 1), Bucket.ADVANCED: (1, 0)}


def test_asks_of_the_month_before_are_late_after_their_day_and_stand_first() -> None:
    # an ask is late on the day after it was due, not on that day
    due = [ask(TODAY), ask(TODAY - timedelta(days=1)), ask(None), ask(TODAY, done_at=NOW)]
    past = executive_report(with_decisions(*due)).past
    assert [(each.state, each.days_late) for each in past] == [
        (DecisionState.OVERDUE, 1),
        (DecisionState.OPEN, 0),
        (DecisionState.OPEN, 0),
        (DecisionState.DONE, 0),
    ]


def test_a_decision_that_is_no_ask_is_done_when_it_is_taken() -> None:
    raised = Decision(6, DecisionKind.CHANGE_TIER, "Two depots asked", NOW, "U1", from_tier=2, to_tier=1)
    assert executive_report(with_decisions(raised)).past[0].state is DecisionState.DONE


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
        ("Acme", DecisionState.OVERDUE, 9),
        ("Acme", DecisionState.OPEN, 0),
        ("Quill", DecisionState.DROPPED, 0),
        ("Quill", DecisionState.DONE, 0),
        ("Quill", DecisionState.DONE, 0),
    ]


def test_decisions_of_accounts_that_the_reader_does_not_see_are_left_out() -> None:
    program = replace(of(advanced("Acme")), decisions=((99, ask(TODAY)),), decided=((99, ask(TODAY)),))
    report = executive_report(program)
    assert (report.past, report.decided) == ((), ())


def test_a_history_that_begins_after_the_month_before_began_is_said() -> None:
    program = of(advanced("Acme"))
    first = program.period.first
    begins = first.replace(day=1) - timedelta(days=1)
    # the whole month before is needed: one that begins on its first day compares, one that begins later does not
    assert executive_report(replace(program, history_since=begins.replace(day=1))).since is None
    assert executive_report(replace(program, history_since=begins)).since == begins
    # unless figures of the month before were kept: then everything compares with them
    kept = TrendPoint(first - timedelta(days=1), TrendKind.MONTH)
    assert executive_report(replace(program, history_since=begins, trend=(kept,))).since is None
