"""Corrected decisions: what they changed on the list and what they asked for goes with them."""

from datetime import date
from typing import Any

import pytest

from agendas.errors import Refused
from agendas.facts.account import AccountState, ListStatus
from agendas.facts.events import DecisionKind
from agendas.rules.history import Left, left_by
from agendas.verbs.account_list import Swap
from agendas.verbs.closing import EnteredDecision, decide, decide_swap
from agendas.verbs.corrections import take_back
from agendas.verbs.settings import change_settings
from tests.agendas.verbs.undo.correcting import corrects, facts
from tests.builders import DAN, EVE, HOUR, NOW
from tests.program import Program

ASKED = EnteredDecision(DecisionKind.INTERVENE, "Call the COO", ask_of=DAN, due_on=date(2026, 12, 9))


def decided(program: Program, decision: EnteredDecision, name: str = "initrode") -> int:
    """The id of the decision that was recorded."""
    recorded: list[Any] = program.did(decide, EVE, NOW, program.accounts[name], decision)
    return int(recorded[0].event.id)


def state(program: Program, name: str = "initrode") -> AccountState:
    return facts(program, NOW + HOUR * 2, name).account


@pytest.mark.parametrize(
    "decision",
    [
        EnteredDecision(DecisionKind.CHANGE_TIER, "They shrank", tier=3),
        EnteredDecision(DecisionKind.PAUSE, "They merge"),
        EnteredDecision(DecisionKind.REMOVE, "They closed"),
    ],
)
def test_the_change_of_the_list_goes_with_the_decision(program: Program, decision: EnteredDecision) -> None:
    corrected = corrects(program, decided(program, decision), EVE)
    assert (corrected.after.list_status, corrected.after.tier) == (ListStatus.NAMED, 2)
    assert (state(program).list_status, state(program).tier) == (ListStatus.NAMED, 2)


def test_what_was_asked_of_somebody_goes_with_the_decision(program: Program) -> None:
    before = state(program).actions
    corrects(program, decided(program, ASKED), EVE)
    assert state(program).actions == before
    assert state(program).open_asks == ()


def test_an_undone_decision_takes_its_change_of_the_list_back(program: Program) -> None:
    program.did(take_back, EVE, NOW, decided(program, EnteredDecision(DecisionKind.PAUSE, "They merge")))
    assert state(program).list_status is ListStatus.NAMED


def test_the_place_in_a_swap_goes_with_the_decision(program: Program) -> None:
    leaver, comes = program.accounts["acme"], program.accounts["pinewood"]
    swapped = program.did(decide_swap, EVE, NOW, Swap(comes, 1, "They grew", leaver, "paused", "Their freeze"))
    [decision] = [each.event for each in swapped if each.event.change.kind == "decided"]
    corrects(program, decision.id, EVE)
    assert state(program, "pinewood").list_status is ListStatus.CANDIDATE
    assert state(program, "acme").list_status is ListStatus.PAUSED
    assert left_by(decision.change, state(program, "pinewood")) == (Left.LEAVER,)
    assert decision.change.leaver == "Acme Corp"


def test_a_decision_is_not_corrected_where_its_tier_of_before_is_full(program: Program) -> None:
    decision = decided(program, EnteredDecision(DecisionKind.CHANGE_TIER, "They shrank", tier=3))
    program.did(change_settings, EVE, NOW, {"tier.2.cap": (150, 1)})
    with pytest.raises(Refused, match="would be in tier 2 again"):
        corrects(program, decision, EVE)
    assert state(program).tier == 3
