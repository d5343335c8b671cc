"""How deals move an account: by the position of its furthest one, where the stage is the same."""

from datetime import date
from typing import Any

import pytest

from agendas.changes import Evidence
from agendas.facts import Movement
from agendas.review_facts import Expansion, MovementAnswer
from agendas.rules.movement import Reason, movement
from agendas.subjects.opportunities import OpportunityType, Phase
from tests.agendas.rules.history import History, day, named

# The last held review was on day 70, now is day 77.

MORE = OpportunityType.EXISTING_BUSINESS


def row(on_day: float) -> Evidence:
    """The CRM's row of that day."""
    return Evidence("Pilot in the CRM", day(on_day), kind="crm")


def judged(history: History) -> MovementAnswer:
    return movement(history.facts())


def said(history: History) -> tuple[Movement, str, frozenset[str]]:
    answer = judged(history)
    return answer.movement, answer.reason, answer.flags


def flags(*names: str) -> frozenset[str]:
    return frozenset(names)


def with_deal(phase: Phase = Phase.EARLY, *, stage: str = "opportunity", **values: Any) -> History:
    """An account with one deal in this phase since day 60."""
    history = named(stage=stage, since=50)
    history.deal(phase, 60, row(60), **values)
    return history


def test_a_deal_that_goes_on_advances_the_account_by_its_row() -> None:
    history = with_deal(Phase.EARLY)
    history.deal(Phase.MIDDLE, 72, row(72))
    answer = judged(history)
    assert said(history) == (Movement.ADVANCED, Reason.EVIDENCE, flags())
    assert (answer.from_phase, answer.to_phase, answer.by_deals) == (Phase.EARLY, Phase.MIDDLE, True)
    assert answer.evidence == (row(72),)


def test_a_deal_that_opens_advances_the_account() -> None:
    history = named(stage="mqa", since=50)
    history.deal(Phase.EARLY, 72, row(72), opened_on=72)
    assert said(history) == (Movement.ADVANCED, Reason.EVIDENCE, flags())


def test_a_deal_without_a_row_to_show_is_only_claimed() -> None:
    history = with_deal(Phase.EARLY)
    history.deal(Phase.MIDDLE, 72)
    assert said(history) == (Movement.ADVANCED_UNVERIFIED, Reason.NO_EVIDENCE, flags())


def test_only_the_furthest_open_deal_counts() -> None:
    history = with_deal(Phase.LATE)
    history.deal(Phase.EARLY, 61, key="x:2")
    history.deal(Phase.MIDDLE, 72, row(72), key="x:2")
    assert said(history) == (Movement.UNCHANGED, Reason.SAME_STAGE, flags())


def test_a_deal_won_since_the_review_stands_highest_and_one_won_before_it_not_at_all() -> None:
    history = with_deal(Phase.LATE)
    history.deal(Phase.WON, 72, row(72))
    assert said(history) == (Movement.ADVANCED, Reason.EVIDENCE, flags())
    before = with_deal(Phase.WON, stage="customer")
    before.deal(Phase.EARLY, 72, row(72), key="x:2", opened_on=72)
    assert judged(before).movement is Movement.ADVANCED
    assert judged(before).from_phase is None


def test_the_stage_comes_first_and_the_deal_second() -> None:
    history = with_deal(Phase.LATE, stage="mqa")
    history.deal(Phase.LOST, 72)
    history.move("opportunity", 73, row(73))
    assert said(history) == (Movement.ADVANCED, Reason.EVIDENCE, flags("opportunity_lost"))
    assert not judged(history).by_deals


def test_the_only_open_deal_lost_is_a_step_back() -> None:
    history = with_deal(Phase.MIDDLE)
    history.deal(Phase.LOST, 72, row(72))
    answer = judged(history)
    assert said(history) == (Movement.REGRESSED, Reason.MOVED_DOWN, flags("opportunity_lost"))
    assert (answer.from_phase, answer.to_phase, answer.evidence) == (Phase.MIDDLE, None, (row(72),))


@pytest.mark.parametrize(("other", "expected"), [(Phase.MIDDLE, Movement.UNCHANGED), (Phase.EARLY, Movement.REGRESSED)])
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
    assert said(history) == (Movement.ADVANCED, Reason.EVIDENCE, flags("skipped_stage"))
    history.deal(Phase.EARLY, 74)
    assert said(history) == (Movement.UNCHANGED, Reason.UP_AND_BACK, flags("bounced"))


def test_history_of_before_the_review_is_reclassified_and_no_movement() -> None:
    history = with_deal(Phase.EARLY)
    history.deal(Phase.LATE, 65, row(65), recorded_on=74)
    assert said(history) == (Movement.UNCHANGED, Reason.IMPORTED, flags("reclassified"))
    history.deal(Phase.WON, 75, row(75))
    answer = judged(history)
    assert (answer.movement, answer.from_phase, answer.to_phase) == (Movement.ADVANCED, Phase.LATE, Phase.WON)


