from dataclasses import replace

from agendas.facts.events import ActionChanged, Decided, DecisionKind
from agendas.facts.interventions import AskAnswered
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import AgendaFacts, CodedReason
from agendas.rules.deals import stall
from agendas.rules.movement import movement
from agendas.rules.reviews import reasons
from tests.agendas.rules.history.histories import NOW_DAY, History, day, named, nominated


def found(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    return reasons(
        facts, movement(facts), stall(facts.account, now=facts.now, zone=facts.zone, settings=facts.settings)
    )


def of(history: History, *, aged_before: bool = False, now: float = NOW_DAY) -> tuple[CodedReason, ...]:
    return found(history.facts(aged_before=aged_before, now=now))


def test_an_account_in_order_needs_nobody() -> None:
    assert of(named(1, "engaged")) == ()


def test_of_several_blockers_the_oldest_is_told() -> None:
    history = named()
    history.block(75, needs="executive")
    history.block(70, needs="executive")
    history.block(72, needs="executive")
    assert of(history) == (("blocker_needs_executive", 7, 0),)


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


def test_an_intervention_asked_for_stays_until_it_is_done() -> None:
    history = named()
    history.add(Decided(DecisionKind.INTERVENE, "Send the draft", "U5", day(80).date()), 68)
    assert of(history) == (("asked_for", 9, 12),)
    action_id = history.promise(68, owner="U5")
    assert of(history) == (("asked_for", 9, 12),)
    history.add(ActionChanged(action_id, "done"), 75)
    assert of(history) == ()


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
