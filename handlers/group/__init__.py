"""The buying group of an account: its people, their roles, and who left."""

from functools import partial

from agendas.pages.accounts.asked import FILL
from handlers.forms.asking import fill_in
from handlers.group import buttons, submit, words
from handlers.subject import Subject

GROUP = Subject(
    account_pages={"group": words.group},
    account_words={"group add": words.add},
    buttons={
        "group.add": buttons.add,
        "group.edit": buttons.edit,
        "group.left": buttons.left,
        "group.stranger": buttons.add_stranger,
        "group.confirm": buttons.confirm_suggested,
        "group.more": buttons.more,
        f"{FILL}/{submit.ADD.frame.callback_id}": partial(fill_in, form=submit.ADD),
    },
    forms=(submit.ADD, submit.EDIT, submit.LEFT),
)
