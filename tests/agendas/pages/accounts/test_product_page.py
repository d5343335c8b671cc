from datetime import date

from agendas.facts.narrative import ProductField, ProductInput
from agendas.pages.narrative import ProductFacts, product_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import HOSTILE, LONG
from tests.builders import ANN, BOB, ZONE, account, ago, profile

WORDS = Words()
F = ProductField
INPUTS = (
    ProductInput(1, F.USE_CASE, "Route planning for 60 depots", BOB, ago(20)),
    ProductInput(2, F.FEEDBACK, "Drivers have no signal in the yard", ANN, ago(400)),
    ProductInput(3, F.PROOF, "Live in nine weeks", BOB, ago(10), "Globex", "https://a.example/globex"),
    ProductInput(4, F.IMPLEMENTATION_FIT, "Their depots run the scanner we support", BOB, ago(9)),
    ProductInput(5, F.FEEDBACK, "Wants reports in French", BOB, ago(3), url="https://a.example/2"),
)


def facts(*inputs: ProductInput, name: str = "Acme Corp") -> ProductFacts:
    return ProductFacts(account(profile=profile(name), product=inputs), ZONE, date(2026, 11, 24))


def full(text: str, feedback: int = 1) -> ProductFacts:
    told = [ProductInput(n, F.FEEDBACK, text, BOB, ago(n), text[:120], "https://a.example/1") for n in range(feedback)]
    return facts(*(ProductInput(90, field, text, BOB, ago(1), text[:120]) for field in F), *told, name=text[:120])


ADDED = facts(*INPUTS)


def test_the_page_says_what_its_golden_file_says() -> None:
    pages = {
        "normal": product_page(ADDED, WORDS, can_record=True),
        "for a viewer": product_page(facts(INPUTS[0]), WORDS, can_record=False),
        "empty": product_page(facts(), WORDS, can_record=True),
        "hostile": product_page(full(HOSTILE), WORDS, can_record=True),
        "too long": product_page(full(LONG[:3_000], 14), WORDS, can_record=True),
    }
    for each in pages.values():
        check_messages(messages(each))
    check_golden("pages/product", "\n".join(drawn(kind, each) for kind, each in pages.items()))
