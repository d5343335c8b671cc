from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from sqlmodel import Session, select

from agendas.facts.account import Rhythm
from agendas.facts.people import LeftBehind, Promised, Right
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import account_list, cadences, people, updates
from agendas.verbs import letters as letter_verbs
from agendas.verbs import reviews as review_verbs
from agendas.verbs.card import full_card, own_accounts
from agendas.verbs.reads import workspace_health
from agendas.verbs.review_reads import review_item
from storage import account_items, outbox, reviews
from storage import people as stored_people
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.workspaces import Channel
from storage.people import SlackUser
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, EVE, HOUR, NOW, WORKSPACE, ZONE, ago, profile
from tests.program import Program, stored_program
from tests.storage.letters import letter


# A channel the bot cannot post to: paused once, its helpers told once, resumed when it is well.
def letters(store: Store) -> list[tuple[str, str]]:
    with store.reading() as session:
        found = session.exec(select(Letter).where(Letter.page == "trouble").order_by(Letter.key))
        return [(letter.user_id, letter.subject["error"]) for letter in found]


def pause(store: Store, error: str = "is_archived", *, hours: int = 0, channel_id: str = CHANNEL) -> None:
    store.write_now(letter_verbs.pause_channel, WORKSPACE, channel_id, error=error, now=NOW + timedelta(hours=hours))


def test_of_trouble_that_two_processes_hear_of_at_once_people_are_told_once(store: Store) -> None:
    stored_program(store)
    pause(store)
    store.write_now(letter_verbs.resume_channel, WORKSPACE, CHANNEL)
    together = Barrier(2, timeout=1)

    def pause_with_another(session: Session, second: int) -> None:
        stored_people.get_or_add_channel(session, WORKSPACE, CHANNEL)
        with suppress(BrokenBarrierError):  # SQLite lets one in at a time
            together.wait()
        now = NOW + timedelta(hours=1, seconds=second)
        letter_verbs.pause_channel(session, WORKSPACE, CHANNEL, error="is_archived", now=now)

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(lambda second: store.write_now(pause_with_another, second), (0, 1))) == [None, None]
    assert letters(store) == 2 * [(EVE, "is_archived")]


def test_a_channel_that_is_well_again_can_be_in_trouble_again(store: Store) -> None:
    stored_program(store)
    pause(store)
    assert store.write_now(letter_verbs.resume_channel, WORKSPACE, CHANNEL)
    assert not store.write_now(letter_verbs.resume_channel, WORKSPACE, CHANNEL)
    pause(store, "restricted_action", hours=1)
    assert letters(store) == [(EVE, "is_archived"), (EVE, "restricted_action")]


def test_a_channel_never_heard_of_is_paused_and_was_not_paused_before(store: Store) -> None:
    assert not store.write_now(letter_verbs.resume_channel, WORKSPACE, "C0NEVER")
    store.write_now(letter_verbs.pause_channel, WORKSPACE, "C0NEVER", error="channel_not_found", now=NOW)
    channel = store.read_now(stored_people.find_channel, WORKSPACE, "C0NEVER")
    assert channel is not None
    assert channel.trouble == "channel_not_found"


FRESH = "C0FRESH01"
"""A channel for which nothing waits yet."""


def channel_of(store: Store) -> Channel:
    channel = store.read_now(stored_people.find_channel, WORKSPACE, FRESH)
    assert channel is not None
    return channel


def test_a_channel_is_tried_with_one_letter_by_one_process_after_longer_and_longer(store: Store) -> None:
    stored_program(store)
    pause(store, "restricted_action", channel_id=FRESH)
    values = {"workspace_id": WORKSPACE, "channel_id": FRESH, "created_at": NOW, "due_at": NOW}
    wanted = store.write_now(outbox.queue, letter("wanted", **values))
    store.write_now(outbox.queue, letter("next", **values))
    tried = []
    for minutes in range(200):
        now = NOW + timedelta(minutes=minutes)
        for row_id in store.read_now(outbox.channels_due, now, 10):
            store.write_now(letter_verbs.try_again, row_id, now=now)
            # another process found it at the same instant
            store.write_now(letter_verbs.try_again, row_id, now=now)
            assert channel_of(store).trial == wanted.id
            tried.append(minutes)
            store.write_now(
                letter_verbs.pause_channel, WORKSPACE, FRESH, error="restricted_action_read_only_channel", now=now
            )
            assert channel_of(store).trial is None
    assert tried == [10, 20, 40, 80, 140]
    assert letters(store) == [(EVE, "restricted_action")]


