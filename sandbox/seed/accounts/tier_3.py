"""The sample's accounts of tier 3. All are invented."""

from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind
from agendas.facts.evidence import EvidenceActor
from sandbox.seed.steps import AddAction, Decide, FinishAction, Move, Nominate, OpenBlocker, Proof, PutOnList, Story

SABLE = Story(
    name="Sable Hotels",
    domain="sablehotels.example",
    segment="Hospitality",
    owner="priya",
    partner="malik",
    value=60_000,
    currency="EUR",
    steps=(
        Nominate("-2 thu 15:00", "malik", "Eleven hotels under one roof, seasonal staff"),
        PutOnList("-1 thu 15:00", "ines", 3, "Fits the segment program for hospitality"),
        Move(
            "1 thu 10:00",
            "malik",
            "Personnel lead came to the hospitality webinar and stayed for questions",
            Stage.AWARE,
            Proof("link", "Webinar, questions asked", "sable/webinar"),
        ),
        Move(
            "3 wed 10:30",
            "priya",
            "Call about seasonal contracts",
            Stage.ENGAGED,
            Proof("meeting", "Call with the personnel lead", "sable/call"),
        ),
        Move(
            "4 wed 11:30",
            "priya",
            "Asked for prices for eleven hotels",
            Stage.MQA,
            Proof("message", "Request for prices", "sable/prices"),
        ),
        AddAction("4 wed 11:35", "priya", "prices", "Send prices for eleven hotels", "5 mon"),
        FinishAction("5 mon 09:40", "priya", "prices"),
        OpenBlocker("6 wed 12:00", "priya", "meeting", "The owners decide only when they all meet", "sales"),
        Decide("9 mon 09:40", "ines", DecisionKind.KEEP, "Wait for the owners' meeting, then decide"),
        Move(
            "9 wed 10:10",
            "priya",
            "Personnel lead says the owners meet in three weeks",
            proof=Proof("message", "Mail about the owners' meeting", "sable/owners"),
        ),
        AddAction("9 wed 10:15", "priya", "owners", "One page for the owners' meeting", "12 wed"),
    ),
)

KESTREL = Story(
    name="Kestrel Foods",
    domain="kestrelfoods.example",
    segment="Food",
    owner="tomas",
    partner="malik",
    value=72_000,
    currency="USD",
    steps=(
        Nominate("-1 fri 13:00", "tomas", "Two plants with three shifts"),
        PutOnList("0 thu 13:00", "ines", 3, "Fits the segment program for food"),
        Move(
            "3 tue 12:00",
            "malik",
            "Plant manager downloaded the shift handover guide and wrote back",
            Stage.AWARE,
            Proof("message", "Reply of the plant manager", "kestrel/reply"),
        ),
        AddAction("9 mon 09:42", "tomas", "fair", "Meet the plant manager at the food fair", "10 fri"),
        FinishAction("10 fri 17:30", "tomas", "fair"),
        Move("10 fri 17:35", "tomas", "Plant manager sounded keen at the fair", Stage.ENGAGED),
        Move(
            "10 fri 17:40",
            "tomas",
            "We sent the plant manager our shift handover deck",
            proof=Proof("deck", "Shift handover deck", "kestrel/deck", EvidenceActor.US),
        ),
    ),
)

FENNIMORE = Story(
    name="Fennimore Tools",
    domain="fennimore.example",
    segment="Manufacturing",
    owner="nora",
    partner="malik",
    value=48_000,
    currency="USD",
    steps=(
        Nominate("-1 thu 09:00", "malik", "One plant, 600 people, reads our shift letter"),
        PutOnList("0 thu 13:10", "ines", 3, "Fits the segment program for manufacturing"),
        Move(
            "5 wed 11:00",
            "malik",
            "Production planner subscribed and asked one question",
            Stage.AWARE,
            Proof("message", "Question of the production planner", "fennimore/question"),
        ),
        AddAction("9 tue 10:00", "malik", "letter", "Answer in the next shift letter", "12 mon"),
    ),
)

TIER_3 = (SABLE, KESTREL, FENNIMORE)
