"""The narrative of an account."""

from handlers.narrative import buttons, page, submit
from handlers.subject import Subject

NARRATIVE = Subject(
    account_pages={"narrative": page.narrative},
    buttons={
        "narrative.write": buttons.write,
        "narrative.rewrite": buttons.write,
        "narrative.read": page.read_version,
    },
    forms=(submit.FORM,),
)
