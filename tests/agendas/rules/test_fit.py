from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import FieldProblems, Refused
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.narrative import ProductField, ProductInput, ProductInputGiven
from agendas.facts.people import Function
from agendas.facts.program import ProgramSettings
from agendas.rules.fit import ASKED_OF, criteria_of, fit_of, latest_input, refuse_wrong
from tests.builders import ANN, BOB, NOW, account, ago
from tests.cases import cases

# The formula of fit, what it rests on, and who is asked for which criterion.

WEIGHTS = {
    "acv": 25,
    "expansion": 15,
    "urgency": 15,
    "sales_motion": 15,
    "implementation_fit": 20,
    "strategic_value": 10,
}


def score(criterion: Criterion, points: int, by: str = ANN, function: str = "") -> FitScore:
    return FitScore(criterion, points, "Seen in the demo", function or ASKED_OF[criterion][0], by, NOW)


def scores(**points: int) -> tuple[FitScore, ...]:
    return tuple(score(Criterion(name), each) for name, each in points.items())


def test_nothing_scored_is_no_fit_and_no_confidence() -> None:
    answer = fit_of(())
    assert (answer.fit, answer.confidence, answer.vetoes, answer.disagreements) == (None, 0.0, (), ())
    assert all(each.score is None and each.silent == ASKED_OF[each.criterion] for each in answer.criteria)


@cases(
    ("given_scores", "fit", "confidence"),
    [
        (dict.fromkeys(WEIGHTS, 4), 100.0, 1.0),
        (dict.fromkeys(WEIGHTS, 0), 0.0, 1.0),
        (dict.fromkeys(WEIGHTS, 2), 50.0, 1.0),
        ({"strategic_value": 4}, 100.0, 0.1),
        ({"acv": 3, "implementation_fit": 1}, 52.8, 0.45),  # (25 x 3/4 + 20 x 1/4) / 45
        # (25 + 15 x 3/4 + 15 x 2/4 + 15 + 20 x 3/4) / 90
        ({"acv": 4, "expansion": 3, "urgency": 2, "sales_motion": 4, "implementation_fit": 3}, 81.9, 0.9),
    ],
)
def test_fit_weighs_what_is_known_and_leaves_out_what_is_not(given_scores, fit, confidence):
    answer = fit_of(scores(**given_scores))
    assert (answer.fit, answer.confidence) == (fit, confidence)
    assert answer.percent_known == round(confidence * 100)


@cases(("lower", "higher", "is_disputed"), [(2, 3, False), (2, 4, True), (0, 4, True), (3, 3, False)])
def test_two_points_apart_are_a_disagreement(lower: int, higher: int, is_disputed: bool) -> None:
    answer = fit_of((score(Criterion.URGENCY, lower), score(Criterion.URGENCY, higher, BOB, "marketing")))
    assert bool(answer.disagreements) is is_disputed


@cases("criterion", Criterion)
def test_only_what_we_cannot_serve_or_sell_rules_an_account_out(criterion: Criterion) -> None:
    is_veto = criterion in (Criterion.IMPLEMENTATION_FIT, Criterion.SALES_MOTION)
    assert fit_of(scores(**{criterion: 0})).vetoes == ((criterion,) if is_veto else ())
    assert fit_of(scores(**{criterion: 1})).vetoes == ()


def test_one_scorer_of_two_does_not_rule_out_but_disagrees() -> None:
    serve = Criterion.IMPLEMENTATION_FIT
    answer = fit_of((score(serve, 0), score(serve, 4, BOB, "customer_success")))
    assert (answer.vetoes, [each.criterion for each in answer.disagreements]) == ((), [serve])


def test_weights_come_from_the_settings_and_confidence_is_the_share_of_their_sum() -> None:
    own = ProgramSettings((("fit.weight.acv", 100), ("fit.weight.strategic_value", 35)))
    answer = fit_of(scores(acv=4, strategic_value=0), own)
    assert (answer.fit, answer.confidence) == (74.1, 0.68)


