"""The sample's account that is private to a channel: two people are in it, and nobody else finds the account."""

from agendas.facts.account import Stage
from sandbox.seed.steps import AddAction, MakePrivate, Move, Nominate, Proof, PutOnList, Story

ORRIN = Story(
    name="Orrin Rail",
    domain="orrinrail.example",
    segment="Public services",
    owner="nora",
    value=310_000,
    currency="USD",
    steps=(
        Nominate("10 tue 09:00", "nora", "They buy a competitor of theirs; nobody outside the deal may know"),
        PutOnList("10 tue 09:05", "ines", 3, "Their chair asked for one plan for both companies"),
        MakePrivate("10 tue 09:06", "ines"),
        Move(
            "10 wed 16:20",
            "nora",
            "Their chair asked what a roster for both companies costs",
            Stage.AWARE,
            Proof("mail", "Question of their chair", "orrin/question"),
        ),
        AddAction("10 wed 16:25", "nora", "plan", "Draft one plan for both companies", "12 fri"),
    ),
)

PRIVATE = (ORRIN,)