def test_nothing_is_tried_where_nothing_waits(store: Store) -> None:
    stored_program(store)
    pause(store, channel_id=FRESH)
    assert store.read_now(outbox.channels_due, NOW + timedelta(days=1), 10) == []


# Somebody is deactivated: who can help is told once each time, of what the person left behind and nothing else.

NAMES = {ANN: "Ann", BOB: "Bob", CLEO: "Cleo", DAN: "Dan", EVE: "Eve"}


def says(store: Store, *user_ids: str, is_deleted: bool = True, hours: int = 0) -> None:
    users = [SlackUser(user_id, WORKSPACE, NAMES[user_id], is_deleted=is_deleted) for user_id in user_ids]
    store.write_now(letter_verbs.learn, WORKSPACE, users, NOW + timedelta(hours=hours))


def told(store: Store) -> list[tuple[str, str]]:
    """Return (recipient, deactivated person) of each notice, in the order queued."""
    with store.reading() as session:
        found = session.exec(select(Letter).where(Letter.page == "deactivated").order_by(Letter.id))
        return [(letter.user_id, letter.subject["user_id"]) for letter in found]


def another_cadence(program: Program, *, facilitator: str, tiers: tuple[int, ...]) -> None:
    weekly = Plan(Rhythm.WEEKLY, date(2026, 12, 1), time(10), ZONE)
    wish = CadenceWish(weekly, minutes=45, facilitator=facilitator, tiers=tiers)
    program.did(cadences.schedule, EVE, NOW, f"C0{facilitator}", wish)


def test_admins_and_who_facilitates_a_review_of_the_accounts_are_told_once_each(store: Store) -> None:
    program = stored_program(store)
    another_cadence(program, facilitator=DAN, tiers=(1,))
    another_cadence(program, facilitator=ANN, tiers=(3,))
    says(store, BOB)
    assert sorted(told(store)) == [(DAN, BOB), (EVE, BOB)]
    says(store, BOB, hours=24)
    store.write_now(letter_verbs.note_refusal, WORKSPACE, BOB, error="user_disabled", now=NOW + 25 * HOUR)
    assert len(told(store)) == 2


@pytest.mark.database("sqlite", "postgres")
def test_several_processes_that_learn_it_at_once_tell_it_once(store: Store) -> None:
    stored_program(store)
    with ThreadPoolExecutor(4) as threads:
        every = [threads.submit(says, store, BOB, hours=hours) for hours in range(4)]
        for each in every:
            each.result()
    assert told(store) == [(EVE, BOB)]


def test_nobody_is_told_of_somebody_who_left_nothing_behind(store: Store) -> None:
    program = stored_program(store)
    program.did(account_list.remove, EVE, NOW, program.accounts["umber"], because="Bought by another")
    program.did(account_list.remove, EVE, NOW, program.accounts["larch"], because="No fit")
    program.did(account_list.remove, EVE, NOW, program.accounts["globex"], because="Bought by another")
    assert program.read(account_items.actions_of_owner, BOB)
    says(store, BOB, CLEO, DAN)
    assert told(store) == []
    assert program.read(letter_verbs.left_behind, BOB) is None
    assert program.read(workspace_health, now=NOW).deactivated == ()


def test_who_is_deactivated_is_told_nothing_and_the_others_are(store: Store) -> None:
    program = stored_program(store)
    another_cadence(program, facilitator=BOB, tiers=())
    program.did(people.give, EVE, NOW, ANN, function=None, right=Right.ADMIN)
    says(store, BOB, EVE)
    assert sorted(told(store)) == [(ANN, BOB), (ANN, EVE)]


