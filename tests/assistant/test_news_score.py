"""How much of labelled news the rules draft right."""

import pytest

from tests.assistant.labels import Half
from tests.assistant.news_score import Verdict, figures


def test_no_account_is_wrong_and_a_kind_is_rather_asked_than_wrong() -> None:
    building, measured = (figures(half) for half in Half)
    verdicts, accounts = building[0] + measured[0], building[1] + measured[1]
    assert accounts["wrong"] == 0
    assert verdicts[Verdict.WRONG] / verdicts.total() < 0.03
    assert verdicts[Verdict.RIGHT] / verdicts.total() > 0.75


@pytest.mark.parametrize(("one_in", "slack"), [(4, 0.03), pytest.param(1, 0, marks=pytest.mark.proof)])
def test_with_a_model_that_knows_the_labels_nearly_all_of_it_is_right(one_in: int, slack: float) -> None:
    for half in Half:
        verdicts, accounts = figures(half, is_with_model=True, one_in=one_in)
        assert accounts["wrong"] == 0
        assert verdicts[Verdict.RIGHT] / verdicts.total() >= 0.95 - slack
