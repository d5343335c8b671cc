"""A review freezes accounts while others record: each event is in the snapshot, or belongs to the next review."""

from datetime import timedelta

import pytest

from agendas.verbs import take_updates
from agendas.verbs.look_up_reviews import review_facts
from agendas.verbs.rebuild import rebuild_review
from storage.engine import Store
from tests.builders import ANN, NOW, Program, stored_program

SECOND = timedelta(seconds=1)


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def test_what_was_asked_before_a_review_closed_and_done_after_counts_for_the_next_one(program: Program) -> None:
    acme, review_id = program.accounts["acme"], program.reviews[-1]
    program.closes_review(NOW)
    frozen = program.read(review_facts, review_id, now=NOW + SECOND)
    told = program.did(take_updates.move, ANN, NOW - SECOND, acme, text="Told while it closed")
    assert told.event.happened_at == NOW - SECOND
    assert told.event.recorded_at > NOW
    assert program.read(rebuild_review, review_id) == frozen


def test_a_review_closed_with_a_clock_behind_still_holds_everything_recorded(program: Program) -> None:
    acme, review_id = program.accounts["acme"], program.reviews[-1]
    told = program.did(take_updates.move, ANN, NOW + SECOND, acme, text="Told by a clock ahead")
    program.closes_review(NOW)
    frozen = program.read(review_facts, review_id, now=NOW + 2 * SECOND)
    assert frozen.closed_at == told.event.recorded_at
    assert program.read(rebuild_review, review_id) == frozen
