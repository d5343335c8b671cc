"""The page that says why an account is on the list, and the receipt that names what is missing."""

from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import AccountState, EventFacts, ListStatus, Source
from agendas.facts.events import Change, ListChanged
from agendas.facts.narrative import Justification, Justified, Part, SaidPart
from agendas.pages.accounts import WhyFacts, why_page
from agendas.pages.updates import RecordedFacts, recorded_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import ACCOUNT, HOSTILE, LONG, NOW, ZONE
from tests.plain import plain

WORDS = Words()
THEN = NOW - timedelta(days=60)
WHOLE = (
    SaidPart(Part.WHY_ACCOUNT, "Renewing its stack in spring, 400 seats, one-to-one", "U0ANN1", THEN),
    SaidPart(Part.WHY_NOW, "Their contract ends in April", "U0BOB1", NOW),
    SaidPart(Part.MOTION, "Our CFO calls theirs, then a pilot", "U0BOB1", NOW),
)
NAMED = replace(ACCOUNT, tier=1, justification=Justification("They grew"))


def page(*parts: SaidPart, account: AccountState = ACCOUNT, can_change: bool = True) -> Page:
    return why_page(WhyFacts(account, parts, ZONE), WORDS, can_change=can_change)


def said(change: Change, after: AccountState = NAMED) -> RecordedFacts:
    return RecordedFacts(EventFacts(9, 7, change, NOW, NOW, "U0ANN1", Source.COMMAND), NAMED, after)


def receipt(change: Change, after: AccountState = NAMED) -> Page:
    return recorded_page(said(change, after), WORDS)


def test_the_page_says_what_its_golden_file_says() -> None:
    paused = replace(ACCOUNT, list_status=ListStatus.PAUSED, list_changed_at=NOW, because="They merge")
    pages = {
        "whole": page(*WHOLE),
        "a gap": page(WHOLE[0], SaidPart(Part.WHY_NOW), SaidPart(Part.MOTION)),
        "paused, may not change": page(*WHOLE, account=paused, can_change=False),
        "hostile": page(*(replace(each, text=HOSTILE) for each in WHOLE)),
        "too long": page(*(replace(each, text=LONG) for each in WHOLE)),
    }
    for each in pages.values():
        check_messages(messages(each))
    check_golden("pages/why", "\n".join(drawn(kind, each) for kind, each in pages.items()))


def test_the_receipt_of_a_change_says_from_what_to_what_each_part_went() -> None:
    before = Justification("They grew", "In April")
    change = Justified(Justification("They grew", "In May", "A pilot"), before)
    assert "Recorded for Acme Corp: why now: In April → In May; motion: A pilot." in plain(receipt(change))
    emptied = Justified(replace(before, why_now=""), before)
    assert "Recorded for Acme Corp: why now: In April → none." in plain(receipt(emptied))
    given = ListChanged("named", 1, "They grew", "candidate", why_now="In April", motion="A pilot")
    assert "named, tier 1: They grew · now: In April · motion: A pilot." in plain(receipt(given))
