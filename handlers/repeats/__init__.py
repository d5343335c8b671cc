"""Repeats within ten minutes: asked about, in a message or in the form."""

from agendas.errors import OpenAlready, RecordedAlready
from agendas.pages.accounts.recorded_already import AGAIN, ANOTHER, ONE
from handlers.repeats import answers, form
from handlers.subject import Subject

REPEATS = Subject(
    buttons={AGAIN: answers.again, ANOTHER: answers.again, ONE: answers.one},
    forms_instead={RecordedAlready: form.in_place_of, OpenAlready: form.in_place_of},
)
