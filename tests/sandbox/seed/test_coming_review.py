"""The coming review of the sample program: the same in any week, with everything a review can show."""

from datetime import UTC, datetime, timedelta

import pytest

from agendas.facts.account import ActionStatus, Movement, Stage
from agendas.facts.plays import PlayEnd
from agendas.facts.reviews.review import Bucket
from agendas.rules.deals.proposed_stage import proposed_stage
from agendas.rules.list.justification import missing_parts
from agendas.rules.plays.running import running
from storage.database.engine import Store
from tests.sandbox.seed.sample import FEW_SECONDS, Sample, named, seeded


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(datetime(2026, 11, 25, 12, tzinfo=UTC), marks=pytest.mark.proof),
        # a second before a review, and in its minute: the next week's
        pytest.param(datetime(2026, 11, 30, 13, 59, 59, tzinfo=UTC), marks=pytest.mark.proof),
        pytest.param(datetime(2026, 11, 30, 14, 0, tzinfo=UTC), marks=pytest.mark.proof),
        datetime(2027, 3, 12, 23, tzinfo=UTC),  # the clocks go forward before the review
        pytest.param(datetime(2027, 5, 3, 3, tzinfo=UTC), marks=pytest.mark.proof),
        pytest.param(datetime(2028, 3, 1, 0, tzinfo=UTC), marks=pytest.mark.proof),  # after a leap day
    ],
    ids=str,
)
def test_the_coming_review_is_the_same_in_any_week(empty_store: Store, now: datetime) -> None:
    sample = seeded(empty_store, now)
    assert now < sample.opens_at <= now + timedelta(days=7) + FEW_SECONDS
    assert [
        (item.facts.account.name, item.placement.bucket, item.part, item.minutes) for item in sample.opens().items
    ] == [
        ("Corvane Logistics", Bucket.NEEDS_INTERVENTION, "discussed", 8),
        ("Halden Pharma", Bucket.NEEDS_INTERVENTION, "discussed", 3),
        ("Osprey Gridworks", Bucket.STALLED, "discussed", 8),
        ("Tallow & Pine", Bucket.STALLED, "discussed", 3),
        ("Sable Hotels", Bucket.STALLED, "discussed", 2),
        ("Merrow Insurance", Bucket.EXPANDED, "discussed", 3),
        ("Brightwater Rail", Bucket.ADVANCED, "discussed", 8),
        ("Juniper Vale Health", Bucket.ADVANCED, "left_out", 8),
        ("Lindqvist Paper", Bucket.ADVANCED, "discussed", 3),
        ("Kestrel Foods", Bucket.STEADY, "discussed", 2),
        ("Vantor Mobility", Bucket.STEADY, "listed", 0),
        ("Fennimore Tools", Bucket.STEADY, "listed", 0),
    ]


def test_an_account_that_the_review_before_left_out_comes_back_with_what_moved_since_its_own_last_one(
    sample: Sample,
) -> None:
    items = named(sample.opens())
    assert {name: item.times_left_out for name, item in items.items() if item.times_left_out} == {"Merrow Insurance": 1}
    assert items["Merrow Insurance"].part == "discussed"
    assert items["Merrow Insurance"].facts.reviewed_on == sample.calendar.day("9 mon")


def test_the_coming_review_shows_every_kind_of_movement_and_stall(sample: Sample) -> None:
    items = named(sample.opens())
    moved = {name: item.placement.movement.movement for name, item in items.items()}
    assert moved["Brightwater Rail"] is Movement.ADVANCED
    assert moved["Kestrel Foods"] is Movement.ADVANCED_UNVERIFIED
    assert moved["Halden Pharma"] is Movement.REGRESSED
    assert moved["Lindqvist Paper"] is Movement.ADVANCED
    assert items["Lindqvist Paper"].placement.movement.is_new
    assert "expanded" in items["Merrow Insurance"].placement.movement.flags
    causes = {name: [cause.kind for cause in item.placement.stall.causes] for name, item in items.items()}
    assert causes["Sable Hotels"] == ["aged"]
    assert causes["Tallow & Pine"] == ["quiet"]
    assert causes["Osprey Gridworks"] == ["aged", "quiet"]


def test_the_coming_review_shows_every_fate_of_an_action_and_old_and_resolved_blockers(sample: Sample) -> None:
    items = named(sample.opens())
    actions = [action for item in items.values() for action in item.facts.account.actions]
    today = sample.calendar.day("11 mon")
    assert {action.status for action in actions} == set(ActionStatus)
    assert any(action.slips > 1 for action in actions)
    assert any(action.status is ActionStatus.OPEN and action.due_on < today for action in actions)
    corvane = items["Corvane Logistics"]
    assert [code for code, _, _ in corvane.placement.reasons[:2]] == ["blocker_needs_executive", "ask_overdue"]
    assert any(days > 14 for _, days, _ in corvane.placement.reasons[:1])
    assert [blocker.resolution for blocker in items["Brightwater Rail"].facts.account.blockers] != [""]
    assert corvane.facts.account.profile.channel_id == "C0DEAL001"


def test_one_play_was_answered_by_the_buyer_one_runs_and_the_outcome_of_one_is_overdue(sample: Sample) -> None:
    found = named(sample.opens())
    today = sample.calendar.day("11 mon")
    runs = {name: running(item.facts.account, today) for name, item in found.items()}
    assert {
        name: [(each.run.play, len(each.open_steps), each.days_overdue) for each in of]
        for name, of in runs.items()
        if of
    } == {
        "Brightwater Rail": [("business_case", 4, 0)],
        "Halden Pharma": [("second_thread", 0, 4)],
    }
    [answered] = found["Corvane Logistics"].facts.account.plays
    assert (answered.play, answered.end) == ("reference_call", PlayEnd.OUTCOME)


def test_accounts_of_tiers_1_and_2_say_why_in_three_parts_but_for_one_with_a_gap(sample: Sample) -> None:
    found = named(sample.opens())
    missing = {name: missing_parts(item.facts.account) for name, item in found.items()}
    assert {name: parts for name, parts in missing.items() if parts} == {"Lindqvist Paper": ("motion",)}


def test_one_open_deal_of_the_crm_proposes_a_stage_that_nobody_confirmed_yet(sample: Sample) -> None:
    found = named(sample.opens())
    proposed = {name: each for name, item in found.items() if (each := proposed_stage(item.facts.account))}
    assert {name: (each.stage, each.deal.profile.name) for name, each in proposed.items()} == {
        "Sable Hotels": (Stage.OPPORTUNITY, "Eleven hotels")
    }
    assert found["Sable Hotels"].facts.account.stage is Stage.MQA


def test_the_coming_review_tells_what_was_corrected_since_the_last_one(sample: Sample) -> None:
    [told] = named(sample.opens())["Halden Pharma"].facts.corrected
    assert told.entry.evidence[0].text == "Mail of two"
    assert told.correction.recorded_at > told.entry.recorded_at


def test_an_account_that_would_be_stalled_waits_for_a_date_that_the_buyer_confirmed(sample: Sample) -> None:
    vantor = named(sample.opens())["Vantor Mobility"]
    excuse = vantor.placement.stall.excuse
    assert excuse is not None
    assert (vantor.placement.bucket, excuse.waiting.until) == (Bucket.STEADY, sample.calendar.day("12 thu"))
    assert [(cause.kind, cause.days, cause.limit_days) for cause in excuse.causes] == [("aged", 46, 45)]
