"""How deals move an account: by the position of its furthest one, where the stage is the same."""

from typing import Any

from agendas.facts.account import Movement
from agendas.facts.deals import Phase
from agendas.facts.reviews import MovementReason
from tests.agendas.rules.history.deal_history import flags, judged, row, said, with_deal
from tests.agendas.rules.history.histories import named, shown
from tests.cases import cases


def test_a_deal_that_goes_on_advances_the_account_by_its_row() -> None:
    history = with_deal(Phase.EARLY)
    history.deal(Phase.MIDDLE, 72, row(72))
    answer = judged(history)
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags())
    assert (answer.from_phase, answer.to_phase, answer.by_deals) == (Phase.EARLY, Phase.MIDDLE, True)
    assert answer.evidence == (row(72),)


def test_a_deal_that_opens_advances_the_account() -> None:
    history = named(stage="mqa", since=50)
    history.deal(Phase.EARLY, 72, row(72), opened_on=72)
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags())


def test_a_deal_without_a_row_to_show_is_only_claimed() -> None:
    history = with_deal(Phase.EARLY)
    history.deal(Phase.MIDDLE, 72)
    assert said(history) == (Movement.ADVANCED_UNVERIFIED, MovementReason.NO_EVIDENCE, flags())


def test_a_deal_won_since_the_review_stands_highest_and_one_won_before_it_not_at_all() -> None:
    history = with_deal(Phase.LATE)
    history.deal(Phase.WON, 72, row(72))
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags())
    before = with_deal(Phase.WON, stage="customer")
    before.deal(Phase.EARLY, 72, row(72), key="x:2", opened_on=72)
    assert judged(before).movement is Movement.ADVANCED
    assert judged(before).from_phase is None


def test_the_stage_comes_first_and_the_deal_second() -> None:
    history = with_deal(Phase.LATE, stage="mqa")
    history.deal(Phase.LOST, 72)
    history.move("opportunity", 73, shown(73))
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags("opportunity_lost"))
    assert not judged(history).by_deals


def test_the_only_open_deal_lost_is_a_step_back() -> None:
    history = with_deal(Phase.MIDDLE)
    history.deal(Phase.LOST, 72, row(72))
    answer = judged(history)
    assert said(history) == (Movement.REGRESSED, MovementReason.MOVED_DOWN, flags("opportunity_lost"))
    assert (answer.from_phase, answer.to_phase, answer.evidence) == (Phase.MIDDLE, None, (row(72),))


@cases(("other", "expected"), [(Phase.MIDDLE, Movement.UNCHANGED), (Phase.EARLY, Movement.REGRESSED)])
def test_a_lost_deal_is_flagged_and_is_a_step_back_only_where_no_other_stands_as_high(
    other: Phase, expected: Movement
) -> None:
    history = with_deal(Phase.MIDDLE)
    history.deal(other, 61, key="x:2")
    history.deal(Phase.LOST, 72)
    assert judged(history).movement is expected
    assert "opportunity_lost" in judged(history).flags


def test_up_and_back_is_bounced_and_a_phase_left_out_is_skipped() -> None:
    history = with_deal(Phase.EARLY)
    history.deal(Phase.LATE, 72, row(72))
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags("skipped_stage"))
    history.deal(Phase.EARLY, 74)
    assert said(history) == (Movement.UNCHANGED, MovementReason.UP_AND_BACK, flags("bounced"))


def test_history_of_before_the_review_is_reclassified_and_no_movement() -> None:
    history = with_deal(Phase.EARLY)
    history.deal(Phase.LATE, 65, row(65), recorded_on=74)
    assert said(history) == (Movement.UNCHANGED, MovementReason.IMPORTED, flags("reclassified"))
    history.deal(Phase.WON, 75, row(75))
    answer = judged(history)
    assert (answer.movement, answer.from_phase, answer.to_phase) == (Movement.ADVANCED, Phase.LATE, Phase.WON)


@cases("found", [{"since_known": False}, {"opened_on": 30}])
def test_a_deal_that_an_import_finds_is_no_movement(found: dict[str, Any]) -> None:
    history = named(stage="opportunity", since=50)
    history.deal(Phase.MIDDLE, 72, row(72), **found)
    assert said(history) == (Movement.UNCHANGED, MovementReason.IMPORTED, flags("reclassified"))
    assert judged(history).expansions == ()


@cases("other", [None, Phase.EARLY, Phase.LATE])
def test_a_deal_won_since_the_review_and_first_seen_now_is_an_advance_by_its_row(other: Phase | None) -> None:
    history = named(stage="opportunity", since=50)
    if other:
        history.deal(other, 60, row(60), key="x:2")
    history.deal(Phase.WON, 72, row(72), opened_on=30)
    answer = judged(history)
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags())
    assert (answer.from_phase, answer.to_phase, answer.evidence) == (other, Phase.WON, (row(72),))


def test_a_lost_deal_that_is_won_is_an_advance_and_a_won_one_that_is_lost_is_flagged() -> None:
    history = with_deal(Phase.LOST)
    history.deal(Phase.WON, 72, row(72))
    answer = judged(history)
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags())
    assert (answer.from_phase, answer.to_phase) == (None, Phase.WON)
    other = with_deal(Phase.WON, stage="customer")
    other.deal(Phase.LOST, 72, row(72))
    assert said(other) == (Movement.UNCHANGED, MovementReason.SAME_STAGE, flags("opportunity_lost"))


@cases("phase", [Phase.WON, Phase.LOST])
def test_a_deal_found_closed_on_an_unknown_day_or_before_the_review_is_no_movement(phase: Phase) -> None:
    undated, old = named(stage="opportunity", since=50), named(stage="opportunity", since=50)
    undated.deal(phase, 72, row(72), since_known=False)
    old.deal(phase, 65, row(65), opened_on=30, recorded_on=72)
    assert said(undated) == said(old) == (Movement.UNCHANGED, MovementReason.SAME_STAGE, flags())


def test_another_meaning_of_a_stages_name_is_no_movement() -> None:
    history = with_deal(Phase.EARLY, stage_name="Pilot")
    history.deal(Phase.LATE, 72, row(72), stage_name="Pilot")
    assert said(history) == (Movement.UNCHANGED, MovementReason.IMPORTED, flags("reclassified"))
