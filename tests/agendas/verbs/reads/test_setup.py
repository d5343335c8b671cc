"""The state of the program's set-up, as its admins are told."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.events import Profile
from agendas.facts.people import Function, Right
from agendas.facts.program import OwnerlessAccount, SetupFacts, SetupStep
from agendas.verbs import account_list, people
from agendas.verbs.reads import setup_facts
from agendas.verbs.workspaces import leave_out
from storage import people as stored_people
from storage import trail, workspaces
from storage.people import SlackUser
from tests.builders import BOB, EVE, NOW, WORKSPACE, author
from tests.program import Program

NEW = "U0NEW0001"
EMPTY = (Function.PRODUCT, Function.FINANCE)


def facts(program: Program) -> SetupFacts:
    found: SetupFacts = program.read(setup_facts)
    return found


def test_a_program_at_work_lacks_only_what_nobody_did(program: Program) -> None:
    assert facts(program) == SetupFacts(
        cadences=1,
        named=4,
        ownerless=(),
        without_function=1,
        empty_functions=EMPTY,
        admins=1,
        has_imported=False,
        without_lead=tuple(Function),
    )
    program.did(people.give, EVE, NOW, BOB, function=None, right=Right.EDITOR, leads=(Function.SALES, Function.PRODUCT))
    assert set(Function) - set(facts(program).without_lead) == {Function.SALES, Function.PRODUCT}
    program.did(people.give, EVE, NOW, BOB, function=None, right=Right.OBSERVER)
    assert facts(program).without_lead == tuple(Function)


def test_people_take_part_who_have_work_or_may_record_and_others_need_no_function(program: Program) -> None:
    learned = [SlackUser(NEW, WORKSPACE, "Newcomer"), SlackUser("U0GUEST01", WORKSPACE, "Guest", is_guest=True)]
    program.store.write_now(stored_people.save_users, WORKSPACE, learned, NOW)
    assert facts(program).without_function == 1
    nominated = program.did(account_list.nominate, EVE, NOW, Profile(name="Newfield", owner=NEW), because="Fits")
    assert facts(program).without_function == 2
    program.did(account_list.reject, EVE, NOW, nominated.event.account_id, because="Too small")
    assert facts(program).without_function == 1
    program.did(people.give, EVE, NOW, NEW, function=None, right=Right.EDITOR)
    assert facts(program).without_function == 2
    program.did(people.give, EVE, NOW, NEW, function=Function.FINANCE, right=Right.ADMIN)
    after = facts(program)
    assert (after.without_function, after.empty_functions, after.admins) == (1, (Function.PRODUCT,), 2)


def test_named_accounts_without_an_owner_are_known_and_candidates_need_none(program: Program) -> None:
    program.did(account_list.nominate, EVE, NOW, Profile(name="Newfield"), because="Fits")
    assert facts(program).ownerless == ()
    other = program.did(account_list.nominate, EVE, NOW, Profile(name="Oakfield"), because="Fits").event.account_id
    program.did(account_list.put_on_list, EVE, NOW, other, tier=3, because="Renews in spring")
    assert facts(program).ownerless == (OwnerlessAccount(other, "Oakfield"),)


def test_a_permission_that_slack_did_not_give_is_known_once_slack_said_which_it_gave(program: Program) -> None:
    def give(session: Session) -> None:
        workspace = workspaces.get(session, WORKSPACE)
        assert workspace is not None
        workspace.scopes = "chat:write"

    assert facts(program).missing_permissions == ()
    program.store.write_now(give)
    assert "im:write" in facts(program).missing_permissions


def test_a_step_is_left_out_once_and_only_where_it_may_be(program: Program) -> None:
    before = facts(program)
    for _ in range(2):
        program.did(leave_out, EVE, NOW, SetupStep.IMPORT)
    assert facts(program) == replace(before, left_out=frozenset({SetupStep.IMPORT}))
    found = program.read(trail.of_subject, "setup:import")
    assert [each.actor for each in found] == [EVE]
    with pytest.raises(Outdated, match="cannot be left out"):
        program.store.write_now(leave_out, author(BOB, NOW), SetupStep.ADMINS)
