from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.account import ListStatus, Stage
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.facts.signals import Engagement, EngagementTrend, SignalGiven, SignalKind, SignalRefused, SignalStrength
from agendas.rules import signals
from agendas.rules.group import title_weight
from tests.builders import NOW, account
from tests.cases import cases, texts


# Points of signals, their sums, and the stages they hint at.
@texts("title", "weight")
def test_a_title_weighs_by_its_words(title: str, weight: str) -> None:
    assert title_weight(title) == float(weight)


def test_a_visit_of_a_cfo_counts_twice_and_of_nobody_known_once() -> None:
    assert signals.points(SignalKind.WEB_VISIT, SignalStrength.HIGH, "CFO") == 10.0
    assert signals.points(SignalKind.WEB_VISIT, SignalStrength.HIGH, None) == 5.0
    assert signals.points(SignalKind.INTENT, SignalStrength.MEDIUM, None) == 0.1


def test_more_than_twenty_of_a_kind_by_one_person_on_one_day_count_nothing() -> None:
    last = signals.points(SignalKind.CONTENT, SignalStrength.MEDIUM, "CFO", seen_that_day=signals.DAY_CAP - 1)
    beyond = signals.points(SignalKind.CONTENT, SignalStrength.MEDIUM, "CFO", seen_that_day=signals.DAY_CAP)
    assert (last, beyond) == (2.0, 0.0)
    assert signals.points(SignalKind.CONTENT, SignalStrength.MEDIUM, None, seen_that_day=100) == 1.0


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
def test_a_quarter_more_or_less_than_the_four_weeks_before_is_a_trend(last_7, baseline, found):
    assert signals.trend(last_7, baseline) is found


def test_engagement_has_fallen_when_it_goes_down_and_is_below_half_of_the_three_months_before() -> None:
    assert signals.has_fallen(Engagement(last_30=9.9, earlier_30s=(20.0, 20.0, 20.0), trend=EngagementTrend.DECREASING))
    assert not signals.has_fallen(
        Engagement(last_30=10.0, earlier_30s=(20.0, 20.0, 20.0), trend=EngagementTrend.DECREASING)
    )
    assert not signals.has_fallen(Engagement(last_30=0.0, earlier_30s=(20.0, 20.0, 20.0), trend=EngagementTrend.STABLE))


def test_without_a_point_in_the_four_weeks_before_there_is_no_trend_and_nothing_has_fallen() -> None:
    silent = Engagement(last_90=400.0, earlier_30s=(200.0, 200.0, 200.0), trend=signals.trend(0.0, 0.0))
    assert not signals.has_fallen(silent)
    assert not signals.has_fallen(replace(silent, last_7=1.0, last_30=1.0, trend=signals.trend(1.0, 0.0)))
    assert not signals.has_fallen(Engagement())


def test_points_hint_at_a_stage_above_the_accounts_and_never_for_one_off_the_list() -> None:
    aware = account(stage=Stage.AWARE)
    assert signals.stage_hint(aware, Engagement(last_90=9.9), DEFAULTS) is None
    assert signals.stage_hint(aware, Engagement(last_90=10.0), DEFAULTS) is Stage.ENGAGED
    assert signals.stage_hint(aware, Engagement(last_90=100.0), DEFAULTS) is Stage.MQA
    assert signals.stage_hint(account(stage=Stage.MQA), Engagement(last_90=100.0), DEFAULTS) is None
    paused = account(stage=Stage.AWARE, list_status=ListStatus.PAUSED)
    assert signals.stage_hint(paused, Engagement(last_90=100.0), DEFAULTS) is None


def test_the_points_that_hint_are_settings() -> None:
    own = ProgramSettings((("signals.engaged", 50),))
    assert signals.stage_hint(account(stage=Stage.AWARE), Engagement(last_90=49.0), own) is None


# Signals as programs send them.

SENT = {
    "account": "acme.example",
    "kind": "intent",
    "strength": "high",
    "text": "Compared three vendors",
    "url": "https://signals.example/1",
    "occurred_at": "2026-11-23T09:30:00-05:00",
    "id": "s-1",
    "person": "Rita@acme.example",
}


