"""Every text field of a narrative, of product's input and of a play: full is taken, one character more is refused."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from agendas.errors import CadenceError
from agendas.facts.narrative import Narrative, ProductField, ProductInputGiven
from agendas.rules import fit, update_words
from agendas.rules import narrative as narrative_rules
from agendas.rules.plays import LIBRARY, library_with
from tests.builders import account
from tests.cases import cases

NARRATIVE = Narrative("Their lease ends in March", "Two sites are enough", "Nine weeks", "A day with their COO")
PROOF = ProductInputGiven(ProductField.PROOF, "Live in nine weeks", "Globex")
PLAY = replace(LIBRARY[0], key="own-1", name="Site visit")


def narrative(**changed: str) -> None:
    narrative_rules.refuse_wrong(replace(NARRATIVE, **changed), account())


def given(url: str = "https://a.example/1", **changed: str) -> None:
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
    "text": (3_000, lambda text: given(text=text), "It has 3,001 characters; write at most 3,000."),
    "reference": (120, lambda text: given(reference=text), "The reference has 121 characters; write at most 120."),
    "link": (3_000, lambda text: given(url=text), "The link has 3,001 characters; write at most 3,000."),
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
