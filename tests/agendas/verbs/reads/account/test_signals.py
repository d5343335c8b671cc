"""The signals of an account come page by page, those that happened last first."""

from dataclasses import replace

import pytest

from agendas.facts.account import Source
from agendas.facts.events import Profile
from agendas.facts.signals import NotedSignal, SignalGiven, SignalKind, SignalStrength
from agendas.verbs import account_list
from agendas.verbs.card import SIGNALS_PER_PAGE, account_signals
from agendas.verbs.signals import take_signals
from storage.database import Store
from tests.builders import ANN, EVE, NOW, ZONE, ago, author
from tests.program import Program, learn_people

SIGNAL = SignalGiven("acme.example", SignalKind.INTENT, SignalStrength.HIGH, "", ago(1), "s-1")


@pytest.fixture
def program(store: Store) -> Program:
    return listed(store)


def listed(store: Store) -> Program:
    """Acme is on the list."""
    learn_people(store)
    program = Program(store)
    acme = program.did(account_list.nominate, ANN, ago(9), Profile("Acme", domain="acme.example")).event.account_id
    program.did(account_list.put_on_list, EVE, ago(8), acme, tier=1, because="Fits")
    program.accounts["acme"] = acme
    return program


def takes(program: Program, *sent: SignalGiven) -> None:
    program.store.write_now(take_signals, author(source=Source.WEBHOOK), sent)


def every_page(program: Program) -> list[list[NotedSignal]]:
    """The pages, as the button for older ones opens one after another."""
    pages, before_id = [], None
    while True:
        acme = program.accounts["acme"]
        found = program.read(account_signals, acme, now=NOW, zone=ZONE, before_id=before_id)
        pages.append(list(found.signals))
        if not found.more_value:
            return pages
        account_id, _, last = found.more_value.partition(" ")
        assert int(account_id) == acme
        before_id = int(last)


def test_signals_whose_ids_run_against_their_dates_come_by_date_also_when_a_month_is_filled_in(
    program: Program,
) -> None:
    takes(program, *(replace(SIGNAL, id=f"a{number:02}", occurred_at=ago(number)) for number in range(1, 16)))
    takes(program, *(replace(SIGNAL, id=f"b{number:02}", occurred_at=ago(30 + number)) for number in range(1, 16)))
    takes(program, replace(SIGNAL, id="c", occurred_at=ago(20)))
    pages = every_page(program)
    assert [len(page) for page in pages] == [SIGNALS_PER_PAGE] * 3 + [1]
    told = [each.signal.happened_at for page in pages for each in page]
    expected = [*(ago(day) for day in range(1, 16)), ago(20), *(ago(30 + day) for day in range(1, 16))]
    assert told == expected


def test_signals_of_one_moment_are_each_on_one_page(program: Program) -> None:
    takes(program, *(replace(SIGNAL, id=str(number)) for number in range(25)))
    ids = [each.signal.id for page in every_page(program) for each in page]
    assert ids == sorted(set(ids), reverse=True)
    assert len(ids) == 25
