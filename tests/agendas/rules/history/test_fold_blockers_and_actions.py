"""Folding events into an account's blockers and next actions."""

from datetime import date

from agendas.facts.account import ActionStatus
from agendas.facts.events import ActionChanged, BlockerChanged
from tests.agendas.rules.history.histories import day, nominated


def test_a_blocker_is_opened_acknowledged_updated_and_resolved() -> None:
    history = nominated()
    blocker_id = history.block(2, needs="finance")
    history.add(BlockerChanged(blocker_id, "acknowledged"), 3)
    history.add(BlockerChanged(blocker_id, "acknowledged"), 4)
    history.add(BlockerChanged(blocker_id, "updated", "Two questions left"), 5)
    history.add(BlockerChanged(blocker_id, "updated"), 6)
    (blocker,) = history.state.open_blockers
    assert (blocker.id, blocker.needs, blocker.opened_at) == (blocker_id, "finance", day(2))
    assert (blocker.acknowledged_at, blocker.text) == (day(3), "Two questions left")
    history.add(BlockerChanged(blocker_id, "resolved", "Signed"), 7)
    history.add(BlockerChanged(blocker_id, "resolved", "Signed again"), 8)
    (blocker,) = history.state.blockers
    assert (blocker.resolved_at, blocker.resolution) == (day(7), "Signed")
    assert not history.state.open_blockers


def test_an_action_slips_and_is_done() -> None:
    history = nominated()
    action_id = history.promise(2)
    later = date(2026, 3, 1)
    history.add(ActionChanged(action_id, "slipped", later, "They were away"), 5)
    history.add(ActionChanged(action_id, "slipped"), 6)
    (action,) = history.state.open_actions
    assert (action.due_on, action.slips, action.slipped_at, action.outcome) == (later, 2, day(6), "They were away")
    history.add(ActionChanged(action_id, "done", text="Sent"), 7)
    history.add(ActionChanged(action_id, "dropped"), 8)
    (action,) = history.state.actions
    assert (action.status, action.closed_at, action.outcome) == (ActionStatus.DONE, day(7), "Sent")


def test_a_dropped_action_is_closed() -> None:
    history = nominated()
    history.add(ActionChanged(history.promise(2), "dropped", text="No need"), 3)
    (action,) = history.state.actions
    assert (action.status, action.closed_at, action.outcome) == (ActionStatus.DROPPED, day(3), "No need")


def test_changes_of_unknown_blockers_and_actions_are_ignored() -> None:
    history = nominated()
    wrong = history.block(2)
    history.add(BlockerChanged(wrong, "resolved"), 3)
    history.add(ActionChanged(99, "done"), 3)
    history.correct(wrong, 4)
    assert (history.state.blockers, history.state.actions) == ((), ())
