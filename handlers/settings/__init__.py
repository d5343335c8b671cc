"""Settings of the program."""

from handlers.settings import command, submit
from handlers.subject import Subject

SETTINGS = Subject(
    abm_words={"settings": command.settings},
    buttons={"settings.edit": command.edit},
    forms=(submit.FORM,),
)
