"""Signals of somebody who is not known yet keep the address, and are that person's once they are in the group."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest

from agendas.facts.account import Source
from agendas.facts.group import Contact, ContactProfile
from agendas.facts.signals import NotedSignal, SignalGiven, SignalKind, SignalsTaken, SignalStrength
from agendas.rules.import_tables import ImportOptions, read_table
from agendas.verbs import account_list
from agendas.verbs.card import account_signals, signals_webhook
from agendas.verbs.corrections import take_back
from agendas.verbs.group import add_contact, edit_contact
from agendas.verbs.import_runs import begin_import, begin_undo
from agendas.verbs.imports import KINDS
from agendas.verbs.signals import take_signals
from storage import account_items, signals
from storage.database import Store
from tests.builders import ANN, EVE, HOUR, NOW, WORKSPACE, ZONE, ago, author, profile
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


def test_an_address_that_is_taken_back_gives_back_the_signals_that_came_by_it(program: Program) -> None:
    taken(program, SIGNAL, replace(SIGNAL, id="own", person="j@acme.example"))
    acme = program.accounts["acme"]
    number = program.did(add_contact, ANN, ago(1), acme, replace(JO, email="j@acme.example")).event.id
    wrong = program.did(edit_contact, ANN, ago(0.1), acme, number, profile=JO).event.id
    assert [each.person for each in shown(program)] == ["Jo Sample"] * 2
    program.did(take_back, ANN, ago(0.099), wrong)
    assert {each.called: each.person for each in shown(program)} == {
        "jo@acme.example": "",
        "j@acme.example": "Jo Sample",
    }


def test_people_of_a_file_get_their_signals_until_the_file_is_taken_back(program: Program) -> None:
    taken(program)
    asked, kind = ImportOptions(NOW), KINDS["contacts"]
    table = read_table(b"Email,First Name,Last Name,Job Title,Associated Company\njo@acme.example,Jo,Sample,CFO,Acme\n")
    plan = program.store.read_now(kind.plan, WORKSPACE, kind.read(table, asked).rows, asked)
    run = program.store.write_now(begin_import, plan, author(), file_name="p.csv", what="contacts").row_id
    for part in kind.parts(plan):
        program.store.write_now(kind.write, run, author(), part)
    assert [(each.person, each.signal.points) for each in shown(program)] == [("Jo Sample", 10.0)]
    for part in program.store.write_now(begin_undo, run, author(), ids_of=kind.ids_of_run):
        program.store.write_now(kind.undo, run, author(at=NOW + HOUR / 2), part)
    assert [(each.person, each.signal.points) for each in shown(program)] == [("", 5.0)]


def test_signals_that_count_again_are_of_those_known_by_then(program: Program) -> None:
    asked, kind = ImportOptions(NOW), KINDS["signals"]
    table = read_table(b"account,kind,occurred_at,id,person\nacme.example,event,2026-11-20,v1,jo@acme.example\n")

    def imports(at: datetime) -> int:
        plan = program.store.read_now(kind.plan, WORKSPACE, kind.read(table, asked).rows, asked)
        run = program.store.write_now(begin_import, plan, author(at=at), file_name="s.csv", what="signals")
        for part in kind.parts(plan):
            program.store.write_now(kind.write, run.row_id, author(at=at), part)
        return int(run.row_id)

    number = imports(ago(1))
    for part in program.store.write_now(begin_undo, number, author(at=ago(0.9)), ids_of=kind.ids_of_run):
        program.store.write_now(kind.undo, number, author(at=ago(0.9)), part)
    program.did(add_contact, ANN, ago(0.8), program.accounts["acme"], JO)
    imports(ago(0.7))
    assert [(each.person, each.is_taken_back) for each in shown(program)] == [("Jo Sample", False), ("", True)]
    assert [points(program, at) for at in (ago(0.95), ago(0.75), NOW)] == [10.0, 0.0, 20.0]


def test_of_a_person_and_a_signal_that_come_at_once_the_signal_is_the_persons(program: Program) -> None:
    store, acme = program.store, program.accounts["acme"]
    with ThreadPoolExecutor(1) as threads:
        with store.writing() as session:
            add_contact(session, author(at=CAME_AT), acme, JO)
            taking = threads.submit(taken, program)
            until_it_waits(store, taking)
        assert taking.result().taken == ("s-1",)
    assert [(each.person, each.signal.points) for each in shown(program)] == [("Jo Sample", 10.0)]
