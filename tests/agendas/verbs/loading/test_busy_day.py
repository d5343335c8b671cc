"""Cards and lists read as much of a busy account as of a quiet one: what decides, and the latest that was told."""

from datetime import timedelta

from agendas.facts.account import Movement, Stage
from agendas.facts.reviews import MovementReason
from agendas.verbs import updates
from agendas.verbs.reads import account_card
from tests.builders import ANN, NOW, ZONE, evidence
from tests.program import Program

NEWS = 60
LATER = NOW + timedelta(hours=1)


def test_what_decides_counts_however_much_was_told_after_it(program: Program) -> None:
    globex = program.accounts["globex"]
    proof = evidence("Their mail")
    program.did(updates.move, ANN, NOW, globex, text="Pilot", to_stage=Stage.CUSTOMER, evidence=(proof,))
    for number in range(NEWS):
        program.did(updates.move, ANN, NOW + timedelta(seconds=number), globex, text=f"They asked {number}")
    moved = program.read(account_card, globex, now=LATER, zone=ZONE).placement.movement
    assert (moved.movement, moved.reason) == (Movement.ADVANCED, MovementReason.EVIDENCE)
