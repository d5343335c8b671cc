"""Parsing of the text after /signal."""

import pytest

from agendas.errors import NotUnderstood
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.rules.commands import UnclearPart
from agendas.rules.update_words import SignalEntry, read_signal_words
from tests.builders import NOW
from tests.cases import cases

HIGH, MEDIUM, LOW = SignalStrength


@cases(
    ("typed", "kind", "strength", "text"),
    [
        ("hiring high they look for a buyer", SignalKind.HIRING, HIGH, "they look for a buyer"),
        ("hiring they look for a buyer", SignalKind.HIRING, MEDIUM, "they look for a buyer"),
        ("web visit low: pricing page", SignalKind.WEB_VISIT, LOW, "pricing page"),
        ("web_visit pricing page", SignalKind.WEB_VISIT, MEDIUM, "pricing page"),
        ("Competitive Research HIGH asked a rival", SignalKind.COMPETITIVE_RESEARCH, HIGH, "asked a rival"),
        ("exec move: new CFO", SignalKind.EXEC_MOVE, MEDIUM, "new CFO"),
        ("exec new CFO", SignalKind.EXEC_MOVE, MEDIUM, "new CFO"),
        ("other high", SignalKind.OTHER, HIGH, ""),
    ],
)
def test_the_kind_comes_first_then_perhaps_the_strength(
    typed: str, kind: SignalKind, strength: SignalStrength, text: str
) -> None:
    if not text:
        with pytest.raises(NotUnderstood, match="Say what was seen"):
            read_signal_words(typed, NOW)
        return
    assert read_signal_words(typed, NOW) == SignalEntry(kind, strength, text)


@cases(
    ("typed", "text"),
    [
        ("compared vendors <https://intent.example/7>", "compared vendors"),
        ("compared vendors, see (https://intent.example/7)", "compared vendors, see"),
        ("<https://intent.example/7|the list> has them", "the list has them"),
        ("https://intent.example/7", "https://intent.example/7"),
        (
            "compared https://intent.example/7 with https://intent.example/8",
            "compared https://intent.example/7 with https://intent.example/8",
        ),
    ],
)
def test_a_link_is_kept_with_the_signal_and_not_repeated_in_the_sentence(typed: str, text: str) -> None:
    assert read_signal_words(f"intent {typed}", NOW) == SignalEntry(
        SignalKind.INTENT, MEDIUM, text, "https://intent.example/7"
    )


@cases("typed", ["hiring nothing", "intent high none.", "web visit: nothing new"])
def test_a_signal_that_says_nothing_is_asked_about(typed: str) -> None:
    with pytest.raises(UnclearPart, match="What was seen") as asked:
        read_signal_words(typed, NOW)
    kept = read_signal_words(asked.value.as_text, NOW)
    assert kept.text.startswith("no")
    assert kept.signal.value == asked.value.entered["kind"]


@cases(
    ("typed", "said"),
    [
        ("hirring new buyer", "Did you mean hiring?"),
        ("gossip they talk", '"gossip" is no kind of signal. Say what was seen: /signal ACCOUNT KIND'),
        ("", "The kinds are web visit, content, intent"),
        ("", "hiring, technology change, executive move, event"),
        ("hiring " + "x" * 3_001, "3,001"),
    ],
)
def test_what_is_not_understood_is_said_with_the_nearest_kind(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_signal_words(typed, NOW)
    assert said in str(refused.value)


def test_a_kind_that_is_not_known_is_asked_about_with_the_nearest_and_what_was_typed() -> None:
    with pytest.raises(UnclearPart) as asked:
        read_signal_words("hirring high new buyer", NOW)
    assert [(choice.label, choice.rest) for choice in asked.value.choices] == [("Hiring", "hiring high new buyer")]
    assert read_signal_words(asked.value.as_text, NOW) == SignalEntry(
        SignalKind.OTHER, MEDIUM, "hirring high new buyer"
    )
    with pytest.raises(UnclearPart) as quoted:
        read_signal_words('"hiring a buyer"', NOW)
    assert not quoted.value.choices
    assert read_signal_words(quoted.value.as_text, NOW).text == '"hiring a buyer"'
