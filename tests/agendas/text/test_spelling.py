import pytest

from agendas.text.spelling import nearest

STAGES = ["target", "aware", "engaged", "mqa", "opportunity", "customer"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("engagd", "engaged"),
        ("ENGAGED", "engaged"),
        ("enagged", "engaged"),
        ("oportunty", "opportunity"),
        ("mql", "mqa"),
        ("awar", "aware"),
    ],
)
def test_a_slip_of_the_finger_finds_the_word(typed, meant):
    assert nearest(typed, STAGES) == meant


@pytest.mark.parametrize("typed", ["negotiation", "be", "the", "board", "", "won"])
def test_another_word_finds_nothing(typed):
    assert nearest(typed, STAGES) is None


def test_the_first_of_two_equally_near_words_wins():
    assert nearest("bat", ["cat", "hat"]) == "cat"
