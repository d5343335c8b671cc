"""What a model's sentence may say: only what its facts hold."""

import pytest

from assistant.briefs import is_held, names_said
from tests.assistant.world_names import WorldNames

FACTS = (
    "Corvane Logistics · stalled · Proposal 20/30 d",
    "Blocker: liability cap open since 3 Nov",
    "No movement since 24 Nov",
)


@pytest.mark.parametrize(
    "text",
    [
        "Corvane Logistics is stalled at Proposal, 20/30 days.",
        "The liability cap has been open since 3 November.",
        "There is no movement since 24 Nov.",
    ],
)
def test_what_the_facts_say_is_held_by_them(text: str) -> None:
    assert is_held(text, FACTS)


@pytest.mark.parametrize(
    "text",
    [
        *("Corvane Logistics advanced.", "The deal of Corvane Logistics was won.", "Corvane Logistics was lost."),
        *("Corvane Logistics is not stalled.", "Nothing blocks Corvane Logistics.", "Nobody owns the cap."),
        *("The liability cap isn't open.", "The liability cap isn\u2019t open.", "They pay half of it."),
        *("Paula owns it.", "It has been open since 4 Nov.", "See www.example.com for the cap."),
    ],
)
def test_a_stage_an_outcome_a_negation_a_name_or_a_figure_of_its_own_is_not_held(text: str) -> None:
    assert not is_held(text, FACTS)


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("They wait for kestrel as well.", False),
        ("dana weber answered.", False),
        ("They took the open road.", False),
        ("The corvane deal is at the proposal stage.", True),
        ("The blocker is a cap on liability.", True),
    ],
)
def test_a_name_in_small_letters_is_held_by_facts_alone(text: str, is_said: bool) -> None:
    assert is_held(text, FACTS, names_said(WorldNames("nora"))) is is_said
