"""The form for a person's function and right reads back the values entered."""

from agendas.facts.people import Function, Right
from agendas.rules.commands.people import PersonWords
from handlers.forms.origin import Origin
from handlers.people import form
from tests.builders import ANN, person
from tests.handlers.filling import filled


def test_a_person_reads_back_as_they_were() -> None:
    leading = (Function.SALES, Function.PRODUCT)
    view = form.build(person(), leading, Origin(subject=ANN))
    assert form.read(filled(view)) == PersonWords(Function.SALES, Right.EDITOR, leading)


def test_a_form_of_an_older_version_says_nothing_of_who_leads() -> None:
    view = form.build(person(), (Function.SALES,), Origin(subject=ANN))
    older = filled(view | {"blocks": [each for each in view["blocks"] if each.get("block_id") != "leads"]})
    assert form.read(older).leads is None
