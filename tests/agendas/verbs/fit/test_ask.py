"""Requests to score fit: the people asked, the number of messages, and the end of a request."""

from datetime import date

import pytest

from agendas.facts.people import Function, Right
from agendas.verbs import account_list as account_list_verbs
from agendas.verbs import corrections, fit, people
from storage import people as stored_people
from storage.database import Store
from storage.people import SlackUser
from tests.agendas.verbs.asking import ALL, DAY, MINUTE, answers, letters, nominates, reminded, waiting
from tests.builders import ANN, BOB, CLEO, DAN, EVE, NOW, WORKSPACE
from tests.program import Program, days_away, learn_people

FINN, GUS = "U0FINN001", "U0GUS0001"


@pytest.fixture
def program(store: Store) -> Program:
    """The five people and nothing else."""
    learn_people(store)
    return Program(store)


def test_active_members_with_a_function_who_may_nominate_are_asked(program: Program) -> None:
    with program.store.writing() as session:
        stored_people.save_users(
            session, WORKSPACE, [SlackUser(FINN, WORKSPACE, "Finn"), SlackUser(GUS, WORKSPACE, "Gus")], NOW
        )
        session.add(days_away(CLEO, date(2026, 11, 20), date(2026, 11, 24)))
    program.did(people.give, EVE, NOW, FINN, function=Function.FINANCE, right=Right.OBSERVER)
    program.did(people.give, EVE, NOW, GUS, function=Function.PRODUCT, right=Right.EDITOR)
    with program.store.writing() as session:
        stored_people.save_users(session, WORKSPACE, [SlackUser(GUS, WORKSPACE, "Gus", is_deleted=True)], NOW)
    nominates(program, "Acme Corp")
    asked = {user_id for user_id in (*ALL, FINN, GUS) if waiting(program, user_id)}
    assert asked == {ANN, BOB, DAN}
    assert {user_id: len(letters(program, user_id)) for user_id in (*ALL, FINN, GUS)} == {
        user_id: int(user_id in asked) for user_id in (*ALL, FINN, GUS)
    }


@pytest.mark.parametrize("decision", ["named", "rejected", "removed"])
def test_a_decided_account_is_not_asked_about_any_more(program: Program, decision: str) -> None:
    number = nominates(program, "Acme Corp")
    assert waiting(program, BOB) == ["Acme Corp"]
    if decision == "rejected":
        program.did(account_list_verbs.reject, EVE, NOW, number, because="20 seats")
    else:
        program.did(account_list_verbs.put_on_list, EVE, NOW, number, tier=2, because="Agreed")
    assert waiting(program, BOB) == []
    if decision == "removed":
        program.did(fit.ask_for_scores, EVE, NOW, number)
        assert waiting(program, BOB) == ["Acme Corp"]
        program.did(account_list_verbs.remove, EVE, NOW, number, because="Acquired")
        assert waiting(program, BOB) == []
    assert reminded(program, NOW + 9 * DAY) == []


def test_a_decision_taken_back_or_restored_opens_what_was_not_answered_and_reminds_once(program: Program) -> None:
    number = nominates(program, "Acme Corp")
    answers(program, BOB, Function.MARKETING, number)
    program.did(fit.stop_asking, DAN, NOW)
    rejected = program.did(account_list_verbs.reject, EVE, NOW + MINUTE, number, because="20 seats")
    program.did(corrections.take_back, EVE, NOW + 2 * MINUTE, rejected.event.id)
    assert [waiting(program, each) for each in ALL] == [["Acme Corp"], [], ["Acme Corp"], [], []]
    assert reminded(program, NOW + 4 * DAY) == [ANN, CLEO]
    program.did(account_list_verbs.reject, EVE, NOW + 5 * DAY, number, because="20 seats")
    assert waiting(program, ANN) == []
    program.did(account_list_verbs.restore, EVE, NOW + 6 * DAY, number, because="They grew")
    assert [waiting(program, each) for each in ALL] == [["Acme Corp"], [], ["Acme Corp"], [], []]
    assert reminded(program, NOW + 30 * DAY) == []
