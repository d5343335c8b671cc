"""Folding moves into an account, and the evidence that ends a buyer's silence."""

from dataclasses import replace
from datetime import datetime

from agendas.facts.account import Source, Stage
from agendas.facts.events import (
    ActionChanged,
    Moved,
    Noted,
)
from tests.agendas.rules.history.histories import History, day, nominated, shown


def test_a_move_sets_the_stage_and_its_day() -> None:
    history = nominated()
    history.move("aware", 3)
    state = history.state
    assert (state.stage, state.stage_since, state.last_movement_at) == (Stage.AWARE, day(3), day(3))
    assert not state.stage_has_evidence


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
    history.move(None, 5, shown(4, step="aware"))
    assert history.state.stage_has_evidence
    history.move("engaged", 6)
    assert not history.state.stage_has_evidence


def test_the_buyers_touch_is_the_latest_believable_date_of_the_evidence() -> None:
    history = nominated()
    history.move(None, 10, shown(4), shown(8), shown(30))
    assert history.state.last_buyer_touch_at == day(8)
    history.move(None, 12, shown(5))
    assert history.state.last_buyer_touch_at == day(8)


def test_an_action_done_with_evidence_ends_the_buyers_silence() -> None:
    history = nominated()
    history.move("aware", 2)
    history.add(ActionChanged(history.promise(3), "done"), 5)
    assert history.state.last_buyer_touch_at is None
    history.add(ActionChanged(history.promise(3), "done"), 6, shown(6, step="aware"))
    assert history.state.last_buyer_touch_at == day(6)
    assert history.state.stage_has_evidence


def test_an_import_is_no_update_of_the_owners() -> None:
    history = nominated()
    history.find("aware", 3)
    history.add(Moved(to_stage="engaged"), 4, source=Source.IMPORT)
    assert history.state.stage is Stage.ENGAGED
    assert history.state.last_update_at is None


def test_a_note_is_no_movement_no_update_and_no_touch() -> None:
    history = nominated()
    history.move("engaged", 3, shown(3))
    before = history.state
    history.add(Noted("12,000 impressions and 40 MQLs"), 9)
    assert history.state == replace(before, last_event_at=day(9))


def test_an_account_remembers_when_it_left_customer_and_opportunity_last() -> None:
    def left(history: History) -> tuple[datetime | None, datetime | None]:
        return history.state.left_opportunity_at, history.state.left_customer_at

    history = nominated()
    history.move("customer", 3, shown(3))
    assert left(history) == (None, None)
    history.move("opportunity", 5)
    assert left(history) == (None, day(5))
    history.move("mqa", 7)
    history.move("aware", 8)
    assert left(history) == (day(7), day(5))
    history.move("customer", 9, shown(9))
    wrong = history.move("target", 11)
    assert left(history) == (day(11), day(11))
    history.correct(wrong, 12)
    assert left(history) == (day(7), day(5))
