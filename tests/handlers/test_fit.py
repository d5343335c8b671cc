from typing import Any

import pytest

from agendas.errors import FieldProblems, Outdated
from agendas.facts.fit import Criterion, CriterionScore, WaitingAccount
from agendas.facts.people import Function
from agendas.verbs.fit import EnteredScores
from handlers import fit
from handlers.forms import Origin
from tests.cases import cases
from tests.handlers.filling import filled

SALES = (Function.SALES,)


def scores_view(*functions: Function) -> dict[str, Any]:
    accounts = (WaitingAccount(7, "Acme", "Renews"), WaitingAccount(8, "Globex"))
    return fit.build(accounts, functions, Origin(), {})


def test_a_form_of_scores_gives_back_what_was_scored_of_each_account() -> None:
    given = {"score/7/acv": "0", "because/7/acv": " 20 seats ", "score/8/urgency": "4", "because/8/urgency": "Audit"}
    view = filled(scores_view(*SALES), **given)
    assert fit.read(view, SALES) == {
        7: EnteredScores(
            (CriterionScore(Criterion.ACV, 0, "20 seats"),), frozenset({Criterion.URGENCY, Criterion.SALES_MOTION})
        ),
        8: EnteredScores(
            (CriterionScore(Criterion.URGENCY, 4, "Audit"),), frozenset({Criterion.ACV, Criterion.SALES_MOTION})
        ),
    }
    assert fit.accounts_in(view) == {7, 8}


@cases(
    ("given", "field"),
    [
        ({"score/7/acv": "3"}, "because/7/acv"),
        ({"score/7/acv": "3", "because/7/acv": " \n"}, "because/7/acv"),
        ({"because/8/urgency": "Audit"}, "score/8/urgency"),
        ({"score/7/acv": "5", "because/7/acv": "Large"}, "score/7/acv"),
        ({"score/7/acv": "-1", "because/7/acv": "Small"}, "score/7/acv"),
        ({"score/7/acv": "2.5", "because/7/acv": "Between"}, "score/7/acv"),
    ],
)
def test_what_is_wrong_with_a_score_is_said_beside_its_field(given: dict[str, str], field: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        fit.read(filled(scores_view(*SALES), **given), SALES)
    assert list(refused.value.fields) == [field]


def test_an_empty_form_of_scores_is_refused_beside_its_first_field() -> None:
    assert list(fit.nothing_scored(filled(scores_view(*SALES))).fields) == ["score/7/acv"]
    with pytest.raises(Outdated):
        fit.nothing_scored(filled(scores_view()))


def test_a_criterion_that_is_not_asked_of_the_function_any_more_is_refused() -> None:
    view = filled(scores_view(*SALES), **{"score/7/acv": "3", "because/7/acv": "Large"})
    for functions in ((Function.PRODUCT,), ()):
        with pytest.raises(FieldProblems, match="not asked of your function any more"):
            fit.read(view, functions)
