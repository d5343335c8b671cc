"""Signals of somebody who is not known yet keep the address, and are that person's once they are in the group."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest

from agendas.facts.account import Source
from agendas.facts.group import Contact, ContactProfile
from agendas.facts.signals import NotedSignal, SignalGiven, SignalKind, SignalsTaken, SignalStrength
from agendas.verbs import account_list
from agendas.verbs.card import account_signals, signals_webhook
from agendas.verbs.corrections import take_back
from agendas.verbs.group import add_contact, edit_contact
from agendas.verbs.signals import take_signals
from storage import account_items, signals
from storage.database import Store
from tests.builders import ANN, EVE, HOUR, NOW, ZONE, ago, author, profile
from tests.program import Program, learn_people
from tests.storage.waiting import until_it_waits

JO = ContactProfile("Jo Sample", "CFO", "Jo@Acme.example")
CAME_AT = ago(2)
SIGNAL = SignalGiven(
    account="acme.example",
    signal=SignalKind.WEB_VISIT,
    strength=SignalStrength.HIGH,
    text="Pricing page",
    occurred_at=ago(3),
    id="s-1",
    person="jo@acme.example",
)


@pytest.fixture
def program(store: Store) -> Program:
    """Acme and Globex are on the list; nobody is known there."""
    learn_people(store)
    program = Program(store)
    for name in ("acme", "globex"):
        known = profile(name.title(), domain=f"{name}.example")
        program.accounts[name] = program.did(account_list.nominate, ANN, ago(9), known).event.account_id
        program.did(account_list.put_on_list, EVE, ago(8), program.accounts[name], tier=1, because="Fits")
    return program


def taken(program: Program, *sent: SignalGiven, at: datetime = CAME_AT) -> SignalsTaken:
    by = author(source=Source.WEBHOOK, at=at)
    found: SignalsTaken = program.store.write_now(take_signals, by, sent or (SIGNAL,))
    return found


def shown(program: Program, account: str = "acme") -> list[NotedSignal]:
    found = program.read(account_signals, program.accounts[account], now=NOW + HOUR, zone=ZONE)
    return list(found.signals)


def points(program: Program, now: datetime) -> float:
    acme = program.accounts["acme"]
    found = program.store.read_now(signals.sums, [acme], now)
    return found[acme].points["last_90"] if found else 0.0


def contacts(program: Program) -> list[Contact]:
    found = program.store.read_now(account_items.contacts, [program.accounts["acme"]])
    return [Contact(row.row_id, replace(JO, email=row.email), NOW, NOW, row.signalled_on) for row in found]


def test_a_person_who_is_added_gets_the_signals_that_came_before_and_their_weight(program: Program) -> None:
    taken(program, SIGNAL, replace(SIGNAL, id="other", person="al@acme.example"))
    taken(program, replace(SIGNAL, id="elsewhere", account="globex.example"))
    program.did(add_contact, ANN, ago(1), program.accounts["acme"], JO)
    of_jo, other = sorted(shown(program), key=lambda each: each.called, reverse=True)
    assert (of_jo.person, of_jo.signal.points, of_jo.signal.recorded_at) == ("Jo Sample", 10.0, ago(2))
    assert (other.person, other.called, other.signal.points) == ("", "al@acme.example", 5.0)
    assert [each.person for each in shown(program, "globex")] == [""]
    assert [each.signalled_on for each in contacts(program)] == [ago(3).date()]


def test_what_counted_before_stays_what_it_was_then(program: Program) -> None:
    taken(program)
    program.did(add_contact, ANN, ago(1), program.accounts["acme"], JO)
    assert [points(program, at) for at in (ago(2.5), ago(1.5), ago(0.5))] == [0.0, 5.0, 10.0]
    assert program.read(signals_webhook, now=NOW).taken_in_a_day == 0


def test_a_person_who_is_given_the_address_gets_them_too_and_keeps_those_of_the_address_before(
    program: Program,
) -> None:
    taken(program)
    acme = program.accounts["acme"]
    number = program.did(add_contact, ANN, ago(1), acme, replace(JO, email="")).event.id
    assert [each.person for each in shown(program)] == [""]
    program.did(edit_contact, ANN, ago(0.9), acme, number, profile=JO)
    assert [each.person for each in shown(program)] == ["Jo Sample"]
    new = replace(JO, email="jo.sample@acme.example")
    program.did(edit_contact, ANN, ago(0.8), acme, number, profile=new)
    assert [each.person for each in shown(program)] == ["Jo Sample"]


def test_a_person_who_is_taken_back_leaves_the_signals_as_they_came(program: Program) -> None:
    taken(program)
    acme = program.accounts["acme"]
    added = program.did(add_contact, ANN, ago(0.1), acme, JO).event.id
    taken(program, replace(SIGNAL, id="later"), at=ago(0.099))
    program.did(take_back, ANN, ago(0.098), added)
    assert [(each.person, each.called, each.signal.points) for each in shown(program)] == [
        ("", "jo@acme.example", 5.0)
    ] * 2
    assert [points(program, at) for at in (ago(0.11), ago(0.0985), NOW)] == [5.0, 20.0, 10.0]
    program.did(add_contact, ANN, NOW, acme, JO)
    assert [each.person for each in shown(program)] == ["Jo Sample"] * 2


def test_of_a_person_and_a_signal_that_come_at_once_the_signal_is_the_persons(program: Program) -> None:
    store, acme = program.store, program.accounts["acme"]
    with ThreadPoolExecutor(1) as threads:
        with store.writing() as session:
            add_contact(session, author(at=CAME_AT), acme, JO)
            taking = threads.submit(taken, program)
            until_it_waits(store, taking)
        assert taking.result().taken == ("s-1",)
    assert [(each.person, each.signal.points) for each in shown(program)] == [("Jo Sample", 10.0)]
