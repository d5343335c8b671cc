"""Open items that wait for a person: their own, those that ask them, and those escalated to them."""

from datetime import date

from agendas.facts.people import Function
from agendas.verbs import updates
from agendas.verbs.people import lead
from agendas.verbs.updates import waits_for
from storage.database import Store
from tests.builders import ANN, BOB, CLEO, DAN, EVE, NOW, author
from tests.program import stored_program


def test_an_item_waits_for_its_owner_and_for_whose_help_it_needs(store: Store) -> None:
    program = stored_program(store)
    acme = program.accounts["acme"]
    program.did(lead, EVE, NOW, DAN, [Function.EXECUTIVE])
    blocker = program.did(updates.open_blocker, ANN, NOW, acme, text="Liability cap", needs="executive").event.id
    action = program.did(updates.add_action, ANN, NOW, acme, text="Call", due_on=date(2026, 12, 4), owner=CLEO).event.id

    def waits(user_id: str, number: int) -> bool:
        return program.store.read_now(waits_for, author(user_id, NOW), acme, number)

    assert waits(DAN, blocker)
    assert waits(CLEO, action)
    assert not waits(BOB, blocker)
    assert not waits(BOB, action)
    assert not waits(DAN, action)
    assert not waits(DAN, 0)
