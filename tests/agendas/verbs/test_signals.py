from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from agendas.errors import Outdated
from agendas.facts.account import Source
from agendas.facts.events import Profile
from agendas.facts.group import ContactAdded, ContactProfile
from agendas.facts.signals import SignalGiven, SignalKind, SignalsTaken, SignalStrength
from agendas.rules.update_words import SignalEntry
from agendas.verbs import account_list
from agendas.verbs.record import record
from agendas.verbs.signals import note_signal, take_back_signal, take_signals
from storage import signals
from storage.database import Store
from storage.models.subjects import ContactRow, SignalRow
from tests.builders import ANN, EVE, NOW, ago, author
from tests.program import Program, people_alone, stored_program
from tests.storage.letters import until_it_waits

# Signals are taken once, for accounts on the list alone.

SIGNAL = SignalGiven(
    account="acme.example",
    signal=SignalKind.WEB_VISIT,
    strength=SignalStrength.HIGH,
    text="Pricing page",
    occurred_at=ago(1),
    id="s-1",
)


@pytest.fixture
def program(store: Store) -> Program:
    program = people_alone(store)
    for name, crm_id in (("Acme", "001A"), ("Pinewood", "001P")):
        profile = Profile(name, domain=f"{name.lower()}.example", crm_system="salesforce", crm_id=crm_id)
        program.accounts[name] = program.did(account_list.nominate, ANN, ago(9), profile).event.account_id
    program.did(account_list.put_on_list, EVE, ago(8), program.accounts["Acme"], tier=1, because="Fits")
    rita = ContactAdded(ContactProfile("Rita Sample", "CFO", "rita@acme.example"))
    program.did(record, ANN, ago(7), program.accounts["Acme"], rita)
    return program


def taken(program: Program, *sent: SignalGiven) -> SignalsTaken:
    found: SignalsTaken = program.store.write_now(take_signals, author(source=Source.WEBHOOK), sent)
    return found


def stored(program: Program) -> list[SignalRow]:
    def every(session: Session) -> list[SignalRow]:
        return list(session.exec(select(SignalRow)))

    return program.store.read_now(every)


def test_a_signal_of_an_account_on_the_list_is_stored_with_its_points(program: Program) -> None:
    assert taken(program, SIGNAL) == SignalsTaken(taken=("s-1",))
    [row] = stored(program)
    assert (row.account_id, row.kind, row.points, row.happened_at) == (
        program.accounts["Acme"],
        "web_visit",
        5.0,
        ago(1),
    )


def test_an_account_is_known_by_its_domain_however_written_and_by_its_id_in_the_crm(program: Program) -> None:
    sent = [replace(SIGNAL, account=name, id=name) for name in ("https://www.Acme.example/x", "001A", "ACME.EXAMPLE")]
    assert len(taken(program, *sent).taken) == 3


def test_signals_of_candidates_and_strangers_are_told_as_unmatched_and_not_kept(program: Program) -> None:
    found = taken(
        program, replace(SIGNAL, account="pinewood.example"), replace(SIGNAL, account="other.example", id="2")
    )
    assert [each.id for each in found.unmatched] == ["s-1", "2"]
    assert found.unmatched[0].why == (
        "No account on the list, or more than one, has pinewood.example for its domain or CRM id."
    )
    assert stored(program) == []


def test_a_signal_that_comes_again_is_repeated_also_within_one_batch(program: Program) -> None:
    assert taken(program, SIGNAL, SIGNAL) == SignalsTaken(taken=("s-1",), repeated=("s-1",))
    assert taken(program, SIGNAL) == SignalsTaken(repeated=("s-1",))
    assert len(stored(program)) == 1


def test_another_signal_under_the_same_id_is_refused(program: Program) -> None:
    taken(program, SIGNAL)
    [refused] = taken(program, replace(SIGNAL, text="Another page")).refused
    assert refused.why == "This id came before with other content. Send another id for it."
    assert [row.text for row in stored(program)] == ["Pricing page"]


def test_a_known_person_weighs_by_the_title_and_is_touched(program: Program) -> None:
    taken(program, replace(SIGNAL, person="rita@acme.example"), replace(SIGNAL, person="jo@acme.example", id="s-2"))
    assert sorted(row.points for row in stored(program)) == [5.0, 10.0]
    with program.store.reading() as session:
        [rita] = session.exec(select(ContactRow)).all()
    assert rita.signalled_on == ago(1).date()


def test_of_two_that_take_the_same_ids_at_once_one_is_told_repeated_or_refused(program: Program) -> None:
    def take(text: str) -> SignalsTaken:
        sent = [replace(SIGNAL, id=str(number), text=text) for number in range(50)]
        by = author(source=Source.WEBHOOK, at=NOW + timedelta(seconds=len(text)))
        found: SignalsTaken = program.store.write_now(take_signals, by, sent if len(text) % 2 else sent[::-1])
        return found

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(take, ("a", "bb"))
    assert len(one.taken) + len(other.taken) == 50
    assert len(one.refused) + len(other.refused) == 50


def test_the_cap_of_a_day_holds_across_batches(program: Program) -> None:
    of_rita = replace(SIGNAL, person="rita@acme.example")
    taken(program, *(replace(of_rita, id=f"a{number}") for number in range(15)))
    taken(program, *(replace(of_rita, id=f"b{number}") for number in range(15)))
    assert sum(row.points for row in stored(program)) == 20 * 10.0


def test_points_add_up_by_windows_until_an_instant(program: Program) -> None:
    days = (1, 6.9, 8, 34, 40, 70, 89, 91, 121)
    taken(program, *(replace(SIGNAL, id=str(number), occurred_at=ago(number)) for number in days))
    acme = program.accounts["Acme"]
    sums = program.store.read_now(signals.points_of, [acme], NOW)[acme]
    assert sums.points == {
        "last_7": 10.0,
        "baseline": 10.0,
        "last_30": 15.0,
        "before_30": 10.0,
        "before_60": 10.0,
        "before_90": 5.0,
        "last_90": 35.0,
    }
    assert sums.last_at == ago(1)
    earlier = program.store.read_now(signals.points_of, [acme], NOW - timedelta(hours=1))
    assert earlier == {}  # they were recorded at NOW


# Signals that people note: what two clicks at once on Undo do.
@pytest.mark.database("sqlite", "postgres")
def test_of_two_clicks_at_once_on_undo_the_second_finds_the_signal_taken_back(store: Store) -> None:
    program = stored_program(store)
    entry = SignalEntry(SignalKind.CONTENT, SignalStrength.HIGH, "Read the price list")
    noted = program.did(note_signal, ANN, ago(0.1), program.accounts["acme"], entry)
    with ThreadPoolExecutor(1) as threads:
        with store.writing() as session:
            take_back_signal(session, author(ANN, ago(0.099)), noted.signal.id)
            second = threads.submit(program.did, take_back_signal, ANN, ago(0.098), noted.signal.id)
            until_it_waits(store, second)
        with pytest.raises(Outdated, match="taken back already"):
            second.result()
