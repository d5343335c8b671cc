"""Scores for several accounts are recorded together; one that left the list does not keep the others out."""

import pytest

from agendas.errors import NotUnderstood, Refused
from agendas.facts.fit import Criterion, CriterionScore
from agendas.facts.people import Function
from agendas.verbs import account_list
from agendas.verbs.fit import EnteredScores, ScoresRecorded, record_scores
from storage.database import Store
from tests.builders import ANN, EVE, NOW
from tests.program import Program, stored_program

NOTHING = NotUnderstood("Nothing was scored.")


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def given(points: int | None) -> EnteredScores:
    scores = (CriterionScore(Criterion.ACV, points, "Seen"),) if points is not None else ()
    return EnteredScores(scores, frozenset() if scores else frozenset({Criterion.ACV}))


def recorded(program: Program, **entered: int | None) -> ScoresRecorded:
    scores = {program.accounts[name]: given(points) for name, points in entered.items()}
    return program.did(record_scores, ANN, NOW, (Function.SALES,), scores, if_nothing=NOTHING)


def test_scores_of_several_accounts_are_recorded_and_an_emptied_one_is_withdrawn(program: Program) -> None:
    done = recorded(program, acme=3, globex=4)
    assert [each.event.account_id for each in done.recorded] == [program.accounts[name] for name in ("acme", "globex")]
    withdrawn = recorded(program, acme=None, globex=4)
    assert [each.after.fit for each in withdrawn.recorded] == [()]
    assert withdrawn.refused == ()


def test_an_account_that_left_the_list_is_refused_and_the_others_are_recorded(program: Program) -> None:
    program.did(account_list.remove, EVE, NOW, program.accounts["acme"], because="Agreed")
    done = recorded(program, acme=3, globex=4)
    assert [each.event.account_id for each in done.recorded] == [program.accounts["globex"]]
    assert ["Acme Corp was removed" in each for each in done.refused] == [True]
    with pytest.raises(Refused, match="Acme Corp was removed"):
        recorded(program, acme=3)


def test_where_nothing_was_entered_the_problem_given_is_raised(program: Program) -> None:
    with pytest.raises(NotUnderstood, match="Nothing was scored"):
        recorded(program)
    with pytest.raises(NotUnderstood, match="Nothing was scored"):
        recorded(program, acme=None)
