"""Answers to the message that asks a person to prepare reviews."""

from handlers.preparing import buttons
from handlers.subject import Subject

PREPARING = Subject(
    buttons={
        "prepare.start": buttons.start,
        "prepare.no_change": buttons.no_change,
        "prepare.nothing": buttons.no_change,
        "prepare.still_there": buttons.still_there,
    },
)
