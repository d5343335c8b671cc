from agendas.facts.people import Function, Right
from agendas.rules.commands import PersonWords
from handlers import people
from handlers.forms import Origin
from tests.builders import ANN, person
from tests.handlers.filling import filled


def test_a_person_reads_back_as_they_were() -> None:
    leading = (Function.SALES, Function.PRODUCT)
    view = people.build(person(), leading, Origin(subject=ANN))
    assert people.read(filled(view)) == PersonWords(Function.SALES, Right.EDITOR, leading)
