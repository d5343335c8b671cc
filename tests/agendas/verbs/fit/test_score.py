"""Scores are kept by person, weighted with the workspace's weights, and written to the account's row."""

import pytest
from sqlmodel import Session

from agendas.errors import NotUnderstood, Outdated, Refused
from agendas.facts.fit import Criterion, CriterionScore
from agendas.facts.people import Function
from agendas.verbs import account_list, corrections
from agendas.verbs.fit import score
from agendas.verbs.record import current_state
from agendas.verbs.settings import change_settings
from storage import accounts
from storage.database import Store
from tests.builders import ANN, BOB, CLEO, EVE, NOW, WORKSPACE, ago, profile
from tests.program import Program, learn_people


@pytest.fixture
def program(store: Store) -> Program:
    """One candidate."""
    learn_people(store)
    program = Program(store)
    nominated = program.did(account_list.nominate, ANN, ago(5), profile("Acme Corp"), because="Renews in spring")
    program.accounts["acme"] = nominated.event.account_id
    return program


def given(criterion: Criterion, points: int, because: str = "Seen in the demo") -> CriterionScore:
    return CriterionScore(criterion, points, because)


def scored(program: Program, user_id: str, function: Function | None, *scores: CriterionScore, at=NOW) -> object:
    return program.did(score, user_id, at, program.accounts["acme"], function=function, scores=scores)


def columns(program: Program) -> tuple[float | None, float | None]:
    def read(session: Session) -> tuple[float | None, float | None]:
        row = accounts.get(session, WORKSPACE, program.accounts["acme"])
        assert row is not None
        return row.fit_score, row.fit_confidence

    return program.store.read_now(read)


def test_the_accounts_row_says_what_follows_from_the_scores_also_after_undo(program: Program) -> None:
    assert columns(program) == (None, None)
    scored(program, ANN, Function.SALES, given(Criterion.ACV, 3))
    assert columns(program) == (75.0, 0.25)
    recorded = scored(program, BOB, Function.FINANCE, given(Criterion.ACV, 4))
    assert columns(program) == (87.5, 0.25)
    program.did(corrections.take_back, BOB, NOW, recorded.event.id)  # type: ignore[attr-defined]
    assert columns(program) == (75.0, 0.25)


def test_a_later_score_replaces_the_same_persons_and_an_equal_one_is_no_event(program: Program) -> None:
    scored(program, ANN, Function.SALES, given(Criterion.ACV, 3), given(Criterion.URGENCY, 1))
    assert scored(program, ANN, Function.SALES, given(Criterion.ACV, 3)) is None
    again = scored(program, ANN, Function.SALES, given(Criterion.ACV, 4), given(Criterion.URGENCY, 1))
    assert again.event.change.scores == (given(Criterion.ACV, 4),)  # type: ignore[attr-defined]
    state = program.store.read_now(lambda s: current_state(s, accounts.get(s, WORKSPACE, program.accounts["acme"])))
    assert {each.criterion: each.score for each in state.fit} == {Criterion.ACV: 4, Criterion.URGENCY: 1}


def test_new_weights_weigh_every_account_anew(program: Program) -> None:
    scored(program, ANN, Function.SALES, given(Criterion.ACV, 4), given(Criterion.URGENCY, 0))
    assert columns(program) == (62.5, 0.4)
    program.did(change_settings, EVE, NOW, {"fit.weight.acv": (25, 5)})
    assert columns(program) == (25.0, 0.25)
    scored(program, ANN, Function.SALES, given(Criterion.URGENCY, 4))
    assert columns(program) == (100.0, 0.25)


def test_a_score_needs_its_reason_and_the_function_that_is_asked(program: Program) -> None:
    with pytest.raises(NotUnderstood, match="Give the reason for your score of urgency"):
        scored(program, ANN, Function.SALES, given(Criterion.URGENCY, 3, "  "))
    with pytest.raises(Refused, match="not asked for ACV: your function is customer success"):
        scored(program, CLEO, Function.CUSTOMER_SUCCESS, given(Criterion.ACV, 3))
    with pytest.raises(Refused, match="not asked for ACV: you have no function"):
        scored(program, EVE, None, given(Criterion.ACV, 3))
    with pytest.raises(Outdated):
        program.did(score, ANN, NOW, 999, function=Function.SALES, scores=(given(Criterion.ACV, 3),))
    assert columns(program) == (None, None)
