"""Each trigger of an intervention, hard and soft, a day or a step before it counts and when it does."""

from dataclasses import replace

from agendas.facts.account import Stage
from agendas.facts.deals import Phase
from agendas.facts.group import BuyingRole, Support
from agendas.facts.people import Function
from agendas.facts.reviews import AgendaFacts, Bucket, ReasonCode
from agendas.facts.signals import EngagementTrend
from agendas.rendering.words import Words
from agendas.rules.deals import stall
from agendas.rules.movement import movement
from agendas.rules.reviews import hard_and_soft, place
from tests.agendas.rules.history.histories import named, shown
from tests.agendas.rules.reviews.question.cases import (
    BUYER,
    CHAMPION,
    FALLEN,
    action,
    ask,
    blocker,
    deal,
    facts,
    on,
    person,
)
from tests.builders import ago
from tests.cases import cases

WORDS = Words()


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
    return facts(stage=Stage.OPPORTUNITY, tier=tier, contacts=people, opportunities=(deal(**values),))


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
    ("H6", facts(), facts(asks=ask(3)), ("asked_for", 6, 9)),
    ("H6 overdue", facts(asks=ask(0)), facts(asks=ask(-1)), ("ask_overdue", 1, 0)),
]

SOFT = [
    ("S1 missing", facts(), facts(actions=()), ("no_next_action", 0, 0)),
    ("S1 overdue", facts(actions=(action(-7),)), facts(actions=(action(-8),)), ("action_overdue", 8, 7)),
    (
        "S2",
        in_deal(*TWO, phase=Phase.MIDDLE),
        in_deal(*QUIET_TWO, phase=Phase.MIDDLE),
        ("single_threaded", 1, 30),
    ),
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
    ("S7", facts(unreviewed=1), facts(unreviewed=2), ("not_reviewed", 2, 0)),
    ("S8", facts(), facts(stage_has_evidence=False), ("no_evidence", 10, 0)),
]


def found(case: AgendaFacts) -> tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]]:
    judged = stall(case.account, now=case.now, zone=case.zone, settings=case.settings)
    hard, soft = hard_and_soft(case, movement(case), judged)
    return list(hard), list(soft)


@cases(("name", "not_yet", "counts", "reason"), HARD, ids=[each[0] for each in HARD])
def test_a_hard_trigger_is_enough_from_its_day_on_and_says_its_number(
    name: str, not_yet: AgendaFacts, counts: AgendaFacts, reason: tuple[str, int, int]
) -> None:
    code = reason[0]
    assert code not in [each[0] for each in found(not_yet)[0]]
    assert reason in found(counts)[0], name
    placed = place(counts)
    assert placed.bucket is Bucket.NEEDS_INTERVENTION
    assert reason in placed.reasons
    assert _said(reason)
    assert place(replace(counts, account=replace(counts.account, tier=3))).bucket is not Bucket.NEEDS_INTERVENTION


@cases(("name", "not_yet", "counts", "reason"), SOFT, ids=[each[0] for each in SOFT])
def test_a_soft_trigger_needs_a_second_one_and_says_its_number(
    name: str, not_yet: AgendaFacts, counts: AgendaFacts, reason: tuple[str, int, int]
) -> None:
    code = reason[0]
    assert code not in [each[0] for each in found(not_yet)[1]]
    assert found(counts) == ([], [reason]), name
    assert place(counts).bucket is not Bucket.NEEDS_INTERVENTION
    second = (
        replace(counts, unreviewed=2)
        if code != "not_reviewed"
        else replace(counts, account=replace(counts.account, actions=()))
    )
    assert place(second).bucket is Bucket.NEEDS_INTERVENTION
    assert reason in place(second).reasons
    assert _said(reason)


def _said(reason: tuple[str, int, int]) -> str:
    code, number, limit = reason
    return WORDS.say("agenda.reason", code=code, number=number, limit=limit)


def test_every_reason_of_the_rules_has_its_case_here() -> None:
    cases = {reason[0] for _, _, _, reason in (*HARD, *SOFT)}
    of_stalls_and_deals = {ReasonCode.STALLED_AGED, ReasonCode.STALLED_QUIET, ReasonCode.DEAL_BACK}
    assert cases == set(ReasonCode) - of_stalls_and_deals
