"""A decision is recorded together with what it means: a next action, or a change of the list."""

from datetime import date

import pytest

from agendas.errors import NotAMember
from agendas.facts.account import AccountState
from agendas.facts.events import DecisionKind
from agendas.facts.motion import Motion
from agendas.rules.list.capacity import NoRoom
from agendas.rules.plays.running import tier_worked
from agendas.verbs.list.swap import Swap
from agendas.verbs.reads import accounts
from agendas.verbs.reviews.decide import EnteredDecision, decide, decide_swap
from agendas.verbs.settings.change import change_settings
from agendas.verbs.undo.correct import correct
from storage.database.engine import Store
from tests.builders import ANN, BOB, EVE, NOW, ZONE
from tests.program import Program, stored_program

BECAUSE = "Their board decided"


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def state(program: Program, name: str) -> AccountState:
    return program.read(accounts.account_card, program.accounts[name], now=NOW, zone=ZONE).facts.account


def kinds(program: Program, decision: EnteredDecision, name: str = "acme") -> list[str]:
    """The kinds of the events recorded for the decision."""
    recorded = program.did(decide, EVE, NOW, program.accounts[name], decision)
    return [type(each.event.change).__name__ for each in recorded]


def test_to_keep_an_account_is_a_decision_and_nothing_else(program: Program) -> None:
    assert kinds(program, EnteredDecision(DecisionKind.KEEP, BECAUSE)) == ["Decided"]
    assert state(program, "acme").list_status == "named"


def test_an_intervention_is_a_next_action_of_who_is_asked(program: Program) -> None:
    decision = EnteredDecision(DecisionKind.INTERVENE, "Call them", ask_of=BOB, due_on=date(2026, 12, 1))
    assert kinds(program, decision) == ["Decided", "ActionAdded"]
    asked = state(program, "acme").open_actions[-1]
    assert (asked.text, asked.owner, asked.due_on) == ("Call them", BOB, date(2026, 12, 1))


def test_a_change_of_tier_a_pause_and_a_removal_change_the_list_for_the_reason_given(program: Program) -> None:
    assert kinds(program, EnteredDecision(DecisionKind.CHANGE_TIER, BECAUSE, tier=3)) == ["Decided", "ListChanged"]
    assert state(program, "acme").tier == 3
    assert kinds(program, EnteredDecision(DecisionKind.PAUSE, BECAUSE)) == ["Decided", "ListChanged"]
    assert state(program, "acme").list_status == "paused"
    assert kinds(program, EnteredDecision(DecisionKind.REMOVE, BECAUSE), "globex") == ["Decided", "ListChanged"]
    assert state(program, "globex").list_status == "removed"


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


def test_a_swap_that_a_decision_led_to_is_recorded_with_the_decision(program: Program) -> None:
    leaver, comes = program.accounts["acme"], program.accounts["pinewood"]
    wanted = Swap(comes, state(program, "acme").tier or 0, "They grew", leaver, "paused", "Their freeze")
    recorded = program.did(decide_swap, ANN, NOW, wanted)
    assert [type(each.event.change).__name__ for each in recorded] == ["ListChanged", "ListChanged", "Decided"]
    assert recorded[-1].event.account_id == comes
