from dataclasses import replace
from datetime import date

import pytest

from agendas.changes import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Change,
    Corrected,
    Decided,
    DecisionKind,
    Edited,
    ExpansionKind,
    ListChanged,
    Moved,
    Nominated,
    NothingMoved,
    Profile,
)
from agendas.facts import ActionStatus, ListStatus, Source, Stage
from agendas.rules.fold import apply
from tests.agendas.rules.history import day, named, nominated, shown


def test_a_second_nomination_brings_a_removed_account_back_as_a_candidate() -> None:
    history = nominated()
    history.put("removed", 1)
    history.add(Nominated(Profile("Sample Acme Group"), "New budget"), 2)
    assert (history.state.list_status, history.state.name) == (ListStatus.CANDIDATE, "Sample Acme Group")
    assert history.state.because == "New budget"


def test_a_second_nomination_leaves_a_named_account_named() -> None:
    history = named(tier=2)
    history.add(Nominated(Profile("Sample Acme")), 70)
    assert (history.state.list_status, history.state.tier) == (ListStatus.NAMED, 2)
    assert history.state.because == "Sample reason"


def test_an_edit_replaces_the_profile_and_is_no_update() -> None:
    history = nominated()
    history.add(Edited(Profile("Sample Acme", domain="acme.example", owner="U2")), 3)
    assert history.state.profile.owner == "U2"
    assert history.state.last_update_at is None
    assert history.state.last_event_at == day(3)


def test_the_written_reason_is_that_of_the_latest_naming_not_of_a_pause_or_a_restore() -> None:
    history = nominated()
    changes = (
        ("named", 1, "They grew", "They grew"),
        ("paused", 1, "Merger", "They grew"),
        ("named", 1, "Merger done", "They grew"),
        ("named", 2, "Smaller than thought", "Smaller than thought"),
        ("removed", None, "Acquired", "Smaller than thought"),
        ("candidate", None, "Sold again", "Smaller than thought"),
        ("named", 2, "Their budget is back", "Their budget is back"),
    )
    for number, (status, tier, because, justification) in enumerate(changes, 1):
        history.add(ListChanged(status, tier, because), number)
        assert (history.state.because, history.state.justification) == (because, justification)


def test_a_list_change_sets_status_tier_and_reason() -> None:
    history = nominated()
    history.put("named", 2, tier=2)
    state = history.state
    assert (state.list_status, state.tier, state.because) == (ListStatus.NAMED, 2, "Sample reason")
    assert (state.named_at, state.list_changed_at) == (day(2), day(2))


def test_a_pause_and_a_change_of_tier_keep_the_day_it_was_named() -> None:
    history = nominated()
    history.put("named", 2)
    history.put("named", 3, tier=2)
    history.put("paused", 5)
    history.put("named", 9)
    assert (history.state.named_at, history.state.list_changed_at) == (day(2), day(9))


def test_an_account_named_again_after_removal_is_named_from_that_day() -> None:
    history = nominated()
    history.put("named", 2)
    history.put("removed", 5)
    assert history.state.named_at == day(2)
    history.put("named", 9)
    assert history.state.named_at == day(9)


def test_a_paused_candidate_is_named_from_the_day_it_first_comes_on_the_list() -> None:
    history = nominated()
    history.put("paused", 2)
    history.put("named", 4)
    assert history.state.named_at == day(4)


def test_a_move_sets_the_stage_and_its_day() -> None:
    history = nominated()
    history.move("aware", 3)
    state = history.state
    assert (state.stage, state.stage_since, state.last_movement_at) == (Stage.AWARE, day(3), day(3))
    assert not state.stage_has_evidence


def test_a_move_to_the_same_stage_keeps_its_day_and_is_no_movement() -> None:
    history = nominated()
    history.move("aware", 3)
    history.move("aware", 6)
    state = history.state
    assert (state.stage_since, state.last_movement_at, state.last_update_at) == (day(3), day(3), day(6))


def test_an_expansion_is_a_movement_in_the_same_stage() -> None:
    history = nominated()
    history.add(Moved(expansion=ExpansionKind.DEPTH), 4)
    assert (history.state.last_movement_at, history.state.stage) == (day(4), Stage.TARGET)


def test_a_stage_found_by_an_import_starts_its_clock_at_the_import_and_is_no_movement() -> None:
    history = nominated()
    history.add(Moved(to_stage="mqa", since_known=False), 2, recorded_on=8)
    state = history.state
    assert (state.stage, state.stage_since, state.stage_since_known) == (Stage.MQA, day(8), False)
    assert state.last_movement_at is None
    history.move("opportunity", 10)
    assert history.state.stage_since_known


def test_evidence_may_come_after_the_step_and_ends_with_the_stage() -> None:
    history = nominated()
    history.move("aware", 3)
    history.move(None, 5, shown(4))
    assert history.state.stage_has_evidence
    history.move("engaged", 6)
    assert not history.state.stage_has_evidence


