from agendas.facts.account import Stage
from agendas.facts.people import Function
from agendas.text.vocabulary import leading_stage, near_leading_stage, not_a_function, not_a_stage, readable_function
from tests.cases import cases


@cases("stage", list(Stage))
def test_every_stage_is_read_by_its_name_in_any_case(stage):
    assert leading_stage([f"{stage.value.upper()}."]) == (stage, 1)


@cases("function", list(Function))
def test_every_function_is_read_by_its_name_with_a_space_or_an_underscore(function):
    assert readable_function(function.value) is function
    assert readable_function(function.value.replace("_", "  ").title()) is function


@cases(
    ("typed", "stage"),
    [("opp", Stage.OPPORTUNITY), ("closed won", Stage.CUSTOMER), ("Marketing Qualified Account", Stage.MQA)],
)
def test_a_synonym_means_its_stage(typed, stage):
    assert leading_stage(typed.split()) == (stage, len(typed.split()))


def test_a_word_that_is_no_stage_is_refused_with_the_nearest_and_all_six():
    assert not_a_stage("engagd") == (
        '"engagd" is not a stage; the nearest is engaged, and you can write '
        "target, aware, engaged, mqa, opportunity, customer."
    )


def test_a_word_that_is_near_no_function_is_refused_with_all_six():
    assert readable_function("legal") is None
    assert not_a_function("legal") == (
        '"legal" is not a function; you can write sales, marketing, customer success, product, finance, executive.'
    )


@cases(
    ("typed", "near"),
    [
        ("engagd CFO said yes", (Stage.ENGAGED, 1)),
        ("closed wonn signed", (Stage.CUSTOMER, 2)),
        ("be continued", None),
        ("", None),
    ],
)
def test_the_stage_that_the_first_words_are_a_slip_of_is_offered(typed, near):
    assert near_leading_stage(typed.split()) == near


def test_the_longest_leading_words_name_the_stage():
    assert leading_stage(["closed", "won", "yesterday"]) == (Stage.CUSTOMER, 2)
    assert leading_stage(["won", "yesterday"]) == (Stage.CUSTOMER, 1)
    assert leading_stage(["yesterday", "won"]) is None
    assert leading_stage([]) is None