def test_every_function_is_asked_for_something_and_nobody_without_one() -> None:
    assert {function: criteria_of(function) for function in (*Function, None)} == {
        Function.SALES: (Criterion.ACV, Criterion.URGENCY, Criterion.SALES_MOTION),
        Function.MARKETING: (Criterion.URGENCY,),
        Function.CUSTOMER_SUCCESS: (Criterion.EXPANSION, Criterion.IMPLEMENTATION_FIT),
        Function.PRODUCT: (Criterion.IMPLEMENTATION_FIT,),
        Function.FINANCE: (Criterion.ACV,),
        Function.EXECUTIVE: (Criterion.STRATEGIC_VALUE,),
        None: (),
    }


SCORES = st.lists(
    st.tuples(st.sampled_from(Criterion), st.integers(0, 4), st.sampled_from((ANN, BOB, "U0CAT0001"))), max_size=20
)


@given(SCORES)
def test_whatever_is_scored_the_fit_lies_between_its_scores_and_follows_the_formula(drawn):
    given_scores = tuple(score(criterion, points, by) for criterion, points, by in drawn)
    answer = fit_of(given_scores)
    by_criterion = {c: [s.score for s in given_scores if s.criterion is c] for c in Criterion}
    known = {c: median(each) for c, each in by_criterion.items() if each}
    assert answer.confidence == round(sum(WEIGHTS[c] for c in known) / 100, 2)
    if not known:
        assert answer.fit is None
        return
    expected = 100 * sum(WEIGHTS[c] * s / 4 for c, s in known.items()) / sum(WEIGHTS[c] for c in known)
    assert answer.fit == pytest.approx(expected, abs=0.05001)
    assert min(known.values()) * 25 - 0.1 <= answer.fit <= max(known.values()) * 25 + 0.1


# Input of product.

F = ProductField
GIVEN = ProductInput(5, F.USE_CASE, "Route planning", ANN, ago(3))


@cases(
    ("given", "url", "wrong"),
    [
        (ProductInputGiven(F.USE_CASE, ""), "", {"text": "Say it in a sentence."}),
        (
            ProductInputGiven(F.FEEDBACK, "x" * 3_001, "r" * 121),
            "",
            {
                "text": "It has 3,001 characters; write at most 3,000.",
                "reference": "The reference has 121 characters; write at most 120.",
            },
        ),
        (
            ProductInputGiven(F.PROOF, "Nine weeks"),
            "",
            {
                "reference": "Proof names the customer who shows it, or links to where it can be read. "
                "Give one of the two."
            },
        ),
    ],
)
def test_what_is_missing_or_too_long_is_said_beside_its_field(given, url, wrong) -> None:
    with pytest.raises(FieldProblems) as refused:
        refuse_wrong(given, account(), url=url)
    assert refused.value.fields == wrong


def test_proof_has_a_reference_or_a_link_and_the_others_need_neither() -> None:
    refuse_wrong(ProductInputGiven(F.PROOF, "Nine weeks", "Globex"), account(), url="")
    refuse_wrong(ProductInputGiven(F.PROOF, "Nine weeks"), account(), url="https://a.example/1")
    refuse_wrong(ProductInputGiven(F.USE_CASE, "x" * 3_000, "r" * 120), account(), url="")


def test_saying_the_same_again_is_refused_and_another_link_is_news() -> None:
    state = account(product=(GIVEN,))
    with pytest.raises(Refused, match="Just that stands at Acme Corp already"):
        refuse_wrong(ProductInputGiven(F.USE_CASE, "Route planning"), state, url="")
    refuse_wrong(ProductInputGiven(F.USE_CASE, "Route planning"), state, url="https://a.example/1")


def test_what_was_said_last_stands() -> None:
    later = ProductInput(6, F.USE_CASE, "Yard planning", ANN, ago(2))
    assert latest_input(account(product=(GIVEN, later)), F.USE_CASE) == later
    assert latest_input(account(product=(GIVEN,)), F.PROOF) is None
