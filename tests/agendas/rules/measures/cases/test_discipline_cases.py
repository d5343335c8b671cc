"""Hand-worked cases of the reviews' discipline, and of engagement over the program."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from agendas.facts.measures import PlannedReview
from agendas.facts.people import Function
from agendas.facts.signals import Engagement, EngagementTrend
from agendas.rules.measures import TierEngagement, discipline, discipline_of, engagement_of
from agendas.rules.pipeline import Share
from tests.agendas.rules.history.histories import REVIEW_DAY, day, named
from tests.agendas.rules.measures.programs import of, program
from tests.cases import cases

BOTH = frozenset({Function.SALES, Function.MARKETING})


def review(was_held: bool | None = True, **values: Any) -> PlannedReview:
    """A review that was held on time on day 72, with sales and marketing."""
    given = {"id": 1, "channel_id": "C1", "planned_at": day(72), "functions": BOTH}
    return PlannedReview(**(given | {"was_held": was_held} | values))


MISSED, SKIPPED, OPEN = review(None, was_missed=True), review(None, was_skipped=True), review(None)

# (reviews, planned, held, on time of the held, with both functions of the held)
CASES: list[tuple[str, list[PlannedReview], tuple[int, int, int, int]]] = [
    ("none planned", [], (0, 0, 0, 0)),
    # held on time with sales and marketing
    ("held", [review()], (1, 1, 1, 1)),
    # closed without anybody: planned, and not held
    ("not held", [review(False)], (1, 0, 0, 0)),
    # never opened
    ("missed", [MISSED], (1, 0, 0, 0)),
    # skipped on purpose, as for a holiday: it was not planned any more
    ("skipped", [SKIPPED], (0, 0, 0, 0)),
    # still open: nobody can say yet
    ("open", [OPEN], (0, 0, 0, 0)),
    # posted a minute late is late
    ("late", [review(late_minutes=1)], (1, 1, 0, 1)),
    # sales alone
    ("sales alone", [review(functions=frozenset({Function.SALES}))], (1, 1, 1, 0)),
    ("nobody with a function", [review(functions=frozenset())], (1, 1, 1, 0)),
    # others beside them do no harm
    ("with product too", [review(functions=BOTH | {Function.PRODUCT})], (1, 1, 1, 1)),
    # an executive review is none of accounts
    ("executive", [review(is_executive=True)], (0, 0, 0, 0)),
    # what was not held is neither on time nor late
    ("not held and late", [review(False, late_minutes=30)], (1, 0, 0, 0)),
    # four of six planned held, three on time, three with both
    (
        "several",
        [review(), review(), review(late_minutes=5), review(functions=frozenset()), review(False), MISSED, SKIPPED],
        (6, 4, 3, 3),
    ),
]


@cases(("reviews", "numbers"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_discipline_is_as_worked_out_by_hand(reviews: list[PlannedReview], numbers: tuple[int, int, int, int]) -> None:
    found = discipline_of(reviews)
    planned, held, on_time, both = numbers
    assert tuple(map(len, (found.planned, found.held, found.on_time, found.with_both))) == numbers
    assert found.held_share == Share(held, planned)
    assert (found.on_time_share, found.both_share) == (Share(on_time, held), Share(both, held))
    assert len(found.missed) + len(found.skipped) + len(found.still_open) == sum(r.was_held is None for r in reviews)


def test_the_discipline_of_a_period_is_of_the_reviews_planned_after_it_began() -> None:
    boundary = review(planned_at=day(REVIEW_DAY))
    later = review(planned_at=day(REVIEW_DAY) + timedelta(minutes=1))
    assert discipline(of(reviews=(boundary, later))).planned == (later,)
    assert discipline_of((boundary, later)).planned == (boundary, later)


def points(trend: EngagementTrend | None, last_30: float = 0.0, earlier: float = 0.0) -> Engagement:
    return Engagement(last_30=last_30, earlier_30s=(earlier, earlier, earlier), trend=trend)


UP, SAME, DOWN = EngagementTrend.INCREASING, EngagementTrend.STABLE, EngagementTrend.DECREASING

# (engagement of each account, increasing, stable, decreasing, without a trend, fallen, median of 30 days)
ENGAGED: list[tuple[list[Engagement | None], tuple[int, int, int, int, int], float | None]] = [
    ([], (0, 0, 0, 0, 0), None),
    # nobody looked
    ([None], (0, 0, 0, 1, 0), None),
    # no points at all: no trend, and a median of nothing
    ([points(None)], (0, 0, 0, 1, 0), 0),
    ([points(UP, 8, 4)], (1, 0, 0, 0, 0), 8),
    ([points(SAME, 4, 4)], (0, 1, 0, 0, 0), 4),
    ([points(DOWN, 3, 4)], (0, 0, 1, 0, 0), 3),
    # half of the mean of the three windows before is not below half
    ([points(DOWN, 2, 4)], (0, 0, 1, 0, 0), 2),
    # a little less is: fallen
    ([points(DOWN, 1.9, 4)], (0, 0, 1, 0, 1), 1.9),
    # silent after points: no trend to compare, so nothing that fell
    ([points(None, 0, 4)], (0, 0, 0, 1, 0), 0),
    # rising from low is not fallen
    ([points(UP, 1, 4)], (1, 0, 0, 0, 0), 1),
    # an odd number: the one in the middle; of an even number the mean of two
    ([points(UP, 1), points(UP, 50), points(DOWN, 3, 4)], (2, 0, 1, 0, 0), 3),
    ([points(UP, 1), points(UP, 4)], (2, 0, 0, 0, 0), 2.5),
    # nobody looked at one: the median is of the others
    ([points(UP, 1), None], (1, 0, 0, 1, 0), 1),
]


@cases(("found", "counts", "median"), ENGAGED)
def test_engagement_is_as_worked_out_by_hand(
    found: list[Engagement | None], counts: tuple[int, int, int, int, int], median: float | None
) -> None:
    facts = named(1, "engaged").facts()
    answer = engagement_of(program(*(replace(facts, engagement=each) for each in found)))
    members = (answer.increasing, answer.stable, answer.decreasing, answer.without, answer.fallen)
    assert tuple(map(len, members)) == counts
    assert answer.median_30 == median
    assert answer.rising == Share(counts[0], sum(counts[:3]))


def test_paused_accounts_are_left_out_of_engagement() -> None:
    paused = named(1, "engaged")
    paused.put("paused", 72)
    assert engagement_of(of(named(1, "engaged"), paused), 1) == TierEngagement(1, without=(1,))
