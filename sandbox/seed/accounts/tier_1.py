"""The sample's accounts of tier 1. All are invented."""

from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind
from sandbox.seed.accounts.corvane import CORVANE
from sandbox.seed.steps import (
    AddAction,
    Decide,
    FinishAction,
    Move,
    NoChange,
    Nominate,
    OpenBlocker,
    Proof,
    PutOnList,
    ResolveBlocker,
    Story,
)

OSPREY = Story(
    name="Osprey Gridworks",
    domain="ospreygrid.example",
    segment="Energy",
    owner="tomas",
    partner="malik",
    executive="paula",
    value=365_000,
    currency="USD",
    steps=(
        Nominate("-4 wed 13:00", "tomas", "2,400 field crews; storm rosters are made by phone"),
        PutOnList(
            "-3 thu 11:00",
            "ines",
            1,
            "2,400 field crews on one storm roster",
            why_now="Regulator asks for crew response times from next year",
            motion="Our storm roster shown with their own crews",
        ),
        Move(
            "1 tue 15:00",
            "tomas",
            "Operations director asked for our storm roster paper",
            Stage.AWARE,
            Proof("message", "Request for the storm roster paper", "osprey/paper"),
        ),
        AddAction("1 tue 15:10", "tomas", "demo", "Show the roster to the operations director", "3 tue"),
        Move(
            "3 tue 16:00",
            "tomas",
            "Demo with operations and two crew leads",
            Stage.ENGAGED,
            Proof("meeting", "Demo, who came and what they asked", "osprey/demo"),
        ),
        FinishAction("3 tue 16:10", "tomas", "demo"),
        OpenBlocker("4 wed 10:00", "tomas", "review", "Security review needs our penetration test", "product"),
        ResolveBlocker("5 thu 12:00", "tomas", "review", "Report sent and accepted"),
        Move(
            "5 fri 12:30",
            "tomas",
            "Shortlisted with one other vendor",
            Stage.MQA,
            Proof("message", "Shortlist letter", "osprey/shortlist"),
        ),
        Move(
            "6 tue 10:30",
            "tomas",
            "Formal tender opened for 900 crews",
            Stage.OPPORTUNITY,
            Proof("link", "Tender for 900 crews", "osprey/tender"),
        ),
        Move(
            "8 thu 13:30",
            "tomas",
            "Tender questions answered in their meeting",
            proof=Proof("meeting", "Tender question hour", "osprey/questions"),
        ),
        AddAction("8 thu 13:40", "tomas", "sponsor", "Ask the crew leads who decides and when", "10 fri"),
        NoChange("10 thu 16:00", "tomas"),
    ),
)

BRIGHTWATER = Story(
    name="Brightwater Rail",
    domain="brightwater.example",
    segment="Transport",
    owner="priya",
    executive="paula",
    value=310_000,
    currency="GBP",
    steps=(
        Nominate("-2 mon 09:00", "priya", "Driver rosters for 14 depots are agreed with unions twice a year"),
        PutOnList(
            "-1 fri 10:00",
            "ines",
            1,
            "14 depots whose rosters the union agrees to twice a year",
            why_now="Their roster system loses support next year; they must choose before",
            motion="Outbound to the roster manager, then a case with the union's numbers",
        ),
        AddAction("0 thu 10:00", "priya", "union", "Find out how rosters are agreed with the union", "2 fri"),
        Move(
            "2 thu 11:00",
            "priya",
            "Roster manager explained the union rules to us",
            Stage.AWARE,
            Proof("meeting", "Call with the roster manager", "brightwater/rules"),
        ),
        FinishAction("2 thu 11:05", "priya", "union"),
        OpenBlocker(
            "3 fri 09:45", "priya", "depot", "No depot will try anything before the new timetable", "executive"
        ),
        Decide(
            "5 mon 09:20",
            "ines",
            DecisionKind.INTERVENE,
            "Ask their operations director for one depot",
            ask_of="paula",
            by="5 fri",
            ref="director",
        ),
        FinishAction("5 thu 18:30", "paula", "director", "One depot is offered for a trial"),
        ResolveBlocker("5 fri 09:10", "priya", "depot", "Their operations director named a depot"),
        Move(
            "6 wed 09:40",
            "priya",
            "Workshop in the depot with drivers and the union",
            Stage.ENGAGED,
            Proof("meeting", "Workshop notes", "brightwater/workshop"),
        ),
        AddAction("7 mon 09:25", "priya", "value", "Bring the value case to their finance lead", "9 tue"),
        Move(
            "9 tue 11:15",
            "priya",
            "Finance lead confirmed the value case",
            Stage.MQA,
            Proof("message", "Mail from the finance lead", "brightwater/value-case"),
        ),
        FinishAction("9 tue 11:20", "priya", "value"),
        OpenBlocker(
            "9 thu 10:00", "priya", "data", "Works council wants driver data to stay in the country", "product"
        ),
        AddAction("10 mon 09:30", "priya", "offer", "Send the offer for three depots", "10 wed"),
        ResolveBlocker("10 tue 12:30", "priya", "data", "Hosting in the country confirmed in writing"),
        Move(
            "10 wed 11:05",
            "priya",
            "Asked for a contract for three depots, decision in four weeks",
            Stage.OPPORTUNITY,
            Proof("message", "Mail that asks for the contract", "brightwater/contract"),
        ),
        FinishAction("10 wed 11:10", "priya", "offer"),
        AddAction("10 wed 11:15", "priya", "board", "Prepare their director for the board meeting", "11 fri"),
    ),
)

JUNIPER = Story(
    name="Juniper Vale Health",
    domain="junipervale.example",
    segment="Healthcare",
    owner="nora",
    partner="malik",
    value=280_000,
    currency="USD",
    steps=(
        Nominate("-1 mon 14:00", "helen", "Nine clinics, nurse agency cost doubled in two years"),
        PutOnList(
            "0 tue 14:30",
            "ines",
            1,
            "Nine clinics, agency cost doubled in two years",
            why_now="Chief nurse spoke in public about rosters; a tender is planned this year",
            motion="The clinic story, told by two customers",
        ),
        AddAction("0 wed 09:20", "malik", "story", "Write the clinic story with two of our customers", "1 fri"),
        FinishAction("1 thu 15:00", "malik", "story"),
        Move(
            "1 fri 10:20",
            "malik",
            "Chief nurse shared the clinic story with her team",
            Stage.AWARE,
            Proof("message", "Mail from the chief nurse", "juniper/story"),
        ),
        Move(
            "4 tue 10:20",
            "malik",
            "Chief nurse asked what agency hours cost at the two customers",
            proof=Proof("message", "Question of the chief nurse", "juniper/agency-hours"),
        ),
        Move(
            "7 wed 13:10",
            "nora",
            "Chief nurse and two clinic heads joined a workshop",
            Stage.ENGAGED,
            Proof("meeting", "Workshop with three clinics", "juniper/workshop"),
        ),
        AddAction("8 mon 09:18", "nora", "budget", "Get their finance director to the second workshop", "10 thu"),
        Move(
            "10 thu 15:20",
            "nora",
            "Finance director joined and asked for a proposal for nine clinics",
            Stage.MQA,
            Proof("meeting", "Second workshop, finance director present", "juniper/second-workshop"),
        ),
        FinishAction("10 thu 15:25", "nora", "budget"),
        AddAction("10 thu 15:30", "nora", "proposal", "Send the proposal for nine clinics", "12 tue"),
    ),
)

TIER_1 = (CORVANE, OSPREY, BRIGHTWATER, JUNIPER)
