"""People, deals, plays, signals, narratives and fit of the world's accounts. Everything here is invented."""

from agendas.facts.deals import OpportunityProfile, OpportunityType, Phase
from agendas.facts.group import BuyingRole
from agendas.facts.plays import PlayEnd
from agendas.facts.signals import SignalKind, SignalStrength
from tests.assistant.told.days import day, of
from tests.assistant.told.tellings import Tell, contact, deal, fit, left, narrative, play, play_ended, signal, touched

HIGH, MEDIUM, LOW = SignalStrength


def _deal(name: str, phase: Phase, amount: int, closes: str, currency: str = "USD") -> Tell:
    """A deal of so many thousands; `closes` is its day, with a year where it is not this one."""
    kind = OpportunityType.EXISTING_BUSINESS if name == "Ward extension" else OpportunityType.NEW_BUSINESS
    stage = {Phase.MIDDLE: "Proposal", Phase.EARLY: "Discovery", Phase.LATE: "Contract"}.get(phase, phase.value.title())
    return deal(OpportunityProfile(f"crm:{name}", name, stage, phase, kind, amount * 100_000, currency, day(closes)))


PEOPLE_THERE = [
    *of(
        "maple-insurance",
        "nora",
        ("10.9", contact("Dana Weber", "Chief financial officer", (BuyingRole.ECONOMIC_BUYER,))),
        ("24.11", touched("Dana Weber")),
        ("10.9", contact("Hugo Blanc", "Head of claims", (BuyingRole.CHAMPION,))),
        ("20.11", touched("Hugo Blanc")),
        ("18.11", contact("Rita Salo", "Enterprise architect")),
    ),
    *of(
        "corvane",
        "nora",
        ("10.9", contact("Erik Sund", "Chief operating officer", (BuyingRole.ECONOMIC_BUYER,))),
        ("8.10", touched("Erik Sund")),
        ("10.9", contact("Marta Oliva", "Buyer", (BuyingRole.PROCUREMENT,))),
        ("1.10", touched("Marta Oliva")),
        ("12.11", left("Marta Oliva", day("10.11"))),
    ),
    *of(
        "brightwater",
        "tomas",
        ("22.9", contact("Jo Whitfield", "Grid lead", (BuyingRole.CHAMPION,))),
        ("19.11", touched("Jo Whitfield")),
    ),
    *of(
        "merrow",
        "will",
        ("22.9", contact("Samir Haddad", "Head of nursing", (BuyingRole.CHAMPION,))),
        ("25.11", touched("Samir Haddad")),
        ("22.9", contact("Lena Fuchs", "Buyer", (BuyingRole.PROCUREMENT,))),
        ("13.10", touched("Lena Fuchs")),
    ),
    *of("kestrel", "alex-m", ("4.11", contact("Olga Petrenko", "Chief financial officer"))),
]

DEALS = [
    *of("maple-insurance", "nora", ("24.11", _deal("Claims platform", Phase.MIDDLE, 310, "18.12"))),
    *of(
        "corvane",
        "nora",
        ("6.10", _deal("31 depots", Phase.MIDDLE, 420, "30.10")),
        ("26.10", _deal("31 depots", Phase.MIDDLE, 420, "27.11")),
        ("20.11", _deal("31 depots", Phase.LATE, 420, "25.12")),
    ),
    *of("fennimore", "may", ("29.10", _deal("Onboarding suite", Phase.MIDDLE, 230, "29.1", "EUR"))),
    *of("kestrel", "alex-m", ("5.11", _deal("Crew planning", Phase.EARLY, 390, "31.3", "EUR"))),
    *of(
        "march",
        "may",
        ("10.9", _deal("Pilot in one plant", Phase.EARLY, 20, "15.10")),
        ("15.10", _deal("Pilot in one plant", Phase.LOST, 20, "15.10")),
    ),
    *of(
        "umber",
        "will",
        ("20.9", _deal("First contract", Phase.LATE, 60, "14.10", "EUR")),
        ("14.10", _deal("First contract", Phase.WON, 60, "14.10", "EUR")),
    ),
    *of(
        "merrow",
        "will",
        ("12.11", _deal("Ward extension", Phase.LATE, 48, "25.11")),
        ("25.11", _deal("Ward extension", Phase.WON, 48, "25.11")),
    ),
    *of("orrin", "priya", ("12.10", _deal("Signal boxes", Phase.MIDDLE, 150, "18.12"))),
]

