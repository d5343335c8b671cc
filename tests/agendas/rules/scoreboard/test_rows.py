"""Rows of the scoreboard, and the deals and trends beside them, each worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta

from agendas.facts.account import ListStatus
from agendas.facts.deals import Phase
from agendas.facts.fit import Criterion, CriterionScore, FitScored
from agendas.facts.found import AccountFilter, ScoreboardFilter
from agendas.facts.measures import PipelineQuality, Program, Progression, TrendKind, TrendPoint
from agendas.facts.narrative import Narrative, NarrativeWritten
from agendas.facts.plays import PlayStarted
from agendas.facts.reviews import Bucket
from agendas.rules.scoreboard import (
    REVIEWS,
    CurrencyDeals,
    Deals,
    NarrativeState,
    ScoreboardRow,
    advanced_and_back,
    deal_context,
    fitting,
    last_reviews,
    quality_trend,
    scoreboard_row,
)
from tests.agendas.rules.history.histories import History, day, named, shown
from tests.agendas.rules.measures.programs import NOW, of, program
from tests.agendas.rules.measures.programs import deal as open_deal
from tests.cases import cases

TODAY = NOW.date()
PLAY = PlayStarted("executive_meeting", "Executive meeting", "They met", TODAY + timedelta(days=9), 4)


def advanced(name: str, tier: int = 1) -> History:
    history = named(tier, "aware", name=name, since=60)
    history.move("engaged", 75, shown(75))
    return history


def stalled(name: str, tier: int = 2) -> History:
    history = named(tier, "engaged", name=name, since=20)
    history.promise(60, 30)
    return history


def blocked(name: str, tier: int = 1) -> History:
    history = named(tier, "engaged", name=name, since=66)
    history.block(60, needs="executive")
    return history


def told(history: History) -> History:
    history.add(NarrativeWritten(Narrative("Their lease ends in March", "Two sites", "", "A day")), 66)
    return history


def with_deals(*deals: object, name: str = "Acme") -> Program:
    facts = named(1, "opportunity", name=name, since=66).facts()
    return program(replace(facts, account=replace(facts.account, opportunities=deals)))


def row(history: History) -> ScoreboardRow:
    found = of(history)
    return scoreboard_row(found.accounts[0], found)


def names(found: Program, wanted: ScoreboardFilter | None = None) -> list[str]:
    return [each.facts.account.name for each in fitting(found, wanted or ScoreboardFilter())]


def test_accounts_stand_in_the_order_of_need_and_paused_ones_last() -> None:
    rested = stalled("Quill", 1)
    rested.put("paused", 76)
    found = of(
        advanced("Birch"),
        stalled("Osprey"),
        rested,
        blocked("Tern", 2),
        blocked("Corvane"),
        stalled("Aster"),
        advanced("Alder"),
    )
    assert names(found) == ["Corvane", "Tern", "Aster", "Osprey", "Alder", "Birch", "Quill"]
    assert found.accounts[4].placement.bucket is Bucket.NEEDS_INTERVENTION


def test_a_filter_keeps_the_accounts_that_fit_every_part_of_it() -> None:
    running = advanced("Birch")
    running.add(PLAY, 70)
    rested = stalled("Quill", 1)
    rested.put("paused", 76)
    found = of(running, told(advanced("Alder")), stalled("Osprey"), advanced("Linden", 3), rested)
    for wanted, expected in (
        (ScoreboardFilter(plays=("executive_meeting",)), ["Birch"]),
        (ScoreboardFilter(plays=("executive_meeting",), without_narrative=True), ["Birch"]),
        (ScoreboardFilter(without_narrative=True), ["Osprey", "Birch", "Quill"]),
        (ScoreboardFilter(AccountFilter(tiers=(1,))), ["Alder", "Birch", "Quill"]),
        (ScoreboardFilter(AccountFilter(statuses=(ListStatus.PAUSED,))), ["Quill"]),
        (ScoreboardFilter(AccountFilter(tiers=(3,)), plays=("executive_meeting",)), []),
    ):
        assert names(found, wanted) == expected, wanted


def test_a_row_says_fit_group_narrative_plays_and_the_action_due_first() -> None:
    history = told(blocked("Corvane"))
    history.add(PLAY, 70)
    scores = tuple(CriterionScore(each, 3, "Sample") for each in (Criterion.ACV, Criterion.URGENCY))
    history.add(FitScored("sales", scores), 70)
    history.promise(70, due_in_days=4)
    found = row(history)
    assert (found.fit, found.percent_known) == (75.0, 40)
    assert (found.engaged, found.required) == (0, 3)
    assert found.narrative is NarrativeState.CURRENT
    assert [each.name for each in found.plays] == ["Executive meeting"]
    assert found.next_action is not None
    assert found.next_action.due_on == day(74).date()
    assert found.days_late == 3


def test_what_is_not_recorded_is_none_and_never_nought() -> None:
    found = row(blocked("Corvane"))
    assert (found.fit, found.percent_known, found.pipeline.count) == (None, 0, 0)
    assert found.narrative is NarrativeState.MISSING
    assert row(advanced("Linden", 3)).narrative is NarrativeState.NOT_ASKED
    old = named(1, "engaged", since=2)
    old.add(NarrativeWritten(Narrative("Their lease ends in March", "Two sites", "", "A day")), -30)
    assert (row(old).narrative, row(old).narrative_days) == (NarrativeState.OLD, 107)


def test_deals_are_summed_by_currency_with_those_of_this_quarter_and_won_in_the_period() -> None:
    quarter_ends = date(2026, 3, 31)
    found = with_deals(
        open_deal(key="a", closes_on=quarter_ends),
        open_deal(key="b", closes_on=quarter_ends + timedelta(days=1), amount=50_000),
        open_deal(key="c", currency="USD", amount=None, closes_on=date(2026, 1, 1)),
        open_deal(Phase.WON, key="d", closed_at=day(77)),
        open_deal(Phase.WON, key="e", closed_at=day(70)),
        open_deal(Phase.LOST, key="f", closed_at=day(77), currency="GBP"),
    )
    assert deal_context(found) == (
        CurrencyDeals("EUR", Deals(2, 15_000_000), Deals(1, 10_000_000), Deals(1, 10_000_000)),
        CurrencyDeals("USD", Deals(1, 0, 1), Deals(1, 0, 1)),
    )
    assert deal_context(of()) == ()


def point(days_ago: int, kind: TrendKind = TrendKind.REVIEW, **cents: int) -> TrendPoint:
    moved = {1: Progression(8, days_ago, 1), 2: Progression(4, 1, 0)}
    quality = {currency: PipelineQuality(value, value // 2, 0, 1) for currency, value in cents.items()}
    return TrendPoint(TODAY - timedelta(days=days_ago), kind, progression=moved, quality=quality)


def test_a_chart_goes_back_twelve_reviews_and_takes_the_last_one_of_a_day() -> None:
    trend = (*(point(number) for number in range(20, 0, -1)), point(1, USD=4), point(0, TrendKind.MONTH))
    found = last_reviews(replace(of(), trend=trend))
    assert len(found) == REVIEWS
    assert found[-1].quality
    assert advanced_and_back(found[-2]) == (3, 1, 12)


@cases(
    ("points", "currencies", "left_out", "count"),
    [
        ((), (), (), 0),
        ((point(2), point(1)), (), (), 0),
        ((point(2, USD=5), point(1, USD=6)), ("USD",), (), 2),
        ((point(2, USD=5), point(1, EUR=3, USD=6)), ("USD",), ("EUR",), 2),
        ((point(3), point(2, EUR=1, USD=5), point(1, EUR=3, USD=6)), ("EUR", "USD"), (), 2),
    ],
)
def test_currencies_are_drawn_that_had_open_value_at_each_review_of_the_chart(
    points: tuple[TrendPoint, ...], currencies: tuple[str, ...], left_out: tuple[str, ...], count: int
) -> None:
    found = quality_trend(points)
    assert (found.currencies, found.left_out, len(found.points)) == (currencies, left_out, count)
