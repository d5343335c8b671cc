"""A decision is recorded together with what it means: a next action, or a change of the list."""

from datetime import date

import pytest

from agendas.errors import NotAMember
from agendas.facts.events import DecisionKind
from agendas.facts.motion import Motion
from agendas.rules.account_list import NoRoom
from agendas.rules.plays import tier_worked
from agendas.verbs.closing import EnteredDecision, decide
from agendas.verbs.corrections import correct
from agendas.verbs.settings import change_settings
from tests.agendas.verbs.asking import state
from tests.builders import EVE, NOW
from tests.program import Program

BECAUSE = "Their board decided"


def kinds(program: Program, decision: EnteredDecision, name: str = "acme") -> list[str]:
    """The kinds of the events recorded for the decision."""
    recorded = program.did(decide, EVE, NOW, program.accounts[name], decision)
    return [type(each.event.change).__name__ for each in recorded]


def test_a_motion_decided_stands_until_the_tier_changes_and_falls_when_the_decision_is_corrected(
    program: Program,
) -> None:
    few = EnteredDecision(DecisionKind.CHANGE_MOTION, BECAUSE, motion=Motion.ONE_TO_FEW)
    assert kinds(program, few) == ["Decided"]
    acme = state(program, "acme")
    assert acme.decision is not None
    assert (acme.decision.from_motion, acme.decision.to_motion) == (Motion.ONE_TO_ONE, Motion.ONE_TO_FEW)
    assert (acme.tier, acme.motion_decided, tier_worked(acme)) == (1, Motion.ONE_TO_FEW, 2)
    kinds(program, EnteredDecision(DecisionKind.CHANGE_TIER, BECAUSE, tier=3))
    assert state(program, "acme").motion_decided is None
    kinds(program, few)
    back = EnteredDecision(DecisionKind.CHANGE_MOTION, BECAUSE, motion=Motion.ONE_TO_MANY)
    kinds(program, back)
    assert state(program, "acme").motion_decided is None
    again = program.did(decide, EVE, NOW, program.accounts["acme"], few)[0]
    program.did(correct, EVE, NOW, again.event.id, "Not said", is_editor=True)
    assert state(program, "acme").motion_decided is None


def test_nothing_of_a_decision_is_recorded_where_what_it_means_is_refused(program: Program) -> None:
    before = state(program, "acme")
    stranger = EnteredDecision(DecisionKind.INTERVENE, "Call them", ask_of="U0NOBODY1", due_on=date(2026, 12, 1))
    with pytest.raises(NotAMember):
        kinds(program, stranger)
    program.did(change_settings, EVE, NOW, {"tier.3.cap": (500, 1)})
    full = EnteredDecision(DecisionKind.CHANGE_TIER, BECAUSE, tier=3)
    kinds(program, full, "initrode")
    with pytest.raises(NoRoom):
        kinds(program, full)
    assert state(program, "acme") == before
