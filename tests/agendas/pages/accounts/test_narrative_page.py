from dataclasses import replace
from datetime import date

import pytest

from agendas.errors import Outdated
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import Narrative, NarrativeVersion
from agendas.facts.program import DEFAULTS
from agendas.pages.narrative import NarrativeFacts, narrative_page, narrative_version_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import HOSTILE, LONG
from tests.builders import ANN, BOB, NOW, ZONE, account, ago, profile

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


def test_the_page_says_what_its_golden_file_says() -> None:
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
    for each in pages.values():
        check_messages(messages(each))
    check_golden("pages/narrative", "\n".join(drawn(kind, each) for kind, each in pages.items()))


def test_a_version_that_was_taken_back_is_not_there() -> None:
    with pytest.raises(Outdated, match=r"That version was taken back\. See /account Acme Corp narrative"):
        narrative_version_page(facts(FIRST), WORDS, 2)
