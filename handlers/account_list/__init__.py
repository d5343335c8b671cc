"""The named list: its pages and versions, and its changes: nominate, edit, name, move, pause, remove, swap."""

from functools import partial

from agendas.rules.list.capacity import NoRoom
from handlers.account_list import buttons, command, pages, submit, swap_form, versions
from handlers.subject import Subject

ACCOUNT_LIST = Subject(
    account_words={word: partial(command.put_in_charge, word=word) for word in command.ROLES},
    abm_words={"list": pages.show_list, "versions": versions.versions},
    buttons={
        "abm.list": buttons.more_of_list,
        "abm.list_more": buttons.more_of_list,
        "abm.versions_more": versions.more,
        "list.swap": buttons.open_swap,
        "list.justify": buttons.open_justification,
        "list.fill": buttons.open_justification,
    },
    forms=(submit.NOMINATE, submit.EDIT, submit.JUSTIFY, submit.CHANGE, submit.SWAP),
    forms_instead={NoRoom: swap_form.in_place_of},
)
