"""The program over a period: as it stands, and as it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from agendas.facts.account import ListStatus
from agendas.facts.events import DecisionKind
from agendas.facts.measures import Period
from agendas.facts.measures import Program as Loaded
from agendas.rules.measures import month_before, month_of
from agendas.verbs import account_list, updates
from agendas.verbs.closing import EnteredDecision, decide
from agendas.verbs.measures import program as load
from storage.database import Store, hiding
from tests.builders import ANN, BOB, EVE, NOW, WORKSPACE, ZONE
from tests.program import Program, learn_people

NOVEMBER = month_of(date(2026, 11, 1), ZONE, now=NOW)


def loaded(stored: Program, period: Period = NOVEMBER, *, later: int = 0, hidden: Sequence[int] = ()) -> Loaded:
    with stored.store.reading() as session, hiding(session, hidden):
        return load(session, WORKSPACE, period, now=NOW + timedelta(days=later))


def test_the_running_month_has_the_accounts_on_the_list_with_their_places(stored: Program) -> None:
    found = loaded(stored)
    names = [each.facts.account.name for each in found.accounts]
    assert names == ["Acme Corp", "Globex", "Initrode", "Umber Foods", "Larch & Sons"]
    assert found.accounts[-1].facts.account.list_status is ListStatus.PAUSED
    assert found.accounts[0].facts.since == NOVEMBER.begins_at
    assert [review.was_held for review in found.reviews] == [True, True, None]
    assert found.history_since == date(2026, 9, 15)
    assert found.people[ANN] == "Ann"


def test_what_was_loaded_at_an_instant_is_loaded_of_it_for_ever(stored: Program) -> None:
    then = loaded(stored)
    stored.did(account_list.remove, EVE, NOW + timedelta(days=3), stored.accounts["umber"], because="Sold")
    stored.did(
        account_list.put_on_list, EVE, NOW + timedelta(days=4), stored.accounts["acme"], tier=2, because="Smaller"
    )
    past = replace(NOVEMBER, is_running=False)
    assert replace(loaded(stored, past, later=40), period=NOVEMBER) == then


def test_an_ask_that_was_answered_is_done_though_its_account_left_the_list_since(stored: Program) -> None:
    initrode = stored.accounts["initrode"]
    asked = [EnteredDecision(DecisionKind.INTERVENE, text, ask_of=BOB, due_on=NOW.date()) for text in ("Call", "Write")]
    done, _ = [stored.did(decide, EVE, NOW - timedelta(hours=3), initrode, each)[-1].event.id for each in asked]
    stored.did(updates.close_action, BOB, NOW - timedelta(hours=2), initrode, done, done=True)
    stored.did(account_list.remove, EVE, NOW - timedelta(hours=1), initrode, because="Sold")
    found = {decision.text: decision.done_at for number, decision in loaded(stored).decided if number == initrode}
    assert found == {"Call": NOW - timedelta(hours=2), "Write": None}


def test_hidden_accounts_are_in_no_part_of_it(stored: Program) -> None:
    hidden = stored.accounts["globex"]
    found = loaded(stored, hidden=[hidden])
    assert "Globex" not in repr(found)
    told: list[Any] = [*(each.account_id for each in found.accounts), *found.before, *found.names]
    told += [move.account_id for move in found.list_moves] + [number for number, _ in found.decided]
    told += [number for review in found.reviews for number in review.account_ids]
    assert hidden not in told


def test_an_empty_program_has_no_accounts_and_no_history(store: Store) -> None:
    learn_people(store)
    found = loaded(Program(store))
    assert (found.accounts, found.reviews, found.history_since) == ((), (), None)
    assert loaded(Program(store), month_before(NOVEMBER)).accounts == ()
