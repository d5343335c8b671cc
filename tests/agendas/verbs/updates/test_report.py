"""Several things reported at once are recorded together or not at all."""

from datetime import date

import pytest

from agendas.errors import Outdated
from agendas.verbs.updates import ActionReport, BlockerReport, PromiseReport, report_actions, report_blockers
from tests.agendas.verbs.asking import state
from tests.builders import ANN, BOB, NOW
from tests.program import Program


def test_open_blockers_are_acknowledged_or_resolved_and_a_new_one_is_the_authors_unless_said(program: Program) -> None:
    [blocker] = state(program, "globex").open_blockers
    number = program.accounts["globex"]
    report = BlockerReport(((blocker.id, "acknowledged"),), "No budget", "", "", ())
    recorded = program.did(report_blockers, BOB, NOW, number, report)
    assert [type(each.event.change).__name__ for each in recorded] == ["BlockerChanged", "BlockerOpened"]
    assert {each.text: each.owner for each in state(program, "globex").open_blockers}["No budget"] == BOB
    program.did(report_blockers, ANN, NOW, number, BlockerReport(((blocker.id, "resolved"),), "", "", "", ()))
    assert [each.text for each in state(program, "globex").open_blockers] == ["No budget"]


def test_a_blocker_resolved_meanwhile_takes_the_whole_report_back(program: Program) -> None:
    before = state(program, "globex")
    report = BlockerReport(((before.open_blockers[0].id, "acknowledged"), (999_999, "resolved")), "New", "", "", ())
    with pytest.raises(Outdated):
        program.did(report_blockers, BOB, NOW, program.accounts["globex"], report)
    assert state(program, "globex") == before


@pytest.mark.parametrize(("change", "left"), [("done", 0), ("dropped", 0), ("slipped", 1)])
def test_promises_are_done_dropped_or_slip_and_a_new_one_follows(program: Program, change: str, left: int) -> None:
    [action] = state(program, "acme").open_actions
    promise = PromiseReport(action.id, change, date(2026, 12, 20))
    report = ActionReport((promise,), "Call them", BOB, date(2026, 12, 1), "They sign")
    program.did(report_actions, ANN, NOW, program.accounts["acme"], report)
    found = {each.id: each for each in state(program, "acme").open_actions}
    assert len(found) == left + 1
    assert all(found[action.id].due_on == date(2026, 12, 20) for _ in range(left))
    new = next(each for each in found.values() if each.text == "Call them")
    assert (new.owner, new.due_on, new.outcome_expected) == (BOB, date(2026, 12, 1), "They sign")
