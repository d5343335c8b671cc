from datetime import date

import pytest

from agendas.errors import Refused
from agendas.facts.account import ListStatus
from agendas.facts.events import ListChanged
from agendas.verbs import account_list
from agendas.verbs.reads import list_changes, list_version
from agendas.verbs.record import record
from storage.database import Store
from tests.builders import ANN, NOW, ZONE, ago, profile
from tests.program import Program, learn_people

TODAY = date(2026, 11, 24)


def names(program: Program, on: date) -> dict[tuple[str, int | None], set[str]]:
    facts = program.read(list_version, on, zone=ZONE)
    return {
        (status.value, tier): {facts.names[number] for number in facts.version.at(status, tier)}
        for status, tier in facts.version.counts()
    }


def test_a_day_ends_at_midnight_of_the_persons_zone(program: Program) -> None:
    facts = program.read(list_version, date(2026, 10, 24), zone="Pacific/Auckland")
    assert facts.version.counts()[(ListStatus.NAMED, 3)] == 1
    facts = program.read(list_version, date(2026, 10, 25), zone=ZONE)
    assert facts.version.counts()[(ListStatus.NAMED, 3)] == 0


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
