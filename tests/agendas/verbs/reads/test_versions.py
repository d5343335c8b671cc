from datetime import date, timedelta

import pytest
from sqlalchemy import insert, text
from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import ListStatus
from agendas.facts.events import ListChanged
from agendas.rules.account_list import ChangesFacts
from agendas.verbs import account_list, corrections
from agendas.verbs.reads import list_changes, list_version
from agendas.verbs.record import record
from storage import events
from storage.database import Store
from storage.models.events import Event
from tests.builders import ANN, EVE, NOW, WORKSPACE, ZONE, ago, profile
from tests.program import Program, learn_people
from tests.statements import statements

TODAY = date(2026, 11, 24)


def names(program: Program, on: date) -> dict[tuple[str, int | None], set[str]]:
    facts = program.read(list_version, on, zone=ZONE)
    return {
        (status.value, tier): {facts.names[number] for number in facts.version.at(status, tier)}
        for status, tier in facts.version.counts()
    }


def since_october(program: Program) -> ChangesFacts:
    return program.read(list_changes, date(2026, 10, 1), TODAY, zone=ZONE)


def test_a_day_ends_at_midnight_of_the_persons_zone(program: Program) -> None:
    facts = program.read(list_version, date(2026, 10, 24), zone="Pacific/Auckland")
    assert facts.version.counts()[(ListStatus.NAMED, 3)] == 1
    facts = program.read(list_version, date(2026, 10, 25), zone=ZONE)
    assert facts.version.counts()[(ListStatus.NAMED, 3)] == 0


def test_a_change_taken_back_is_no_change(program: Program) -> None:
    acme = program.accounts["acme"]
    mistaken = program.did(account_list.remove, EVE, NOW, acme, because="Mistaken")
    assert len(since_october(program).changes) == 2
    program.did(corrections.take_back, EVE, NOW + timedelta(minutes=1), mistaken.event.id)
    assert len(since_october(program).changes) == 1
    assert "Acme Corp" in names(program, TODAY)[("named", 1)]


def test_what_is_recorded_later_changes_the_version_of_the_day_it_happened(program: Program) -> None:
    program.did(record, ANN, NOW, program.accounts["pinewood"], ListChanged("named", 2, "Agreed"), happened_at=ago(20))
    assert "Pinewood" in names(program, date(2026, 11, 5))[("named", 2)]


def test_without_a_first_date_the_last_thirty_days_are_told_or_all_of_a_younger_list(store: Store) -> None:
    learn_people(store)
    program = Program(store)
    with pytest.raises(Refused, match="Nothing is on the list yet"):
        program.read(list_changes, None, TODAY, zone=ZONE)
    program.did(account_list.nominate, ANN, ago(10), profile("Acme"), because="x")
    facts = program.read(list_changes, None, TODAY, zone=ZONE)
    assert (facts.first, facts.second) == (date(2026, 11, 13), TODAY)


def test_a_date_before_the_first_entry_is_refused_in_a_sentence(program: Program) -> None:
    for verb, dates in ((list_version, (date(2026, 9, 14),)), (list_changes, (date(2026, 9, 14), TODAY))):
        with pytest.raises(Refused, match="The history of the list begins on 15 Sep 2026; give that date or a later"):
            program.read(verb, *dates, zone=ZONE)
    assert program.read(list_changes, None, TODAY, zone=ZONE).first == date(2026, 10, 25)


def test_the_entries_of_the_list_are_found_by_their_own_index(program: Program) -> None:
    row = {"account_id": program.accounts["acme"], "kind": "nothing_moved", "change": {}, "actor": ANN, "source": "dm"}
    when = {"happened_at": NOW, "recorded_at": NOW, "evidence": [], "workspace_id": WORKSPACE}
    with program.store.writing() as session:
        session.execute(insert(Event), [row | when] * 3_000)
        session.execute(text("analyze"))

    kinds = {f"kind_1_{number}": kind for number, kind in enumerate(events.OF_LIST, start=1)}

    def plan(session: Session) -> str:
        with statements(session) as sent:
            events.of_list(session, WORKSPACE)
        if program.store.is_sqlite:
            found = session.connection().exec_driver_sql(f"explain query plan {sent[-1]}", (WORKSPACE, *kinds.values()))
        else:
            found = session.connection().exec_driver_sql(f"explain {sent[-1]}", {"workspace_id": WORKSPACE} | kinds)
        return " ".join(str(each) for each in found)

    assert "ix_event_kind" in program.store.read_now(plan)
