"""Entries that people of the world recorded up to Thu 26 Nov 2026, account by account. Everything here is invented."""

from datetime import time

from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind, ExpansionKind
from agendas.facts.people import Function
from agendas.verbs import account_list
from agendas.verbs.closing import EnteredDecision
from tests.assistant.told import tellings
from tests.assistant.told.days import day, of
from tests.assistant.told.subjects import SUBJECTS
from tests.assistant.told.tellings import Entry, action, blocker, closed, decided, listed, move, slipped, taken_back
from tests.assistant.world import PEOPLE

BECAUSE = {
    "corvane": "Runs 31 depots on paper and renews its contract in spring",
    "maple-insurance": "The regulator wants every claim traceable by March",
    "pilot-grove": "Asked for a price at the fair",
    "quill": "A partner introduced us",
}
"""Reasons for which accounts were nominated and named, where it is not the segment."""

PAULA, LEE = PEOPLE["paula"].user_id, PEOPLE["lee"].user_id
IN_REVIEW = time(10, 20)
NOTES = "https://notes.example"
AWARE, ENGAGED, MQA, OPPORTUNITY, CUSTOMER = list(Stage)[1:]


def _at_review(on: str, key: str, decision: EnteredDecision) -> Entry:
    return Entry(day(on), "priya", key, decided(decision), IN_REVIEW)


STAGES = [
    *of("maple", "nora", ("12.10", move("They asked for a demo", ENGAGED, url=f"{NOTES}/maple-demo"))),
    *of(
        "maple-insurance",
        "nora",
        ("15.9", move("Their CIO wrote back", AWARE, url=f"{NOTES}/mapleins-mail")),
        ("1.10", move("Workshop held with their claims team", ENGAGED, url=f"{NOTES}/mapleins-workshop")),
        ("24.11", move("They asked for an offer", OPPORTUNITY, url=f"{NOTES}/mapleins-offer")),
    ),
    *of("early", "may", ("20.10", move("Came to the webinar", AWARE, url=f"{NOTES}/early"))),
    *of(
        "corvane",
        "nora",
        ("14.9", move("Depot visit with their operations", ENGAGED, url=f"{NOTES}/corvane-visit")),
        ("6.10", move("Their board approved the budget", OPPORTUNITY, url=f"{NOTES}/corvane-board")),
        ("24.11", move("Their lawyer offered a cap of two yearly fees", url=f"{NOTES}/corvane-cap")),
    ),
    *of(
        "brightwater",
        "tomas",
        ("21.9", move("Call with the grid team", ENGAGED, url=f"{NOTES}/brightwater-call")),
        ("20.11", move("They sound ready for a proposal", MQA)),
    ),
    *of("halden", "tomas", ("28.9", move("Plant manager asked for a visit", ENGAGED, url=f"{NOTES}/halden"))),
    *of(
        "tallow",
        "may",
        ("30.9", move("Tasting with their buyers", ENGAGED, url=f"{NOTES}/tallow")),
        ("23.11", move("Their buyer left and nobody answers", AWARE, url=f"{NOTES}/tallow-left")),
    ),
    *of(
        "merrow",
        "will",
        ("22.9", move("They signed for the first ward", CUSTOMER, url=f"{NOTES}/merrow-signed")),
        ("25.11", move("They ordered 60 more seats", expansion=ExpansionKind.DEPTH, url=f"{NOTES}/merrow-seats")),
    ),
    *of("sable", "tomas", ("29.9", move("Met at the rail fair", ENGAGED, url=f"{NOTES}/sable"))),
    *of("juniper", "may", ("5.10", move("Opened the series", AWARE, url=f"{NOTES}/juniper"))),
    *of("etoile", "alex-m", ("9.11", move("They booked a demo in Lyon", ENGAGED, url=f"{NOTES}/etoile"))),
    *of("3d-parts", "alex-m", ("12.11", move("They filled in the form", AWARE, url=f"{NOTES}/3d"))),
    *of("march", "may", ("10.11", move("They asked for prices", MQA, url=f"{NOTES}/march"))),
    *of("vantor", "alex-m", ("18.11", move("Gripper demo with their engineers", ENGAGED, url=f"{NOTES}/vantor"))),
    *of("fennimore", "may", ("29.10", move("They opened a tender", OPPORTUNITY, url=f"{NOTES}/fennimore"))),
    *of("lakeview", "will", ("8.10", move("Their matron wrote to us", AWARE, url=f"{NOTES}/lakeview"))),
    *of("signal-works", "tomas", ("16.10", move("They answered the call", ENGAGED, url=f"{NOTES}/signal"))),
    *of("obrien", "alex-m", ("26.10", move("They came to the stand", AWARE, url=f"{NOTES}/obrien"))),
    *of("kestrel", "alex-m", ("3.11", move("Crew planners met us", ENGAGED, url=f"{NOTES}/kestrel"))),
    *of("umber", "will", ("14.10", move("They signed", CUSTOMER, url=f"{NOTES}/umber"))),
    *of("orrin", "priya", ("12.10", move("Their board met ours", ENGAGED, url=f"{NOTES}/orrin"))),
]

