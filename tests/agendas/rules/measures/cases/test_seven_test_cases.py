"""Hand-worked cases of the seven tests of an open deal. Days are counted to 23 March 2026, in UTC.

The sample account of tier 2 passes all seven with a deal in its middle phase; each case changes one thing.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from agendas.facts.account import AccountState, ActionStatus, NextAction, Stage
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.group import BuyingRole, Contact, ContactProfile
from agendas.facts.program import DEFAULTS
from agendas.rules.pipeline import JudgedDeal, JudgedTest, QualityGap, QualityTest, judged_deals
from tests.agendas.rules.measures.programs import NOW, deal
from tests.builders import account
from tests.cases import cases

TODAY = NOW.date()


def ago(days: float) -> Any:
    return NOW - timedelta(days=days)


def person(number: int, heard: int | None, *roles: BuyingRole, left: bool = False) -> Contact:
    """Somebody heard of so many days ago."""
    touched_on = None if heard is None else TODAY - timedelta(days=heard)
    known = ContactProfile(f"Person {number}", roles=roles, touched_on=touched_on, left_on=TODAY if left else None)
    return Contact(number, known, ago(90), ago(90))


def buyer(heard: int | None, *, left: bool = False) -> Contact:
    return person(1, heard, BuyingRole.ECONOMIC_BUYER, left=left)


def action(due_in: int, status: ActionStatus = ActionStatus.OPEN) -> NextAction:
    return NextAction(30, "Send the draft", "U1", TODAY + timedelta(days=due_in), ago(20), status)


def scored(score: int, *criteria: Criterion) -> tuple[FitScore, ...]:
    return tuple(FitScore(each, score, "Sample", "sales", "U1", ago(9)) for each in criteria or tuple(Criterion))


def sound(**values: Any) -> AccountState:
    """An account whose deal passes every test."""
    given = {
        "tier": 2,
        "stage": Stage.OPPORTUNITY,
        "last_update_at": ago(3),
        "fit": scored(3),
        "contacts": (buyer(10), person(2, 5)),
        "actions": (action(5),),
        "opportunities": (deal(Phase.MIDDLE),),
    }
    return account(**(given | values))


def of_deal(phase: Phase = Phase.MIDDLE, **values: Any) -> AccountState:
    return sound(opportunities=(deal(phase, **values),))


def judged(state: AccountState) -> JudgedDeal:
    (found,) = judged_deals(state, DEFAULTS, now=NOW, zone="UTC")
    return found


def closes(in_days: int) -> Any:
    return TODAY + timedelta(days=in_days)


# (test, account, gap, number, limit); None for a test that is not due
CASES: list[tuple[QualityTest, AccountState, tuple[QualityGap | None, int, int] | None]] = [
    # q1 three of four points everywhere are 75 of 100
    (QualityTest.FIT, sound(), (None, 75, 60)),
    # nobody has scored: the fit is not known, and the test wants it known
    (QualityTest.FIT, sound(fit=()), (QualityGap.FIT_NOT_SCORED, 0, 60)),
    # two of four are 50
    (QualityTest.FIT, sound(fit=scored(2)), (QualityGap.FIT_LOW, 50, 60)),
    # ACV 4 of 4 (25), motion 3 of 4 (11.25) and strategic value 0 of 10: 36.25 of 50 are 72.5
    (
        QualityTest.FIT,
        sound(
            fit=(
                *scored(4, Criterion.ACV),
                *scored(3, Criterion.SALES_MOTION),
                *scored(0, Criterion.STRATEGIC_VALUE),
            )
        ),
        (None, 72, 60),
    ),
    # ACV 3 of 4 (18.75), implementation 2 of 4 (10), motion 2 of 4 (7.5): 36.25 of 60 are 60.4
    (
        QualityTest.FIT,
        sound(
            fit=(
                *scored(3, Criterion.ACV),
                *scored(2, Criterion.IMPLEMENTATION_FIT),
                *scored(2, Criterion.SALES_MOTION),
            )
        ),
        (None, 60, 60),
    ),
    # ACV 3 of 4 (18.75), motion 2 of 4 (7.5), urgency 2 of 4 (7.5), strategic value 2 of 4 (5): 38.75 of 65 are 59.6
    (
        QualityTest.FIT,
        sound(
            fit=(
                *scored(3, Criterion.ACV),
                *scored(2, Criterion.SALES_MOTION, Criterion.URGENCY, Criterion.STRATEGIC_VALUE),
            )
        ),
        (QualityGap.FIT_LOW, 59, 60),
    ),
    # q2 in an early phase no economic buyer is asked for
    (QualityTest.ECONOMIC_BUYER, of_deal(Phase.EARLY), None),
    # from the middle phase on: engaged 60 days ago still counts, 61 does not
    (QualityTest.ECONOMIC_BUYER, sound(contacts=(buyer(60),)), (None, 60, 60)),
    (QualityTest.ECONOMIC_BUYER, sound(contacts=(buyer(61),)), (QualityGap.ECONOMIC_BUYER_QUIET, 61, 60)),
    (QualityTest.ECONOMIC_BUYER, sound(contacts=(person(2, 1),)), (QualityGap.NO_ECONOMIC_BUYER, 0, 60)),
    (QualityTest.ECONOMIC_BUYER, sound(contacts=(buyer(None),)), (QualityGap.ECONOMIC_BUYER_NOT_HEARD, 0, 60)),
    # one who left is none
    (QualityTest.ECONOMIC_BUYER, sound(contacts=(buyer(1, left=True),)), (QualityGap.NO_ECONOMIC_BUYER, 0, 60)),
    # q3 an action due today is still to come, one of yesterday is not
    (QualityTest.NEXT_ACTION, sound(actions=(action(0),)), (None, 3, 30)),
    (QualityTest.NEXT_ACTION, sound(actions=(action(-1),)), (QualityGap.NEXT_ACTION_PAST, 1, 0)),
    # of two the later one is to come
    (QualityTest.NEXT_ACTION, sound(actions=(action(-9), action(1))), (None, 3, 30)),
    (QualityTest.NEXT_ACTION, sound(actions=()), (QualityGap.NO_NEXT_ACTION, 0, 0)),
    # one that is done is no next action
    (QualityTest.NEXT_ACTION, sound(actions=(action(5, ActionStatus.DONE),)), (QualityGap.NO_NEXT_ACTION, 0, 0)),
    # worked on 30 days ago, and 31
    (QualityTest.NEXT_ACTION, sound(last_update_at=ago(30)), (None, 30, 30)),
    (QualityTest.NEXT_ACTION, sound(last_update_at=ago(31)), (QualityGap.NOT_TOUCHED, 31, 30)),
    # q4 tier 2 may be 21 days in a stage of the middle phase
    (QualityTest.STAGE_AGE, of_deal(stage_since=ago(21)), (None, 21, 21)),
    (QualityTest.STAGE_AGE, of_deal(stage_since=ago(22)), (QualityGap.OVER_STAGE_LIMIT, 22, 21)),
    # tier 1 may be there for 30 days
    (QualityTest.STAGE_AGE, replace(of_deal(stage_since=ago(30)), tier=1), (None, 30, 30)),
    # a customer's deal has the limits of customers: 90 days in tier 2
    (
        QualityTest.STAGE_AGE,
        replace(of_deal(stage_since=ago(90), type=OpportunityType.EXISTING_BUSINESS), stage=Stage.CUSTOMER),
        (None, 90, 90),
    ),
    # without a tier there is no limit, so the test is not due
    (QualityTest.STAGE_AGE, sound(tier=None), None),
    # q5 a deal that closes today is in time
    (QualityTest.CLOSE_DATE, of_deal(closes_on=closes(0)), (None, 0, 2)),
    (QualityTest.CLOSE_DATE, of_deal(closes_on=closes(-1)), (QualityGap.CLOSE_DATE_PAST, 1, 0)),
    # pushed once is no reason yet, twice is
    (QualityTest.CLOSE_DATE, of_deal(pushes=1), (None, 1, 2)),
    (QualityTest.CLOSE_DATE, of_deal(pushes=2), (QualityGap.CLOSE_DATE_PUSHED, 2, 2)),
    # without a date nothing says that it is to come
    (QualityTest.CLOSE_DATE, of_deal(closes_on=None), (QualityGap.NO_CLOSE_DATE, 0, 0)),
    # q6 two people active in 30 days, three in tier 1
    (QualityTest.CONTACTS, sound(contacts=(person(1, 30), person(2, 30))), (None, 2, 2)),
    (QualityTest.CONTACTS, sound(contacts=(person(1, 30), person(2, 31))), (QualityGap.TOO_FEW_CONTACTS, 1, 2)),
    (QualityTest.CONTACTS, sound(tier=1), (QualityGap.TOO_FEW_CONTACTS, 2, 3)),
    (QualityTest.CONTACTS, sound(tier=1, contacts=tuple(person(n, 1) for n in (1, 2, 3))), (None, 3, 3)),
    # who left does not count
    (QualityTest.CONTACTS, sound(contacts=(buyer(1, left=True), person(2, 1))), (QualityGap.TOO_FEW_CONTACTS, 1, 2)),
    # q7 the stage is shown, or claimed
    (QualityTest.EVIDENCE, sound(), (None, 0, 0)),
    (QualityTest.EVIDENCE, sound(stage_has_evidence=False), (QualityGap.NO_EVIDENCE, 0, 0)),
    # nothing has to show that it is a target
    (QualityTest.EVIDENCE, sound(stage=Stage.TARGET, stage_has_evidence=False), None),
]


@cases(("test", "state", "expected"), CASES)
def test_a_deal_is_tested_as_worked_out_by_hand(
    test: QualityTest, state: AccountState, expected: tuple[QualityGap | None, int, int] | None
) -> None:
    found = next((each for each in judged(state).tests if each.test is test), None)
    assert found == (None if expected is None else JudgedTest(test, *expected))


def test_the_sample_deal_passes_all_seven_in_order() -> None:
    found = judged(sound())
    assert tuple(each.test for each in found.tests) == tuple(QualityTest)
    assert (found.due, found.passed, found.is_clean, found.failed) == (7, 7, True, ())


def test_a_closed_deal_is_not_tested() -> None:
    assert judged_deals(of_deal(Phase.WON, closed_at=ago(1)), DEFAULTS, now=NOW, zone="UTC") == ()


def test_every_test_and_every_gap_has_a_case() -> None:
    gaps = {gap for _, _, expected in CASES if expected for gap in expected[:1] if gap}
    assert gaps == set(QualityGap)
    assert {test for test, _, _ in CASES} == set(QualityTest)
