"""What makes an account need an intervention."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from agendas.facts.account import Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, Phase
from agendas.facts.events import ActionChanged, Decided, DecisionKind
from agendas.facts.group import BuyingRole, Support
from agendas.facts.interventions import AskAnswered
from agendas.facts.people import Function
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import AgendaFacts, Bucket, CodedReason, MovementFlag, ReasonCode
from agendas.facts.signals import EngagementTrend
from agendas.rendering.words import Words
from agendas.rules.deals import stall
from agendas.rules.movement import movement
from agendas.rules.reviews import closing, hard_and_soft, place, reasons, regression_reasons
from tests.agendas.rules.histories import NOW_DAY, History, day, named, nominated, shown
from tests.agendas.rules.question_cases import BUYER, CHAMPION, FALLEN, action, ask, blocker, facts, on, person
from tests.agendas.rules.question_cases import deal as question_deal
from tests.builders import account, agenda_facts, ago
from tests.cases import cases

# Each trigger of an intervention, hard and soft, a day or a step before it counts and when it does.


def moved_to(stage: str) -> AgendaFacts:
    history = named(1, "engaged")
    history.move(stage, 72, shown(72))
    return history.facts()


def lost(*, won_another: bool) -> AgendaFacts:
    history = named(1, "opportunity")
    history.deal(Phase.MIDDLE, 66)
    history.deal(Phase.LOST, 72)
    if won_another:
        history.deal(Phase.WON, 72, key="x:2")
    return history.facts()


def stalled(days: int, *, before: bool = False) -> AgendaFacts:
    return facts(stage_since=ago(days), aged_before=before)


def left(role: BuyingRole, days: int) -> AgendaFacts:
    return facts(
        {"contacts": (person(role, left_on=on(-days) if days > 7 else None),)},
        contacts=(person(role, left_on=on(-days)),),
    )


def in_deal(*people: object, tier: int = 1, **values: object) -> AgendaFacts:
    return facts(stage=Stage.OPPORTUNITY, tier=tier, contacts=people, opportunities=(question_deal(**values),))


EVALUATOR = BuyingRole.TECHNICAL_EVALUATOR
TWO = (person(BUYER), person(CHAMPION, 2))
QUIET_TWO = (person(BUYER, touched_on=on(-31)), person(CHAMPION, 2))

HARD = [
    ("H1 stalled at two reviews", stalled(31), stalled(31, before=True), ("stalled_twice", 31, 30)),
    ("H1 more than twice the limit", stalled(60), stalled(61), ("far_over_aged", 61, 30)),
    (
        "H1 silent for more than twice the limit",
        facts(last_buyer_touch_at=ago(42)),
        facts(last_buyer_touch_at=ago(43)),
        ("far_over_quiet", 43, 21),
    ),
    ("H2 regressed", moved_to("engaged"), moved_to("aware"), ("regressed", 1, 0)),
    ("H2 only deal lost", lost(won_another=True), lost(won_another=False), ("only_deal_lost", 0, 0)),
    ("H3 tier 1", facts(blockers=blocker(14)), facts(blockers=blocker(15)), ("blocker_old", 15, 14)),
    ("H3 tier 2", facts(tier=2, blockers=blocker(21)), facts(tier=2, blockers=blocker(22)), ("blocker_old", 22, 21)),
    (
        "H3 needs an executive",
        facts(blockers=blocker(0, Function.FINANCE)),
        facts(blockers=blocker(0, Function.EXECUTIVE)),
        ("blocker_needs_executive", 0, 0),
    ),
    ("H4 champion", left(CHAMPION, 8), left(CHAMPION, 7), ("champion_left", 7, 0)),
    ("H4 economic buyer", left(BUYER, 8), left(BUYER, 7), ("economic_buyer_left", 7, 0)),
    ("H5", in_deal(*TWO[1:], closes_in=31), in_deal(*TWO[1:], closes_in=30), ("closes_soon", 30, 30)),
    (
        "H5 engaged for 90 days",
        in_deal(person(BUYER, touched_on=on(-90)), closes_in=30),
        in_deal(person(BUYER, touched_on=on(-91)), closes_in=30),
        ("closes_soon", 30, 30),
    ),
    ("H6", facts(asks=ask(0)), facts(asks=ask(-1)), ("ask_overdue", 1, 0)),
]

SOFT = [
    ("S1 missing", facts(), facts(actions=()), ("no_next_action", 0, 0)),
    ("S1 overdue", facts(actions=(action(-7),)), facts(actions=(action(-8),)), ("action_overdue", 8, 7)),
    ("S2", in_deal(*TWO, phase=Phase.MIDDLE), in_deal(*QUIET_TWO, phase=Phase.MIDDLE), ("single_threaded", 1, 30)),
    ("S2 from the middle on", in_deal(*QUIET_TWO), in_deal(*QUIET_TWO, phase=Phase.LATE), ("single_threaded", 1, 30)),
    (
        "S3",
        in_deal(*TWO, phase=Phase.MIDDLE),
        in_deal(TWO[1], person(CHAMPION, 3), phase=Phase.MIDDLE),
        ("no_economic_buyer", 0, 0),
    ),
    ("S4 past", in_deal(*TWO, closes_in=0), in_deal(*TWO, closes_in=-1), ("close_date_past", 1, 0)),
    ("S4 pushed", in_deal(*TWO, pushes=1), in_deal(*TWO, pushes=2), ("close_date_pushed", 2, 2)),
    (
        "S5 below half of the mean",
        facts(engagement=replace(FALLEN, last_30=6.0)),
        facts(engagement=replace(FALLEN, last_30=5.9)),
        ("engagement_fell", 6, 12),
    ),
    (
        "S5 decreasing",
        facts(engagement=replace(FALLEN, trend=EngagementTrend.STABLE)),
        facts(engagement=FALLEN),
        ("engagement_fell", 4, 12),
    ),
    (
        "S6 economic buyer",
        facts(contacts=(person(BUYER, support=Support.NEUTRAL),)),
        facts(contacts=(person(BUYER, support=Support.NON_SUPPORTER),)),
        ("economic_buyer_against", 1, 0),
    ),
    (
        "S6 champion",
        facts(contacts=(person(CHAMPION, support=Support.NEUTRAL),)),
        facts(contacts=(person(CHAMPION, support=Support.ENEMY),)),
        ("champion_against", 1, 0),
    ),
    ("S7", facts(left_out=1), facts(left_out=2), ("not_reviewed", 2, 0)),
    ("S8", facts(), facts(stage_has_evidence=False), ("no_evidence", 10, 0)),
]


def found(case: AgendaFacts) -> tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]]:
    judged = stall(case.account, now=case.now, zone=case.zone, settings=case.settings)
    hard, soft = hard_and_soft(case, movement(case), judged)
    return list(hard), list(soft)


@cases(("name", "not_yet", "counts", "reason"), HARD, ids=[each[0] for each in HARD])
def test_a_hard_trigger_is_enough_from_its_day_on_and_says_its_number(name, not_yet, counts, reason):
    assert reason[0] not in [each[0] for each in found(not_yet)[0]]
    assert reason in found(counts)[0], name
    placed = place(counts)
    assert placed.bucket is Bucket.NEEDS_INTERVENTION
    assert reason in placed.reasons
    assert _said(reason)
    assert place(replace(counts, account=replace(counts.account, tier=3))).bucket is not Bucket.NEEDS_INTERVENTION


@cases(("name", "not_yet", "counts", "reason"), SOFT, ids=[each[0] for each in SOFT])
def test_a_soft_trigger_needs_a_second_one_and_says_its_number(name, not_yet, counts, reason):
    code = reason[0]
    assert code not in [each[0] for each in found(not_yet)[1]]
    assert found(counts) == ([], [reason]), name
    assert place(counts).bucket is not Bucket.NEEDS_INTERVENTION
    second = (
        replace(counts, left_out=2)
        if code != "not_reviewed"
        else replace(counts, account=replace(counts.account, actions=()))
    )
    assert place(second).bucket is Bucket.NEEDS_INTERVENTION
    assert reason in place(second).reasons
    assert _said(reason)


def _said(reason: tuple[str, int, int]) -> str:
    code, number, limit = reason
    return Words().say("agenda.reason", code=code, number=number, limit=limit)


def test_every_reason_of_the_rules_has_its_case_here() -> None:
    cases = {reason[0] for _, _, _, reason in (*HARD, *SOFT)}
    of_stalls_and_deals = {ReasonCode.STALLED_AGED, ReasonCode.STALLED_QUIET, ReasonCode.DEAL_BACK}
    assert cases == set(ReasonCode) - of_stalls_and_deals


# Deals that call for help.

TODAY = date(2026, 11, 24)


def with_deal(*, contacts: tuple[Any, ...] = (), settings: dict[str, int] | None = None, **values: Any) -> AgendaFacts:
    pushes = values.pop("pushes", 0)
    profile = OpportunityProfile(
        **({"key": "x:1", "name": "Pilot", "stage_name": "Talks", "phase": Phase.EARLY} | values)
    )
    deal = Opportunity(profile, ago(30), ago(5), pushes, None if profile.phase.is_open else ago(1))
    state = account(stage=Stage.OPPORTUNITY, opportunities=(deal,), contacts=contacts)
    return agenda_facts(account=state, settings=ProgramSettings(tuple((settings or {}).items())))


def test_how_soon_is_a_setting() -> None:
    soon = with_deal(closes_on=TODAY + timedelta(days=40), settings={"list.renewal": 60})
    assert closing(soon) == (("closes_soon", 40, 60),)


def test_the_only_open_deal_lost_calls_nobody_where_another_was_won_since_and_both_are_said() -> None:
    history = named(stage="opportunity", since=60)
    history.deal(Phase.LATE, 61)
    history.deal(Phase.MIDDLE, 62, key="x:2")
    history.deal(Phase.LOST, 72)
    history.deal(Phase.WON, 74, key="x:2")
    placed = place(history.facts())
    assert placed.bucket is not Bucket.NEEDS_INTERVENTION
    assert MovementFlag.OPPORTUNITY_LOST in placed.movement.flags
    assert "A deal was lost, and another one won." in Words().say("agenda.flags", answer=placed.movement)


def test_a_deal_won_before_the_review_does_not_make_up_for_the_only_open_one_lost_since() -> None:
    history = named(stage="opportunity", since=50)
    history.deal(Phase.LATE, 51)
    history.deal(Phase.WON, 60, key="x:2")
    history.deal(Phase.LOST, 72)
    placed = place(history.facts())
    assert placed.reasons[0] == ("only_deal_lost", 0, 0)
    assert "A deal was lost." in Words().say("agenda.flags", answer=placed.movement)


def test_a_deal_that_moves_back_is_told_in_phases_and_a_stage_in_stages() -> None:
    history = named(stage="opportunity", since=60)
    history.deal(Phase.LATE, 61)
    history.deal(Phase.EARLY, 72)
    assert regression_reasons(movement(history.facts())) == (("deal_back", 2, 0),)
    history.move("mqa", 73)
    assert regression_reasons(movement(history.facts())) == (("regressed", 1, 0),)


def test_a_tier_3_account_whose_deal_moves_back_says_why_it_is_shown() -> None:
    history = named(3, "opportunity", since=60)
    history.deal(Phase.LATE, 61)
    history.deal(Phase.EARLY, 72)
    placed = place(history.facts())
    assert (placed.bucket, placed.reasons[0]) == (Bucket.STALLED, ("deal_back", 2, 0))


# Reasons in a history.
def reasons_found(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    return reasons(
        facts, movement(facts), stall(facts.account, now=facts.now, zone=facts.zone, settings=facts.settings)
    )


def of(history: History, *, aged_before: bool = False, now: float = NOW_DAY) -> tuple[CodedReason, ...]:
    return reasons_found(history.facts(aged_before=aged_before, now=now))


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
    assert reasons_found(replace(history.facts(), settings=strict)) == ()
    stricter = ProgramSettings((("list.overdue", 7), ("tier.1.blocker", 26)))
    assert reasons_found(replace(history.facts(), settings=stricter)) == (
        ("blocker_old", 27, 26),
        ("action_overdue", 8, 7),
    )
    unlimited = ProgramSettings((("tier.1.blocker", 0),))
    assert reasons_found(replace(history.facts(), settings=unlimited)) == ()


def test_an_ask_is_a_reason_once_its_day_has_passed_and_until_it_is_done() -> None:
    history = named()
    history.add(Decided(DecisionKind.INTERVENE, "Send the draft", "U5", day(75).date()), 68)
    assert of(history) == (("ask_overdue", 2, 0),)
    action_id = history.promise(68, owner="U5")
    assert of(history) == (("ask_overdue", 2, 0),)
    history.add(ActionChanged(action_id, "done"), 75)
    assert of(history) == ()


def test_a_later_decision_does_not_end_an_ask_and_its_answer_does() -> None:
    history = named()
    asked = history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "", day(75).date()), 60)
    assert of(history) == (("ask_overdue", 2, 0),)
    history.add(Decided(DecisionKind.KEEP, "Go on"), 70)
    assert of(history) == (("ask_overdue", 2, 0),)
    history.add(AskAnswered(asked, "Call their CFO"), 71)
    assert of(history) == ()


def test_of_several_asks_the_one_due_first_is_the_reason_and_one_without_a_day_is_none() -> None:
    history = named()
    history.add(Decided(DecisionKind.INTERVENE, "Find a sponsor", "U6"), 60)
    later = history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "U5", day(75).date()), 70)
    assert of(history) == (("ask_overdue", 2, 0),)
    history.correct(later, 71)
    assert of(history) == ()


def test_a_target_account_needs_no_evidence() -> None:
    history = nominated()
    history.put("named", 60)
    assert of(history) == ()


def test_soft_reasons_follow_the_hard_ones() -> None:
    history = nominated()
    history.put("named", 60)
    history.move("engaged", 65)
    history.block(76, needs="executive")
    assert [code for code, _, _ in of(history)] == ["blocker_needs_executive", "no_next_action", "no_evidence"]


def test_hard_reasons_come_most_serious_first() -> None:
    history = named(1, "mqa", since=30)
    history.block(40, needs="executive")
    history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "", day(75).date()), 60)
    history.move("engaged", 71)
    history.add(ActionChanged(4, "done"), 72)
    codes = [code for code, _, _ in of(history, aged_before=True)]
    assert codes == [
        "regressed",
        "blocker_needs_executive",
        "ask_overdue",
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
    assert reasons_found(facts) == (("blocker_old", 16, 14),)


@cases(
    "case",
    [
        facts({"contacts": (person(EVALUATOR),)}, contacts=(person(EVALUATOR, left_on=on(-2)),)),
        facts(actions=(), left_out=2, tier=3),
        in_deal(person(BUYER, touched_on=on(-7)), closes_in=30),
        facts(tier=3, blockers=blocker(75, Function.EXECUTIVE)),
    ],
    ids=["an evaluator left", "two soft reasons in tier 3", "closes soon, their buyer met", "a blocker in tier 3"],
)
def test_nobody_steps_in_where_it_is_not_worth_it(case: AgendaFacts) -> None:
    assert place(case).bucket is not Bucket.NEEDS_INTERVENTION
