"""Words after /abm people @who: function, right, and what the person leads."""

import pytest

from agendas.errors import NotUnderstood, Unclear
from agendas.facts.people import Function, PersonFacts, Right
from agendas.rules.commands import PersonWords, read_person
from tests.cases import cases

VIC = PersonFacts("U0VIC0001", "Vic", Right.VIEWER, Function.PRODUCT)


@cases(
    ("words", "asked"),
    [
        ("sales editor", PersonWords(Function.SALES, Right.EDITOR)),
        ("editor", PersonWords(Function.PRODUCT, Right.EDITOR)),
        ("leads product", PersonWords(Function.PRODUCT, Right.VIEWER, (Function.PRODUCT, Function.FINANCE))),
        (
            "editor leads sales and customer success",
            PersonWords(Function.PRODUCT, Right.EDITOR, (Function.SALES, Function.CUSTOMER_SUCCESS, Function.FINANCE)),
        ),
        ("lead of exec", PersonWords(Function.PRODUCT, Right.VIEWER, (Function.FINANCE, Function.EXECUTIVE))),
        ("leads nothing", PersonWords(Function.PRODUCT, Right.VIEWER, ())),
    ],
)
def test_what_is_not_named_stays_and_leading_adds_to_what_the_person_leads(words: str, asked: PersonWords) -> None:
    assert read_person(words, VIC, (Function.FINANCE,)) == asked


@cases(
    ("words", "sentence", "offered"),
    [
        ("edtor", "neither a function nor a right. Did you mean editor?", "/abm people <@U0VIC0001> editor"),
        ("leads prodcut", "not a function. Did you mean product?", "/abm people <@U0VIC0001> leads product"),
        ("laeds finance", "Did you mean leads", "/abm people <@U0VIC0001> leads finance"),
        ("leads king", "is not a function: write sales", ""),
        ("leads", "Say which function they lead", ""),
        ("", "Say the function or the right", ""),
    ],
)
def test_a_word_that_is_none_is_refused_with_the_nearest(words: str, sentence: str, offered: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_person(words, VIC)
    assert sentence in str(refused.value)
    offers = refused.value.offers if isinstance(refused.value, Unclear) else ()
    assert [each.command for each in offers] == ([offered] if offered else [])
