from dataclasses import replace
from datetime import date, timedelta

import pytest

from agendas.errors import NotUnderstood, Unclear
from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import AccountFilter, AccountStanding, ScoreboardFilter
from agendas.facts.fit import Criterion, CriterionScore, FitScored
from agendas.facts.measures import PipelineQuality, Program, Progression, Stay, TrendKind, TrendPoint
from agendas.facts.narrative import Narrative, NarrativeWritten
from agendas.facts.plays import PlayStarted
from agendas.facts.reviews import Bucket
from agendas.rules import scoreboard
from agendas.rules.measures import Figure, FigureCode, Results, accounts_behind, counted
from agendas.rules.pipeline import QualityTest
from tests.agendas.pages.test_scoreboard import advanced, blocked, paused, program, selling, stalled
from tests.agendas.rules.histories import History, day, named, shown
from tests.agendas.rules.measured_programs import NOW, of
from tests.agendas.rules.measured_programs import program as program_of
from tests.cases import cases

# Rows of the scoreboard, and the deals and trends beside them, each worked out by hand.

TODAY = NOW.date()
PLAY = PlayStarted("executive_meeting", "Executive meeting", "They met", TODAY + timedelta(days=9), 4)


def steps_up(name: str, tier: int = 1) -> History:
    history = named(tier, "aware", name=name, since=60)
    history.move("engaged", 75, shown(75))
    return history


def is_stalled(name: str, tier: int = 2) -> History:
    history = named(tier, "engaged", name=name, since=20)
    history.promise(60, 30)
    return history


def is_blocked(name: str, tier: int = 1) -> History:
    history = named(tier, "engaged", name=name, since=66)
    history.block(60, needs="executive")
    return history


def told(history: History) -> History:
    history.add(NarrativeWritten(Narrative("Their lease ends in March", "Two sites", "", "A day")), 66)
    return history


def with_deals(*deals: object, name: str = "Acme") -> Program:
    facts = named(1, "opportunity", name=name, since=66).facts()
    return program_of(replace(facts, account=replace(facts.account, opportunities=deals)))


def row(history: History) -> scoreboard.ScoreboardRow:
    found = of(history)
    return scoreboard.scoreboard_row(found.accounts[0], found)


def names(found: Program, wanted: ScoreboardFilter | None = None) -> list[str]:
    return [each.facts.account.name for each in scoreboard.fitting(found, wanted or ScoreboardFilter())]


def test_accounts_stand_in_the_order_of_need_and_paused_ones_last() -> None:
    rested = is_stalled("Quill", 1)
    rested.put("paused", 76)
    found = of(
        steps_up("Birch"),
        is_stalled("Osprey"),
        rested,
        is_blocked("Tern", 2),
        is_blocked("Corvane"),
        is_stalled("Aster"),
        steps_up("Alder"),
    )
    assert names(found) == ["Corvane", "Tern", "Aster", "Osprey", "Alder", "Birch", "Quill"]
    assert found.accounts[4].placement.bucket is Bucket.NEEDS_INTERVENTION


def test_a_filter_keeps_the_accounts_that_fit_every_part_of_it() -> None:
    running = steps_up("Birch")
    running.add(PLAY, 70)
    rested = is_stalled("Quill", 1)
    rested.put("paused", 76)
    found = of(running, told(steps_up("Alder")), is_stalled("Osprey"), steps_up("Linden", 3), rested)
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
    history = told(is_blocked("Corvane"))
    history.add(PLAY, 70)
    scores = tuple(CriterionScore(each, 3, "Sample") for each in (Criterion.ACV, Criterion.URGENCY))
    history.add(FitScored("sales", scores), 70)
    history.promise(70, due_in_days=4)
    found = row(history)
    assert (found.fit, found.percent_known) == (75.0, 40)
    assert (found.engaged, found.required) == (0, 3)
    assert found.narrative is scoreboard.NarrativeState.CURRENT
    assert [each.name for each in found.plays] == ["Executive meeting"]
    assert found.next_action is not None
    assert found.next_action.due_on == day(74).date()
    assert found.days_late == 3


