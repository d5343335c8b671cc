from dataclasses import replace
from datetime import date

import pytest

from agendas.errors import Outdated
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import Narrative, NarrativeVersion, ProductField, ProductInput
from agendas.facts.program import DEFAULTS
from agendas.pages.narrative import NarrativeFacts, ProductFacts, narrative_page, narrative_version_page, product_page
from agendas.rendering.words import Words
from tests.agendas.golden import check_pages
from tests.agendas.pages.examples import HOSTILE, LONG
from tests.builders import ANN, BOB, NOW, ZONE, account, ago, profile

# The narrative.

WORDS = Words()
FIRST = Narrative("Their lease ends in March", "Two sites are enough", "", "A day with their COO")
SECOND = replace(FIRST, proof="Globex did it in 9 weeks", roles=(BuyingRole.ECONOMIC_BUYER, BuyingRole.CHAMPION))


def facts(*texts: Narrative, days: int = 30, name: str = "Acme Corp", tier: int = 1) -> NarrativeFacts:
    versions = tuple(
        NarrativeVersion(each, n, ago(days + 200 * (len(texts) - n)), ANN if n % 2 else BOB)
        for n, each in enumerate(texts, start=1)
    )
    state = account(profile=profile(name), tier=tier, narrative=versions[-1] if versions else None)
    return NarrativeFacts(state, versions, DEFAULTS, NOW, ZONE, date(2026, 11, 24))


TOLD = facts(FIRST, SECOND)


def of(text: str) -> Narrative:
    return Narrative(text, text, text, text, tuple(BuyingRole))


def test_narratives_say_what_their_golden_file_says() -> None:
    long = facts(*[of(LONG[:3_000])] * 14, name=LONG[:120])
    pages = {
        "normal": narrative_page(facts(FIRST, SECOND), WORDS, can_record=True),
        "old": narrative_page(facts(FIRST, days=104), WORDS, can_record=True),
        "for a viewer": narrative_page(facts(SECOND), WORDS, can_record=False),
        "empty": narrative_page(facts(), WORDS, can_record=True),
        "empty, tier 3, for a viewer": narrative_page(facts(tier=3), WORDS, can_record=False),
        "an earlier version": narrative_version_page(facts(FIRST, SECOND), WORDS, 1),
        "hostile": narrative_page(facts(of(HOSTILE), of(HOSTILE), name=HOSTILE), WORDS, can_record=True),
        "too long": narrative_page(long, WORDS, can_record=True),
        "too long, an earlier version": narrative_version_page(long, WORDS, 3),
    }
    check_pages("pages/narrative", pages)


def test_a_version_that_was_taken_back_is_not_there() -> None:
    with pytest.raises(Outdated, match=r"That version was taken back\. See /account Acme Corp narrative"):
        narrative_version_page(facts(FIRST), WORDS, 2)


# What product added.

F = ProductField
INPUTS = (
    ProductInput(1, F.USE_CASE, "Route planning for 60 depots", BOB, ago(20)),
    ProductInput(2, F.FEEDBACK, "Drivers have no signal in the yard", ANN, ago(400)),
    ProductInput(3, F.PROOF, "Live in nine weeks", BOB, ago(10), "Globex", "https://a.example/globex"),
    ProductInput(4, F.IMPLEMENTATION_FIT, "Their depots run the scanner we support", BOB, ago(9)),
    ProductInput(5, F.FEEDBACK, "Wants reports in French", BOB, ago(3), url="https://a.example/2"),
)


def added(*inputs: ProductInput, name: str = "Acme Corp") -> ProductFacts:
    return ProductFacts(account(profile=profile(name), product=inputs), ZONE, date(2026, 11, 24))


def full(text: str, feedback: int = 1) -> ProductFacts:
    told = [ProductInput(n, F.FEEDBACK, text, BOB, ago(n), text[:120], "https://a.example/1") for n in range(feedback)]
    return added(*(ProductInput(90, field, text, BOB, ago(1), text[:120]) for field in F), *told, name=text[:120])


ADDED = added(*INPUTS)


def test_what_product_added_says_what_its_golden_file_says() -> None:
    pages = {
        "normal": product_page(ADDED, WORDS, can_record=True),
        "for a viewer": product_page(added(INPUTS[0]), WORDS, can_record=False),
        "empty": product_page(added(), WORDS, can_record=True),
        "hostile": product_page(full(HOSTILE), WORDS, can_record=True),
        "too long": product_page(full(LONG[:3_000], 14), WORDS, can_record=True),
    }
    check_pages("pages/product", pages)