def test_a_whole_signal_is_read() -> None:
    assert signals.read_signal(SENT, now=NOW) == SignalGiven(
        account="acme.example",
        signal=SignalKind.INTENT,
        strength=SignalStrength.HIGH,
        text="Compared three vendors",
        occurred_at=datetime(2026, 11, 23, 14, 30, tzinfo=UTC),
        id="s-1",
        url="https://signals.example/1",
        person="rita@acme.example",
    )


def test_strength_is_medium_and_the_rest_empty_unless_given() -> None:
    least = {name: SENT[name] for name in ("account", "kind", "occurred_at", "id")}
    found = signals.read_signal(least, now=NOW)
    assert isinstance(found, SignalGiven)
    assert (found.strength, found.text, found.url, found.person) == (SignalStrength.MEDIUM, "", "", "")


@cases(
    ("change", "why"),
    [
        ({"account": ""}, "account is missing."),
        ({"account": None, "id": None}, "account and id are missing."),
        ({"kind": "gossip"}, "is no kind of signal; send one of web_visit"),
        ({"strength": "huge"}, "is no strength; send one of high, medium, low."),
        ({"occurred_at": "yesterday"}, "ISO instant with a zone"),
        ({"occurred_at": "2026-11-23T09:30:00"}, "ISO instant with a zone"),
        ({"occurred_at": "2026-11-25T00:00:00Z"}, "lies in the future"),
        ({"url": "javascript:alert(1)"}, "url has to begin with"),
        ({"text": "x" * 3_001}, "text has 3,001 characters; send at most 3,000."),
        ({"id": "x" * 201}, "id has 201 characters; send at most 200."),
        ({"text": 5, "url": []}, "text and url must be text."),
        ({"id": True}, "id must be text."),
        ({"text": "a\0b", "id": "\ud800"}, "text and id must not hold NUL or half of a pair of UTF-16."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(change: dict[str, Any], why: str) -> None:
    found = signals.read_signal(SENT | change, now=NOW)
    assert isinstance(found, SignalRefused)
    assert why in found.why


@cases(
    ("name", "first", "most"),
    [("id", "", 200), ("text", "", 3_000), ("url", "https://", 2_000), ("account", "", 120), ("person", "", 120)],
)
def test_each_field_is_taken_at_its_limit_and_one_over_is_refused_in_a_sentence(name: str, first: str, most: int):
    longest = first.ljust(most, "x")
    taken = signals.read_signal(SENT | {name: longest}, now=NOW)
    assert isinstance(taken, SignalGiven)
    assert getattr(taken, name) == longest
    refused = signals.read_signal(SENT | {name: longest + "x"}, now=NOW)
    assert isinstance(refused, SignalRefused)
    assert refused.why == f"{name} has {most + 1:,} characters; send at most {most:,}."


@cases("name", ["account", "kind", "occurred_at", "id"])
def test_a_field_of_nothing_but_spaces_is_missing(name: str) -> None:
    refused = signals.read_signal(SENT | {name: "  "}, now=NOW)
    assert isinstance(refused, SignalRefused)
    assert refused.why == f"{name} is missing."


def test_a_clock_that_is_ahead_a_little_is_believed() -> None:
    soon = (NOW + timedelta(minutes=59)).isoformat()
    assert isinstance(signals.read_signal(SENT | {"occurred_at": soon}, now=NOW), SignalGiven)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(list(SENT)), anything) | anything)
def test_whatever_is_sent_is_read_or_refused(sent: Any) -> None:
    changed = SENT | sent if isinstance(sent, dict) else sent
    assert isinstance(signals.read_signal(changed, now=NOW), SignalGiven | SignalRefused)


# Campaign figures alone are told from texts that say what the buyer did.
@texts("text")
def test_figures_of_a_campaign_are_known(text: str) -> None:
    assert signals.only_campaign_figures(text, "Legal Board Ltd")


@texts("text")
def test_a_text_that_says_more_or_has_no_figure_is_movement(text: str) -> None:
    assert not signals.only_campaign_figures(text, "Globex")


def test_a_note_keeps_the_links_given_beside_its_text() -> None:
    links = ("https://a.example/1", "https://b.example/2")
    assert signals.note_text("40 MQLs https://a.example/1", links) == "40 MQLs https://a.example/1\nhttps://b.example/2"