def test_what_is_not_recorded_is_none_and_never_nought() -> None:
    found = row(is_blocked("Corvane"))
    assert (found.fit, found.percent_known, found.pipeline.count) == (None, 0, 0)
    assert found.narrative is scoreboard.NarrativeState.MISSING
    assert row(steps_up("Linden", 3)).narrative is scoreboard.NarrativeState.NOT_ASKED
    old = named(1, "engaged", since=2)
    old.add(NarrativeWritten(Narrative("Their lease ends in March", "Two sites", "", "A day")), -30)
    assert (row(old).narrative, row(old).narrative_days) == (scoreboard.NarrativeState.OLD, 107)


def point(days_ago: int, kind: TrendKind = TrendKind.REVIEW, **cents: int) -> TrendPoint:
    moved = {1: Progression(8, days_ago, 1), 2: Progression(4, 1, 0)}
    quality = {currency: PipelineQuality(value, value // 2, 0, 1) for currency, value in cents.items()}
    return TrendPoint(TODAY - timedelta(days=days_ago), kind, progression=moved, quality=quality)


def test_a_chart_goes_back_twelve_reviews_and_takes_the_last_one_of_a_day() -> None:
    trend = (*(point(number) for number in range(20, 0, -1)), point(1, USD=4), point(0, TrendKind.MONTH))
    found = scoreboard.last_reviews(replace(of(), trend=trend))
    assert len(found) == scoreboard.REVIEWS
    assert found[-1].quality
    assert scoreboard.advanced_and_back(found[-2]) == (3, 1, 12)


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
def test_currencies_are_drawn_that_had_open_value_at_each_review_of_the_chart(points, currencies, left_out, count):
    found = scoreboard.quality_trend(points)
    assert (found.currencies, found.left_out, len(found.points)) == (currencies, left_out, count)


# The measures below the scoreboard: each number counts the accounts that its figure opens to.
def with_stays(found: Program) -> Program:
    began = NOW - timedelta(days=60)
    stays = (
        Stay(1, Stage.TARGET, 1, began, NOW - timedelta(days=20), Stage.AWARE),
        Stay(2, Stage.TARGET, 2, began, NOW - timedelta(days=10), Stage.AWARE),
        Stay(1, Stage.AWARE, 1, NOW - timedelta(days=20)),
    )
    return replace(found, stays=stays)


@cases(
    "found",
    [
        with_stays(program()),
        of(),
        of(advanced("Acme")),
        of(paused("Quill"), paused("Sable")),
        of(selling("Merrow"), selling("Halden", "EUR"), selling("Tern", "", None), blocked("Osprey"), stalled("Alder")),
    ],
    ids=["many", "empty", "one", "paused", "currencies"],
)
def test_each_number_in_the_menu_is_that_of_the_accounts_behind_it(found: Program) -> None:
    entries = counted(Results(found), scoreboard.figures_shown(scoreboard.measured(found)))
    assert dict(entries) == {figure: len(accounts_behind(found, figure)) for figure, _ in entries}
    assert len({figure.text for figure, _ in entries}) == len(entries)
    assert (
        sum(count for figure, count in entries if figure.code is FigureCode.BUCKET) == scoreboard.measured(found).named
    )


def test_a_number_in_the_menu_is_without_accounts_that_left_the_list() -> None:
    left = Stay(99, Stage.TARGET, 1, NOW - timedelta(days=60), NOW - timedelta(days=20), Stage.AWARE)
    found = with_stays(program())
    found = replace(found, stays=(*found.stays, left))
    stayed = Figure(FigureCode.STAYED, of="target")
    assert len(accounts_behind(found, stayed)) == 3
    assert dict(counted(Results(found), scoreboard.figures_shown(scoreboard.measured(found))))[stayed] == 2


def test_the_tests_that_most_deals_fail_come_first() -> None:
    found = scoreboard.failing_most(scoreboard.measured(of(selling("Merrow"), selling("Halden"))).quality["USD"])
    assert found[0] == (QualityTest.FIT, 2, 2)
    assert [failed for _, failed, _ in found] == sorted((failed for _, failed, _ in found), reverse=True)


def test_medians_are_of_completed_stays_and_say_of_how_many() -> None:
    [found] = scoreboard.measured(with_stays(program())).completed
    assert (found.stage, found.median_days, len(found.completed)) == (Stage.TARGET, 45.0, 2)


# Words after /abm scoreboard: those of the list, and a play, a missing narrative, a month.

ANN = "U0ANN0001"
PLAYS = {"executive_meeting": "Executive meeting", "second_thread": "Second thread", "own_1": "Plant tour"}
KNOWN = scoreboard.Known(
    ANN,
    ("Retail & Food", "October", "Public", *(f"{'s' * 9}{number}" for number in range(99))),
    {ANN: "Ann Sample"},
    PLAYS,
)
TYPED_ON = date(2026, 11, 27)
STALLED = AccountStanding.STALLED


def read(text: str) -> scoreboard.ScoreboardWords:
    return scoreboard.read_scoreboard(text, KNOWN, today=TYPED_ON)


def asked(month: str = "", *plays: str, narrative: bool = False, **values: object) -> scoreboard.ScoreboardWords:
    return scoreboard.ScoreboardWords(month, ScoreboardFilter(AccountFilter(**values), plays, narrative))


@cases(
    ("text", "wanted"),
    [
        ("", asked()),
        ("tier 1, stalled", asked(tiers=(1,), states=(STALLED,))),
        ("2026-10", asked("2026-10")),
        ("tier 1 in october", asked("october", tiers=(1,))),
        ("last month stalled", asked("last month", states=(STALLED,))),
        ("oct 2026 mine", asked("oct 2026", owners=(ANN,))),
        ("2027-03", asked("2027-03")),
        ("2026-10-15 stalled", asked("2026-10-15", states=(STALLED,))),
        ("yesterday stalled", asked("yesterday", states=(STALLED,))),
        ("tier 1 on 15 oct", asked("15 oct", tiers=(1,))),
        ("stalled the day before yesterday", asked("the day before yesterday", states=(STALLED,))),
        ("2 weeks ago mine", asked("2 weeks ago", owners=(ANN,))),
        ("play executive meeting", asked("", "executive_meeting")),
        ("play Executive", asked("", "executive_meeting")),
        ("play “second thread” tier 2", asked("", "second_thread", tiers=(2,))),
        ("play second_thread, play plant tour stalled", asked("", "second_thread", "own_1", states=(STALLED,))),
        ("narrative missing t1", asked(narrative=True, tiers=(1,))),
        ("tier 1 without a narrative", asked(narrative=True, tiers=(1,))),
        ('segment "october"', asked(segments=("October",))),
        ("segment october stalled", asked(segments=("October",), states=(STALLED,))),
        ('"retail &amp; food" narrative missing', asked(narrative=True, segments=("Retail & Food",))),
        ("paused", asked(statuses=(ListStatus.PAUSED,))),
    ],
)
def test_words_are_read_into_what_they_name_and_back(text: str, wanted: scoreboard.ScoreboardWords) -> None:
    assert read(text) == wanted
    assert read(scoreboard.written_scoreboard(wanted.month, wanted.wanted)) == wanted


@cases(
    ("text", "sentence", "offers"),
    [
        ("stalld", '"stalld" is no filter of the scoreboard. Did you mean stalled?', ["stalled", ""]),
        ("2026-10 play second thread stalld", "Did you mean stalled?", ["2026-10 play second_thread stalled", ""]),
        ("narative missing", "Did you mean narrative missing?", ["narrative missing", ""]),
        ("play exekutive meeting", "is no play of the library. Did you mean Executive meeting?", None),
        ("play zebra", '"zebra" is no play of the library. See them with /abm plays.', [""]),
        ("stalled play", "A play has to be named", [""]),
        ("🚀 tier 1", "Write a tier, a state", ["tier 1", ""]),
    ],
)
def test_a_word_that_means_nothing_is_named_with_the_nearest(text: str, sentence: str, offers: list[str] | None):
    with pytest.raises(Unclear) as refused:
        read(text)
    assert sentence in str(refused.value)
    if offers is not None:
        commands = [each.command for each in refused.value.offers]
        assert commands == [f"/abm scoreboard {words}".strip() for words in offers]
        assert refused.value.offers[-1].label == "The whole scoreboard"


@cases(
    ("text", "sentence"),
    [
        ("2026-10 2026-11", 'The scoreboard is of one month: "2026-10" or "2026-11".'),
        ("candidates", "Named and paused accounts are on the scoreboard; for others see /abm list candidates."),
        (f"{'play second thread, ' * 2} play {'x' * 9}", '"xxxxxxxxx" is no play'),
        (", ".join(f"segment {'s' * 9}{number}" for number in range(99)), "more words than a filter can have"),
        ("removed", "for others see /abm list removed."),
    ],
)
def test_what_the_scoreboard_does_not_hold_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read(text)
    assert sentence in str(refused.value)
