import pytest

from agendas.errors import FieldProblems
from agendas.facts.narrative import ProductField
from handlers.product import ProductForm
from tests.builders import NOW, account
from tests.cases import cases
from tests.handlers.form_samples import facts, submitted


def test_what_product_adds_reads_back_with_its_link_as_evidence() -> None:
    entered = {"field": "proof", "text": " Nine weeks ", "reference": " Globex  Ltd ", "link": "https://a.example/1"}
    form = ProductForm.read(submitted(ProductForm.build(facts(account())), **entered))
    assert (form.field, form.text, form.reference) == (ProductField.PROOF, "Nine weeks", "Globex Ltd")
    assert form.link is not None
    assert (form.link.url, form.link.dated_at) == ("https://a.example/1", NOW)


@cases("link", ["a.example/1", "see https://a.example/1", "https://a.example https://b.example", "no"])
def test_what_is_no_link_is_refused_beside_its_field_and_a_field_has_to_be_chosen(link: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        ProductForm.read(submitted(ProductForm.build(facts(account())), text="x", link=link))
    assert refused.value.fields == {
        "field": "Choose what it is.",
        "link": "Write one whole address that begins with https://, or leave it empty.",
    }
