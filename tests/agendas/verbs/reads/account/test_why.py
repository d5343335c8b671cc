"""The place of an account that is explained: since its last held review, or over a month."""

import pytest

from agendas.errors import NoAccount, NotUnderstood
from agendas.verbs.card import account_placed, account_why
from storage.database import Store
from tests.builders import NOW, ZONE, ago
from tests.program import Program, stored_program


@pytest.fixture
def stored(store: Store) -> Program:
    return stored_program(store)


def test_an_account_is_placed_since_its_last_held_review_or_over_the_month(stored: Program) -> None:
    acme = stored.accounts["acme"]
    now = stored.read(account_placed, acme, "", now=NOW, zone=ZONE)
    assert (now.month, now.facts.since > ago(10)) == ("", True)
    month = stored.read(account_placed, acme, "2026-11", now=NOW, zone=ZONE)
    assert month.month == "November 2026 up to 24 Nov"
    assert month.facts.since < ago(20)
    whole = stored.read(account_why, acme, now=NOW, zone=ZONE)
    assert whole.item is not None
    assert whole.item.placement == now.placement


def test_who_was_not_on_the_list_then_has_no_place_and_no_month_is_none(stored: Program) -> None:
    with pytest.raises(NoAccount):
        stored.read(account_placed, stored.accounts["acme"], "2026-08", now=NOW, zone=ZONE)
    with pytest.raises(NotUnderstood):
        stored.read(account_placed, stored.accounts["acme"], "blue", now=NOW, zone=ZONE)