def test_what_somebody_left_behind_is_as_it_is_when_it_is_told(store: Store) -> None:
    program = stored_program(store)
    ids = program.accounts
    program.did(updates.add_action, BOB, ago(1), ids["acme"], text="Ask the CFO", due_on=date(2026, 11, 1))
    program.did(updates.add_action, BOB, ago(1), ids["globex"], text="Book a call", due_on=date(2026, 12, 1))
    program.did(account_list.edit, ANN, ago(1), ids["acme"], profile("Acme Corp", marketing_partner=BOB))
    another_cadence(program, facilitator=BOB, tiers=())
    says(store, BOB)
    expected = LeftBehind(
        BOB,
        "Bob",
        owned=("Globex",),
        partnered=("Acme Corp",),
        promised=(Promised("Acme Corp", 1), Promised("Globex", 2)),
        facilitates=(f"C0{BOB}",),
    )
    assert program.read(letter_verbs.left_behind, BOB) == expected
    program.did(account_list.edit, ANN, NOW, ids["globex"], profile("Globex", owner=ANN))
    assert program.read(letter_verbs.left_behind, BOB) == replace(expected, owned=())
    says(store, BOB, is_deleted=False)
    assert program.read(letter_verbs.left_behind, BOB) is None


def test_the_card_and_the_agenda_name_the_deactivated_owner_in_place_of_an_update_of_theirs(store: Store) -> None:
    program = stored_program(store)
    globex = program.accounts["globex"]
    review_id = program.reviews[-1]
    item_id = next(row.row_id for row in store.read_now(reviews.items, review_id) if row.account_id == globex)

    def said_of_globex() -> list[tuple[bool, tuple[str, ...]]]:
        card = program.read(full_card, globex, now=NOW, zone=ZONE).item
        agenda = program.read(review_item, item_id, now=NOW)
        mine, _ = program.read(own_accounts, BOB, now=NOW, zone=ZONE)
        facts = [card.facts, agenda.facts, *(each.facts for each in mine)]
        return [(each.owner_is_deactivated, each.missing_updates_from) for each in facts]

    assert said_of_globex() == [(False, (BOB,))] * 3
    says(store, BOB)
    assert said_of_globex() == [(True, ())] * 3
    acme = program.read(full_card, program.accounts["acme"], now=NOW, zone=ZONE)
    assert not acme.item.facts.owner_is_deactivated


# A private channel that gets a new id keeps its cadence, its open review and its place.

NEW = "C0SHARED1"


def follows(program: Program, old_id: str = CHANNEL) -> None:
    program.store.write_now(letter_verbs.follow_channel, WORKSPACE, old_id, NEW, now=NOW)


def test_cadence_open_review_and_letters_follow(program: Program) -> None:
    with program.store.writing() as session:
        for letter in outbox.of_review(session, program.reviews[-1]):
            outbox.record_sent(session, letter, channel_id=CHANNEL, ts=f"17.{letter.id}", at=NOW)
    follows(program)
    assert program.read(reviews.cadence_of, CHANNEL) is None
    assert program.read(reviews.cadence_of, NEW).row_id == program.cadence_id
    assert program.read(reviews.open_in, NEW).row_id == program.reviews[-1]
    program.did(updates.move, ANN, NOW, program.accounts["acme"], text="News")
    letters = program.store.read_now(outbox.of_review, program.reviews[-1])
    assert {letter.channel_id for letter in letters} == {NEW}
    assert {letter.sent_channel for letter in letters if letter.state == "sent"} == {NEW}
    program.closes_review(NOW)
    program.store.write_now(review_verbs.open_due, program.cadence_id, now=NOW + timedelta(days=6))
    assert program.read(reviews.open_in, NEW) is not None


def test_the_event_told_twice_or_of_a_channel_unknown_changes_nothing(program: Program) -> None:
    follows(program, "C0UNKNOWN")
    assert program.read(reviews.cadence_of, CHANNEL) is not None
    follows(program)
    follows(program)
    assert program.read(reviews.cadence_of, NEW).row_id == program.cadence_id