PLAYS = [
    *of(
        "maple-insurance",
        "nora",
        (
            "11.11",
            play(
                "second_thread",
                "Their architect joined a call",
                day("2.12"),
                (("nora", day("16.11")), ("nora", day("1.12")), ("ines", day("4.12"))),
            ),
        ),
    ),
    *of(
        "kestrel",
        "alex-m",
        (
            "13.11",
            play(
                "executive_meeting",
                "Their COO met ours",
                day("15.12"),
                (("alex-m", day("28.11")), ("alex-w", day("1.12")), ("paula", day("7.12")), ("paula", day("14.12"))),
            ),
        ),
    ),
    *of(
        "corvane",
        "nora",
        (
            "12.10",
            play(
                "reference_call",
                "They talked with Merrow",
                day("9.11"),
                (("mark", day("19.10")), ("nora", day("21.10")), ("ines", day("26.10"))),
            ),
        ),
        ("5.11", play_ended("reference_call", PlayEnd.OUTCOME, "Their COO called Merrow's head of nursing")),
    ),
    *of(
        "etoile",
        "alex-m",
        (
            "14.10",
            play(
                "second_thread",
                "Somebody of procurement came",
                day("4.11"),
                (("alex-m", day("17.10")), ("alex-m", day("21.10")), ("alex-w", day("24.10"))),
            ),
        ),
        ("28.10", play_ended("second_thread", PlayEnd.STOPPED, "Their champion is on leave until spring")),
    ),
]

SIGNALS = [
    *of("maple-insurance", "ines", ("23.11", signal(SignalKind.INTENT, HIGH, "Searched for claims software"))),
    *of("corvane", "ines", ("20.11", signal(SignalKind.WEB_VISIT, MEDIUM, "Six people on the pricing page"))),
    *of("corvane", "ines", ("5.11", signal(SignalKind.HIRING, LOW, "Looks for a depot planner"))),
    *of("kestrel", "alex-w", ("25.11", signal(SignalKind.INTENT, HIGH, "Compared crew planning tools"))),
    *of(
        "kestrel",
        "alex-w",
        ("24.11", signal(SignalKind.COMPETITIVE_RESEARCH, MEDIUM, "Read a competitor's comparison")),
    ),
    *of("lakeview", "ines", ("19.11", signal(SignalKind.CONTENT, LOW, "Downloaded the ward guide"))),
    *of("merrow", "priya", ("26.10", signal(SignalKind.PRODUCT_USAGE, MEDIUM, "Usage doubled in a month"))),
    *of("vantora", "alex-w", ("11.11", signal(SignalKind.EXEC_MOVE, MEDIUM, "A new head of production"))),
    *of("orrin", "priya", ("24.11", signal(SignalKind.INTENT, HIGH, "Searched for signal boxes"))),
]

NARRATIVES = [
    *of(
        "corvane",
        "ines",
        (
            "8.9",
            narrative(
                "Their insurer wants every parcel traceable by June, and 31 depots still keep them on paper",
                "Traceability begins at the depot door",
                "Merrow Health cut its searches by half",
                "A pilot in two depots",
            ),
        ),
    ),
    *of(
        "maple-insurance",
        "ines",
        (
            "17.11",
            narrative(
                "Their regulator wants every claim traceable by March, and their claims are in four systems",
                "One trail for each claim",
                "Umber Foods passed its audit in a week",
                "A workshop with their claims team",
            ),
        ),
    ),
]

FIT = [
    *of("corvane", "nora", ("21.9", fit(acv=4, urgency=3, sales_motion=3))),
    *of("corvane", "paula", ("22.9", fit(strategic_value=4))),
    *of("corvane", "mark", ("22.9", fit(implementation_fit=3))),
    *of("maple-insurance", "nora", ("21.9", fit(acv=3, urgency=4, sales_motion=3))),
    *of("tallow", "may", ("21.9", fit(acv=1, urgency=1, sales_motion=2))),
]

SUBJECTS = [*PEOPLE_THERE, *DEALS, *PLAYS, *SIGNALS, *NARRATIVES, *FIT]
