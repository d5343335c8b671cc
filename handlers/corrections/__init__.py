"""Corrections of entries, at any time and with a reason."""

from handlers.corrections import buttons, submit
from handlers.subject import Subject

CORRECTIONS = Subject(
    buttons={"corrections.choose": buttons.choose},
    forms=(submit.CORRECTION,),
)
