"""The executive review of a month."""

from handlers.executive import command
from handlers.subject import Subject

EXECUTIVE = Subject(abm_words={"executive": command.executive_review})
