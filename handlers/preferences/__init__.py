"""Preferences of each person: which messages of the bot come, and when."""

from handlers.preferences import command, submit
from handlers.subject import Subject

PREFERENCES = Subject(
    abm_words={"preferences": command.preferences},
    buttons={"preferences.open": command.open_form},
    forms=(submit.FORM,),
)
