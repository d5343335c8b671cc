"""Numbers of the program: the accounts behind one."""

from handlers.measures import behind
from handlers.subject import Subject

MEASURES = Subject(buttons={"measures.behind": behind.opened, "measures.more": behind.more})