def test_history_that_was_overtaken_before_the_review_changes_nothing() -> None:
    history = with_deal(Phase.LATE)
    history.deal(Phase.EARLY, 40, row(40), recorded_on=74)
    assert said(history) == (Movement.UNCHANGED, Reason.SAME_STAGE, flags())


@pytest.mark.parametrize("found", [{"since_known": False}, {"opened_on": 30}])
def test_a_deal_that_an_import_finds_is_no_movement(found: dict[str, Any]) -> None:
    history = named(stage="opportunity", since=50)
    history.deal(Phase.MIDDLE, 72, row(72), **found)
    assert said(history) == (Movement.UNCHANGED, Reason.IMPORTED, flags("reclassified"))
    assert judged(history).expansions == ()


@pytest.mark.parametrize("other", [None, Phase.EARLY, Phase.LATE])
def test_a_deal_won_since_the_review_and_first_seen_now_is_an_advance_by_its_row(other: Phase | None) -> None:
    history = named(stage="opportunity", since=50)
    if other:
        history.deal(other, 60, row(60), key="x:2")
    history.deal(Phase.WON, 72, row(72), opened_on=30)
    answer = judged(history)
    assert said(history) == (Movement.ADVANCED, Reason.EVIDENCE, flags())
    assert (answer.from_phase, answer.to_phase, answer.evidence) == (other, Phase.WON, (row(72),))


def test_a_deal_lost_since_the_review_and_first_seen_now_is_flagged() -> None:
    history = named(stage="opportunity", since=50)
    history.deal(Phase.LOST, 72, row(72), opened_on=30)
    assert said(history) == (Movement.UNCHANGED, Reason.SAME_STAGE, flags("opportunity_lost"))


def test_a_lost_deal_that_is_won_is_an_advance_and_a_won_one_that_is_lost_is_flagged() -> None:
    history = with_deal(Phase.LOST)
    history.deal(Phase.WON, 72, row(72))
    answer = judged(history)
    assert said(history) == (Movement.ADVANCED, Reason.EVIDENCE, flags())
    assert (answer.from_phase, answer.to_phase) == (None, Phase.WON)
    other = with_deal(Phase.WON, stage="customer")
    other.deal(Phase.LOST, 72, row(72))
    assert said(other) == (Movement.UNCHANGED, Reason.SAME_STAGE, flags("opportunity_lost"))


@pytest.mark.parametrize(("before", "after"), [(Phase.LOST, Phase.WON), (Phase.WON, Phase.LOST)])
def test_another_meaning_of_a_closed_stage_is_no_movement(before: Phase, after: Phase) -> None:
    history = with_deal(before, stage_name="Closed")
    history.deal(after, 72, row(72), stage_name="Closed")
    assert said(history) == (Movement.UNCHANGED, Reason.SAME_STAGE, flags())


@pytest.mark.parametrize("phase", [Phase.WON, Phase.LOST])
def test_a_deal_found_closed_on_an_unknown_day_or_before_the_review_is_no_movement(phase: Phase) -> None:
    undated, old = named(stage="opportunity", since=50), named(stage="opportunity", since=50)
    undated.deal(phase, 72, row(72), since_known=False)
    old.deal(phase, 65, row(65), opened_on=30, recorded_on=72)
    assert said(undated) == said(old) == (Movement.UNCHANGED, Reason.SAME_STAGE, flags())


def test_a_deal_found_closed_on_an_unknown_day_keeps_it_unknown_when_its_stage_is_renamed() -> None:
    history = named(stage="opportunity", since=50)
    history.deal(Phase.WON, 72, row(72), since_known=False, stage_name="Won")
    history.deal(Phase.WON, 73, row(73), stage_name="Closed won")
    assert said(history) == (Movement.UNCHANGED, Reason.SAME_STAGE, flags())


def test_another_meaning_of_a_stages_name_closes_a_deal_without_movement() -> None:
    history = with_deal(Phase.LATE, stage_name="Signed")
    history.deal(Phase.WON, 72, row(72), stage_name="Signed")
    assert said(history) == (Movement.UNCHANGED, Reason.IMPORTED, flags("reclassified"))


def test_another_meaning_of_a_stages_name_is_no_movement() -> None:
    history = with_deal(Phase.EARLY, stage_name="Pilot")
    history.deal(Phase.LATE, 72, row(72), stage_name="Pilot")
    assert said(history) == (Movement.UNCHANGED, Reason.IMPORTED, flags("reclassified"))


def test_an_import_taken_back_is_no_movement() -> None:
    history = named(stage="opportunity", since=50)
    history.correct(history.deal(Phase.LATE, 60, row(60)), 72)
    assert said(history) == (Movement.UNCHANGED, Reason.CORRECTED, flags("corrected"))


