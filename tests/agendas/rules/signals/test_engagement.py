"""Points of signals, their sums, and the stages they hint at."""

from dataclasses import replace

from agendas.facts.account import ListStatus, Stage
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.facts.signals import Engagement, EngagementTrend, SignalKind, SignalStrength
from agendas.rules.group import title_weight
from agendas.rules.signals import DAY_CAP, has_fallen, points, stage_hint, trend
from tests.builders import account
from tests.cases import cases


@cases(
    ("title", "weight"),
    [
        ("CFO", 2.0),
        ("Chief Information Officer", 2.0),
        ("Chairman", 2.0),
        ("CDO", 2.0),
        ("Geschäftsführerin", 2.0),
        ("VP Engineering", 1.5),
        ("Senior Vice President, Sales", 1.5),
        ("Head of IT", 1.25),
        ("Director of Operations", 1.25),
        ("Product Manager", 1.0),
        ("Analyst", 0.5),
        ("Assistant to the CEO", 0.5),
        ("Chief of Staff to the CEO", 0.5),
        ("", 0.5),
        ("Vpnspecialist", 0.5),
    ],
)
def test_a_title_weighs_by_its_words(title: str, weight: float) -> None:
    assert title_weight(title) == weight


def test_a_visit_of_a_cfo_counts_twice_and_of_nobody_known_once() -> None:
    assert points(SignalKind.WEB_VISIT, SignalStrength.HIGH, "CFO") == 10.0
    assert points(SignalKind.WEB_VISIT, SignalStrength.HIGH, None) == 5.0
    assert points(SignalKind.INTENT, SignalStrength.MEDIUM, None) == 0.1


def test_more_than_twenty_of_a_kind_by_one_person_on_one_day_count_nothing() -> None:
    last = points(SignalKind.CONTENT, SignalStrength.MEDIUM, "CFO", seen_that_day=DAY_CAP - 1)
    beyond = points(SignalKind.CONTENT, SignalStrength.MEDIUM, "CFO", seen_that_day=DAY_CAP)
    assert (last, beyond) == (2.0, 0.0)
    assert points(SignalKind.CONTENT, SignalStrength.MEDIUM, None, seen_that_day=100) == 1.0


@cases(
    ("last_7", "baseline", "found"),
    [
        (0.0, 0.0, None),
        (1.0, 0.0, None),
        (12.4, 10.0, EngagementTrend.STABLE),
        (12.5, 10.0, EngagementTrend.INCREASING),
        (7.6, 10.0, EngagementTrend.STABLE),
        (7.5, 10.0, EngagementTrend.DECREASING),
        (0.0, 10.0, EngagementTrend.DECREASING),
    ],
)
def test_a_quarter_more_or_less_than_the_four_weeks_before_is_a_trend(
    last_7: float, baseline: float, found: EngagementTrend | None
) -> None:
    assert trend(last_7, baseline) is found


def test_engagement_has_fallen_when_it_goes_down_and_is_below_half_of_the_three_months_before() -> None:
    falling = Engagement(last_30=9.9, earlier_30s=(20.0, 20.0, 20.0), trend=EngagementTrend.DECREASING)
    assert has_fallen(falling)
    assert not has_fallen(Engagement(last_30=10.0, earlier_30s=(20.0, 20.0, 20.0), trend=EngagementTrend.DECREASING))
    assert not has_fallen(Engagement(last_30=0.0, earlier_30s=(20.0, 20.0, 20.0), trend=EngagementTrend.STABLE))


def test_without_a_point_in_the_four_weeks_before_there_is_no_trend_and_nothing_has_fallen() -> None:
    silent = Engagement(last_90=400.0, earlier_30s=(200.0, 200.0, 200.0), trend=trend(0.0, 0.0))
    assert not has_fallen(silent)
    assert not has_fallen(replace(silent, last_7=1.0, last_30=1.0, trend=trend(1.0, 0.0)))
    assert not has_fallen(Engagement())


def test_points_hint_at_a_stage_above_the_accounts_and_never_for_one_off_the_list() -> None:
    aware = account(stage=Stage.AWARE)
    assert stage_hint(aware, Engagement(last_90=9.9), DEFAULTS) is None
    assert stage_hint(aware, Engagement(last_90=10.0), DEFAULTS) is Stage.ENGAGED
    assert stage_hint(aware, Engagement(last_90=100.0), DEFAULTS) is Stage.MQA
    assert stage_hint(account(stage=Stage.MQA), Engagement(last_90=100.0), DEFAULTS) is None
    paused = account(stage=Stage.AWARE, list_status=ListStatus.PAUSED)
    assert stage_hint(paused, Engagement(last_90=100.0), DEFAULTS) is None


def test_the_points_that_hint_are_settings() -> None:
    own = ProgramSettings((("signals.engaged", 50),))
    assert stage_hint(account(stage=Stage.AWARE), Engagement(last_90=49.0), own) is None
