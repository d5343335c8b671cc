"""The sample's accounts that are not on the list: paused, removed, rejected, candidate. All are invented."""

from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind
from sandbox.seed.steps import AddAction, Decide, DropAction, Move, Nominate, Proof, PutOnList, Reject, Story

LARCH = Story(
    name="Larch & Holm",
    domain="larchholm.example",
    segment="Manufacturing",
    owner="priya",
    value=130_000,
    currency="EUR",
    steps=(
        Nominate("-2 mon 15:00", "priya", "Sawmills with night shifts in three countries"),
        PutOnList("-1 mon 15:00", "ines", 2, "A new works agreement is planned this year"),
        Move(
            "1 wed 14:00",
            "priya",
            "Plant head answered three questions about night shifts",
            Stage.AWARE,
            Proof("message", "Answers of the plant head", "larch/answers"),
        ),
        AddAction("3 wed 12:05", "priya", "visit", "Visit the largest sawmill", "7 fri"),
        DropAction("7 fri 10:00", "priya", "visit", "No visitors during the merger"),
        Decide("8 mon 09:36", "ines", DecisionKind.PAUSE, "Merger until next year; nobody there decides before"),
    ),
)

QUILL = Story(
    name="Quill & Harrow",
    domain="quillharrow.example",
    segment="Retail",
    owner="tomas",
    partner="malik",
    value=40_000,
    currency="USD",
    steps=(
        Nominate("-1 tue 15:00", "tomas", "Asked for a price list"),
        PutOnList("0 wed 15:00", "ines", 3, "Fits the segment program for retail"),
        Decide("6 mon 09:38", "ines", DecisionKind.REMOVE, "Five shops; chose a free tool and said so"),
    ),
)

BLUEFEN = Story(
    name="Bluefen Capital",
    domain="bluefen.example",
    segment="Finance",
    owner="nora",
    value=200_000,
    currency="USD",
    steps=(
        Nominate("3 tue 09:30", "nora", "Large budget, knows our board member"),
        Reject("4 mon 09:33", "ines", "Nobody there works in shifts; a contact is not a reason"),
    ),
)

NIMBUS = Story(
    name="Nimbus Orchard",
    domain="nimbusorchard.example",
    segment="Food",
    owner="tomas",
    value=85_000,
    currency="USD",
    steps=(Nominate("10 wed 13:00", "helen", "Two of our customers pack for them and asked for one shared roster"),),
)

OFF_LIST = (LARCH, QUILL, BLUEFEN, NIMBUS)
