from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from agendas.facts.account import AccountState, ActionStatus, ListStatus, NextAction, Stage
from agendas.facts.deals import Opportunity, OpportunityType, Phase
from agendas.facts.events import BlockerChanged
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.group import BuyingRole, Contact, ContactProfile
from agendas.facts.measures import PipelineQuality, Program, Stay
from agendas.facts.program import DEFAULTS
from agendas.rules import pipeline
from agendas.rules.pipeline import QualityGap, QualityTest, Share, StayDays, accounts_of, conversion, quality, velocity
from tests.agendas.rules.histories import History, named, nominated, shown
from tests.agendas.rules.measured_programs import NOW, deal, of, program
from tests.builders import account
from tests.cases import cases

# Hand-worked cases of progression: rate, net, claims, and the accounts that can be compared.
# The period is (day 70, day 77]: it begins with the review of day 70 and ends now.

EXPANSION = {"type": OpportunityType.EXISTING_BUSINESS, "currency": "EUR", "amount_cents": 100}


def stepped(stage: str, on_day: float, *, told: bool = True, evidence_on: float | None = None) -> History:
    """An engaged account that took a step, shown on its day unless told otherwise."""
    history = named(1, "engaged")
    proof = (shown(on_day if evidence_on is None else evidence_on),) if told else ()
    history.move(stage, on_day, *proof)
    return history


def bounced() -> History:
    history = stepped("mqa", 72)
    history.move("engaged", 74, shown(74))
    return history


def customer(*deals: tuple[Phase, float], **values: object) -> History:
    """A customer since day 65 with a deal for more that went through these phases on these days."""
    history = named(1, "customer")
    for phase, on_day in deals:
        history.deal(phase, on_day, opened_on=deals[0][1], **{**EXPANSION, **values})
    return history


def bought() -> History:
    history = named(1, "opportunity")
    history.move("customer", 72, shown(72))
    return history


def put(status: str, on_day: float) -> History:
    history = stepped("mqa", 71)
    history.put(status, on_day)
    return history


def named_on(on_day: float) -> History:
    history = nominated()
    history.put("named", on_day)
    return history


