"""Accounts left out of a review: counted from review to review, added once."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.verbs import review_reads
from agendas.verbs.cadences import add_account
from storage import outbox, reviews, trail
from storage.models.reviews import ReviewItem
from tests.builders import ANN, BOB, CHANNEL, NOW, WORKSPACE
from tests.program import Program

WEEK = timedelta(days=7)


def leaves_out(program: Program, short: str) -> int:
    """The open review has no minutes for the account; return its item."""
    with program.store.writing() as session:
        item = _item(session, program, short)
        item.part, item.minutes = "left_out", 8
        session.add(item)
        return item.row_id


def _item(session: Session, program: Program, short: str) -> ReviewItem:
    found = reviews.items(session, program.reviews[-1])
    return next(item for item in found if item.account_id == program.accounts[short])


def times(program: Program, short: str) -> int:
    """How often the review that is open found the account left out before."""
    return int(program.store.read_now(lambda session: _item(session, program, short).times_left_out))


def test_the_reviews_in_a_row_that_left_an_account_out_are_counted(program: Program) -> None:
    found = []
    for week in range(1, 4):
        if week < 3:
            leaves_out(program, "acme")
        program.closes_review(NOW + (week - 1) * WEEK)
        program.opens_review(NOW + week * WEEK - timedelta(days=1))
        found.append(times(program, "acme"))
    assert found == [1, 2, 0]
    assert times(program, "globex") == 0


def test_an_account_is_added_once_its_message_posted_and_the_header_edited_after_it(program: Program) -> None:
    item_id = leaves_out(program, "acme")
    assert program.did(add_account, ANN, NOW, item_id) == ("Acme Corp", date(2026, 11, 23))
    with pytest.raises(Refused, match="in the review of Mon 23 Nov already"):
        program.did(add_account, BOB, NOW, item_id)
    [entry] = program.read(trail.of_subject, f"review:{program.reviews[-1]}")
    assert (entry.actor, entry.at, entry.before, entry.after) == (
        ANN,
        NOW,
        {"account_id": program.accounts["acme"], "part": "left_out"},
        {"account_id": program.accounts["acme"], "part": "discussed"},
    )
    letters = program.store.read_now(outbox.of_review, program.reviews[-1])
    [posted] = [letter for letter in letters if letter.key.endswith(f":item:{item_id}")]
    edits = [letter for letter in letters if ":header:edit:" in letter.key]
    assert [edit.parent for edit in edits] == [posted.id]
    with pytest.raises(Outdated):
        program.did(add_account, ANN, NOW, 999_999)
    program.closes_review(NOW)
    program.opens_review(NOW + WEEK - timedelta(days=1))
    assert times(program, "acme") == 0, "it was discussed"


def test_the_open_review_of_an_account_is_found_with_its_closing(program: Program) -> None:
    acme, larch = program.accounts["acme"], program.accounts["larch"]
    found = program.store.read_now(review_reads.of_accounts, WORKSPACE, [acme, larch])
    assert list(found) == [acme]
    assert found[acme].id == program.reviews[-1]
    assert found[acme].closes_at is not None
    assert program.read(review_reads.in_workspace) == (program.read(review_reads.in_channel, CHANNEL),)
    program.closes_review(NOW)
    assert program.read(review_reads.in_workspace) == ()
