from dataclasses import replace
from datetime import date, timedelta

from agendas.facts.account import EventFacts, ListStatus, Source, Stage
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, Phase
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Corrected,
    Decided,
    DecisionKind,
    Edited,
    ExpansionKind,
    ItemEdited,
    ListChanged,
    Moved,
    Nominated,
    Noted,
    NothingMoved,
)
from agendas.facts.evidence import EvidenceActor, EvidenceAdded, EvidenceJudged, WaitingSet
from agendas.facts.fit import Criterion, CriterionScore, FitScore, FitScored
from agendas.facts.found import AccountFilter
from agendas.facts.group import BuyingRole, ContactAdded, ContactEdited, ContactProfile
from agendas.facts.motion import Motion
from agendas.facts.narrative import (
    Justification,
    Justified,
    Narrative,
    NarrativeWritten,
    ProductField,
    ProductInputGiven,
)
from agendas.facts.plays import PlayEnd, PlayEnded, PlayMotion, PlayStarted
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import AgendaItem, Bucket
from agendas.pages.account_list import ListFacts, list_page, my_accounts_page
from agendas.pages.accounts import HistoryFacts, HistoryLine, history_page
from agendas.pages.updates import (
    RecordedFacts,
    corrected_page,
    recorded_page,
    recorded_several_page,
    thread_line_page,
    thread_undone_page,
    undone_page,
)
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, drawn
from tests.agendas.pages.reviews.sections.examples import (
    ACCOUNT,
    BEFORE,
    EMPTY,
    HOSTILE,
    NORMAL,
    NOTES,
    NOW,
    ZONE,
)
from tests.agendas.pages.samples import item, listed

WORDS = Words()
TODAY = date(2026, 11, 30)
CANDIDATE = replace(
    EMPTY, facts=replace(EMPTY.facts, account=replace(EMPTY.facts.account, list_status=ListStatus.CANDIDATE))
)
CLAIMED = replace(ACCOUNT, stage_has_evidence=False, claimed_from=Stage.AWARE)
NOTED = Noted("12,000 impressions and 40 MQLs")
CHANGES = (
    Nominated(BEFORE.profile, "Renewing its stack"),
    Edited(BEFORE.profile),
    ListChanged("named", 1, "400 seats, one-to-one"),
    ListChanged("paused", 1, ""),
    Moved("CFO joined the demo", "engaged"),
    Moved("Second unit signed", expansion=ExpansionKind.BREADTH),
    Moved("They hired a new CIO"),
    Moved(to_stage="aware", since_known=False),
    NothingMoved(),
    BlockerOpened("Legal has the data agreement", "U0BOB1", "executive"),
    BlockerChanged(31, "acknowledged"),
    BlockerChanged(31, "resolved", "Signed"),
    ActionAdded("Call the CFO", "U0CAT1", date(2026, 12, 2), "A date for the pilot"),
    ActionChanged(22, "slipped", date(2026, 12, 4), "CFO travels"),
    ActionChanged(21, "done", text="Sent"),
    Decided(DecisionKind.INTERVENE, "Ask their CFO for a meeting", "U0EVE1", date(2026, 11, 27)),
    FitScored("product", (CriterionScore(Criterion.IMPLEMENTATION_FIT, 3, "Same case as two customers"),)),
    ContactAdded(ContactProfile("Rita Sample", "CFO", roles=(BuyingRole.ECONOMIC_BUYER, BuyingRole.EXECUTIVE_SPONSOR))),
    ContactAdded(ContactProfile("Jo Sample", "Head of IT", suggested_roles=(BuyingRole.TECHNICAL_EVALUATOR,))),
    ContactEdited(61, ContactProfile("Rita Sample", "CFO", left_on=date(2026, 11, 20))),
    NarrativeWritten(
        Narrative("Audit in March", "One ledger", "Sample Bank did it", "A pilot", (BuyingRole.CHAMPION,))
    ),
    ProductInputGiven(ProductField.PROOF, "Live in 40 shops", "Sample Foods"),
    PlayStarted("executive_briefing", "Executive briefing", "Their CFO agrees to a pilot", date(2026, 12, 18)),
    PlayEnded(71, PlayEnd.OUTCOME, "Their CFO agreed"),
    PlayEnded(71, PlayEnd.NONE),
    OpportunityChanged(
        OpportunityProfile("crm:1", "Pilot", "Proposal", Phase.MIDDLE, amount_cents=4_000_000, currency="EUR")
    ),
    Corrected(51, "wrong account"),
    ListChanged("named", 3, "They merge", "named", 2),
    ListChanged("named", 3, "The merger is done", "paused", 2),
    Decided(DecisionKind.CHANGE_TIER, "They merge", from_tier=2, to_tier=3),
    Decided(DecisionKind.CHANGE_TIER, "They merge"),
    Decided(DecisionKind.CHANGE_MOTION, "Alike", from_motion=Motion.ONE_TO_ONE, to_motion=Motion.ONE_TO_FEW),
    Justified(Justification("400 seats", "", "A pilot"), Justification("40 seats", "Renews in April")),
    ListChanged("named", 1, "400 seats", "candidate", why_now="Renews in April", motion="A pilot"),
    PlayStarted("pilot", "Pilot", "They signed", date(2026, 12, 18), motion=PlayMotion.PRODUCT),
    NOTED,
    EvidenceAdded("engaged", "Their CFO confirmed the pilot"),
    EvidenceJudged(5, EvidenceActor.BUYER, step="engaged"),
    EvidenceJudged(5, EvidenceActor.US),
    EvidenceJudged(5, EvidenceActor.THIRD_PARTY),
    EvidenceJudged(5, EvidenceActor.IN_DOUBT),
    WaitingSet(date(2026, 12, 14), "Their board decides"),
    ItemEdited(
        61, "action", "U0BOB1", "Book a demo", date(2026, 11, 30), "U0ANN1", "Call their CFO", date(2026, 12, 1)
    ),
    ItemEdited(51, "blocker", "U0BOB1", "Legal is stuck", from_text="Legal is stuck"),
)