# (how the accounts came about, comparable, customers left out, advanced, regressed, claimed)
PROGRESSIONS: list[tuple[str, list[Callable[[], History]], tuple[int, int, int, int, int]]] = [
    ("nobody", [], (0, 0, 0, 0, 0)),  # nothing is on the list, so there is nothing to compare
    # engaged → MQA on day 72, with a mail of day 72: one of one advanced
    ("shown step", [lambda: stepped("mqa", 72)], (1, 0, 1, 0, 0)),
    # the same step without any evidence is a claim: it is comparable and in no numerator
    ("claim", [lambda: stepped("mqa", 72, told=False)], (1, 0, 0, 0, 1)),
    ("step down", [lambda: stepped("aware", 72)], (1, 0, 0, 1, 0)),  # engaged → aware: regressed, whatever shows it
    # engaged → MQA → engaged within the period: unchanged, counted neither way
    ("up and back", [bounced], (1, 0, 0, 0, 0)),
    # day 70 is the beginning, which the period does not hold: the step was there at its start
    ("step on the first boundary", [lambda: stepped("mqa", 70)], (1, 0, 0, 0, 0)),
    # a quarter of an hour later it is within
    ("step just after the beginning", [lambda: stepped("mqa", 70.01)], (1, 0, 1, 0, 0)),
    ("step at the very end", [lambda: stepped("mqa", 77)], (1, 0, 1, 0, 0)),  # the period holds its end
    # evidence counts from 30 days before the beginning: day 40 is the first such day
    ("evidence of the first day that counts", [lambda: stepped("mqa", 72, evidence_on=40)], (1, 0, 1, 0, 0)),
    # a day before that it shows nothing any more: the step is claimed
    ("evidence that is a day too old", [lambda: stepped("mqa", 72, evidence_on=39)], (1, 0, 0, 0, 1)),
    # named at the very beginning: on the list at both ends
    ("named on the first boundary", [lambda: named_on(70)], (1, 0, 0, 0, 0)),
    # named after it: new, and not comparable
    ("named just after the beginning", [lambda: named_on(70.01)], (0, 0, 0, 0, 0)),
    # advanced on day 71 and paused on day 73: paused accounts leave every rate, with their step
    ("paused at the end", [lambda: put("paused", 73)], (0, 0, 0, 0, 0)),
    ("removed", [lambda: put("removed", 73)], (0, 0, 0, 0, 0)),  # removed: it is on the list at one end only
    # a customer to whom nothing more is open has nothing to reach: left out of the rate
    ("customer", [customer], (0, 1, 0, 0, 0)),
    # an expansion opened on day 68 and still open: it could move, and did not
    ("customer with an open expansion", [lambda: customer((Phase.EARLY, 68))], (1, 0, 0, 0, 0)),
    # the expansion opened in the period: its deal stands further than none did
    ("customer whose expansion opened", [lambda: customer((Phase.EARLY, 72))], (1, 0, 0, 0, 1)),
    # won on day 73: nothing is open any more, yet something was, so that it stays in the rate
    ("customer whose expansion was won", [lambda: customer((Phase.LATE, 68), (Phase.WON, 73))], (1, 0, 0, 0, 1)),
    # lost on day 73: comparable too, and it stands lower than before
    ("customer whose expansion was lost", [lambda: customer((Phase.LATE, 68), (Phase.LOST, 73))], (1, 0, 0, 1, 0)),
    # won on day 69, before the period: nothing is open in it
    ("customer whose expansion was won before", [lambda: customer((Phase.LATE, 66), (Phase.WON, 69))], (0, 1, 0, 0, 0)),
    # a renewal adds nothing, so it opens nothing to reach
    ("customer with a renewal", [lambda: customer((Phase.EARLY, 68), adds_value=False)], (0, 1, 0, 0, 0)),
    # it became a customer within the period: that is its step, and it had something to reach
    ("bought", [bought], (1, 0, 1, 0, 0)),
    # two up, one down, one claim, one customer: of four 2 advanced, net 1
    (
        "several",
        [
            lambda: stepped("mqa", 72),
            lambda: stepped("opportunity", 73),
            lambda: stepped("aware", 72),
            lambda: stepped("mqa", 72, told=False),
            customer,
        ],
        (4, 1, 2, 1, 1),
    ),
]


@cases(("histories", "counts"), [case[1:] for case in PROGRESSIONS], ids=[case[0] for case in PROGRESSIONS])
def test_progression_counts_as_worked_out_by_hand(histories, counts):
    found = pipeline.progression_of(of(*(history() for history in histories)))
    members = (found.comparable, found.customers, found.advanced, found.regressed, found.claimed)
    assert tuple(map(len, members)) == counts
    comparable, _, advanced, regressed, _ = counts
    assert found.rate == Share(advanced, comparable)
    assert found.net == Share(advanced - regressed, comparable)
    assert (found.kept.comparable, found.kept.advanced) == (comparable, advanced)


@cases(
    ("share", "percent"),
    [
        # below ten one account is more than ten points: counts instead
        (Share(0, 0), None),
        (Share(9, 9), None),
        (Share(-1, 9), None),
        # from ten on a percentage
        (Share(0, 10), 0),
        (Share(3, 10), 30),
        (Share(10, 10), 100),
        (Share(-2, 10), -20),  # more went back than forward
        # 1/11 is 9.09, 2/11 is 18.18, 10/11 is 90.9
        (Share(1, 11), 9),
        (Share(2, 11), 18),
        (Share(10, 11), 91),
        (Share(1, 12), 8),
        (Share(1, 1000), 0),
        (Share(999, 1000), 100),
    ],
)
def test_a_share_of_fewer_than_ten_is_no_percentage(share: Share, percent: int | None) -> None:
    assert share.percent == percent
    assert share.is_percent is (percent is not None)


def test_progression_is_told_of_each_tier_with_accounts() -> None:
    first, second = stepped("mqa", 72), named(2, "engaged")
    tiers = pipeline.progression(of(first, second))
    assert tiers == (
        pipeline.TierProgression(1, comparable=(1,), advanced=(1,)),
        pipeline.TierProgression(2, comparable=(2,)),
    )