def test_the_buyers_touch_is_the_latest_believable_date_of_the_evidence() -> None:
    history = nominated()
    history.move(None, 10, shown(4), shown(8), shown(30))
    assert history.state.last_buyer_touch_at == day(8)
    history.move(None, 12, shown(5))
    assert history.state.last_buyer_touch_at == day(8)


def test_evidence_dated_the_moment_it_was_recorded_is_believed() -> None:
    history = nominated()
    history.move(None, 9, shown(11), recorded_on=11)
    assert history.state.last_buyer_touch_at == day(11)


def test_evidence_dated_only_in_the_future_touches_when_the_event_happened() -> None:
    history = nominated()
    history.move(None, 10, shown(30), recorded_on=11)
    assert history.state.last_buyer_touch_at == day(10)


@pytest.mark.parametrize(
    "ours",
    [
        ActionAdded("Send the plan", "U1", date(2026, 2, 1)),
        ActionChanged(2, "slipped", date(2026, 2, 1)),
        ActionChanged(2, "dropped"),
        BlockerOpened("Legal has it"),
        BlockerChanged(3, "resolved"),
        Decided(DecisionKind.KEEP, "Go on"),
        NothingMoved(),
    ],
)
def test_our_own_plan_with_a_link_does_not_end_the_buyers_silence(ours: Change) -> None:
    history = nominated()
    history.promise(1)
    history.block(1)
    history.move("aware", 2)
    history.add(ours, 5, shown(5))
    assert history.state.last_buyer_touch_at is None
    assert not history.state.stage_has_evidence


def test_an_action_done_with_evidence_ends_the_buyers_silence() -> None:
    history = nominated()
    history.move("aware", 2)
    history.add(ActionChanged(history.promise(3), "done"), 5)
    assert history.state.last_buyer_touch_at is None
    history.add(ActionChanged(history.promise(3), "done"), 6, shown(6))
    assert history.state.last_buyer_touch_at == day(6)
    assert history.state.stage_has_evidence


def test_an_import_is_no_update_of_the_owners() -> None:
    history = nominated()
    history.find("aware", 3)
    history.add(Moved(to_stage="engaged"), 4, source=Source.IMPORT)
    assert history.state.stage is Stage.ENGAGED
    assert history.state.last_update_at is None


def test_a_correction_with_evidence_is_no_buyers_touch() -> None:
    history = nominated()
    wrong = history.move("aware", 3, shown(3))
    history.add(Corrected(wrong), 5, shown(5))
    assert history.state.last_buyer_touch_at is None
    assert history.state.last_event_at == day(5)


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


def test_the_last_decision_is_kept() -> None:
    history = nominated()
    history.add(Decided(DecisionKind.KEEP, "Go on"), 2)
    event_id = history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "U5", date(2026, 2, 1)), 3)
    decision = history.state.decision
    assert decision is not None
    assert (decision.event_id, decision.decision, decision.ask_of) == (event_id, DecisionKind.INTERVENE, "U5")
    assert (decision.decided_at, decision.decided_by, decision.due_on) == (day(3), "U1", date(2026, 2, 1))


@pytest.mark.parametrize(
    ("owner", "promised_on", "what", "is_done"),
    [("U5", 4, "done", True), ("U5", 4, "dropped", False), ("U6", 4, "done", False), ("U5", 2, "done", False)],
)
def test_an_intervention_is_done_with_an_action_that_the_person_asked_took_on_after_it(
    owner: str, promised_on: float, what: str, is_done: bool
) -> None:
    history = nominated()
    history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "U5"), 3)
    action_id = history.promise(promised_on, owner=owner)
    history.add(ActionChanged(action_id, what), 6)  # type: ignore[arg-type]
    decision = history.state.decision
    assert decision is not None
    assert decision.done_at == (day(6) if is_done else None)


@pytest.mark.parametrize("kind", [DecisionKind.KEEP, DecisionKind.PAUSE])
def test_only_an_intervention_can_be_done(kind: DecisionKind) -> None:
    history = nominated()
    history.add(Decided(kind, "Go on", "U1"), 3)
    history.add(ActionChanged(history.promise(4), "done"), 6)
    decision = history.state.decision
    assert decision is not None
    assert decision.done_at is None


def test_updates_are_movements_nothing_blockers_actions_and_decisions() -> None:
    history = nominated()
    updates: list[Change] = [Moved("News"), NothingMoved(), Decided(DecisionKind.KEEP, "Go on")]
    for number, update in enumerate(updates, start=2):
        history.add(update, number)
        assert history.state.last_update_at == day(number)
    history.block(6)
    assert history.state.last_update_at == day(6)
    history.promise(7)
    assert history.state.last_update_at == day(7)
    history.put("paused", 8)
    assert history.state.last_update_at == day(7)


def test_a_change_of_no_known_kind_is_an_error() -> None:
    history = nominated()
    with pytest.raises(TypeError, match="holds a str"):
        apply(history.state, replace(history.events[0], change="news"))  # type: ignore[arg-type]
