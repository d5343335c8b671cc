"""Recording of updates that people report, and refusals."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import Session

from agendas.errors import NotAMember, Outdated, Refused
from agendas.facts.account import Stage
from agendas.facts.events import Decided, DecisionKind, ExpansionKind
from agendas.facts.people import Author
from agendas.verbs import account_list, updates
from storage import account_items, people
from storage.models.accounts import BlockerRow
from storage.people import SlackUser
from tests.builders import ANN, BOB, CLEO, EVE, NOW, WORKSPACE, author
from tests.program import Program
from tests.statements import statements

FRIDAY = date(2026, 11, 27)


def test_a_step_to_the_stage_it_is_at_is_refused_and_news_is_taken(program: Program) -> None:
    acme = program.accounts["acme"]
    with pytest.raises(Refused, match="Acme Corp is at Engaged already"):
        program.did(updates.move, ANN, NOW, acme, text="x", to_stage=Stage.ENGAGED)
    moved = program.did(updates.move, ANN, NOW, acme, text="x", expansion=ExpansionKind.DEPTH)
    assert moved.after.stage is Stage.ENGAGED


def test_nothing_moved_is_said_once_in_a_row_by_each(program: Program) -> None:
    acme = program.accounts["acme"]
    program.did(updates.say_nothing_moved, CLEO, NOW, acme)
    with pytest.raises(Refused, match="You said already"):
        program.did(updates.say_nothing_moved, CLEO, NOW, acme)
    program.did(updates.say_nothing_moved, CLEO, NOW, acme, text="Their budget is frozen")
    program.did(updates.say_nothing_moved, BOB, NOW, acme)


@pytest.mark.parametrize("traits", [{"is_guest": True}, {"is_external": True}, {"is_bot": True}, {"is_deleted": True}])
def test_only_active_full_members_can_own_anything(program: Program, traits: dict[str, bool]) -> None:
    user = SlackUser("U0OUT0001", WORKSPACE, "Otto", **traits)
    program.store.write_now(people.save_users, WORKSPACE, [user], NOW)
    acme = program.accounts["acme"]
    for user_id, name in (("U0OUT0001", "Otto"), ("U0NOBODY1", "That person")):
        with pytest.raises(NotAMember, match=f"^{name} is not an active full member") as refusal:
            program.did(updates.open_blocker, ANN, NOW, acme, text="x", owner=user_id)
        assert refusal.value.user_id == user_id
        with pytest.raises(NotAMember):
            program.did(updates.add_action, ANN, NOW, acme, text="x", due_on=FRIDAY, owner=user_id)


def test_a_blocker_is_resolved_once_and_only_on_its_account(program: Program) -> None:
    globex, acme = program.accounts["globex"], program.accounts["acme"]
    [blocker] = program.store.write_now(updates.open_account, _ann(), globex).open_blockers
    with pytest.raises(Outdated):
        program.did(updates.resolve_blocker, ANN, NOW, acme, blocker.id)
    resolved = program.did(updates.resolve_blocker, ANN, NOW, globex, blocker.id, text="Signed off")
    assert resolved.after.open_blockers == ()
    with pytest.raises(Outdated, match=r"^You resolved it at 10:00\.$"):
        program.did(updates.resolve_blocker, ANN, NOW, globex, blocker.id)


def test_accounts_that_left_the_list_take_no_updates(program: Program) -> None:
    acme = program.accounts["acme"]
    program.did(account_list.remove, EVE, NOW, acme, because="They closed")
    decided = Decided(DecisionKind.KEEP, "x")
    for verb, arguments, values in (
        (updates.move, (), {"text": "x"}),
        (updates.say_nothing_moved, (), {}),
        (updates.open_blocker, (), {"text": "x"}),
        (updates.add_action, (), {"text": "x", "due_on": FRIDAY}),
        (updates.decide, (decided,), {}),
    ):
        with pytest.raises(Refused, match="was removed from the list on 24 Nov"):
            program.did(verb, ANN, NOW, acme, *arguments, **values)


def test_paused_accounts_and_candidates_take_updates(program: Program) -> None:
    for name in ("larch", "pinewood"):
        assert program.did(updates.move, ANN, NOW, program.accounts[name], text="x").event.id


def test_people_writing_at_once_lose_nothing(program: Program) -> None:
    acme = program.accounts["acme"]
    before = len(program.read(_blockers_of, acme))
    with ThreadPoolExecutor(6) as threads:
        done = [
            threads.submit(program.did, updates.open_blocker, ANN, NOW, acme, text=f"Blocker {number}")
            for number in range(12)
        ]
        assert len({each.result().event.id for each in done}) == 12
    assert len(program.read(_blockers_of, acme)) == before + 12


def _ann() -> Author:
    return author(ANN)


def _blockers_of(session: Session, _workspace_id: str, account_id: int) -> list[BlockerRow]:
    return account_items.blockers(session, [account_id])


@pytest.mark.database("postgres")
def test_a_form_locks_no_account_and_what_it_records_does(program: Program) -> None:
    acme = program.accounts["acme"]
    with program.store.reading() as session, statements(session) as sent:
        shown = updates.account_to_update(session, author(), acme)
    assert not [each for each in sent if "FOR UPDATE" in each]
    with program.store.writing() as session, statements(session) as sent:
        assert updates.open_account(session, author(), acme) == shown
    assert [each for each in sent if "FOR UPDATE" in each]