def test_up_and_back_and_momentum_are_told_beside_the_rate() -> None:
    unblocked = named(1, "engaged")
    unblocked.add(BlockerChanged(unblocked.block(60), "resolved"), 73)
    found = pipeline.progression_of(of(bounced(), unblocked))
    assert (found.bounced, found.momentum, found.met) == ((1,), (2,), ())


# Hand-worked cases of conversion and velocity. Days are counted back from now, 23 March 2026, 09:00 UTC.

STAGES = list(Stage)


def stay(
    stage: str, began: float, ended: float | None = None, *, id_: int = 1, tier: int | None = 1, known: bool = True
) -> Stay:
    """A stay that began and ended so many days ago; what ended went to the next stage."""
    to_stage = None if ended is None else STAGES[Stage(stage).rank + 1]
    ended_at = None if ended is None else NOW - timedelta(days=ended)
    return Stay(id_, Stage(stage), tier, NOW - timedelta(days=began), ended_at, to_stage, known)


def program_of_stays(*stays: Stay) -> Program:
    return of(stays=stays)


def several(count: int, *reached: int) -> list[Stay]:
    """So many accounts that entered engaged 200 days ago, and these of them MQA 150 days ago."""
    return [
        part
        for id_ in range(1, count + 1)
        for part in (
            [stay("engaged", 200, 150, id_=id_), stay("mqa", 150, id_=id_)]
            if id_ in reached
            else [stay("engaged", 200, id_=id_)]
        )
    ]


# (stays, entered engaged long enough ago, of these reached MQA within 90 days)
CONVERSIONS: list[tuple[str, list[Stay], tuple[int, int]]] = [
    ("nobody", [], (0, 0)),  # nobody was anywhere
    ("still there", [stay("engaged", 100)], (1, 0)),  # entered 100 days ago and there still: entered, not reached
    ("reached", [stay("engaged", 100, 80), stay("mqa", 80)], (1, 1)),  # 100 days ago, and on to MQA 20 days later
    # 90 days ago is long enough
    ("entered on the first day that is old enough", [stay("engaged", 90, 50), stay("mqa", 50)], (1, 1)),
    # 89 days ago is still within the horizon, whatever it reached
    ("entered a day too late", [stay("engaged", 89, 50), stay("mqa", 50)], (0, 0)),
    # reached on the horizon's last day, 90 days after
    ("reached on the last day", [stay("engaged", 200, 110), stay("mqa", 110)], (1, 1)),
    ("reached a day after it", [stay("engaged", 200, 109), stay("mqa", 109)], (1, 0)),
    # entered 365 days ago is within the year looked at, 366 is not
    ("entered a year ago", [stay("engaged", 365, 300), stay("mqa", 300)], (1, 1)),
    ("entered a day before that", [stay("engaged", 366, 300), stay("mqa", 300)], (0, 0)),
    # a stage beyond counts as reached
    ("left out a stage", [stay("engaged", 200, 150), stay("opportunity", 150)], (1, 1)),
    # it fell back afterwards: reached all the same
    ("fell back", [stay("engaged", 200, 150), stay("mqa", 150, 140), stay("engaged", 140)], (1, 1)),
    # entered twice: the first entry counts, and it did not reach MQA in time
    (
        "entered twice",
        [stay("engaged", 300, 180), stay("aware", 180, 170), stay("engaged", 170, 150), stay("mqa", 150)],
        (1, 0),
    ),
    # it was MQA before it was engaged: that is no conversion
    ("came down", [stay("mqa", 250, 200), stay("engaged", 200)], (1, 0)),
    # an import found it there: nobody knows when it entered
    ("found", [stay("engaged", 200, 150, known=False), stay("mqa", 150)], (0, 0)),
    # removed from the list while it was engaged: it entered, and went nowhere
    ("left the list", [replace(stay("engaged", 200, 150), to_stage=None)], (1, 0)),
    ("two", several(2, 1), (2, 1)),  # two accounts, one on its way
    ("ten", several(10, 4), (10, 1)),  # a tenth of ten: a percentage
]


