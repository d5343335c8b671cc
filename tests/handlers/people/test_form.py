"""The form for a person's function and right reads back the values entered."""

from handlers.forms.origin import Origin
from handlers.people import form
from tests.builders import ANN, person
from tests.handlers.filling import filled


def test_a_person_reads_back_as_they_were() -> None:
    view = form.build(person(), Origin(subject=ANN))
    assert form.read(filled(view)) == ("sales", "editor")
