"""Months of a program of five channels: each date comes to one end, each letter to one message, the ledger says so.

Weekly, biweekly and monthly reviews, public holidays, changes of the clocks, restarts, archived channels, and two of a
hundred calls failing; people answer, hold, move and skip as a seed draws it.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import takewhile

import pytest

from agendas.facts.program import WEEKLY_CAP, LedgerState
from agendas.facts.reviews import Plan
from agendas.rules.notices import week_of
from agendas.rules.schedule import instant_of, planned_dates
from agendas.verbs.loading import settings_of
from agendas.verbs.notices import UNASKED
from agendas.verbs.review_reads import channel_ledger
from storage import reviews
from storage.models.delivery import LetterState
from storage.models.reviews import CadenceChange, Review, ReviewState
from tests.failures.contents import keys_there, letters
from tests.months.program import BEGINS_AT, CADENCES
from tests.months.simulation import Simulation, simulate

DAYS, MONTHS = timedelta(days=4), timedelta(days=62)
ENDED = {LetterState.SENT, LetterState.DROPPED, LetterState.COLLECTED}


@pytest.mark.parametrize(
    ("lasts", "restarts", "archived"), [(DAYS, 2, 1), pytest.param(MONTHS, 4, 2, marks=pytest.mark.proof)]
)
def test_each_date_comes_to_one_end_and_each_letter_to_one_message(database_url: str, lasts, restarts, archived):
    done = simulate(database_url, BEGINS_AT + lasts, seed=18, restarts=restarts, archived=archived)
    try:
        assert done.restarts == restarts
        assert min(done.slack.failed.values()) > 0
        assert_every_date_came_to_one_end(done)
        assert_no_letter_is_lost_or_doubled(done)
        assert_nobody_is_over_the_cap(done)
        assert_the_ledger_says_so(done)
    finally:
        done.store.close()


def assert_every_date_came_to_one_end(done: Simulation) -> None:
    """Each planned date has a review, held, not held, missed or still open; or it was skipped, or moved ahead of us."""
    for name, wanted in CADENCES:
        rows, changes = of_channel(done, name)
        held = Counter(row.planned_on for row in rows)
        assert set(held.values()) <= {1}, name
        skipped = {each.planned_on for each in changes if each.moved_to is None}
        ahead = {each.planned_on for each in changes if each.moved_to is not None and each.moved_to > done.until}
        assert set(dates_of(wanted, done.until)) - skipped - ahead == set(held) - skipped, name
        assert not skipped & set(held), name
        for row in rows:
            assert row.state != ReviewState.OPEN or row.closes_at is None or row.closes_at > done.until, (
                name,
                row.slot,
            )


def assert_no_letter_is_lost_or_doubled(done: Simulation) -> None:
    """All that the outbox says was posted is there once, and nothing else is."""
    stored = letters(done.store)
    left = [each for each in stored if each.state not in ENDED and each.due_at < done.until - timedelta(hours=2)]
    assert [(each.key, each.state, each.last_error) for each in left] == []
    posted = [each.key for each in stored if each.state == LetterState.SENT and each.target is None]
    there = Counter(keys_there(done.sandbox))
    assert {key: number for key, number in there.items() if number > 1} == {}
    assert set(there) == set(posted)


def assert_nobody_is_over_the_cap(done: Simulation) -> None:
    cap = done.store.read_now(settings_of, done.sandbox.workspace.team.id).number(WEEKLY_CAP)
    weeks = Counter(
        (each.user_id, week_of(each.sent_at, "UTC"))
        for each in letters(done.store)
        if each.page in UNASKED and each.state == LetterState.SENT and each.target is None and each.sent_at
    )
    assert {week: number for week, number in weeks.items() if number > cap} == {}
    assert weeks


def assert_the_ledger_says_so(done: Simulation) -> None:
    workspace = done.sandbox.workspace.team.id
    for name, _ in CADENCES:
        channel_id = done.sandbox.channel_state(name).id
        said = {
            each.review_id: each for each in done.store.read_now(channel_ledger, workspace, channel_id, now=done.until)
        }
        rows, _ = of_channel(done, name)
        for row in rows[-5:]:
            line = said[row.row_id]
            is_missed = row.state == ReviewState.MISSED
            assert (line.state == LedgerState.MISSED) == is_missed, (name, row.slot, line)
        assert [each for each in said.values() if each.state is LedgerState.UNSURE] == []


def of_channel(done: Simulation, name: str) -> tuple[list[Review], list[CadenceChange]]:
    """The channel's reviews in the order of their dates, and the changes of dates."""
    workspace, channel_id = done.sandbox.workspace.team.id, done.sandbox.channel_state(name).id
    row = done.store.read_now(reviews.cadence_of, workspace, channel_id)
    assert row is not None
    found = [each for each in done.store.read_now(reviews.get_all, workspace) if each.cadence_id == row.row_id]
    return sorted(found, key=lambda each: each.planned_on), done.store.read_now(reviews.changes, row.row_id)


def dates_of(plan: Plan, until: datetime) -> Iterator[date]:
    return takewhile(lambda on: instant_of(plan, on)[0] <= until, planned_dates(plan, plan.anchor_on))