@cases(("stays", "counts"), [case[1:] for case in CONVERSIONS], ids=[case[0] for case in CONVERSIONS])
def test_conversion_is_as_worked_out_by_hand(stays: list[Stay], counts: tuple[int, int]) -> None:
    found = conversion(program_of_stays(*stays), (Stage.ENGAGED, Stage.MQA))
    assert (len(found.entered), len(found.reached)) == counts
    assert found.share == Share(counts[1], counts[0])
    assert found.share.percent == (10 if counts[0] == 10 else None)


def test_paused_accounts_leave_the_rates_and_those_that_left_the_list_stay() -> None:
    paused = named(1, "engaged")
    paused.put("paused", 72)
    stays = (stay("engaged", 100, 80, id_=1), stay("mqa", 80, id_=1), stay("engaged", 100, 80, id_=9))
    found = of(paused, stays=stays)
    assert conversion(found, (Stage.ENGAGED, Stage.MQA)).entered == (9,)
    assert velocity(found, Stage.ENGAGED).completed == (StayDays(9, 20),)
    assert velocity(found, Stage.MQA).open == ()


def test_conversion_is_told_by_tier_and_an_account_without_one_goes_by_tier_3() -> None:
    found = program_of_stays(
        *several(1, 1), stay("engaged", 200, id_=7, tier=2), stay("engaged", 200, id_=8, tier=None)
    )
    step = (Stage.ENGAGED, Stage.MQA)
    assert [conversion(found, step, tier).entered for tier in (1, 2, 3, None)] == [(1,), (7,), (8,), (1, 7, 8)]
    assert conversion(found, step).share == Share(1, 3)


# (stays, completed stays in MQA by days, their median, open ones by days)
VELOCITIES: list[tuple[str, list[Stay], list[int], float | None, list[int]]] = [
    ("none", [], [], None, []),  # no stay, no median
    ("one", [stay("mqa", 30, 20)], [10], 10, []),  # one of 10 days
    # an even number: the mean of the two in the middle
    ("two", [stay("mqa", 30, 20), stay("mqa", 40, 15)], [25, 10], 17.5, []),
    # one that took a year moves the mean to 129 days and the median not at all
    ("three", [stay("mqa", 30, 20), stay("mqa", 27, 15), stay("mqa", 370, 5)], [365, 12, 10], 12, []),
    # an open stay stands beside the median and is no part of it
    ("open", [stay("mqa", 30, 20), stay("mqa", 200)], [10], 10, [200]),
    # ended 365 days ago is within the year
    ("ended a year ago", [stay("mqa", 375, 365)], [10], 10, []),
    ("ended a day before that", [stay("mqa", 376, 366)], [], None, []),
    # it began before the year and ended in it: its whole length counts
    ("began before the year", [stay("mqa", 400, 300)], [100], 100, []),
    # found by an import: it took at least 10 days, so it is no length
    ("found", [stay("mqa", 30, 20, known=False)], [], None, []),
    # still there, found by an import: at least so long
    ("found and there", [stay("mqa", 30, known=False)], [], None, [30]),
    ("within a day", [stay("mqa", 20.2, 20)], [0], 0, []),  # less than a day: 0 days by the calendar
    # across midnight: 1 day by the calendar, though it took six hours
    ("over night", [stay("mqa", 20.5, 20.25)], [1], 1, []),
    ("elsewhere", [stay("engaged", 30, 20)], [], None, []),  # another stage
]


@cases(
    ("stays", "completed", "median", "lasting"), [case[1:] for case in VELOCITIES], ids=[case[0] for case in VELOCITIES]
)
def test_velocity_is_as_worked_out_by_hand(stays, completed, median, lasting):
    found = velocity(program_of_stays(*stays), Stage.MQA)
    assert [each.days for each in found.completed] == completed
    assert found.median_days == median
    assert [each.days for each in found.open] == lasting
    assert found.longest_open == (found.open[0] if lasting else None)


def test_a_stay_that_ended_off_the_list_is_no_length() -> None:
    left = Stay(1, Stage.MQA, 1, NOW - timedelta(days=30), NOW - timedelta(days=20))
    assert velocity(program_of_stays(left), Stage.MQA).completed == ()


