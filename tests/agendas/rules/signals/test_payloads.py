"""Signals as programs send them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.signals import SignalGiven, SignalKind, SignalRefused, SignalStrength
from agendas.rules.signals import read_signal
from tests.builders import NOW
from tests.cases import cases

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
    assert read_signal(SENT, now=NOW) == SignalGiven(
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
    found = read_signal(least, now=NOW)
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
    found = read_signal(SENT | change, now=NOW)
    assert isinstance(found, SignalRefused)
    assert why in found.why


@cases(
    ("name", "first", "most"),
    [("id", "", 200), ("text", "", 3_000), ("url", "https://", 2_000), ("account", "", 120), ("person", "", 120)],
)
def test_each_field_is_taken_at_its_limit_and_one_over_is_refused_in_a_sentence(
    name: str, first: str, most: int
) -> None:
    longest = first.ljust(most, "x")
    taken = read_signal(SENT | {name: longest}, now=NOW)
    assert isinstance(taken, SignalGiven)
    assert getattr(taken, name) == longest
    refused = read_signal(SENT | {name: longest + "x"}, now=NOW)
    assert isinstance(refused, SignalRefused)
    assert refused.why == f"{name} has {most + 1:,} characters; send at most {most:,}."


@cases("name", ["account", "kind", "occurred_at", "id"])
def test_a_field_of_nothing_but_spaces_is_missing(name: str) -> None:
    refused = read_signal(SENT | {name: "  "}, now=NOW)
    assert isinstance(refused, SignalRefused)
    assert refused.why == f"{name} is missing."


def test_a_clock_that_is_ahead_a_little_is_believed() -> None:
    soon = (NOW + timedelta(minutes=59)).isoformat()
    assert isinstance(read_signal(SENT | {"occurred_at": soon}, now=NOW), SignalGiven)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(list(SENT)), anything) | anything)
def test_whatever_is_sent_is_read_or_refused(sent: Any) -> None:
    changed = SENT | sent if isinstance(sent, dict) else sent
    assert isinstance(read_signal(changed, now=NOW), SignalGiven | SignalRefused)
