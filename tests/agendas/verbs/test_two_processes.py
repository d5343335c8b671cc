"""Two processes doing the work at once: neither fails, and the result is stored once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlmodel import Session, select

from agendas.errors import Refused
from agendas.facts.people import Right
from agendas.facts.reviews import CadenceFacts
from agendas.verbs import account_list, cadences, people, updates
from agendas.verbs.letters import learn
from agendas.verbs.reads import admin_ids
from storage import deals, workspaces
from storage import people as stored_people
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.reviews import Cadence
from storage.models.workspaces import Channel, Person, Workspace
from storage.people import SlackUser
from storage.workspaces import Installation
from tests.agendas.verbs.test_cadences import WISH
from tests.builders import ANN, EVE, NOW, WORKSPACE, author, profile
from tests.program import learn_people

pytestmark = pytest.mark.database("sqlite", "postgres")

TIMES = range(5)
"""How often it is tried: two threads do not meet each time."""


@pytest.fixture
def both(database_url: str) -> Iterator[tuple[Store, Store]]:
    """The stores of two processes on one database."""
    stores = Store(database_url), Store(database_url)
    yield stores
    for each in stores:
        each.close()


def at_once(both: tuple[Store, Store], *works: Callable[[Session], object]) -> list[object]:
    """Run both works at the same moment, each on a store of its own, and return their results."""
    together = Barrier(2)

    def begun(store: Store, work: Callable[[Session], object]) -> object:
        together.wait()
        return store.write_now(work)

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(begun, both, works))


def installed(session: Session, name: str) -> Workspace:
    found = Installation(f"T{name}", "Sample", "", "U0BOT0001", "B1")
    return workspaces.save_installation(session, found, time_zone="UTC", now=NOW)


def seen(session: Session, name: str) -> None:
    users = [SlackUser(f"U{name}{number}", WORKSPACE, "Somebody") for number in range(3)]
    learn(session, WORKSPACE, users, NOW)


def named(session: Session, name: str) -> None:
    people.first_admins(session, WORKSPACE, [f"U{name}"], now=NOW)


def known(session: Session, name: str) -> Channel:
    return stored_people.get_or_add_channel(session, WORKSPACE, f"C{name}")


def scheduled(session: Session, name: str) -> CadenceFacts:
    return cadences.schedule(session, author(EVE, NOW), f"C{name}", WISH)


@pytest.mark.parametrize(
    ("work", "table", "rows"),
    [(installed, Workspace, 1), (seen, Person, 3), (named, Person, 1), (known, Channel, 1), (scheduled, Cadence, 1)],
    ids=["workspace", "people", "first admin", "channel", "cadence"],
)
def test_what_both_meet_for_the_first_time_is_stored_once(both: tuple[Store, Store], work, table, rows):
    learn_people(both[0])
    before = both[0].read_now(lambda session: len(session.exec(select(table)).all()))
    for number in TIMES:
        at_once(both, *2 * [lambda session, name=f"0NEW{number}": work(session, name)])
    after = both[0].read_now(lambda session: len(session.exec(select(table)).all()))
    assert after - before == rows * len(TIMES)


def test_of_what_two_imports_learn_of_stages_at_once_nothing_is_lost(both: tuple[Store, Store]) -> None:
    learn_people(both[0])
    for number in TIMES:
        words = [f"{name} {number}" for name in ("Pilot", "Tender")]
        at_once(
            both,
            *(partial(deals.save_phases, workspace_id=WORKSPACE, system="crm", phases={w: "early"}) for w in words),
        )
    assert len(both[0].read_now(deals.phases, WORKSPACE)["crm"]) == 2 * len(TIMES)


def test_two_admins_who_take_the_right_from_each_other_at_once_leave_one(both: tuple[Store, Store]) -> None:
    learn_people(both[0])

    def takes(who: str, whom: str) -> Callable[[Session], str]:
        def work(session: Session) -> str:
            try:
                people.give(session, author(who, NOW), whom, function=None, right=Right.EDITOR)
            except Refused as refused:
                return str(refused)
            return "taken"

        return work

    for _ in TIMES:
        both[0].write_now(people.first_admins, WORKSPACE, [ANN, EVE], now=NOW)
        first, second = sorted(map(str, at_once(both, takes(ANN, EVE), takes(EVE, ANN))))
        assert first.endswith("is the only admin. Make somebody else an admin first.")
        assert second == "taken"
        assert len(both[0].read_now(admin_ids, WORKSPACE)) == 1


def test_two_people_who_ask_one_person_at_once_make_one_message(both: tuple[Store, Store]) -> None:
    learn_people(both[0])
    numbers = [
        both[0].write_now(account_list.nominate, author(EVE), profile(name, owner=None)).event.account_id
        for name in ("Acme Corp", "Globex")
    ]

    def ask(session: Session, number: int) -> None:
        updates.add_action(session, author(EVE), number, text="Call them", owner=ANN, due_on=NOW.date())

    for _ in TIMES:
        at_once(both, *(partial(ask, number=number) for number in numbers))
    with both[0].reading() as session:
        told = list(session.exec(select(Letter).where(Letter.page == "told")))
        parents = list(session.exec(select(Letter.parent).where(Letter.page == "one_told")))
    assert parents == [told[0].id] * 2 * len(TIMES)
    assert len(told) == 1
