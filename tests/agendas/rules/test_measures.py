from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import NotUnderstood
from agendas.facts.account import AccountState, ListStatus, Stage
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.events import Change, Edited, Noted, Profile
from agendas.facts.group import BuyingRole, Contact
from agendas.facts.measures import PlannedReview, Program, Progression, Stay, TrendKind, TrendPoint
from agendas.facts.narrative import Narrative, NarrativeWritten, ProductField, ProductInputGiven
from agendas.facts.people import Function
from agendas.facts.program import TIERS, CalibratedLimit, Calibration
from agendas.facts.reviews import Bucket
from agendas.facts.signals import Engagement, EngagementTrend
from agendas.rules import measures
from agendas.rules.entries import uncorrected
from agendas.rules.measures import Figure, FigureCode, accounts_behind, buckets, coverage_of, figures_of, month_of
from agendas.rules.pipeline import Share, named_in, progression_of
from tests.agendas.rules.histories import REVIEW_DAY, History, day, named, nominated, shown
from tests.agendas.rules.measured_programs import NOW, of, program
from tests.agendas.rules.test_pipeline import of_states, person
from tests.builders import account
from tests.cases import cases, texts

# Months of the program in its zone, and the words that name them.

ZONE = "Europe/Berlin"
ASKED_AT = datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_a_month_ends_at_its_last_instant_and_the_next_one_begins_there() -> None:
    october = month_of(date(2026, 10, 31), ZONE, now=ASKED_AT)
    running = month_of(date(2026, 11, 1), ZONE, now=ASKED_AT)
    assert (october.first, october.last, october.is_running) == (date(2026, 10, 1), date(2026, 10, 31), False)
    assert october.ends_at == running.begins_at == datetime(2026, 10, 31, 22, 59, 59, 999999, tzinfo=UTC)
    assert (running.first, running.last, running.ends_at) == (date(2026, 11, 1), date(2026, 11, 24), ASKED_AT)
    assert running.is_running
    assert measures.month_before(running) == october


@cases("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Santiago", "Asia/Beirut", "UTC"])
def test_the_months_of_ten_years_follow_each_other_without_a_gap_in_any_zone(zone: str) -> None:
    period = month_of(date(2026, 11, 1), zone, now=datetime(2027, 1, 1, tzinfo=UTC))
    for _ in range(120):
        before = measures.month_before(period)
        assert before.ends_at == period.begins_at
        assert before.last + timedelta(days=1) == period.first
        assert measures.start_of_day(period.first, zone) - before.ends_at == timedelta(microseconds=1)
        period = before


def test_up_to_a_day_is_its_month_until_the_end_of_that_day_and_until_now_for_today() -> None:
    period = measures.up_to(date(2026, 11, 12), ZONE, now=ASKED_AT)
    assert (period.first, period.last, period.is_running) == (date(2026, 11, 1), date(2026, 11, 12), False)
    assert period.ends_at == datetime(2026, 11, 12, 22, 59, 59, 999999, tzinfo=UTC)
    assert measures.month_text(period) == "November 2026 up to 12 Nov"
    assert measures.up_to(date(2026, 11, 24), ZONE, now=ASKED_AT) == month_of(date(2026, 11, 24), ZONE, now=ASKED_AT)
    assert measures.up_to(date(2026, 10, 31), ZONE, now=ASKED_AT) == month_of(date(2026, 10, 1), ZONE, now=ASKED_AT)


@cases(
    ("said", "first"),
    [
        *(("", date(2026, 11, 1)), ("this month", date(2026, 11, 1)), ("2026-10", date(2026, 10, 1))),
        *(("2026/7", date(2026, 7, 1)), ("10/2026", date(2026, 10, 1)), ("October", date(2026, 10, 1))),
        *(("oct", date(2026, 10, 1)), (" Oct. 2025 ", date(2025, 10, 1)), ("november", date(2026, 11, 1))),
        *(("December", date(2025, 12, 1)), ("Last month", date(2026, 10, 1)), ("previous month", date(2026, 10, 1))),
    ],
)
def test_the_words_for_a_month(said: str, first: date) -> None:
    period = measures.read_month(said, ZONE, now=ASKED_AT)
    assert (period.first, period.is_running) == (first, first == date(2026, 11, 1))


