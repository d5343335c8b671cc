"""The sample's accounts of tier 2. All are invented."""

from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind, ExpansionKind
from sandbox.seed.steps import (
    AddAction,
    Decide,
    DropAction,
    FinishAction,
    Move,
    NoChange,
    Nominate,
    OpenBlocker,
    PostponeAction,
    Proof,
    PutOnList,
    ResolveBlocker,
    Story,
)

HALDEN = Story(
    name="Halden Pharma",
    domain="haldenpharma.example",
    segment="Life sciences",
    owner="priya",
    value=140_000,
    currency="EUR",
    steps=(
        Nominate("-1 tue 10:00", "priya", "Three plants run shifts under audit; two findings last year"),
        PutOnList("0 wed 09:30", "ines", 2, "Audit findings have to be closed within the year"),
        Move(
            "2 tue 10:00",
            "priya",
            "Quality lead asked how audits are kept",
            Stage.AWARE,
            Proof("message", "Question from the quality lead", "halden/audit"),
        ),
        AddAction("2 tue 10:05", "priya", "audit", "Show an audit trail with their own shift plan", "4 fri"),
        Move(
            "4 fri 11:00",
            "priya",
            "Audit trail shown to quality and plant management",
            Stage.ENGAGED,
            Proof("meeting", "Demo of the audit trail", "halden/demo"),
        ),
        FinishAction("4 fri 11:05", "priya", "audit"),
        Move(
            "8 tue 09:20",
            "priya",
            "Head of plants wants it in this year's budget",
            Stage.MQA,
            Proof("message", "Mail from the head of plants", "halden/budget"),
        ),
        AddAction("8 tue 09:25", "priya", "workshop", "Workshop with the three plant managers", "10 fri"),
        Move(
            "10 tue 10:40",
            "priya",
            "Head of plants left; the budget is put off to next year",
            Stage.ENGAGED,
            Proof("message", "Mail from the interim head of plants", "halden/interim"),
        ),
        DropAction("10 tue 10:45", "priya", "workshop", "Called off by the interim head"),
        OpenBlocker("10 tue 10:50", "priya", "sponsor", "Nobody at their side owns the project", "sales"),
    ),
)

TALLOW = Story(
    name="Tallow & Pine",
    domain="tallowpine.example",
    segment="Retail",
    owner="tomas",
    partner="malik",
    value=95_000,
    currency="USD",
    steps=(
        Nominate("-2 fri 12:00", "tomas", "88 shops, weekend rosters made by shop managers"),
        PutOnList("-1 mon 12:00", "ines", 2, "New head of stores came from one of our customers"),
        Move(
            "2 wed 14:00",
            "tomas",
            "Head of stores came to our retail breakfast",
            Stage.AWARE,
            Proof("meeting", "Retail breakfast, list of who came", "tallow/breakfast"),
        ),
        AddAction("3 mon 09:22", "tomas", "rosters", "Get the rosters of two shops", "5 tue"),
        Move(
            "5 tue 15:30",
            "tomas",
            "Rosters of two shops received",
            Stage.ENGAGED,
            Proof("message", "Rosters of two shops", "tallow/rosters"),
        ),
        FinishAction("5 tue 15:35", "tomas", "rosters"),
        Move(
            "6 wed 16:10",
            "tomas",
            "Head of stores asked for the saving per shop",
            proof=Proof("message", "Question about the saving", "tallow/saving"),
        ),
        AddAction("6 wed 16:15", "tomas", "saving", "Send the saving per shop", "9 wed"),
        PostponeAction("9 wed 18:00", "tomas", "saving", "10 thu", "Figures of one shop are missing"),
        PostponeAction("10 thu 17:20", "tomas", "saving", "11 wed", "Shop manager is on leave"),
    ),
)

