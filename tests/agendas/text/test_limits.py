from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import CadenceError
from agendas.facts.narrative import Narrative, ProductField, ProductInputGiven
from agendas.rules import fit, update_words
from agendas.rules import narrative as narrative_rules
from agendas.rules.plays import LIBRARY, library_with
from agendas.text.limits import beginning, characters, shortened
from tests.builders import account
from tests.cases import cases


@cases(
    ("text", "seen"),
    [
        ("", []),
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("👩\u200d🔬!", ["👩\u200d🔬", "!"]),
        ("👍\U0001f3fd👍", ["👍\U0001f3fd", "👍"]),
        ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]),
        ("\u1112\u1161\u11ab\u1100", ["\u1112\u1161\u11ab", "\u1100"]),
        ("ก\u0e33น", ["ก\u0e33", "น"]),
    ],
)
def test_a_text_comes_in_the_characters_that_people_see(text: str, seen: list[str]) -> None:
    assert list(characters(text)) == seen


@given(text=st.text(max_size=40), most=st.integers(0, 50))
def test_the_beginning_of_a_text_ends_with_a_whole_character_and_fits(text: str, most: int) -> None:
    assert "".join(characters(text)) == text
    found = beginning(text, most)
    assert len(found) <= most
    assert text.startswith(found)
    assert list(characters(text))[: len(list(characters(found)))] == list(characters(found))


def test_a_sentence_shortens_what_was_typed_between_characters() -> None:
    assert shortened("🇩🇪" * 5, 6) == "🇩🇪🇩🇪…"


# Every text field of a narrative, of product's input and of a play: full is taken, one character more is refused.

NARRATIVE = Narrative("Their lease ends in March", "Two sites are enough", "Nine weeks", "A day with their COO")
PROOF = ProductInputGiven(ProductField.PROOF, "Live in nine weeks", "Globex")
PLAY = replace(LIBRARY[0], key="own-1", name="Site visit")


def narrative(**changed: str) -> None:
    narrative_rules.refuse_wrong(replace(NARRATIVE, **changed), account())


def product_given(url: str = "https://a.example/1", **changed: str) -> None:
    fit.refuse_wrong(replace(PROOF, **changed), account(), url=url)


def play(**changed: str) -> None:
    update_words.refuse_wrong(replace(PLAY, **changed), library_with(()))


def step(text: str) -> None:
    update_words.read_steps(f"sales, 7: {text}")


FIELDS: dict[str, tuple[int, Callable[[str], None], str]] = {
    "pressure": (
        3_000,
        lambda text: narrative(pressure=text),
        "The pressure has 3,001 characters; write at most 3,000.",
    ),
    "point of view": (
        3_000,
        lambda text: narrative(point_of_view=text),
        "The point of view has 3,001 characters; write at most 3,000.",
    ),
    "proof": (3_000, lambda text: narrative(proof=text), "The proof has 3,001 characters; write at most 3,000."),
    "ask": (3_000, lambda text: narrative(ask=text), "The ask has 3,001 characters; write at most 3,000."),
    "text": (3_000, lambda text: product_given(text=text), "It has 3,001 characters; write at most 3,000."),
    "reference": (
        120,
        lambda text: product_given(reference=text),
        "The reference has 121 characters; write at most 120.",
    ),
    "link": (3_000, lambda text: product_given(url=text), "The link has 3,001 characters; write at most 3,000."),
    "name": (120, lambda text: play(name=text), "The name has 121 characters; write at most 120."),
    "outcome": (300, lambda text: play(outcome=text), "It has 301 characters; write at most 300."),
    "step": (300, step, "Line 1 has 301 characters; write at most 300."),
}


@cases("field", FIELDS)
def test_a_full_field_is_taken_and_one_character_more_is_refused_with_both_numbers(field: str) -> None:
    limit, takes, said = FIELDS[field]
    full = "They must close a site. ".ljust(limit, "x")
    takes(full)
    with pytest.raises(CadenceError) as refused:
        takes(f"{full}x")
    assert str(refused.value) == said
