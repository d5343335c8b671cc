from dataclasses import replace

from agendas.facts.events import ActionChanged, BlockerChanged, Decided, DecisionKind
from agendas.facts.interventions import AskAnswered
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import AgendaFacts, CodedReason
from agendas.rules.deals import stall
from agendas.rules.movement import movement
from agendas.rules.reviews import reasons
from tests.agendas.rules.history.histories import NOW_DAY, History, day, named, nominated, shown
from tests.cases import cases


def found(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    return reasons(
        facts, movement(facts), stall(facts.account, now=facts.now, zone=facts.zone, settings=facts.settings)
    )


def of(history: History, *, aged_before: bool = False, now: float = NOW_DAY) -> tuple[CodedReason, ...]:
    return found(history.facts(aged_before=aged_before, now=now))


def quiet_since(touched: float, tier: int = 1) -> History:
    """Engaged with evidence since that day, with an open action that is not due."""
    return named(tier, "engaged", since=touched)


def test_an_account_in_order_needs_nobody() -> None:
    assert of(named(1, "engaged")) == ()


def test_a_regress_is_reason_enough() -> None:
    history = named(1, "mqa")
    history.move("aware", 72, shown(72))
    assert of(history) == (("regressed", 2, 0),)


def test_a_blocker_that_needs_an_executive_is_reason_enough_on_its_first_day() -> None:
    history = named()
    history.block(NOW_DAY, needs="executive")
    assert of(history) == (("blocker_needs_executive", 0, 0),)


def test_of_several_blockers_the_oldest_is_told() -> None:
    history = named()
    history.block(75, needs="executive")
    history.block(70, needs="executive")
    history.block(72, needs="executive")
    assert of(history) == (("blocker_needs_executive", 7, 0),)


@cases(("tier", "limit"), [(1, 14), (2, 21)])
def test_a_blocker_is_old_on_the_day_after_its_limit(tier: int, limit: int) -> None:
    history = named(tier)
    history.block(NOW_DAY - limit, needs="finance")
    assert of(history) == ()
    history.block(NOW_DAY - limit - 1)
    history.block(NOW_DAY - limit - 2)
    assert of(history) == (("blocker_old", limit + 2, limit),)


def test_how_long_blockers_and_actions_may_wait_is_a_setting() -> None:
    history = named(1, "engaged")
    history.block(50)
    history.add(ActionChanged(4, "done"), 70)
    history.promise(62, due_in_days=7)
    strict = ProgramSettings((("list.overdue", 8), ("tier.1.blocker", 27)))
    assert found(replace(history.facts(), settings=strict)) == ()
    stricter = ProgramSettings((("list.overdue", 7), ("tier.1.blocker", 26)))
    assert found(replace(history.facts(), settings=stricter)) == (("blocker_old", 27, 26), ("action_overdue", 8, 7))
    unlimited = ProgramSettings((("tier.1.blocker", 0),))
    assert found(replace(history.facts(), settings=unlimited)) == ()


def test_a_resolved_blocker_is_no_reason() -> None:
    history = named()
    history.add(BlockerChanged(history.block(20, needs="executive"), "resolved"), 76)
    assert of(history) == ()


def test_an_intervention_asked_for_stays_until_it_is_done() -> None:
    history = named()
    history.add(Decided(DecisionKind.INTERVENE, "Send the draft", "U5", day(80).date()), 68)
    assert of(history) == (("asked_for", 9, 12),)
    action_id = history.promise(68, owner="U5")
    assert of(history) == (("asked_for", 9, 12),)
    history.add(ActionChanged(action_id, "done"), 75)
    assert of(history) == ()


@cases(("due_day", "reason"), [(77, ("asked_for", 9, 9)), (76, ("ask_overdue", 1, 0))])
def test_an_ask_is_overdue_only_after_its_day(due_day: float, reason: tuple[str, int, int]) -> None:
    history = named()
    history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "U5", day(due_day).date()), 68)
    assert of(history) == (reason,)


def test_a_slipped_ask_is_overdue_only_after_its_later_day() -> None:
    history = named()
    due_on, later = day(71).date(), day(80).date()
    history.add(Decided(DecisionKind.INTERVENE, "Send the draft", "U5", due_on), 68)
    action_id = history.promise(68, due_in_days=3, owner="U5")
    assert of(history) == (("ask_overdue", 6, 0),)
    history.add(ActionChanged(action_id, "slipped", later), 70)
    assert of(history) == (("asked_for", 9, 12),)


def test_a_later_decision_does_not_end_an_ask_and_its_answer_does() -> None:
    history = named()
    asked = history.add(Decided(DecisionKind.INTERVENE, "Call their CFO"), 60)
    assert of(history) == (("asked_for", 17, 0),)
    history.add(Decided(DecisionKind.KEEP, "Go on"), 70)
    assert of(history) == (("asked_for", 17, 0),)
    history.add(AskAnswered(asked, "Call their CFO"), 71)
    assert of(history) == ()


