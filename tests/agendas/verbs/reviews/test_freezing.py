"""A review freezes accounts while others record: each event is in the snapshot, or belongs to the next review."""

from datetime import UTC, datetime, timedelta

from agendas.verbs import reads, updates
from agendas.verbs.card import full_card
from agendas.verbs.review_reads import review_facts
from storage.models.workspaces import Workspace
from tests.builders import ANN, NOW, WORKSPACE, ZONE
from tests.program import Program
from tests.rebuilding import rebuild_review

SECOND = timedelta(seconds=1)


def test_what_was_asked_before_a_review_closed_and_done_after_counts_for_the_next_one(program: Program) -> None:
    acme, review_id = program.accounts["acme"], program.reviews[-1]
    program.closes_review(NOW)
    frozen = program.read(review_facts, review_id, now=NOW + SECOND)
    told = program.did(updates.move, ANN, NOW - SECOND, acme, text="Told while it closed")
    assert told.event.happened_at == NOW - SECOND
    assert told.event.recorded_at > NOW
    assert program.read(rebuild_review, review_id) == frozen


def test_a_review_closed_with_a_clock_behind_still_holds_everything_recorded(program: Program) -> None:
    acme, review_id = program.accounts["acme"], program.reviews[-1]
    told = program.did(updates.move, ANN, NOW + SECOND, acme, text="Told by a clock ahead")
    program.closes_review(NOW)
    frozen = program.read(review_facts, review_id, now=NOW + 2 * SECOND)
    assert frozen.closed_at == told.event.recorded_at
    assert program.read(rebuild_review, review_id) == frozen


def set_limits(program: Program, settings: dict[str, int]) -> None:
    with program.store.writing() as session:
        session.get_one(Workspace, WORKSPACE).settings = settings


def test_limits_changed_while_a_review_is_open_count_from_the_next_one(program: Program) -> None:
    umber, review_id = program.accounts["umber"], program.reviews[-1]
    before = program.read(review_facts, review_id, now=NOW)
    set_limits(program, {"tier.2.quiet.aware": 7, "tier.2.minutes": 10})
    card = program.read(full_card, umber, now=NOW, zone=ZONE).item
    assert card.placement.stall.quiet_limit_days == 7
    assert card == program.read(reads.account_card, umber, now=NOW, zone=ZONE)
    assert program.read(review_facts, review_id, now=NOW) == before

    program.closes_review(NOW)
    frozen = program.read(review_facts, review_id, now=NOW + SECOND)
    assert program.read(rebuild_review, review_id) == frozen
    next_id = program.opens_review(datetime(2026, 11, 30, 15, tzinfo=UTC))
    set_limits(program, {})
    opened = program.read(review_facts, next_id, now=NOW + timedelta(days=7))
    (item,) = [each for each in opened.items if each.facts.account.account_id == umber]
    assert (item.minutes, item.placement.stall.quiet_limit_days) == (10, 7)
    rebuilt = program.read(rebuild_review, next_id, moment="opened")
    assert [item.placement.stall.quiet_limit_days for item in rebuilt.items if item.facts.account.tier == 2] == [7, 7]
    assert program.read(review_facts, review_id, now=NOW + timedelta(days=7)).items == frozen.items
