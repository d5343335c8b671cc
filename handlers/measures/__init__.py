"""/abm measures: the figures of the program, and the accounts behind one."""

from handlers.measures import behind, command
from handlers.subject import Subject

MEASURES = Subject(
    abm_words={"measures": command.measures},
    buttons={
        "measures.all": command.all_measures,
        "measures.behind": behind.opened,
        "measures.more": behind.more,
    },
)