def event(change, number: int = 1, evidence=()) -> EventFacts:
    return EventFacts(number, 7, change, NOW, NOW, "U0ANN1", Source.COMMAND, evidence)


def history(*lines: HistoryLine, **changes) -> HistoryFacts:
    return replace(HistoryFacts(7, "Acme Corp", lines, ZONE, TODAY), **changes)


def test_every_kind_of_event_is_a_sentence_in_the_history() -> None:
    lines = tuple(HistoryLine(event(change, n), subject="the subject") for n, change in enumerate(CHANGES))
    taken_back, why = replace(event(Corrected(99)), actor="U0BOB1"), event(Corrected(98, "Not ours ~"))
    struck = HistoryLine(event(Moved("Signed", "customer"), 99, (NOTES,)), taken_back)
    corrected = HistoryLine(event(Moved("They ~signed~ `it`", "customer"), 98), why)
    pages = {
        "all kinds": history_page(history(struck, corrected, *lines, more_value="7 12"), WORDS),
        "correctable": history_page(history(corrected, correct_value="7 0"), WORDS, can_correct=True),
        "empty": history_page(history(), WORDS),
        "at the end": history_page(history(is_first=False), WORDS),
        "hostile": history_page(history(HistoryLine(event(Moved(HOSTILE, "aware")))), WORDS),
    }
    check_golden("pages/history", "\n".join(drawn(kind, page) for kind, page in pages.items()))


def test_what_was_recorded_says_from_where_to_where_and_offers_undo() -> None:
    facts = [RecordedFacts(event(change, n), ACCOUNT, ACCOUNT) for n, change in enumerate(CHANGES)]
    step = RecordedFacts(event(Moved("CFO joined the demo", "engaged"), 5, (NOTES,)), BEFORE, ACCOUNT)
    claim = RecordedFacts(event(Moved("CFO joined the demo", "engaged"), 6), BEFORE, CLAIMED)
    globex = replace(event(Corrected(5, "It was Globex"), 9), actor="U0BOB1")
    down = RecordedFacts(event(Moved("They went quiet", "aware"), 7), ACCOUNT, BEFORE)
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
        "taken back, in the thread": thread_undone_page(step, event(Corrected(5), 9), WORDS, zone=ZONE),
        "corrected, in the thread": thread_undone_page(step, globex, WORDS, zone=ZONE, late_for=TODAY),
        "corrected": corrected_page(step, RecordedFacts(globex, ACCOUNT, BEFORE), WORDS, others=2),
        **{f"change {n}": thread_line_page(each, WORDS) for n, each in enumerate(facts)},
    }
    check_golden("pages/recorded", "\n".join(drawn(kind, page) for kind, page in pages.items()))


def with_status(name: str, number: int, status: ListStatus, **changes):
    found = item(name, number, Bucket.STEADY)
    account = replace(found.facts.account, list_status=status, **changes)
    return replace(found, facts=replace(found.facts, account=account))


def with_cap(found, cap: int):
    return replace(found, facts=replace(found.facts, settings=ProgramSettings((("tier.1.cap", cap),))))


def with_fit(one: AgendaItem, points: int) -> AgendaItem:
    """The account with every criterion scored so."""
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
            replace(listed([with_cap(each, 2) for each in items[:3]]), wanted=AccountFilter((1,))), WORDS
        ),
        "the list, none": list_page(ListFacts({}, ()), WORDS),
    }
    check_golden("pages/lists", "\n".join(drawn(kind, page) for kind, page in pages.items()))
