"""/abm audit: the five operating choices by their checks, and the accounts behind each."""

from handlers.audit import pages
from handlers.subject import Subject

AUDIT = Subject(
    abm_words={"audit": pages.show},
    buttons={
        "audit.behind": pages.behind,
        "audit.more": pages.behind,
        "audit.list_reviewed": pages.list_reviewed,
    },
)
