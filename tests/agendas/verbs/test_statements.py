"""Number of SQL statements for a review: no more for more accounts."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from agendas.facts.account import Rhythm
from agendas.facts.events import ListChanged, Moved, Nominated, Profile
from agendas.facts.reviews import CadenceWish, Plan
from agendas.rendering.words import Words
from agendas.verbs import review_reads, reviews
from agendas.verbs.cadences import schedule
from agendas.verbs.closing import close_by_person
from agendas.verbs.compose import compose
from agendas.verbs.record import create_many
from storage import outbox
from storage import reviews as stored_reviews
from storage.database import Store
from tests.builders import ANN, EVE, HOUR, NOW, WORKSPACE, author
from tests.program import Program, learn_people
from tests.statements import statements

FEW, MANY = 10, 100
LATER = NOW + HOUR
CHANNELS = {FEW: "C0FEW0001", MANY: "C0MANY001"}
SEGMENTS = {FEW: "Few", MANY: "Many"}


@pytest.fixture
def program(store: Store) -> Program:
    """Ten named accounts reviewed in one channel and a hundred in another, all with news."""
    learn_people(store)
    tiers = {FEW: 2, MANY: 1}
    wanted = [
        (
            Nominated(Profile(f"Sample {count} {number}", segment=segment, owner=ANN)),
            (ListChanged("named", tiers[count], "Agreed"), Moved("A first call")),
        )
        for count, segment in SEGMENTS.items()
        for number in range(count)
    ]
    store.write_now(create_many, author(at=NOW - timedelta(days=60)), wanted)
    weekly = Plan(Rhythm.WEEKLY, date(2026, 11, 24), time(10), "America/New_York")
    for count, channel_id in CHANNELS.items():
        wish = CadenceWish(weekly, minutes=10_000, facilitator=EVE, segments=(SEGMENTS[count],))
        store.write_now(schedule, author(EVE, NOW - HOUR), channel_id, wish)
    return Program(store)


def cost(store: Store, verb: Callable[..., Any], *args: Any, **values: Any) -> int:
    """How many statements the verb sends in a transaction of its own."""
    with store.writing() as session, statements(session) as sent:
        verb(session, *args, **values)
    return len(sent)


def letter_costs(store: Store, review_id: int, page: str) -> int:
    """Return the number of statements that composing the first letter of that page takes."""
    letters = store.read_now(outbox.of_review, review_id)
    letter = next(each for each in letters if each.page == page and each.kind == "post")
    with store.reading() as session, statements(session) as sent:
        assert compose(session, letter, words=Words(), now=LATER)
    return len(sent)


def close(session: Session, review_id: int) -> None:
    close_by_person(session, author(EVE, LATER), review_id, attended=(ANN,))


def costs_of_review(program: Program, channel_id: str, size: int) -> dict[str, int]:
    """The statements of everything that is done with one review of that size."""
    store = program.store
    cadence = program.read(stored_reviews.cadence_of, channel_id)
    found = {"open": cost(store, reviews.open_due, cadence.row_id, now=NOW)}
    review = program.read(stored_reviews.open_in, channel_id)
    assert len(store.read_now(stored_reviews.items, review.row_id)) == size
    for page in ("agenda", "review_header"):
        found[page] = letter_costs(store, review.row_id, page)
    found["ledger"] = cost(store, review_reads.channel_ledger, WORKSPACE, channel_id, now=LATER)
    found["close"] = cost(store, close, review.row_id)
    found["recap"] = letter_costs(store, review.row_id, "recap")
    return found


def test_a_review_of_a_hundred_accounts_takes_as_many_statements_as_one_of_ten(program: Program) -> None:
    few, many = (costs_of_review(program, CHANNELS[count], count) for count in (FEW, MANY))
    assert few == many
