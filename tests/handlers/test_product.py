import pytest

from agendas.errors import FieldProblems
from agendas.facts.narrative import ProductField, ProductInputGiven
from handlers import product
from tests.builders import NOW, account
from tests.cases import cases
from tests.handlers.filling import filled
from tests.handlers.form_samples import facts


def test_what_product_adds_reads_back_with_its_link_as_evidence() -> None:
    view = product.build(facts(account()))
    given, link = product.read(
        filled(view, field="proof", text=" Nine weeks ", reference=" Globex  Ltd ", link="https://a.example/1"), NOW
    )
    assert given == ProductInputGiven(ProductField.PROOF, "Nine weeks", "Globex Ltd")
    assert link is not None
    assert (link.url, link.dated_at) == ("https://a.example/1", NOW)
    assert product.read(filled(view, field="feedback", text="Offline mode"), NOW)[1] is None


@cases("link", ["a.example/1", "see https://a.example/1", "https://a.example https://b.example", "no"])
def test_what_is_no_link_is_refused_beside_its_field_and_a_field_has_to_be_chosen(link: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        product.read(filled(product.build(facts(account())), text="x", link=link), NOW)
    assert refused.value.fields == {
        "field": "Choose what it is.",
        "link": "Write one whole address that begins with https://, or leave it empty.",
    }
