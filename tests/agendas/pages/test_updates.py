from dataclasses import replace
from datetime import date, timedelta

from agendas.errors import RecordedAlready
from agendas.facts import events, narrative
from agendas.facts.account import AccountState, EventFacts, ListStatus, Source, Stage
from agendas.facts.answered_items import AccountFilter
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, Phase
from agendas.facts.evidence import Evidence, EvidenceActor, EvidenceAdded, EvidenceJudged, WaitingSet
from agendas.facts.fit import Criterion, CriterionScore, FitScore, FitScored
from agendas.facts.group import BuyingRole, ContactAdded, ContactEdited, ContactProfile
from agendas.facts.people import Function, Lead, PersonFacts, Right
from agendas.facts.plays import Motion, PlayEnd, PlayEnded, PlayMotion, PlayStarted
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import AgendaItem, Bucket
from agendas.pages import updates
from agendas.pages.account_list import ListFacts, list_page, my_accounts_page
from agendas.pages.accounts import HistoryFacts, HistoryLine, history_page
from agendas.pages.deals import confirmed_stages_page
from agendas.pages.updates import RecordedFacts, recorded_page, recorded_several_page, thread_line_page, undone_page
from agendas.rendering.page import Buttons, Line
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_pages, drawn
from tests.agendas.pages.examples import ACCOUNT, BEFORE, EMPTY, HOSTILE, NORMAL, NOTES, NOW, ZONE
from tests.agendas.pages.samples import item, listed
from tests.builders import ANN, CLEO, account, event
from tests.cases import cases
from tests.plain import plain

WORDS = Words()
TODAY = date(2026, 11, 30)
CANDIDATE = replace(
    EMPTY, facts=replace(EMPTY.facts, account=replace(EMPTY.facts.account, list_status=ListStatus.CANDIDATE))
)
CLAIMED = replace(ACCOUNT, stage_has_evidence=False, claimed_from=Stage.AWARE)
NOTED = events.Noted("12,000 impressions and 40 MQLs")
CHANGES = (
    events.Nominated(BEFORE.profile, "Renewing its stack"),
    events.Edited(BEFORE.profile),
    events.ListChanged("named", 1, "400 seats, one-to-one"),
    events.ListChanged("paused", 1, ""),
    events.Moved("CFO joined the demo", "engaged"),
    events.Moved("Second unit signed", expansion=events.ExpansionKind.BREADTH),
    events.Moved("They hired a new CIO"),
    events.Moved(to_stage="aware", since_known=False),
    events.NothingMoved(),
    events.BlockerOpened("Legal has the data agreement", "U0BOB1", "executive"),
    events.BlockerChanged(31, "acknowledged"),
    events.BlockerChanged(31, "resolved", "Signed"),
    events.ActionAdded("Call the CFO", "U0CAT1", date(2026, 12, 2), "A date for the pilot"),
    events.ActionChanged(22, "slipped", date(2026, 12, 4), "CFO travels"),
    events.ActionChanged(21, "done", text="Sent"),
    events.Decided(events.DecisionKind.INTERVENE, "Ask their CFO for a meeting", "U0EVE1", date(2026, 11, 27)),
    FitScored("product", (CriterionScore(Criterion.IMPLEMENTATION_FIT, 3, "Same case as two customers"),)),
    ContactAdded(ContactProfile("Rita Sample", "CFO", roles=(BuyingRole.ECONOMIC_BUYER, BuyingRole.EXECUTIVE_SPONSOR))),
    ContactAdded(ContactProfile("Jo Sample", "Head of IT", suggested_roles=(BuyingRole.TECHNICAL_EVALUATOR,))),
    ContactEdited(61, ContactProfile("Rita Sample", "CFO", left_on=date(2026, 11, 20))),
    narrative.NarrativeWritten(
        narrative.Narrative("Audit in March", "One ledger", "Sample Bank did it", "A pilot", (BuyingRole.CHAMPION,))
    ),
    narrative.ProductInputGiven(narrative.ProductField.PROOF, "Live in 40 shops", "Sample Foods"),
    PlayStarted("executive_briefing", "Executive briefing", "Their CFO agrees to a pilot", date(2026, 12, 18)),
    PlayEnded(71, PlayEnd.OUTCOME, "Their CFO agreed"),
    PlayEnded(71, PlayEnd.NONE),
    OpportunityChanged(
        OpportunityProfile("crm:1", "Pilot", "Proposal", Phase.MIDDLE, amount_cents=4_000_000, currency="EUR")
    ),
    events.Corrected(51, "wrong account"),
    events.ListChanged("named", 3, "They merge", "named", 2),
    events.ListChanged("named", 3, "The merger is done", "paused", 2),
    events.Decided(events.DecisionKind.CHANGE_TIER, "They merge", from_tier=2, to_tier=3),
    events.Decided(events.DecisionKind.CHANGE_TIER, "They merge"),
    events.Decided(
        events.DecisionKind.CHANGE_MOTION, "Alike", from_motion=Motion.ONE_TO_ONE, to_motion=Motion.ONE_TO_FEW
    ),
    narrative.Justified(
        narrative.Justification("400 seats", "", "A pilot"), narrative.Justification("40 seats", "Renews in April")
    ),
    events.ListChanged("named", 1, "400 seats", "candidate", why_now="Renews in April", motion="A pilot"),
    PlayStarted("pilot", "Pilot", "They signed", date(2026, 12, 18), motion=PlayMotion.PRODUCT),
    NOTED,
    EvidenceAdded("engaged", "Their CFO confirmed the pilot"),
    EvidenceJudged(5, EvidenceActor.BUYER, step="engaged"),
    EvidenceJudged(5, EvidenceActor.US),
    EvidenceJudged(5, EvidenceActor.THIRD_PARTY),
    EvidenceJudged(5, EvidenceActor.IN_DOUBT),
    WaitingSet(date(2026, 12, 14), "Their board decides"),
    events.ItemEdited(
        61, "action", "U0BOB1", "Book a demo", date(2026, 11, 30), "U0ANN1", "Call their CFO", date(2026, 12, 1)
    ),
    events.ItemEdited(51, "blocker", "U0BOB1", "Legal is stuck", from_text="Legal is stuck"),
)


