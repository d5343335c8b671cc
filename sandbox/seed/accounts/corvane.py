"""Corvane Logistics, the account with the longest history. All of it is invented."""

from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind
from sandbox.seed.steps import (
    AddAction,
    Decide,
    FinishAction,
    Move,
    Nominate,
    OpenBlocker,
    PostponeAction,
    Proof,
    PutOnList,
    Story,
)

CORVANE = Story(
    name="Corvane Logistics",
    domain="corvane.example",
    segment="Logistics",
    owner="nora",
    executive="paula",
    value=420_000,
    currency="USD",
    has_own_channel=True,
    steps=(
        Nominate("-2 tue 10:05", "nora", "31 depots plan shifts in spreadsheets; overtime was in their annual report"),
        PutOnList(
            "0 mon 15:00", "ines", 1, "New COO has a year to cut overtime by a tenth; their depots match our best case"
        ),
        AddAction("0 mon 15:10", "nora", "call", "Get a first call with the head of depots", "1 fri"),
        Move(
            "1 wed 11:30",
            "nora",
            "Head of depots took a call and sent last year's overtime figures",
            Stage.AWARE,
            Proof("meeting", "First call with the head of depots", "corvane/first-call"),
        ),
        FinishAction("1 wed 11:40", "nora", "call"),
        AddAction("2 mon 09:15", "malik", "visit", "Invite them to the depot visit in Albany", "3 wed"),
        Move(
            "3 thu 16:20",
            "malik",
            "Three planners came to the depot visit and asked for a trial",
            Stage.ENGAGED,
            Proof("meeting", "Depot visit, list of who came", "corvane/depot-visit"),
        ),
        FinishAction("3 thu 16:30", "malik", "visit"),
        AddAction("4 mon 09:12", "nora", "trial", "Agree the scope of a trial in two depots", "5 fri"),
        Move(
            "5 fri 10:10",
            "nora",
            "Trial scope agreed with the COO's office",
            Stage.MQA,
            Proof("message", "Mail from the COO's office with the scope", "corvane/scope"),
        ),
        FinishAction("5 fri 10:15", "nora", "trial"),
        Move(
            "7 thu 14:00",
            "nora",
            "Asked for a contract for all 31 depots",
            Stage.OPPORTUNITY,
            Proof("message", "Mail that asks for the contract", "corvane/contract"),
        ),
        AddAction("7 thu 14:10", "nora", "redlines", "Send the third round of contract changes", "9 wed"),
        OpenBlocker("7 fri 09:30", "nora", "cap", "Their legal team does not accept our liability cap", "executive"),
        PostponeAction("9 wed 17:30", "nora", "redlines", "10 wed", "Waiting for the liability cap"),
        Decide(
            "10 mon 09:14",
            "ines",
            DecisionKind.INTERVENE,
            "Call their COO about the liability cap",
            ask_of="paula",
            by="10 thu",
            ref="coo",
        ),
        Move(
            "10 tue 15:45",
            "nora",
            "Their lawyer offered a cap of two yearly fees",
            proof=Proof("message", "Mail from their lawyer", "corvane/cap-offer"),
        ),
        PostponeAction("10 wed 17:50", "nora", "redlines", "11 wed", "Cap still open"),
        AddAction("10 wed 17:55", "malik", "case", "Send the overtime case with figures of two depots", "10 fri"),
        FinishAction("10 fri 11:20", "malik", "case", "Sent to the COO's office"),
    ),
)
