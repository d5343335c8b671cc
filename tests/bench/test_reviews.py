"""Benchmarks of reviews: results they refuse, and the count of statements."""

from datetime import timedelta

import pytest
from sqlmodel import Session, text

from bench.figures import BenchFailed
from bench.program import fill
from bench.reviews import Open, noted, opened
from storage.database.engine import Store
from storage.tables import Letter
from tests.builders import CHANNEL, NOW, WORKSPACE

pytestmark = pytest.mark.parametrize("empty_database_url", ["sqlite"], indirect=True)


def test_a_review_of_the_programs_accounts_opens_draws_and_closes(empty_database_url: str) -> None:
    fill(empty_database_url, named=3, candidates=2, days=9)
    store = Store(empty_database_url)
    review = opened(store, 5)
    review.draw("agenda")
    review.close()
    review.draw("recap")
    store.close()


def test_a_review_that_lacks_an_agenda_and_a_letter_composed_to_nothing_are_refused(empty_database_url: str) -> None:
    fill(empty_database_url, named=2, days=1)
    store = Store(empty_database_url)
    with pytest.raises(BenchFailed, match="a review of 3 accounts has 2 agendas"):
        opened(store, 3)
    letter = Letter(
        workspace_id=WORKSPACE, key="k", kind="post", page="said", channel_id=CHANNEL, created_at=NOW, due_at=NOW
    )
    letter.subject = {"messages": []}
    with pytest.raises(BenchFailed, match="composed to nothing"):
        Open(store, 1, 1, [letter], NOW - timedelta(minutes=1)).compose([letter])
    store.close()


def test_each_statement_counts_once(empty_database_url: str) -> None:
    def ask(session: Session) -> None:
        session.execute(text("select 1"))

    store = Store(empty_database_url)
    with noted() as sent:
        store.read_now(ask)
        store.read_now(ask)
    store.read_now(ask)
    assert sent == ["select 1", "select 1"]
    store.close()
