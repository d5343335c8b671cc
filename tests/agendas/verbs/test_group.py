from dataclasses import replace
from datetime import date

import pytest

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.group import BuyingRole, ContactProfile
from agendas.verbs import account_list, group, reads
from storage.database import Store
from tests.builders import ANN, EVE, NOW, ZONE, ago
from tests.program import stored_program

R = BuyingRole
RITA = ContactProfile("Rita Sample", "CFO", "rita@acme.example", touched_on=date(2026, 11, 20))


def people_of(program, short: str = "acme"):
    card = program.read(reads.account_card, program.accounts[short], now=NOW, zone=ZONE)
    return card.facts.account.contacts


def test_the_same_person_twice_and_what_cannot_be_so_change_nothing(store: Store) -> None:
    program = stored_program(store)
    acme = program.accounts["acme"]
    number = program.did(group.add_contact, ANN, ago(0.5), acme, RITA).event.id
    with pytest.raises(FieldProblems, match=r"already with the address rita@acme\.example"):
        program.did(group.add_contact, ANN, ago(0.4), acme, replace(RITA, name="R. Sample"))
    with pytest.raises(FieldProblems, match="25 Nov has not come yet"):
        program.did(group.contact_left, ANN, ago(0.4), acme, number, left_on=date(2026, 11, 25))
    with pytest.raises(FieldProblems, match="300 characters"):
        program.did(group.add_contact, ANN, ago(0.4), acme, ContactProfile("R" * 300))
    with pytest.raises(Refused, match="Nothing is different"):
        program.did(group.edit_contact, ANN, ago(0.4), acme, number, profile=RITA)
    assert len(people_of(program)) == 1
    program.did(group.add_contact, ANN, ago(0.4), program.accounts["globex"], RITA)


def test_nobody_is_confirmed_twice_and_people_of_another_account_are_not_found(store: Store) -> None:
    program = stored_program(store)
    acme = program.accounts["acme"]
    number = program.did(group.add_contact, ANN, ago(0.5), acme, RITA).event.id
    program.did(group.confirm_roles, ANN, ago(0.4), acme, number)
    with pytest.raises(Refused, match="No role is suggested for Rita Sample"):
        program.did(group.confirm_roles, ANN, ago(0.3), acme, number)
    with pytest.raises(Outdated, match="not in the group of Globex"):
        program.did(group.confirm_roles, ANN, ago(0.3), program.accounts["globex"], number)


def test_an_account_off_the_list_takes_no_people(store: Store) -> None:
    program = stored_program(store)
    program.did(account_list.remove, EVE, ago(0.5), program.accounts["umber"], because="Acquired")
    with pytest.raises(Refused, match="was removed from the list"):
        program.did(group.add_contact, ANN, ago(0.4), program.accounts["umber"], RITA)