def recorded_now(change, number: int = 1, evidence=()) -> EventFacts:
    return EventFacts(number, 7, change, NOW, NOW, "U0ANN1", Source.COMMAND, evidence)


def history(*lines: HistoryLine, **changes) -> HistoryFacts:
    return replace(HistoryFacts(7, "Acme Corp", lines, ZONE, TODAY), **changes)


def test_every_kind_of_event_is_a_sentence_in_the_history() -> None:
    lines = tuple(HistoryLine(recorded_now(change, n), subject="the subject") for n, change in enumerate(CHANGES))
    taken_back, why = (
        replace(recorded_now(events.Corrected(99)), actor="U0BOB1"),
        recorded_now(events.Corrected(98, "Not ours ~")),
    )
    struck = HistoryLine(recorded_now(events.Moved("Signed", "customer"), 99, (NOTES,)), taken_back)
    corrected = HistoryLine(recorded_now(events.Moved("They ~signed~ `it`", "customer"), 98), why)
    pages = {
        "all kinds": history_page(history(struck, corrected, *lines, more_value="7 12"), WORDS),
        "correctable": history_page(history(corrected, correct_value="7 0"), WORDS, can_correct=True),
        "empty": history_page(history(), WORDS),
        "at the end": history_page(history(is_first=False), WORDS),
        "hostile": history_page(history(HistoryLine(recorded_now(events.Moved(HOSTILE, "aware")))), WORDS),
    }
    check_pages("pages/history", pages)


def test_what_was_recorded_says_from_where_to_where_and_offers_undo() -> None:
    facts = [RecordedFacts(recorded_now(change, n), ACCOUNT, ACCOUNT) for n, change in enumerate(CHANGES)]
    step = RecordedFacts(recorded_now(events.Moved("CFO joined the demo", "engaged"), 5, (NOTES,)), BEFORE, ACCOUNT)
    claim = RecordedFacts(recorded_now(events.Moved("CFO joined the demo", "engaged"), 6), BEFORE, CLAIMED)
    globex = replace(recorded_now(events.Corrected(5, "It was Globex"), 9), actor="U0BOB1")
    down = RecordedFacts(recorded_now(events.Moved("They went quiet", "aware"), 7), ACCOUNT, BEFORE)
    pages = {
        "with evidence": recorded_page(step, WORDS),
        "claimed": recorded_page(claim, WORDS),
        "down": recorded_page(down, WORDS),
        "kept as a note": recorded_page(facts[CHANGES.index(NOTED)], WORDS),
        "without undo": recorded_page(step, WORDS, can_undo=False),
        "several at once": recorded_several_page((step, facts[9]), WORDS),
        "one of several": recorded_several_page((claim,), WORDS),
        "in the thread": thread_line_page(step, WORDS),
        "claimed, in the thread": thread_line_page(claim, WORDS),
        "taken back": undone_page(step, WORDS),
        "taken back, in the thread": updates.thread_undone_page(
            step, recorded_now(events.Corrected(5), 9), WORDS, zone=ZONE
        ),
        "corrected, in the thread": updates.thread_undone_page(step, globex, WORDS, zone=ZONE, late_for=TODAY),
        "corrected": updates.corrected_page(step, RecordedFacts(globex, ACCOUNT, BEFORE), WORDS, others=2),
        **{f"change {n}": thread_line_page(each, WORDS) for n, each in enumerate(facts)},
    }
    check_pages("pages/recorded", pages)


def with_status(name: str, number: int, status: ListStatus, **changes):
    found = item(name, number, Bucket.STEADY)
    account = replace(found.facts.account, list_status=status, **changes)
    return replace(found, facts=replace(found.facts, account=account))


def with_cap(found, cap: int):
    return replace(found, facts=replace(found.facts, settings=ProgramSettings((("tier.1.cap", cap),))))


