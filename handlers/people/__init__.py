"""People of the workspace: their functions and rights."""

from handlers.people import command, submit
from handlers.subject import Subject

PEOPLE = Subject(
    abm_words={"people": command.people},
    buttons={"abm.people": command.more, "abm.people_more": command.more, "people.edit": command.edit},
    forms=(submit.FORM,),
)