def test_a_customer_expands_by_existing_business_won_and_opened_by_currency() -> None:
    history = with_deal(Phase.WON, stage="customer", amount_cents=900, currency="EUR")
    history.deal(Phase.LATE, 65, key="x:2", type=MORE, amount_cents=500, currency="EUR")
    history.deal(Phase.WON, 72, row(72), key="x:2", type=MORE, amount_cents=600, currency="EUR")
    history.deal(Phase.EARLY, 73, key="x:3", type=MORE, amount_cents=100, currency="USD", opened_on=73)
    history.deal(Phase.EARLY, 73, key="x:4", type=MORE, amount_cents=70, currency="EUR", opened_on=73)
    answer = judged(history)
    assert answer.expansions == (
        Expansion("booked", "EUR", 600, 1),
        Expansion("pipeline", "EUR", 70, 1),
        Expansion("pipeline", "USD", 100, 1),
    )
    assert "expanded" in answer.flags


@pytest.mark.parametrize("values", [{"type": OpportunityType.NEW_BUSINESS}, {"type": MORE, "adds_value": False}])
def test_new_business_and_renewals_expand_no_customer(values: dict[str, Any]) -> None:
    history = with_deal(Phase.WON, stage="customer")
    history.deal(Phase.LATE, 65, key="x:2", **values)
    history.deal(Phase.WON, 72, key="x:2", amount_cents=600, currency="EUR", **values)
    assert judged(history).expansions == ()


def test_a_deal_of_unknown_amount_counts_as_a_deal_and_not_as_nothing() -> None:
    history = with_deal(Phase.WON, stage="customer")
    history.deal(Phase.WON, 72, key="x:2", type=MORE)
    assert judged(history).expansions == (Expansion("booked", "", None, 1),)


@pytest.mark.parametrize(("amount", "grown"), [(1199, ()), (1200, (Expansion("pipeline", "EUR", 200, 1),))])
def test_the_open_amount_of_others_expands_by_a_fifth(amount: int, grown: tuple[Expansion, ...]) -> None:
    history = with_deal(Phase.EARLY, amount_cents=1000, currency="EUR")
    history.deal(Phase.EARLY, 72, row(72), amount_cents=amount, currency="EUR")
    assert judged(history).expansions == grown


def test_an_amount_that_no_row_shows_or_in_another_currency_or_first_expands_nobody() -> None:
    history = with_deal(Phase.EARLY, amount_cents=1000, currency="EUR")
    history.deal(Phase.EARLY, 72, amount_cents=2000, currency="EUR")
    history.deal(Phase.EARLY, 72, row(72), key="x:2", amount_cents=9000, currency="USD", opened_on=72)
    assert judged(history).expansions == ()
    first = named(stage="mqa", since=50)
    first.deal(Phase.EARLY, 72, row(72), amount_cents=9000, currency="USD", opened_on=72)
    assert judged(first).expansions == ()


def test_a_close_date_that_is_pushed_moves_nothing() -> None:
    history = with_deal(Phase.EARLY, closes_on=date(2026, 4, 1))
    history.deal(Phase.EARLY, 72, row(72), closes_on=date(2026, 5, 1))
    assert judged(history).movement is Movement.UNCHANGED


def test_an_amount_that_history_raises_after_the_review_counts_though_the_deals_own_row_is_dated_before() -> None:
    history = named(stage="opportunity", since=50)
    history.deal(Phase.MIDDLE, 60.5, row(60.5), recorded_on=75, amount_cents=200, opened_on=50)
    for phase, on_day, amount in ((Phase.EARLY, 50, 100), (Phase.MIDDLE, 60, 100), (Phase.MIDDLE, 72, 200)):
        history.deal(phase, on_day, row(on_day), recorded_on=76, amount_cents=amount, is_history=True)
    answer = judged(history)
    assert answer.expansions == (Expansion("pipeline", "", 100, 1),)
    assert len(answer.evidence) == len(set(answer.evidence)) == 4


def test_an_amount_that_no_row_of_older_history_has_is_no_growth() -> None:
    history = named(stage="opportunity", since=50)
    history.deal(Phase.MIDDLE, 60, row(60), recorded_on=75, amount_cents=200, opened_on=50)
    for phase, on_day in ((Phase.EARLY, 50), (Phase.MIDDLE, 61)):
        history.deal(phase, on_day, row(on_day), recorded_on=76, amount_cents=100, is_history=True)
    history.deal(Phase.MIDDLE, 74, row(74), recorded_on=77, amount_cents=200, next_step="Call")
    answer = judged(history)
    assert (answer.movement, answer.expansions) == (Movement.UNCHANGED, ())
    assert len(answer.evidence) == len(set(answer.evidence)) == 4
