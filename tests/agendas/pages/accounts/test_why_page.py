"""The page that says why an account is on the list, and the receipt that names what is missing."""

from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import AccountState, EventFacts, ListStatus, Source
from agendas.facts.events import Change, ListChanged
from agendas.facts.narrative import Justification, Justified, Part, SaidPart
from agendas.pages.accounts import WhyFacts, account_card, why_page
from agendas.pages.updates import RecordedFacts, recorded_page, recorded_several_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Buttons, Line, Page
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import ACCOUNT, HOSTILE, LONG, NORMAL, NOW, ZONE
from tests.plain import plain

WORDS = Words()
THEN = NOW - timedelta(days=60)
WHOLE = (
    SaidPart(Part.WHY_ACCOUNT, "Renewing its stack in spring, 400 seats, one-to-one", "U0ANN1", THEN),
    SaidPart(Part.WHY_NOW, "Their contract ends in April", "U0BOB1", NOW),
    SaidPart(Part.MOTION, "Our CFO calls theirs, then a pilot", "U0BOB1", NOW),
)
NAMING = ListChanged("named", 1, "They grew", "candidate")
NAMED = replace(ACCOUNT, tier=1, justification=Justification("They grew"))


def page(*parts: SaidPart, account: AccountState = ACCOUNT, can_change: bool = True) -> Page:
    return why_page(WhyFacts(account, parts, ZONE), WORDS, can_change=can_change)


def said(change: Change, after: AccountState = NAMED) -> RecordedFacts:
    return RecordedFacts(EventFacts(9, 7, change, NOW, NOW, "U0ANN1", Source.COMMAND), NAMED, after)


def receipt(change: Change, after: AccountState = NAMED) -> Page:
    return recorded_page(said(change, after), WORDS)


def actions(page: Page) -> list[str]:
    rows = [
        item.items if isinstance(item, Buttons) else (item.button,)
        for item in page.items
        if isinstance(item, Buttons | Line)
    ]
    return [button.action for row in rows for button in row]


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


def test_the_receipt_of_a_naming_names_what_is_missing_with_a_button_and_others_do_not() -> None:
    named = receipt(NAMING)
    assert "Not said yet of Acme Corp: why now, the motion that will move it. [Fill the gap]" in plain(named)
    whole = replace(NAMED, justification=Justification("They grew", "In April", "A pilot"))
    for other in (
        receipt(NAMING, whole),
        receipt(replace(NAMING, tier=3), replace(NAMED, tier=3)),
        receipt(ListChanged("paused", 1, "They merge", "named", 1)),
    ):
        assert "Not said yet" not in plain(other)

    both = recorded_several_page((said(ListChanged("paused", 1, "They merge")), said(NAMING)), WORDS)
    assert plain(both).count("Not said yet of Acme Corp: why now, the motion that will move it. [Fill the gap]") == 1


def test_the_receipt_of_a_change_says_from_what_to_what_each_part_went() -> None:
    before = Justification("They grew", "In April")
    change = Justified(Justification("They grew", "In May", "A pilot"), before)
    assert "Recorded for Acme Corp: why now: In April → In May; motion: A pilot." in plain(receipt(change))
    emptied = Justified(replace(before, why_now=""), before)
    assert "Recorded for Acme Corp: why now: In April → none." in plain(receipt(emptied))
    given = ListChanged("named", 1, "They grew", "candidate", why_now="In April", motion="A pilot")
    assert "named, tier 1: They grew · now: In April · motion: A pilot." in plain(receipt(given))


def test_the_card_has_the_parts_in_a_line_and_a_button_for_a_gap_where_the_reader_may_fill_it() -> None:
    whole = account_card(NORMAL, WORDS, can_decide=True)
    assert (
        "Why this account Renewing its stack in spring, 400 seats, one-to-one · now: Their contract ends in April"
        in plain(whole)
    )
    gap = replace(NORMAL, facts=replace(NORMAL.facts, account=NAMED))
    assert "Why this account They grew" in plain(account_card(gap, WORDS))
    assert "list.fill" in actions(account_card(gap, WORDS, can_decide=True))
    assert "list.fill" not in actions(account_card(gap, WORDS)) + actions(whole)