def test_velocity_is_told_by_tier() -> None:
    found = program_of_stays(stay("aware", 30, 20, tier=2), stay("aware", 9, tier=None, known=False))
    assert velocity(found, Stage.AWARE, 2).completed == (StayDays(1, 10),)
    assert velocity(found, Stage.AWARE, 3).open == (StayDays(1, 9, at_least=True),)


# Hand-worked cases of the seven tests of an open deal. Days are counted to 23 March 2026, in UTC.
# The sample account of tier 2 passes all seven with a deal in its middle phase; each case changes one thing.

TODAY = NOW.date()


def ago(days: float) -> Any:
    return NOW - timedelta(days=days)


def person(number: int, heard: int | None, *roles: BuyingRole, left: bool = False) -> Contact:
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


def judged(state: AccountState) -> pipeline.JudgedDeal:
    (found,) = pipeline.judged_deals(state, DEFAULTS, now=NOW, zone="UTC")
    return found


def closes(in_days: int) -> Any:
    return TODAY + timedelta(days=in_days)


# (test, account, gap, number, limit); None for a test that is not due
SEVEN_TESTS: list[tuple[QualityTest, AccountState, tuple[QualityGap | None, int, int] | None]] = [
    (QualityTest.FIT, sound(), (None, 75, 60)),  # q1 three of four points everywhere are 75 of 100
    # nobody has scored: the fit is not known, and the test wants it known
    (QualityTest.FIT, sound(fit=()), (QualityGap.FIT_NOT_SCORED, 0, 60)),
    (QualityTest.FIT, sound(fit=scored(2)), (QualityGap.FIT_LOW, 50, 60)),  # two of four are 50
    # ACV 4 of 4 (25), motion 3 of 4 (11.25) and strategic value 0 of 10: 36.25 of 50 are 72.5
    (
        QualityTest.FIT,
        sound(
            fit=(*scored(4, Criterion.ACV), *scored(3, Criterion.SALES_MOTION), *scored(0, Criterion.STRATEGIC_VALUE))
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
    (QualityTest.ECONOMIC_BUYER, of_deal(Phase.EARLY), None),  # q2 in an early phase no economic buyer is asked for
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
    (QualityTest.STAGE_AGE, sound(tier=None), None),  # without a tier there is no limit, so the test is not due
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


@cases(("test", "state", "expected"), SEVEN_TESTS)
def test_a_deal_is_tested_as_worked_out_by_hand(test, state, expected):
    found = next((each for each in judged(state).tests if each.test is test), None)
    assert found == (None if expected is None else pipeline.JudgedTest(test, *expected))


def test_the_sample_deal_passes_all_seven_in_order() -> None:
    found = judged(sound())
    assert tuple(each.test for each in found.tests) == tuple(QualityTest)
    assert (found.due, found.passed, found.is_clean, found.failed) == (7, 7, True, ())


def test_a_closed_deal_is_not_tested() -> None:
    assert pipeline.judged_deals(of_deal(Phase.WON, closed_at=ago(1)), DEFAULTS, now=NOW, zone="UTC") == ()


def test_every_test_and_every_gap_has_a_case() -> None:
    assert {gap for _, _, expected in SEVEN_TESTS if expected for gap in expected[:1] if gap} == set(QualityGap)
    assert {test for test, _, _ in SEVEN_TESTS} == set(QualityTest)


# Hand-worked cases of the pipeline's quality by currency, its clean part, and the coverage of a target.

UNSCORED: dict[str, Any] = {"fit": ()}


def of_states(*states: AccountState, **values: Any) -> Program:
    facts = named(2, "engaged").facts()
    return program(*(replace(facts, account=state, before=state) for state in states), **values)


def with_deals(*deals: Opportunity, **values: Any) -> AccountState:
    numbered = (replace(each, profile=replace(each.profile, key=f"x:{n}")) for n, each in enumerate(deals))
    return sound(opportunities=tuple(numbered), **values)


# (accounts, quality by currency as value, weighed, clean in cents, deals, deals without an amount)
SUMS: list[tuple[list[AccountState], dict[str, tuple[int, int, int, int, int]]]] = [
    # no deal, no currency
    ([], {}),
    ([sound(opportunities=())], {}),
    # EUR 1,000 that passes all seven: all of it weighed, all clean
    ([with_deals(deal(Phase.MIDDLE, 1_000))], {"EUR": (100_000, 100_000, 100_000, 1, 0)}),
    # without a fit six of seven: EUR 1,000 x 6 / 7 = 857.142, none clean
    ([with_deals(deal(Phase.MIDDLE, 1_000), **UNSCORED)], {"EUR": (100_000, 85_714, 0, 1, 0)}),
    # in an early phase six tests are due and five passed: 833.333
    ([with_deals(deal(Phase.EARLY, 1_000), **UNSCORED)], {"EUR": (100_000, 83_333, 0, 1, 0)}),
    # 3,000 clean and 1,000 x 6 / 7: the value weighs, not the number of deals
    (
        [with_deals(deal(Phase.MIDDLE, 3_000)), with_deals(deal(Phase.MIDDLE, 1_000), **UNSCORED)],
        {"EUR": (400_000, 385_714, 300_000, 2, 0)},
    ),
    # two deals of one account, one pushed twice: 2,000 + 700 x 6 / 7 = 2,600
    (
        [with_deals(deal(Phase.MIDDLE, 2_000), deal(Phase.MIDDLE, 700, pushes=2))],
        {"EUR": (270_000, 260_000, 200_000, 2, 0)},
    ),
    # two currencies are told apart and never added up
    (
        [with_deals(deal(Phase.MIDDLE, 1_000), deal(Phase.MIDDLE, 500, currency="USD"))],
        {"EUR": (100_000, 100_000, 100_000, 1, 0), "USD": (50_000, 50_000, 50_000, 1, 0)},
    ),
    # a deal without an amount is counted and in no sum
    ([with_deals(deal(Phase.MIDDLE, None))], {"EUR": (0, 0, 0, 0, 1)}),
    ([with_deals(deal(Phase.MIDDLE, 1_000), deal(Phase.MIDDLE, None))], {"EUR": (100_000, 100_000, 100_000, 1, 1)}),
    # one without a currency stands by itself
    ([with_deals(deal(Phase.MIDDLE, None, currency=""))], {"": (0, 0, 0, 0, 1)}),
    # an amount of nothing is an amount: it is clean and weighs nothing
    ([with_deals(deal(Phase.MIDDLE, 0))], {"EUR": (0, 0, 0, 1, 0)}),
    ([with_deals(deal(Phase.WON, 1_000, closed_at=ago(1)))], {}),  # won deals are no pipeline
    # paused accounts, candidates and removed ones are not on the named list
    ([with_deals(deal(Phase.MIDDLE, 1_000), list_status=ListStatus.PAUSED)], {}),
    ([with_deals(deal(Phase.MIDDLE, 1_000), list_status=ListStatus.CANDIDATE)], {}),
]


@cases(("states", "expected"), SUMS)
def test_quality_sums_up_as_worked_out_by_hand(states, expected):
    found = quality(of_states(*states))
    assert {currency: each.kept for currency, each in found.items()} == {
        currency: PipelineQuality(*numbers) for currency, numbers in expected.items()
    }


def test_quality_is_a_percentage_of_the_value_and_tells_which_deals_fail_which_test() -> None:
    found = quality(
        of_states(with_deals(deal(Phase.MIDDLE, 3_000)), with_deals(deal(Phase.MIDDLE, 1_000), **UNSCORED))
    )["EUR"]
    # 3,857.14 of 4,000 are 96.4 percent, 3,000 are 75
    assert (found.percent, found.clean_percent) == (96, 75)
    assert accounts_of(found.failing(QualityTest.FIT)) == (2,)
    assert accounts_of(found.due(QualityTest.FIT)) == (1, 2)
    assert found.failing(QualityTest.CLOSE_DATE) == ()
    empty = quality(of_states(with_deals(deal(Phase.MIDDLE, None))))["EUR"]
    assert (empty.percent, empty.clean_percent) == (None, None)
