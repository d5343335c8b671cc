from agendas.text.names import has_words, nearest, plain_words
from tests.cases import cases

STAGES = ["target", "aware", "engaged", "mqa", "opportunity", "customer"]


@cases(
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


@cases("typed", ["negotiation", "be", "the", "board", "", "won"])
def test_another_word_finds_nothing(typed):
    assert nearest(typed, STAGES) is None


def test_the_first_of_two_equally_near_words_wins():
    assert nearest("bat", ["cat", "hat"]) == "cat"


@cases(
    ("text", "words"),
    [
        ("Security review", "review SECURITY"),
        ("3rd contract round", "contracts"),
        ("Révision de la sécurité", "revision securite"),
        ("Ask the C.F.O. of Nørdhavn", "cfo nordhavn"),
        ("Anything", ""),
    ],
)
def test_a_text_has_words_without_accents_and_capitals_also_as_the_beginning_of_longer_ones(text, words):
    assert has_words(text, plain_words(words))


@cases(("text", "words"), [("Security review", "security call"), ("Pricing call", "al"), ("", "x")])
def test_a_text_without_one_of_the_words_does_not_have_them(text, words):
    assert not has_words(text, plain_words(words))
