"""Held reviews in a row at which a confirmed date excuses a stall: two, and no third while the date stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agendas.errors import Refused
from agendas.facts.evidence import WaitingSet
from agendas.rules.reviews import place
from agendas.verbs import reviews, updates
from agendas.verbs.updates import wait_for
from storage.database import Store
from tests.agendas.verbs.undo.correcting import corrects, facts
from tests.builders import ANN, CHANNEL, EVE, HOUR, NOW, evidence
from tests.program import Program, stored_program

DAY, WEEK = timedelta(days=1), timedelta(days=7)
BEGUN = NOW + 60 * DAY
"""When Acme, engaged for 65 days of 30, waits for a date for the first time."""


@pytest.fixture
def program(store: Store) -> Program:
    program = stored_program(store)
    program.closes_review(NOW + HOUR)
    return program


def waits(program: Program, week: int, *, days: int = 28) -> None:
    """Acme waits for a date so many days after a day before the review of that week."""
    at = BEGUN + week * WEEK
    theirs = replace(evidence("Their board decides", at), url=f"https://mail.example/{week}")
    wanted = WaitingSet((at + days * DAY).date(), "Their board decides")
    program.did(wait_for, EVE, at, program.accounts["acme"], wanted, evidence=(theirs,))


def reviewed(program: Program, week: int) -> bool:
    """Hold the review of that week, which closes a day later; true if Acme was excused as it opened."""
    at = BEGUN + week * WEEK + DAY
    opened = program.did(reviews.open_now, EVE, at, CHANNEL, asked_by=f"week {week}", today=at.date())
    program.reviews.append(opened.row_id)
    is_stalled = place(facts(program, at)).stall.is_stalled
    program.closes_review(at + DAY)
    return not is_stalled


def test_a_date_of_the_day_of_the_review_counts_though_it_has_passed_as_the_review_closes(program: Program) -> None:
    for week in range(2):
        waits(program, week, days=1)
        assert reviewed(program, week)
    with pytest.raises(Refused, match="at 2 reviews in a row, which is the most"):
        waits(program, 2)


def test_a_review_at_which_a_date_was_spent_is_one_of_a_stall_after_another_entry_was_corrected(
    program: Program,
) -> None:
    waits(program, 0)
    noted = program.did(updates.move, ANN, BEGUN + HOUR, program.accounts["acme"], text="They may merge")
    assert [reviewed(program, week) for week in range(3)] == [True, True, False]
    at = BEGUN + 2 * WEEK + 3 * DAY
    assert facts(program, at).aged_before
    corrects(program, noted.event.id, at=at)
    assert facts(program, at + HOUR).aged_before
