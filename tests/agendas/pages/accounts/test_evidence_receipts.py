"""Receipts of updates: the outcome of their evidence, with the buttons that settle what is open."""

from dataclasses import replace
from datetime import timedelta

from agendas.errors import RecordedAlready
from agendas.facts.account import AccountState, Stage
from agendas.facts.events import Change, Moved
from agendas.facts.evidence import Evidence, EvidenceActor, EvidenceAdded, EvidenceJudged
from agendas.pages.deals import confirmed_stages_page
from agendas.pages.updates import (
    RecordedFacts,
    recorded_already_line,
    recorded_already_page,
    recorded_page,
    recorded_several_page,
    thread_line_page,
)
from agendas.rendering.page import Buttons, Line
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, drawn
from tests.agendas.pages.accounts.test_accounts import CLAIMED, event
from tests.agendas.pages.reviews.sections.examples import ACCOUNT, BEFORE, NOTES, NOW, ZONE

WORDS = Words()
STEP = Moved("CFO joined the demo", "engaged")
NEWS = Moved("They asked for a date")
WON = Moved("Closed won in HubSpot on 3 Oct 2026", "customer", from_deal="hubspot:1", is_reclassified=True)
OPEN = Moved("Open deal in HubSpot since 3 Oct 2026", "opportunity", from_deal="hubspot:2", is_reclassified=True)
CUSTOMER = replace(ACCOUNT, stage=Stage.CUSTOMER)
FROM_CRM = replace(ACCOUNT, stage=Stage.OPPORTUNITY, stage_has_evidence=False, claimed_from=Stage.OPPORTUNITY)
SILENT = replace(ACCOUNT, last_buyer_touch_at=NOW - timedelta(days=40), contacts=())


def told(change: Change, actor: EvidenceActor, before: AccountState, after: AccountState) -> RecordedFacts:
    evidence: tuple[Evidence, ...] = (replace(NOTES, actor=actor),)
    return RecordedFacts(event(change, 6, () if isinstance(change, EvidenceJudged) else evidence), before, after)


def test_a_receipt_says_what_the_evidence_showed_and_asks_what_is_open() -> None:
    buyer, us, doubt = EvidenceActor.BUYER, EvidenceActor.US, EvidenceActor.IN_DOUBT
    receipts = {
        "the step is shown": told(STEP, buyer, BEFORE, ACCOUNT),
        "a third party shows it": told(STEP, EvidenceActor.THIRD_PARTY, BEFORE, ACCOUNT),
        "the step is shown later": told(EvidenceAdded("engaged"), buyer, CLAIMED, ACCOUNT),
        "news on a claim": told(NEWS, buyer, CLAIMED, CLAIMED),
        "news": told(NEWS, buyer, ACCOUNT, ACCOUNT),
        "a claim with our own activity": told(STEP, us, BEFORE, CLAIMED),
        "our own activity": told(NEWS, us, ACCOUNT, ACCOUNT),
        "a claim in doubt": told(STEP, doubt, BEFORE, CLAIMED),
        "judged as theirs": told(EvidenceJudged(5, buyer), buyer, CLAIMED, CLAIMED),
        "judged as theirs, and it shows the step": told(
            EvidenceJudged(5, buyer, step="engaged"), buyer, CLAIMED, ACCOUNT
        ),
        "judged as ours": told(EvidenceJudged(5, us), us, CLAIMED, CLAIMED),
        "a third party's news": told(NEWS, EvidenceActor.THIRD_PARTY, SILENT, ACCOUNT),
        "news after a silence": told(NEWS, buyer, SILENT, ACCOUNT),
        "a won deal of before the last review": told(WON, buyer, BEFORE, CUSTOMER),
        "a won deal of an unknown day": told(
            replace(WON, is_reclassified=False, since_known=False), buyer, BEFORE, CUSTOMER
        ),
        "a won deal since": told(replace(WON, is_reclassified=False), buyer, BEFORE, CUSTOMER),
        "an open deal": told(OPEN, us, BEFORE, FROM_CRM),
        "the open deal is shown": told(
            EvidenceAdded("opportunity"), buyer, FROM_CRM, replace(FROM_CRM, stage_has_evidence=True, claimed_from=None)
        ),
    }
    pages = {name: recorded_page(each, WORDS) for name, each in receipts.items()}
    pages |= {f"{name}, in the thread": thread_line_page(each, WORDS) for name, each in receipts.items()}
    check_golden("pages/evidence_receipts", "\n".join(drawn(name, page) for name, page in pages.items()))


def test_a_repeat_is_asked_about_with_what_is_there_and_when() -> None:
    error = RecordedAlready("event 7", "Acme Corp", "Legal has the contract", at=NOW, zone=ZONE)
    pages = {
        "a command": recorded_already_page(error, WORDS, command="/move acme Legal has the contract"),
        "one too long for a button": recorded_already_page(error, WORDS, command="/move acme " + "legal " * 400),
    }
    drawings = [drawn(name, page) for name, page in pages.items()]
    in_form = recorded_already_line(error, WORDS, is_form=True)
    check_golden("pages/recorded_already", "\n".join([*drawings, f"=== in a form\n{in_form}"]))


def test_several_updates_ask_what_is_open_below_the_line_of_each() -> None:
    us, doubt = EvidenceActor.US, EvidenceActor.IN_DOUBT
    found = (told(STEP, us, BEFORE, CLAIMED), told(NEWS, doubt, ACCOUNT, ACCOUNT), told(NEWS, us, ACCOUNT, ACCOUNT))
    for page in (recorded_several_page(found, WORDS), confirmed_stages_page(found, (), WORDS)):
        lines = [item for item in page.items if isinstance(item, Line | Buttons)]
        assert [
            [(button.action, button.value) for button in item.items] if isinstance(item, Buttons) else item.button.value
            for item in lines
        ] == ["6 3", [("evidence.add", "7")], "6 3", [("evidence.theirs", "6 3"), ("evidence.ours", "6 3")], "6 3"]