@texts("said", "sentence")
def test_another_word_and_a_month_to_come_are_refused_in_one_sentence(said: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        measures.read_month(said, ZONE, now=ASKED_AT)
    assert str(refused.value) == sentence


@cases(
    ("said", "last", "written_as"),
    [
        *(("2026-10-15", date(2026, 10, 15), "2026-10-15"), ("15 oct 2026", date(2026, 10, 15), "2026-10-15")),
        *(("2026-10-31", date(2026, 10, 31), "2026-10"), ("yesterday", date(2026, 11, 23), "2026-11-23")),
        *(("fri", date(2026, 11, 20), "2026-11-20"), ("3 dec", date(2025, 12, 3), "2025-12-03")),
        *(("today", date(2026, 11, 24), "2026-11"), ("october", date(2026, 10, 31), "2026-10")),
        ("", date(2026, 11, 24), "2026-11"),
    ],
)
def test_a_page_can_be_had_as_of_the_end_of_a_day_and_buttons_carry_it(said: str, last: date, written_as: str) -> None:
    period = measures.read_period(said, ZONE, now=ASKED_AT)
    assert (period.last, measures.written_period(period)) == (last, written_as)
    assert measures.read_period(measures.written_period(period), ZONE, now=ASKED_AT) == period


@cases(
    ("said", "sentence"),
    [
        ("2026-11-25", "25 Nov is in the future; give today, 24 Nov, or an earlier date."),
        (
            "soonish",
            '"soonish" is not a month; write one like 2026-10, October or last month, or a day like 2026-10-15.',
        ),
    ],
)
def test_a_day_to_come_and_other_words_are_refused_in_one_sentence(said: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        measures.read_period(said, ZONE, now=ASKED_AT)
    assert str(refused.value) == sentence


# Figures of a program.
def test_figures_of_an_empty_program_are_empty() -> None:
    assert figures_of(of(), TrendKind.REVIEW) == TrendPoint(NOW.date(), TrendKind.REVIEW)


def test_figures_hold_buckets_progression_quality_and_coverage_of_one_account() -> None:
    moved = named(2, "engaged")
    moved.move("opportunity", 72, shown(72))
    moved.deal(Phase.EARLY, 72, amount_cents=50_000, currency="EUR")
    moved.deal(Phase.EARLY, 72, key="x:2", currency="EUR")
    figures = figures_of(of(moved))
    assert figures.buckets == {2: {Bucket.ADVANCED: 1}}
    assert figures.progression == {2: Progression(comparable=1, advanced=1)}
    assert (figures.quality["EUR"].value_cents, figures.quality["EUR"].deals) == (50_000, 1)
    assert figures.quality["EUR"].without_amount == 1
    # champion, economic buyer and technical evaluator from opportunity on; nobody is known
    assert figures.coverage == {2: (0, 3)}


@cases("tier", [1, 2, 3])
def test_paused_accounts_are_in_no_bucket(tier: int) -> None:
    paused, kept = named(tier, "engaged"), named(tier, "engaged")
    paused.put("paused", 72, tier)
    assert sum(buckets(of(paused, kept, nominated())).values()) == 1


# The accounts behind a figure.

BY_CURRENCY = {FigureCode.PIPELINE, FigureCode.PIPELINE_CLEAN, FigureCode.PIPELINE_FAILS, FigureCode.WITHOUT_AMOUNT}


@cases("code", FigureCode)
def test_every_figure_has_a_form_for_a_button_and_none_of_an_empty_program(code: FigureCode) -> None:
    for figure in (Figure(code), Figure(code, 2), Figure(code, 3, "EUR:fit"), Figure(code, None, "engaged>mqa")):
        assert Figure.read(figure.text) == figure
        assert accounts_behind(of(), figure) == ()


@cases("text", ["", "advanced", "advanced|4|", "budget|1|", "advanced|x|", "advanced|01|"])
def test_a_form_that_is_none_of_this_version_is_no_figure_or_one_of_all(text: str) -> None:
    assert Figure.read(text) == (Figure(FigureCode.ADVANCED) if text == "advanced" else None)


@cases(
    ("code", "of_", "ids"),
    [
        *((FigureCode.NAMED, "", (1, 2)), (FigureCode.PAUSED, "", (3,)), (FigureCode.BUCKET, "advanced", (1,))),
        *((FigureCode.BUCKET, "steady", (2,)), (FigureCode.BUCKET, "lost", ()), (FigureCode.COMPARABLE, "", (1, 2))),
        *((FigureCode.ADVANCED, "", (1,)), (FigureCode.COVERED, "", (1,)), (FigureCode.COVERED_FULLY, "", ())),
        *((FigureCode.ROLE_OPEN, "champion", (1,)), (FigureCode.ROLE_OPEN, "end_user", ())),
        *((FigureCode.ENGAGEMENT, "", (1, 2)), (FigureCode.PIPELINE, "EUR", (1,))),
        *((FigureCode.PIPELINE_CLEAN, "EUR", ()), (FigureCode.PIPELINE_FAILS, "EUR:fit", (1,))),
        *((FigureCode.PIPELINE_FAILS, "USD:fit", ()), (FigureCode.WITHOUT_AMOUNT, "EUR", (1,))),
    ],
)
def test_a_figure_opens_to_its_accounts(code: FigureCode, of_: str, ids: tuple[int, ...]) -> None:
    moved, steady, paused = named(2, "engaged"), named(2, "aware"), named(2, "engaged")
    moved.move("opportunity", 72, shown(72))
    moved.deal(Phase.EARLY, 72, amount_cents=50_000, currency="EUR")
    moved.deal(Phase.EARLY, 72, key="x:2", currency="EUR")
    paused.put("paused", 72, 2)
    program = of(moved, steady, paused)
    assert accounts_behind(program, Figure(code, of=of_)) == ids
    # all of them are of tier 2; pipeline is told by currency and of no tier
    assert accounts_behind(program, Figure(code, 1, of_)) == (ids if code in BY_CURRENCY else ())


# Hand-worked cases of the buying groups' coverage over the program, on 23 March 2026.
# Tier 1 asks for an economic buyer, a technical evaluator and a champion from engaged on, and for procurement and an
# executive sponsor once there is an opportunity; tier 2 for a buyer and a champion from MQA on; tier 3 for a champion.

EB, TE, CH = BuyingRole.ECONOMIC_BUYER, BuyingRole.TECHNICAL_EVALUATOR, BuyingRole.CHAMPION


def group(tier: int, stage: str, *contacts: Contact, **values: Any) -> AccountState:
    return account(tier=tier, stage=Stage(stage), contacts=contacts, **values)


ALL_OF_TIER_1 = (person(1, 5, EB), person(2, 5, TE), person(3, 5, CH))

# (accounts, roles required, identified, engaged, accounts with a full group, accounts of which roles are required)
COVERAGE: list[tuple[str, list[AccountState], tuple[int, int, int, int, int]]] = [
    ("nobody", [], (0, 0, 0, 0, 0)),
    # nobody is asked for at a target: coverage is not required, which is not full
    ("a target", [group(1, "target")], (0, 0, 0, 0, 0)),
    ("nobody known", [group(1, "engaged")], (3, 0, 0, 0, 1)),  # three roles and nobody known
    # one person in two roles fills both
    ("one person in two roles", [group(1, "engaged", person(1, 5, EB, CH))], (3, 2, 2, 0, 1)),
    ("everybody", [group(1, "engaged", *ALL_OF_TIER_1)], (3, 3, 3, 1, 1)),
    # heard of 90 days ago still counts as engaged, 91 only as identified
    ("heard 90 days ago", [group(3, "mqa", person(1, 90, CH))], (1, 1, 1, 1, 1)),
    ("heard 91 days ago", [group(3, "mqa", person(1, 91, CH))], (1, 1, 0, 0, 1)),
    ("never heard", [group(3, "mqa", person(1, None, CH))], (1, 1, 0, 0, 1)),  # never heard of
    ("left", [group(3, "mqa", person(1, 5, CH, left=True))], (1, 0, 0, 0, 1)),  # who left fills nothing
    # a role that nobody asks for fills nothing
    ("another role", [group(3, "mqa", person(1, 5, BuyingRole.END_USER))], (1, 0, 0, 0, 1)),
    # an opportunity of tier 1 asks for two more
    ("an opportunity", [group(1, "opportunity", *ALL_OF_TIER_1)], (5, 3, 3, 0, 1)),
    ("tier 2, engaged", [group(2, "engaged", *ALL_OF_TIER_1)], (0, 0, 0, 0, 0)),  # tier 2 asks for nobody before MQA
    # roles add up, accounts are counted one by one: 3 + 1 required, 3 + 0 engaged, 1 of 2 full
    ("two", [group(1, "engaged", *ALL_OF_TIER_1), group(3, "mqa")], (4, 3, 3, 1, 2)),
    # paused accounts are left out
    ("paused", [group(1, "engaged", *ALL_OF_TIER_1, list_status=ListStatus.PAUSED)], (0, 0, 0, 0, 0)),
]


@cases(("states", "numbers"), [case[1:] for case in COVERAGE], ids=[case[0] for case in COVERAGE])
def test_coverage_is_as_worked_out_by_hand(states: list[AccountState], numbers: tuple[int, int, int, int, int]) -> None:
    found = coverage_of(of_states(*states))
    assert (found.required, found.identified, found.engaged, len(found.full), len(found.accounts)) == numbers
    assert (found.roles, found.share) == (Share(numbers[2], numbers[0]), Share(numbers[3], numbers[4]))


def test_gaps_are_told_by_role_those_of_most_accounts_first_and_tiers_apart() -> None:
    program = of_states(
        group(1, "engaged", person(1, 5, EB)), group(1, "engaged", person(1, 5, CH), person(2, 5, EB)), group(3, "mqa")
    )
    assert coverage_of(program, 1).gaps == ((TE, (1, 2)), (CH, (1,)))
    assert coverage_of(program).gaps == ((TE, (1, 2)), (CH, (1, 3)))
    # tier 1 expects three active roles; of tier 3 none are expected
    assert coverage_of(program).too_few_active == (1, 2)
    assert [each.tier for each in measures.coverage(program)] == [1, 3]


# Hand-worked cases of the reviews' discipline, and of engagement over the program.

BOTH = frozenset({Function.SALES, Function.MARKETING})


def review(was_held: bool | None = True, **values: Any) -> PlannedReview:
    """A review that was held on time on day 72, with sales and marketing."""
    given = {"id": 1, "channel_id": "C1", "planned_at": day(72), "functions": BOTH}
    return PlannedReview(**(given | {"was_held": was_held} | values))


MISSED, SKIPPED, OPEN = review(None, was_missed=True), review(None, was_skipped=True), review(None)

# (reviews, planned, held, on time of the held, with both functions of the held)
DISCIPLINE: list[tuple[str, list[PlannedReview], tuple[int, int, int, int]]] = [
    ("none planned", [], (0, 0, 0, 0)),
    ("held", [review()], (1, 1, 1, 1)),  # held on time with sales and marketing
    ("not held", [review(False)], (1, 0, 0, 0)),  # closed without anybody: planned, and not held
    ("missed", [MISSED], (1, 0, 0, 0)),  # never opened
    ("skipped", [SKIPPED], (0, 0, 0, 0)),  # skipped on purpose, as for a holiday: it was not planned any more
    ("open", [OPEN], (0, 0, 0, 0)),  # still open: nobody can say yet
    ("late", [review(late_minutes=1)], (1, 1, 0, 1)),  # posted a minute late is late
    # sales alone
    ("sales alone", [review(functions=frozenset({Function.SALES}))], (1, 1, 1, 0)),
    ("nobody with a function", [review(functions=frozenset())], (1, 1, 1, 0)),
    ("with product too", [review(functions=BOTH | {Function.PRODUCT})], (1, 1, 1, 1)),  # others beside them do no harm
    ("executive", [review(is_executive=True)], (0, 0, 0, 0)),  # an executive review is none of accounts
    # what was not held is neither on time nor late
    ("not held and late", [review(False, late_minutes=30)], (1, 0, 0, 0)),
    # four of six planned held, three on time, three with both
    (
        "several",
        [review(), review(), review(late_minutes=5), review(functions=frozenset()), review(False), MISSED, SKIPPED],
        (6, 4, 3, 3),
    ),
]


@cases(("reviews", "numbers"), [case[1:] for case in DISCIPLINE], ids=[case[0] for case in DISCIPLINE])
def test_discipline_is_as_worked_out_by_hand(reviews: list[PlannedReview], numbers: tuple[int, int, int, int]) -> None:
    found = measures.discipline_of(reviews)
    planned, held, on_time, both = numbers
    assert tuple(map(len, (found.planned, found.held, found.on_time, found.with_both))) == numbers
    assert found.held_share == Share(held, planned)
    assert (found.on_time_share, found.both_share) == (Share(on_time, held), Share(both, held))
    assert len(found.missed) + len(found.skipped) + len(found.still_open) == sum(r.was_held is None for r in reviews)


def test_the_discipline_of_a_period_is_of_the_reviews_planned_after_it_began() -> None:
    boundary = review(planned_at=day(REVIEW_DAY))
    later = review(planned_at=day(REVIEW_DAY) + timedelta(minutes=1))
    assert measures.discipline(of(reviews=(boundary, later))).planned == (later,)
    assert measures.discipline_of((boundary, later)).planned == (boundary, later)


def points(trend: EngagementTrend | None, last_30: float = 0.0, earlier: float = 0.0) -> Engagement:
    return Engagement(last_30=last_30, earlier_30s=(earlier, earlier, earlier), trend=trend)


UP, SAME, DOWN = EngagementTrend.INCREASING, EngagementTrend.STABLE, EngagementTrend.DECREASING

# (engagement of each account, increasing, stable, decreasing, without a trend, fallen, median of 30 days)
ENGAGEMENTS: list[tuple[list[Engagement | None], tuple[int, int, int, int, int], float | None]] = [
    ([], (0, 0, 0, 0, 0), None),
    # no points at all: no trend and no median
    ([None], (0, 0, 0, 1, 0), None),
    ([points(None)], (0, 0, 0, 1, 0), None),
    ([points(UP, 8, 4)], (1, 0, 0, 0, 0), 8),
    ([points(SAME, 4, 4)], (0, 1, 0, 0, 0), 4),
    ([points(DOWN, 3, 4)], (0, 0, 1, 0, 0), 3),
    ([points(DOWN, 2, 4)], (0, 0, 1, 0, 0), 2),  # half of the mean of the three windows before is not below half
    ([points(DOWN, 1.9, 4)], (0, 0, 1, 0, 1), 1.9),  # a little less is: fallen
    ([points(None, 0, 4)], (0, 0, 0, 1, 0), None),  # silent after points: no trend to compare, so nothing that fell
    ([points(UP, 1, 4)], (1, 0, 0, 0, 0), 1),  # rising from low is not fallen
    # an odd number: the one in the middle; of an even number the mean of two
    ([points(UP, 1), points(UP, 50), points(DOWN, 3, 4)], (2, 0, 1, 0, 0), 3),
    ([points(UP, 1), points(UP, 4)], (2, 0, 0, 0, 0), 2.5),
    ([points(UP, 1), None], (1, 0, 0, 1, 0), 0.5),  # one without any signal has no points
]


@cases(("found", "counts", "median"), ENGAGEMENTS)
def test_engagement_is_as_worked_out_by_hand(found, counts, median):
    facts = named(1, "engaged").facts()
    answer = measures.engagement_of(program(*(replace(facts, engagement=each) for each in found)))
    members = (answer.increasing, answer.stable, answer.decreasing, answer.without, answer.fallen)
    assert tuple(map(len, members)) == counts
    assert answer.median_30 == median
    assert answer.rising == Share(counts[0], sum(counts[:3]))


def test_paused_accounts_are_left_out_of_engagement() -> None:
    paused = named(1, "engaged")
    paused.put("paused", 72)
    assert measures.engagement_of(of(named(1, "engaged"), paused), 1) == measures.TierEngagement(1, without=(1,))


# Hand-worked cases of calibrated limits, and of the stays that they follow from.

ON = date(2026, 3, 23)
ENGAGED_LIMIT = "tier.1.aged.engaged"
"""Its default is 30 days, so that it is calibrated between 15 and 90."""

# (days of the completed stays, limit in days; None where the default stands)
CALIBRATIONS: list[tuple[str, list[int], int | None]] = [
    ("no stays", [], None),
    ("nine stays", [20] * 9, None),  # nine are too few
    ("ten stays", [20] * 10, 30),  # ten of 20 days: 1.5 x 20
    ("half a day", [20] * 5 + [30] * 5, 38),  # the mean of the two in the middle: 1.5 x 25 = 37.5, half up
    ("half a day more", [21] * 11, 32),  # 1.5 x 21 = 31.5, half up too
    ("one that took long", [20] * 10 + [700], 30),  # one of 700 days moves the median not at all
    ("short stays", [9] * 10, 15),  # 1.5 x 9 = 13.5 is below half of the default
    ("as short as may be", [10] * 10, 15),  # 1.5 x 10 = 15 is just half of it
    ("no days at all", [0] * 10, 15),  # stays of no day
    ("as long as may be", [60] * 10, 90),  # 1.5 x 60 = 90 is three times the default
    ("long stays", [61] * 10, 90),  # 1.5 x 61 = 91.5 is beyond it
    # the order does not matter: 10, 20 and so on to 110 have 60 in the middle
    ("in any order", [110, 20, 90, 40, 70, 60, 50, 80, 30, 100, 10], 90),
]


@cases(("days", "limit"), [case[1:] for case in CALIBRATIONS], ids=[case[0] for case in CALIBRATIONS])
def test_a_limit_is_calibrated_as_worked_out_by_hand(days: list[int], limit: int | None) -> None:
    limits = () if limit is None else (CalibratedLimit(ENGAGED_LIMIT, limit, len(days)),)
    assert measures.calibrated({ENGAGED_LIMIT: days}, ON) == Calibration(limits, ON)


@cases(
    ("key", "days", "limit"),
    [
        # 0.5 x 21 = 10.5 days, half up
        ("tier.2.aged.mqa", 1, 11),
        ("tier.2.aged.mqa", 60, 63),
        ("tier.3.aged.opportunity_late", 10, 15),
        # an account of tier 3 that is aware times out by a limit of its own; at a target it has none
        ("tier.3.aged.aware", 10, None),
        ("tier.3.aged.target", 10, None),
        # silence is not calibrated, nor what is no limit
        ("tier.1.quiet.engaged", 10, None),
        ("tier.1.cap", 10, None),
    ],
)
def test_each_limit_of_a_stage_is_held_within_its_own_default(key: str, days: int, limit: int | None) -> None:
    assert measures.calibrated({key: [days] * 10}, ON).days(key) == limit


def stay(stage: str, began: float, ended: float | None, to: str | None = "mqa", **values: bool) -> Stay:
    ended_at = None if ended is None else NOW - timedelta(days=ended)
    to_stage = Stage(to) if to else None
    return Stay(1, Stage(stage), 1, NOW - timedelta(days=began), ended_at, to_stage, **values)


# (stay, days that it gives the limit of engaged in tier 1)
STAYS: list[tuple[Stay, tuple[int, ...]]] = [
    (stay("engaged", 30, 20), (10,)),
    (stay("engaged", 30, 20, "aware"), (10,)),  # down as well as up
    (stay("engaged", 30, None, None), ()),  # still there
    (stay("engaged", 30, 20, None), ()),  # left the list
    (stay("engaged", 30, 20, is_known=False), ()),  # found by an import
    # ended a year ago, and a day before that
    (stay("engaged", 400, 365), (35,)),
    (stay("engaged", 400, 366), ()),
    # an opportunity and a customer age by their deals
    (stay("opportunity", 30, 20, "customer"), ()),
    (stay("customer", 30, 20, "engaged"), ()),
]


@cases(("given", "days"), STAYS)
def test_stays_of_accounts_count_for_the_limit_of_their_stage(given: Stay, days: tuple[int, ...]) -> None:
    assert measures.days_by_limit([given], (), now=NOW, zone="UTC") == ({ENGAGED_LIMIT: days} if days else {})


def history(*phases: tuple[Phase, float], **values: object) -> History:
    """A deal of an account of tier 2 that was in these phases from these days on."""
    found = nominated()
    found.put("named", 1, 2)
    for phase, on_day in phases:
        found.deal(phase, on_day, **values)
    return found


EARLY, MIDDLE, LATE, WON = Phase.EARLY, Phase.MIDDLE, Phase.LATE, Phase.WON

# (history, days by limit)
DEALS: list[tuple[str, History, dict[str, tuple[int, ...]]]] = [
    # it is in its first stage still
    ("one stage", history((EARLY, 10)), {}),
    ("two stages", history((EARLY, 10), (MIDDLE, 24)), {"tier.2.aged.opportunity_early": (14,)}),
    (
        "won",
        history((EARLY, 10), (MIDDLE, 24), (LATE, 30), (WON, 51)),
        {
            "tier.2.aged.opportunity_early": (14,),
            "tier.2.aged.opportunity_middle": (6,),
            "tier.2.aged.opportunity_late": (21,),
        },
    ),
    # nothing changed but the amount
    ("told twice", history((EARLY, 10), (EARLY, 12), (MIDDLE, 24)), {"tier.2.aged.opportunity_early": (14,)}),
    # back and forth: each stay counts
    (
        "back",
        history((MIDDLE, 10), (EARLY, 15), (MIDDLE, 22)),
        {"tier.2.aged.opportunity_middle": (5,), "tier.2.aged.opportunity_early": (7,)},
    ),
    # days of a closed deal are no stay
    ("opened again", history((EARLY, 10), (Phase.LOST, 15), (EARLY, 30)), {"tier.2.aged.opportunity_early": (5,)}),
    # an import found it without a day: nothing begins and nothing ends
    ("found", history((EARLY, 10), (MIDDLE, 24), since_known=False), {}),
    # a deal for more has the limits of customers
    (
        "for more",
        history((EARLY, 10), (WON, 40), type=OpportunityType.EXISTING_BUSINESS),
        {"tier.2.aged.customer": (30,)},
    ),
    # a renewal stalls nobody
    ("renewal", history((EARLY, 10), (WON, 40), type=OpportunityType.EXISTING_BUSINESS, adds_value=False), {}),
    ("none", history(), {}),  # no deal at all
]


@cases(("given", "days"), [case[1:] for case in DEALS], ids=[case[0] for case in DEALS])
def test_stays_of_deals_count_for_the_limit_of_their_phase(given: History, days: dict[str, tuple[int, ...]]) -> None:
    assert measures.days_by_limit((), measures.deal_stays(uncorrected(given.events)), now=NOW, zone="UTC") == days


def test_two_stages_of_one_phase_are_two_stays_and_a_stay_has_the_tier_of_its_end() -> None:
    given = history()
    for name, on_day in (("Discovery", 10), ("Demo", 14), ("Offer", 20)):
        given.deal(EARLY, on_day, stage_name=name)
    given.put("named", 17, 1)
    days = measures.days_by_limit((), measures.deal_stays(uncorrected(given.events)), now=NOW, zone="UTC")
    assert days == {"tier.2.aged.opportunity_early": (4,), "tier.1.aged.opportunity_early": (6,)}


def test_a_corrected_step_of_a_deal_counts_nowhere() -> None:
    given = history((EARLY, 10))
    given.correct(given.deal(MIDDLE, 24), 25)
    assert measures.deal_stays(uncorrected(given.events)) == ()


# Properties of the measures over random programs: buckets partition the list; what is unrelated changes nothing.

DAYS = st.integers(2, 77)
STAGES = st.sampled_from(["target", "aware", "engaged", "mqa", "opportunity", "customer"])
UNRELATED: tuple[Change, ...] = (
    Edited(Profile("Sample Acme", segment="Banks")),
    NarrativeWritten(Narrative("pressure", "view", "proof", "ask")),
    ProductInputGiven(ProductField.USE_CASE, "Sample case"),
    Noted("Sample note"),
)
"""Changes that say nothing of where an account stands, moves or is stuck."""

STEPS = st.one_of(
    st.tuples(st.just("move"), STAGES, st.booleans()),
    st.tuples(st.just("deal"), st.sampled_from(list(Phase)), st.sampled_from([None, 1_000, 50_000])),
    st.tuples(st.just("block"), st.sampled_from([None, "executive"]), st.none()),
    st.tuples(st.just("put"), st.sampled_from(["named", "paused", "removed"]), st.sampled_from(TIERS)),
    st.tuples(st.just("promise"), st.integers(1, 40), st.none()),
)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """An account that was named, with a few steps in the order of their days."""
    history = named(draw(st.sampled_from(TIERS)), draw(STAGES), since=draw(st.integers(2, 60)))
    for on_day in sorted(draw(st.lists(DAYS, max_size=5))):
        kind, first, second = draw(STEPS)
        if kind == "move":
            history.move(first, on_day, *((shown(on_day),) if second else ()))
        elif kind == "deal":
            history.deal(first, on_day, shown(on_day), amount_cents=second, currency="EUR")
        elif kind == "block":
            history.block(on_day, needs=first)
        elif kind == "put":
            history.put(first, on_day, second)
        else:
            history.promise(on_day, due_in_days=first)
    return history


PROGRAMS = st.lists(histories(), max_size=4)


def ids(program: Program, code: FigureCode, tier: int | None, of_: str = "") -> tuple[int, ...]:
    return accounts_behind(program, Figure(code, tier, of_))


@given(PROGRAMS)
def test_the_buckets_of_each_tier_partition_its_named_accounts(members: list[History]) -> None:
    program = of(*members)
    for tier in (None, *TIERS):
        on_list = ids(program, FigureCode.NAMED, tier)
        in_buckets = [id_ for bucket in Bucket for id_ in ids(program, FigureCode.BUCKET, tier, bucket)]
        assert sorted(in_buckets) == sorted(on_list)
        assert sum(buckets(program, tier).values()) == len(on_list)
        assert set(on_list).isdisjoint(ids(program, FigureCode.PAUSED, tier))
    assert sum(buckets(program).values()) == sum(sum(buckets(program, tier).values()) for tier in TIERS)


@given(PROGRAMS)
def test_who_moved_can_be_compared_and_moved_one_way_alone(members: list[History]) -> None:
    program = of(*members)
    found = progression_of(program)
    ways = (found.advanced, found.regressed, found.claimed)
    assert all(set(way) <= set(found.comparable) for way in (*ways, found.bounced, found.momentum, found.met))
    assert len({id_ for way in ways for id_ in way}) == sum(map(len, ways))
    assert set(found.comparable).isdisjoint(found.customers)
    assert {*found.comparable, *found.customers} == {e.account_id for e in named_in(program) if e.was_named}


@given(PROGRAMS, histories(), st.sampled_from(UNRELATED), DAYS)
def test_an_unrelated_event_changes_no_figure(members: list[History], last: History, change: Change, on_day: int):
    before = figures_of(of(*members, last))
    last.add(change, on_day)
    assert figures_of(of(*members, last)) == before


@given(PROGRAMS, histories())
def test_another_account_changes_nothing_behind_the_figures_of_the_others(members: list[History], other: History):
    alone, beside = of(*members), of(*members, other)
    new_id = len(members) + 1
    for code in FigureCode:
        found = ids(beside, code, None, "EUR")
        assert tuple(id_ for id_ in found if id_ != new_id) == ids(alone, code, None, "EUR")