def test_of_several_asks_the_one_due_first_is_the_reason() -> None:
    history = named()
    history.add(Decided(DecisionKind.INTERVENE, "Find a sponsor", "U6"), 60)
    due_on = day(75).date()
    later = history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "U5", due_on), 70)
    assert of(history) == (("ask_overdue", 2, 0),)
    history.correct(later, 71)
    assert of(history) == (("asked_for", 17, 0),)


def test_a_stall_at_two_reviews_running_is_reason_enough() -> None:
    history = quiet_since(50)
    assert of(history) == ()
    assert of(history, aged_before=True) == (("stalled_twice", 27, 21),)


def test_an_account_that_was_stalled_and_moves_again_is_none() -> None:
    assert of(quiet_since(65), aged_before=True) == ()


def test_a_stall_of_more_than_twice_its_limit_is_reason_enough() -> None:
    # The silence of 43 days is worse against 21 than the 43 days in the stage against 30.
    history = quiet_since(34)
    history.promise(75, due_in_days=30)
    history.add(ActionChanged(4, "done"), 75)
    assert of(history, now=76) == ()
    assert of(history, now=77) == (("far_over_quiet", 43, 21),)


def test_a_stay_of_more_than_twice_its_limit_is_told_as_such() -> None:
    history = named(1, "mqa", since=30)
    history.add(ActionChanged(4, "done"), 75)
    history.promise(75)
    history.move(None, 76, shown(76))
    assert of(history) == (("far_over_aged", 47, 14),)


def test_a_blocker_that_needs_an_executive_and_is_old_is_one_reason() -> None:
    history = named()
    history.block(40, needs="executive")
    assert of(history) == (("blocker_needs_executive", 37, 0),)
    history.block(50, needs="finance")
    assert of(history) == (("blocker_needs_executive", 37, 0), ("blocker_old", 27, 14))


def test_one_soft_reason_is_not_enough() -> None:
    without_action = named(1, "engaged")
    without_action.add(ActionChanged(4, "done"), 72)
    assert of(without_action) == ()
    without_evidence = nominated()
    without_evidence.put("named", 60)
    without_evidence.move("engaged", 65)
    without_evidence.promise(65, due_in_days=30)
    assert of(without_evidence) == ()


def test_no_next_action_and_no_evidence_are_enough_together() -> None:
    history = nominated()
    history.put("named", 60)
    history.move("engaged", 65)
    assert of(history) == (("no_next_action", 0, 0), ("no_evidence", 12, 0))


@cases(("overdue_days", "is_found"), [(7, False), (8, True)])
def test_an_action_is_overdue_after_seven_days(overdue_days: int, is_found: bool) -> None:
    history = nominated()
    history.put("named", 60)
    history.move("engaged", 65)
    history.promise(65, due_in_days=12 - overdue_days)
    history.promise(65, due_in_days=60)
    expected = (("action_overdue", 8, 7), ("no_evidence", 12, 0))
    assert of(history) == (expected if is_found else ())


def test_a_target_account_needs_no_evidence() -> None:
    history = nominated()
    history.put("named", 60)
    assert of(history) == ()


def test_soft_reasons_follow_the_hard_ones() -> None:
    history = nominated()
    history.put("named", 60)
    history.move("engaged", 65)
    history.block(76, needs="executive")
    codes = [code for code, _, _ in of(history)]
    assert codes == ["blocker_needs_executive", "no_next_action", "no_evidence"]


def test_hard_reasons_come_most_serious_first() -> None:
    history = named(1, "mqa", since=30)
    history.block(40, needs="executive")
    history.add(Decided(DecisionKind.INTERVENE, "Call their CFO"), 60)
    history.move("engaged", 71)
    history.add(ActionChanged(4, "done"), 72)
    codes = [code for code, _, _ in of(history, aged_before=True)]
    assert codes == [
        "regressed",
        "blocker_needs_executive",
        "asked_for",
        "stalled_twice",
        "far_over_quiet",
        "no_next_action",
    ]


@cases("tier", [3, None])
def test_nobody_steps_in_for_tier_3_or_without_a_tier(tier: int | None) -> None:
    history = named(tier, "mqa")
    history.block(10, needs="executive")
    history.move("aware", 72)
    assert of(history, aged_before=True) == ()


def test_nobody_steps_in_for_an_account_that_is_not_named() -> None:
    history = named()
    history.block(10, needs="executive")
    history.put("paused", 72)
    assert of(history) == ()


def test_days_are_counted_in_the_zone_of_the_review() -> None:
    history = named()
    history.block(NOW_DAY - 15)
    # 09:00 UTC is 22:00 in Auckland; three hours later it is the next day there.
    facts = replace(history.facts(), zone="Pacific/Auckland", now=day(NOW_DAY + 0.125))
    assert found(facts) == (("blocker_old", 16, 14),)
