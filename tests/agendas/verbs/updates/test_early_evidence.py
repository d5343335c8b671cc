"""Evidence of days that no review counts: it shows no step, neither told with it nor added later."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from agendas.errors import Refused
from agendas.facts.account import Stage
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.verbs import updates
from tests.agendas.verbs.undo.correcting import facts
from tests.builders import ANN, NOW, ago, evidence
from tests.program import Program

LATER = NOW + timedelta(days=3)


def theirs(days_ago: float) -> Evidence:
    return replace(evidence("Minutes of a call", ago(days_ago)), actor=EvidenceActor.BUYER)


def moves(program: Program, account: str, *pieces: Evidence, to_stage: Stage | None = Stage.OPPORTUNITY) -> None:
    number = program.accounts[account]
    program.did(updates.move, ANN, NOW, number, text="They are keen", to_stage=to_stage, evidence=pieces)


def adds(program: Program, account: str, *pieces: Evidence) -> None:
    number = program.accounts[account]
    program.did(updates.add_evidence, ANN, LATER, number, Stage.OPPORTUNITY, evidence=pieces)


@pytest.mark.parametrize("tells", [moves, adds])
def test_a_step_is_not_shown_by_what_is_of_more_than_30_days_before_the_last_review(
    program: Program, tells: Callable[..., None]
) -> None:
    if tells is adds:
        moves(program, "globex")
        program.closes_review(NOW + timedelta(minutes=5))
    before = facts(program, LATER, "globex").account
    with pytest.raises(Refused, match="more than 30 days before the review that closed on"):
        tells(program, "globex", theirs(68))
    assert facts(program, LATER, "globex").account == before
    tells(program, "globex", theirs(2))
    assert facts(program, LATER, "globex").account.stage_has_evidence


def test_a_step_is_not_shown_by_what_is_of_before_the_account_was_named(program: Program) -> None:
    with pytest.raises(Refused, match="was named on"):
        moves(program, "umber", theirs(400))
    moves(program, "umber", theirs(400), to_stage=None)
