"""A private channel that gets a new id keeps its cadence, its open review and its place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agendas.facts.account import Source
from agendas.verbs.letters.follow_channel import follow_channel
from agendas.verbs.letters.trouble import note_sharing
from agendas.verbs.list import change
from agendas.verbs.reads import accounts
from agendas.verbs.reviews import start
from agendas.verbs.updates import updates
from storage import events, people, reviews
from storage.database.engine import Store
from storage.delivery import leases, outbox
from tests.builders import ANN, CHANNEL, EVE, NOW, WORKSPACE, profile
from tests.program import Program, stored_program

pytestmark = pytest.mark.database("sqlite", "postgres")

NEW = "C0SHARED1"


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def follows(program: Program, old_id: str = CHANNEL) -> None:
    program.store.write_now(follow_channel, WORKSPACE, old_id, NEW, now=NOW)


def test_cadence_open_review_and_letters_follow(program: Program) -> None:
    with program.store.writing() as session:
        for letter in outbox.of_review(session, program.reviews[-1]):
            leases.record_sent(session, letter, channel_id=CHANNEL, ts=f"17.{letter.id}", at=NOW)
    follows(program)
    assert program.read(reviews.cadence_of, CHANNEL) is None
    assert program.read(reviews.cadence_of, NEW).row_id == program.cadence_id
    assert program.read(reviews.open_in, NEW).row_id == program.reviews[-1]
    program.did(updates.move, ANN, NOW, program.accounts["acme"], text="News")
    letters = program.store.read_now(outbox.of_review, program.reviews[-1])
    assert {letter.channel_id for letter in letters} == {NEW}
    assert {letter.sent_channel for letter in letters if letter.state == "sent"} == {NEW}
    program.closes_review(NOW)
    program.store.write_now(start.open_due, program.cadence_id, now=NOW + timedelta(days=6))
    assert program.read(reviews.open_in, NEW) is not None


def test_one_that_is_shared_already_is_paused_and_its_helper_told(program: Program) -> None:
    program.store.write_now(note_sharing, WORKSPACE, NEW, is_shared=True, now=NOW)
    follows(program)
    channel = program.read(people.find_channel, NEW)
    assert (channel.is_shared, channel.trouble) == (True, "is_ext_shared")
    assert program.read(outbox.by_key, f"trouble:{NEW}:0:{EVE}") is not None


def test_the_event_told_twice_or_of_a_channel_unknown_changes_nothing(program: Program) -> None:
    follows(program, "C0UNKNOWN")
    assert program.read(reviews.cadence_of, CHANNEL) is not None
    follows(program)
    follows(program)
    assert program.read(reviews.cadence_of, NEW).row_id == program.cadence_id


def test_an_account_keeps_its_own_channel_and_the_history_says_so(program: Program) -> None:
    acme = program.accounts["acme"]
    own = replace(
        profile("Acme Corp", segment="Retail", value_cents=12_000_000, currency="USD"), channel_id="G0ACME001"
    )
    program.did(change.edit, ANN, NOW, acme, own)
    follows(program, "G0ACME001")
    assert program.read(accounts.split_account, "this", channel_id=NEW) == (acme, "")
    [last] = program.store.read_now(events.page, acme, before_id=None, limit=1)
    assert (last.source, last.change["profile"]["channel_id"]) == (Source.SYSTEM, NEW)
