"""Somebody is deactivated: who can help is told once each time, of what the person left behind and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlmodel import select

from agendas.facts.account import Rhythm
from agendas.facts.people import LeftBehind, Promised, Right
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import account_list, cadences, people, updates
from agendas.verbs.card import full_card, own_accounts
from agendas.verbs.letters import learn, left_behind, note_refusal
from agendas.verbs.reads import workspace_health
from agendas.verbs.review_reads import review_item
from storage import account_items, reviews
from storage.database import Store
from storage.models.delivery import Letter
from storage.people import SlackUser
from tests.builders import ANN, BOB, CLEO, DAN, EVE, HOUR, NOW, WORKSPACE, ZONE, ago, profile
from tests.program import Program, stored_program

NAMES = {ANN: "Ann", BOB: "Bob", CLEO: "Cleo", DAN: "Dan", EVE: "Eve"}


def says(store: Store, *user_ids: str, is_deleted: bool = True, hours: int = 0) -> None:
    """Slack says of these people that they are deactivated, or are not."""
    users = [SlackUser(user_id, WORKSPACE, NAMES[user_id], is_deleted=is_deleted) for user_id in user_ids]
    store.write_now(learn, WORKSPACE, users, NOW + timedelta(hours=hours))


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
    store.write_now(note_refusal, WORKSPACE, BOB, error="user_disabled", now=NOW + 25 * HOUR)
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
    assert program.read(left_behind, BOB) is None
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
    assert program.read(left_behind, BOB) == expected
    program.did(account_list.edit, ANN, NOW, ids["globex"], profile("Globex", owner=ANN))
    assert program.read(left_behind, BOB) == replace(expected, owned=())
    says(store, BOB, is_deleted=False)
    assert program.read(left_behind, BOB) is None


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
