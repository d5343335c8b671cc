"""Days on which people are away, and who stands in for them."""

from handlers.away import buttons, command, submit
from handlers.subject import Subject

AWAY = Subject(
    abm_words={"away": command.away},
    buttons={
        "away.add": buttons.add,
        "away.correct": buttons.correct,
        "away.change": buttons.change,
        "away.back": buttons.take_back,
        "away.remove": buttons.take_back,
    },
    forms=(submit.FORM,),
)
