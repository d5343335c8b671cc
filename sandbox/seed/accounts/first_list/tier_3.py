"""The accounts of tier 3 on the first list, and the one that did not get there. All are invented."""

from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind
from sandbox.seed.steps import (
    AddAction,
    Decide,
    DropAction,
    FinishAction,
    Move,
    Nominate,
    OpenBlocker,
    Proof,
    PutOnList,
    Reject,
    Story,
)

CATTERMOLE = Story(
    name="Cattermole Print",
    domain="cattermole.example",
    segment="Manufacturing",
    owner="priya",
    partner="malik",
    value=55_000,
    currency="EUR",
    steps=(
        Nominate("-15 wed 14:00", "priya", "Three print works that run through the night"),
        PutOnList("-15 thu 15:50", "ines", 2, "Three print works with night shifts"),
        Move(
            "-13 thu 10:00",
            "priya",
            "Works manager wrote about Sunday nights",
            Stage.AWARE,
            Proof("message", "Mail of the works manager", "cattermole/sundays"),
        ),
        Decide(
            "-10 mon 09:22",
            "ines",
            DecisionKind.CHANGE_TIER,
            "One works manager and no project; watch it in tier 3",
            tier=3,
        ),
        Move(
            "-5 thu 10:00",
            "priya",
            "Works manager and his deputy saw a demo",
            Stage.ENGAGED,
            Proof("meeting", "Demo for two", "cattermole/demo"),
        ),
        AddAction("0 mon 09:30", "priya", "prices", "Send prices for one works", "0 fri"),
        FinishAction("0 fri 15:00", "priya", "prices"),
        Move(
            "1 tue 10:00",
            "priya",
            "Works manager takes the prices into his budget",
            Stage.MQA,
            Proof("message", "Mail about the budget", "cattermole/budget"),
        ),
        Move(
            "5 thu 11:00",
            "priya",
            "Works manager says the budget comes after the paper contract",
            proof=Proof("message", "Mail about the paper contract", "cattermole/paper"),
        ),
        AddAction("5 thu 11:10", "priya", "paper", "Ask again after the paper contract", "8 fri"),
        DropAction("8 fri 15:00", "priya", "paper", "The paper contract is put off"),
        Decide("9 mon 09:26", "ines", DecisionKind.REMOVE, "Says himself that nothing is decided this year"),
    ),
)

THORNCROFT = Story(
    name="Thorncroft Clinics",
    domain="thorncroft.example",
    segment="Healthcare",
    owner="nora",
    partner="malik",
    value=50_000,
    currency="USD",
    steps=(
        Nominate("-15 thu 10:00", "malik", "Four clinics that read our nurse letter"),
        PutOnList("-15 thu 16:00", "ines", 3, "Fits the segment program for healthcare"),
        Move(
            "-10 tue 10:00",
            "malik",
            "Ward lead asked a question about the nurse letter",
            Stage.AWARE,
            Proof("message", "Question of the ward lead", "thorncroft/question"),
        ),
        Move(
            "-6 tue 10:00",
            "nora",
            "Ward lead and personnel took a call",
            Stage.ENGAGED,
            Proof("meeting", "Call with ward and personnel", "thorncroft/call"),
        ),
        AddAction("-6 tue 10:10", "nora", "wards", "Get the rosters of two wards", "-3 fri"),
        DropAction("2 mon 09:30", "nora", "wards", "Promised three times"),
        OpenBlocker("5 tue 10:00", "nora", "silence", "Ward lead does not answer any more", "marketing"),
        Decide("8 mon 09:28", "ines", DecisionKind.REMOVE, "Silent since August; stays on the nurse letter"),
    ),
)

FERRAND = Story(
    name="Ferrand Inns",
    domain="ferrand.example",
    segment="Hospitality",
    owner="priya",
    partner="malik",
    value=45_000,
    currency="EUR",
    steps=(
        Nominate("-15 thu 11:00", "priya", "Nine inns on the coast, twice as many staff in summer"),
        PutOnList("-15 thu 16:10", "ines", 3, "Fits the segment program for hospitality"),
        Move(
            "-12 wed 10:00",
            "priya",
            "Personnel lead downloaded the season guide and wrote back",
            Stage.AWARE,
            Proof("message", "Reply of the personnel lead", "ferrand/reply"),
        ),
        Move("-9 thu 10:00", "priya", "Personnel lead seemed ready for a trial", Stage.ENGAGED),
        Decide("0 mon 09:20", "ines", DecisionKind.REMOVE, "Sold to a group with a tool of its own"),
    ),
)

SILVERBECK = Story(
    name="Silverbeck Mills",
    domain="silverbeck.example",
    segment="Manufacturing",
    owner="priya",
    partner="malik",
    value=42_000,
    currency="EUR",
    steps=(
        Nominate("-14 thu 11:00", "malik", "One mill, two shifts, wrote after a fair"),
        PutOnList("-13 mon 15:00", "ines", 3, "Fits the segment program for manufacturing"),
        Move(
            "-9 wed 10:20",
            "malik",
            "Shift lead subscribed to the shift letter",
            Stage.AWARE,
            Proof("link", "Subscription of the shift lead", "silverbeck/letter"),
        ),
        Move(
            "4 fri 10:00",
            "malik",
            "Shift lead answered our question about weekends",
            proof=Proof("message", "Answer about weekends", "silverbeck/weekends"),
        ),
        Decide("9 mon 09:30", "ines", DecisionKind.REMOVE, "Gives up its second shift in winter"),
    ),
)

MARLPIT = Story(
    name="Marlpit Foods",
    domain="marlpit.example",
    segment="Food",
    owner="tomas",
    value=70_000,
    currency="USD",
    steps=(
        Nominate("-14 wed 14:00", "tomas", "Asked for a demo at a fair"),
        Reject("-12 mon 09:35", "ines", "All of their people work by day; a demo is not a reason"),
    ),
)

FIRST_TIER_3 = (CATTERMOLE, THORNCROFT, FERRAND, SILVERBECK, MARLPIT)