def with_fit(one: AgendaItem, points: int) -> AgendaItem:
    scores = tuple(FitScore(each, points, "Seen", "sales", "U0ANN1", NOW) for each in Criterion)
    return replace(one, facts=replace(one.facts, account=replace(one.facts.account, fit=scores), tier_1_owners=()))


def test_lists_say_what_their_golden_file_says() -> None:
    items = (
        item("Umbrella", 1, Bucket.STEADY),
        item("Globex", 2, Bucket.STALLED),
        NORMAL,
        with_status("Wonka", 4, ListStatus.NAMED, tier=2, stage=Stage.MQA),
        with_status("Soylent", 5, ListStatus.CANDIDATE, because="They asked twice"),
        with_status("Hooli", 6, ListStatus.PAUSED, because="Reorganising until spring"),
        with_status("Gone", 7, ListStatus.REMOVED),
        with_status(HOSTILE, 8, ListStatus.NAMED, tier=None),
        with_fit(with_status("Cyberdyne", 9, ListStatus.NAMED, tier=2), 2),
        with_fit(with_status("Tyrell", 10, ListStatus.NAMED, tier=2), 3),
        with_fit(with_status("Aperture", 11, ListStatus.CANDIDATE, because="They asked twice"), 3),
        with_fit(with_status("Virtucon", 12, ListStatus.CANDIDATE), 1),
    )
    pages = {
        "mine": my_accounts_page(items[:3], WORDS, next_reviews={7: NOW + timedelta(days=7)}),
        "mine, none": my_accounts_page((), WORDS),
        "the list": list_page(listed(items), WORDS),
        "the list, its end": list_page(listed(items, start=10), WORDS),
        "tier 1, over its cap": list_page(
            replace(listed([with_cap(each, 2) for each in items[:3]]), wanted=AccountFilter(tiers=(1,))), WORDS
        ),
        "the list, none": list_page(ListFacts({}, ()), WORDS),
    }
    check_pages("pages/lists", pages)


# The receipt of a blocker that needs a function says who is asked, or why nobody is.


def receipt(lead: Lead | None) -> RecordedFacts:
    return RecordedFacts(event(events.BlockerOpened("No connector", ANN, "product")), account(), account(), lead=lead)


@cases(
    ("person", "said"),
    [
        (PersonFacts(CLEO, "Cleo", Right.VIEWER), "leads product and is asked."),
        (PersonFacts(CLEO, "Cleo", Right.VIEWER, is_away=True), "leads product and is asked, but is away now."),
        (PersonFacts(CLEO, "Cleo", Right.VIEWER, is_away=True, stand_in=ANN), f"but is away now: <@{ANN}> stands in."),
        (PersonFacts(CLEO, "Cleo", Right.VIEWER, is_deleted=True), "leads product and cannot be asked: deactivated."),
        (PersonFacts(CLEO, "Cleo", Right.OBSERVER), "leads product and cannot be asked: only an observer."),
        (None, "Nobody leads product, so nobody is asked."),
    ],
)
def test_the_receipt_says_who_is_asked_or_why_nobody_is(person: PersonFacts | None, said: str) -> None:
    facts = receipt(Lead(Function.PRODUCT, person))
    assert said in plain(recorded_page(facts, WORDS))
    assert said in plain(recorded_several_page((facts, facts), WORDS))


# Receipts of updates: the outcome of their evidence, with the buttons that settle what is open.

STEP = events.Moved("CFO joined the demo", "engaged")
NEWS = events.Moved("They asked for a date")
WON = events.Moved("Closed won in HubSpot on 3 Oct 2026", "customer", from_deal="hubspot:1", is_reclassified=True)
OPEN = events.Moved("Open deal in HubSpot since 3 Oct 2026", "opportunity", from_deal="hubspot:2", is_reclassified=True)
CUSTOMER = replace(ACCOUNT, stage=Stage.CUSTOMER)
FROM_CRM = replace(ACCOUNT, stage=Stage.OPPORTUNITY, stage_has_evidence=False, claimed_from=Stage.OPPORTUNITY)
SILENT = replace(ACCOUNT, last_buyer_touch_at=NOW - timedelta(days=40), contacts=())


def told(change: events.Change, actor: EvidenceActor, before: AccountState, after: AccountState) -> RecordedFacts:
    evidence: tuple[Evidence, ...] = (replace(NOTES, actor=actor),)
    return RecordedFacts(recorded_now(change, 6, () if isinstance(change, EvidenceJudged) else evidence), before, after)


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
    check_pages("pages/evidence_receipts", pages)


def test_a_repeat_is_asked_about_with_what_is_there_and_when() -> None:
    error = RecordedAlready("event 7", "Acme Corp", "Legal has the contract", at=NOW, zone=ZONE)
    pages = {
        "a command": updates.recorded_already_page(error, WORDS, command="/move acme Legal has the contract"),
        "one too long for a button": updates.recorded_already_page(
            error, WORDS, command="/move acme " + "legal " * 400
        ),
    }
    drawings = [drawn(name, page) for name, page in pages.items()]
    in_form = updates.recorded_already_line(error, WORDS, is_form=True)
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