MERROW = Story(
    name="Merrow Insurance",
    domain="merrow.example",
    segment="Insurance",
    owner="nora",
    partner="malik",
    executive="paula",
    value=160_000,
    currency="USD",
    steps=(
        Nominate("-3 tue 09:00", "helen", "A customer, but only in one service centre"),
        Move(
            "-3 tue 09:10",
            "helen",
            "First service centre went live",
            Stage.CUSTOMER,
            Proof("link", "Contract, 120 seats", "merrow/contract"),
        ),
        PutOnList("-2 thu 16:00", "ines", 2, "Three more service centres could follow this year"),
        AddAction("3 mon 09:35", "helen", "claims", "Meet the head of claims with their own figures", "6 fri"),
        Move(
            "6 fri 13:00",
            "helen",
            "Head of claims saw the waiting times before and after",
            proof=Proof("meeting", "Review with the head of claims", "merrow/claims"),
        ),
        FinishAction("6 fri 13:05", "helen", "claims"),
        OpenBlocker("8 tue 11:00", "helen", "budget", "Claims has no budget line of its own", "finance"),
        ResolveBlocker("10 tue 16:20", "helen", "budget", "The service centre pays for the first year"),
        AddAction("9 mon 09:30", "nora", "order", "Agree the order for the claims team", "10 fri"),
        Move(
            "10 fri 14:15",
            "nora",
            "Claims team ordered 60 seats",
            proof=Proof("message", "Signed order form, 60 seats", "merrow/order"),
            expansion=ExpansionKind.BREADTH,
        ),
        FinishAction("10 fri 14:20", "nora", "order"),
        AddAction("10 fri 14:25", "helen", "start", "Start the claims team", "13 mon"),
    ),
)

LINDQVIST = Story(
    name="Lindqvist Paper",
    domain="lindqvist.example",
    segment="Manufacturing",
    owner="priya",
    value=120_000,
    currency="EUR",
    steps=(
        Nominate("8 thu 11:00", "malik", "Four mills; shift manager asked for our night shift paper twice"),
        PutOnList(
            "10 tue 16:00", "ines", 2, "Takes the place of Larch & Holm; two mills start new shift models next year"
        ),
        Move(
            "10 thu 10:30",
            "priya",
            "Shift manager took a call and named the two mills",
            Stage.AWARE,
            Proof("meeting", "First call with the shift manager", "lindqvist/first-call"),
        ),
        AddAction("10 thu 10:35", "priya", "mills", "Find the production head of both mills", "12 fri"),
    ),
)

VANTOR = Story(
    name="Vantor Mobility",
    domain="vantor.example",
    segment="Transport",
    owner="tomas",
    value=110_000,
    currency="USD",
    steps=(
        Nominate("-2 thu 10:00", "tomas", "Bike and bus depots in six cities"),
        PutOnList("-1 wed 10:00", "ines", 3, "Fits, but no project yet"),
        Move(
            "4 wed 12:00",
            "tomas",
            "Depot lead filled in our self check",
            Stage.AWARE,
            Proof("link", "Self check of one depot", "vantor/self-check"),
        ),
        Move(
            "6 thu 14:40",
            "tomas",
            "Two depot leads asked for a roster of their own",
            Stage.ENGAGED,
            Proof("meeting", "Call with two depot leads", "vantor/depots"),
        ),
        Decide(
            "7 mon 09:32",
            "ines",
            DecisionKind.CHANGE_TIER,
            "Two depots asked by themselves; worth a play of its own",
            tier=2,
        ),
        AddAction("7 mon 09:35", "tomas", "roster", "Build the roster of one depot", "11 fri"),
        Move(
            "9 thu 15:00",
            "tomas",
            "Depot lead corrected our first roster",
            proof=Proof("message", "Roster with corrections", "vantor/roster"),
        ),
        NoChange("10 fri 12:00", "tomas"),
    ),
)

TIER_2 = (HALDEN, TALLOW, MERROW, LINDQVIST, VANTOR)
