"""/abm trail: who changed what."""

from agendas.pages.trail.page import MORE
from handlers.subject import Subject
from handlers.trail import command

TRAIL = Subject(abm_words={"trail": command.trail}, buttons={MORE: command.more})