ACTIONS = [
    *of(
        "maple-insurance",
        "nora",
        ("10.11", action("Security review", day("2.12"))),
        ("10.11", action("Reference call with Merrow", day("18.11"))),
        ("18.11", closed("Reference call with Merrow", said="Merrow told them of the audit")),
        ("24.11", action("Send the DPA", day("27.11"), "ines")),
    ),
    *of(
        "maple",
        "nora",
        ("11.11", action("Workshop with their data team", day("20.11"))),
        ("20.11", slipped("Workshop with their data team", day("3.12"), "Their lead is ill")),
        ("19.11", action("Pricing call", day("26.11"))),
    ),
    *of("corvane", "nora", ("24.11", action("3rd contract round", day("2.12")))),
    *of(
        "brightwater",
        "tomas",
        ("12.11", action("Send the security questionnaire", day("24.11"))),
        ("12.11", action("Demo for the grid team", day("19.11"))),
        ("19.11", closed("Demo for the grid team", said="Eleven people came")),
    ),
    *of(
        "halden",
        "tomas",
        ("5.11", action("Rewrite the business case", day("20.11"))),
        ("5.11", action("Site visit in Graz", day("13.11"))),
        ("13.11", closed("Site visit in Graz", done=False, said="The plant is closed until January")),
    ),
    *of("tallow", "may", ("17.11", action("Send the tasting report", day("30.11")))),
    *of(
        "merrow",
        "will",
        ("3.11", action("Sign the renewed DPA", day("13.11"))),
        ("13.11", closed("Sign the renewed DPA", said="Signed by both")),
        ("20.11", action("Expansion workshop", day("8.12"))),
    ),
    *of(
        "kestrel",
        "alex-m",
        ("18.11", action("Pricing call with crew planning", day("30.11"))),
        ("18.11", action("Invite them to the round table", day("25.11"), "alex-w")),
    ),
    *of("etoile", "alex-m", ("18.11", action("Translate the DPA", day("10.12")))),
    *of(
        "fennimore",
        "may",
        ("18.11", action("Answer the tender", day("4.12"))),
        ("18.11", action("Check the payment terms", day("27.11"), "lee")),
    ),
    *of(
        "march",
        "may",
        ("10.11", action("Budget talk with their CFO", day("19.11"))),
        ("10.11", action("Draft the case study", day("24.11"), "ines")),
    ),
    *of("march", "ines", ("24.11", closed("Draft the case study", said="Four pages"))),
    *of("vantor", "mark", ("19.11", action("Prototype of the gripper arm", day("15.12")))),
    *of("umber", "will", ("12.11", action("Business review of the quarter", day("17.12")))),
    *of("orrin", "priya", ("18.11", action("Board briefing", day("3.12")))),
    *of(
        "early",
        "may",
        ("17.11", action("Send the price list", day("21.11"))),
        ("17.11", taken_back("Send the price list")),
    ),
]

BLOCKERS = [
    *of("corvane", "nora", ("2.11", blocker("Liability cap is not agreed", Function.EXECUTIVE))),
    *of("halden", "tomas", ("20.10", blocker("Budget is frozen until January", Function.FINANCE))),
    *of("brightwater", "mark", ("11.11", blocker("No interface for meter data", Function.PRODUCT))),
    *of("march", "may", ("23.11", blocker("Their lawyers want the DPA reworked"))),
    *of("kestrel", "alex-m", ("18.11", blocker("They ask for payment after 90 days", Function.FINANCE))),
    *of("fennimore", "may", ("28.9", blocker("Their auditors doubt our hosting", Function.PRODUCT))),
    *of(
        "maple-insurance",
        "nora",
        ("26.10", blocker("Their security team is on leave")),
        ("12.11", tellings.resolved("Their security team is on leave", "They are back")),
    ),
    *of("orrin", "priya", ("10.11", blocker("The works council is against it", Function.EXECUTIVE))),
    *of("vantora", "nora", ("18.11", blocker("No budget", Function.FINANCE)), ("19.11", taken_back("No budget"))),
]

INTERVENE, PAUSE, REMOVE = DecisionKind.INTERVENE, DecisionKind.PAUSE, DecisionKind.REMOVE
KEEP, CHANGE_TIER = DecisionKind.KEEP, DecisionKind.CHANGE_TIER
DECISIONS = [
    _at_review("2.11", "corvane", EnteredDecision(INTERVENE, "Call their COO", None, PAULA, day("20.11"))),
    _at_review("2.11", "juniper", EnteredDecision(REMOVE, "Bought by a competitor's customer")),
    _at_review("2.11", "brightwater", EnteredDecision(KEEP, "The grid team answers within a day")),
    _at_review("2.11", "march", EnteredDecision(INTERVENE, "Approve the discount", None, LEE, day("13.11"))),
    _at_review("16.11", "tallow", EnteredDecision(CHANGE_TIER, "Their budget was halved", 2)),
    _at_review("16.11", "sable", EnteredDecision(PAUSE, "Merger until spring")),
    _at_review("16.11", "maple-insurance", EnteredDecision(KEEP, "The champion is strong")),
    _at_review(
        "16.11", "halden", EnteredDecision(INTERVENE, "Call their COO about the budget", None, PAULA, day("4.12"))
    ),
    *of("march", "lee", ("12.11", tellings.answered("Approve the discount", "Ten percent for two years"))),
]

LIST = [
    *of("kestrel", "priya", ("12.11", listed(account_list.put_on_list, "Their COO asked for a plan", tier=1))),
    *of("rusk", "priya", ("20.11", listed(account_list.reject, "Too small for the segment"))),
]

HISTORY = [*STAGES, *ACTIONS, *BLOCKERS, *DECISIONS, *LIST, *SUBJECTS]
"""All entries; those of one day in this order."""
