import pytest

from agendas.errors import FieldProblems, Refused
from agendas.facts.narrative import ProductField, ProductInput, ProductInputGiven
from agendas.rules.fit import latest_input, refuse_wrong
from tests.builders import ANN, account, ago
from tests.cases import cases

F = ProductField
GIVEN = ProductInput(5, F.USE_CASE, "Route planning", ANN, ago(3))


@cases(
    ("given", "url", "wrong"),
    [
        (ProductInputGiven(F.USE_CASE, ""), "", {"text": "Say it in a sentence."}),
        (
            ProductInputGiven(F.FEEDBACK, "x" * 3_001, "r" * 121),
            "",
            {
                "text": "It has 3,001 characters; write at most 3,000.",
                "reference": "The reference has 121 characters; write at most 120.",
            },
        ),
        (
            ProductInputGiven(F.PROOF, "Nine weeks"),
            "",
            {
                "reference": "Proof names the customer who shows it, or links to where it can be read. "
                "Give one of the two."
            },
        ),
    ],
)
def test_what_is_missing_or_too_long_is_said_beside_its_field(given, url, wrong) -> None:
    with pytest.raises(FieldProblems) as refused:
        refuse_wrong(given, account(), url=url)
    assert refused.value.fields == wrong


def test_proof_has_a_reference_or_a_link_and_the_others_need_neither() -> None:
    refuse_wrong(ProductInputGiven(F.PROOF, "Nine weeks", "Globex"), account(), url="")
    refuse_wrong(ProductInputGiven(F.PROOF, "Nine weeks"), account(), url="https://a.example/1")
    refuse_wrong(ProductInputGiven(F.USE_CASE, "x" * 3_000, "r" * 120), account(), url="")


def test_saying_the_same_again_is_refused_and_another_link_is_news() -> None:
    state = account(product=(GIVEN,))
    with pytest.raises(Refused, match="Just that stands at Acme Corp already"):
        refuse_wrong(ProductInputGiven(F.USE_CASE, "Route planning"), state, url="")
    refuse_wrong(ProductInputGiven(F.USE_CASE, "Route planning"), state, url="https://a.example/1")


def test_what_was_said_last_stands() -> None:
    later = ProductInput(6, F.USE_CASE, "Yard planning", ANN, ago(2))
    assert latest_input(account(product=(GIVEN, later)), F.USE_CASE) == later
    assert latest_input(account(product=(GIVEN,)), F.PROOF) is None
