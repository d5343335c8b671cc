"""Fit: scores of the criteria, and the changes of the list that a fit proposes."""

from functools import partial

from agendas.verbs.list.by_word import ListWord
from handlers.fit import buttons, page, submit
from handlers.subject import Subject

FIT = Subject(
    account_pages={"fit": page.fit},
    buttons={
        "fit.open": buttons.open_all,
        "fit.score": buttons.open_one,
        "fit.stop": buttons.stop,
        "fit.ask": buttons.ask,
        "fit.name": partial(buttons.change_list, word=ListWord.NAME),
        "fit.tier": partial(buttons.change_list, word=ListWord.TIER),
        "fit.reject": partial(buttons.change_list, word=ListWord.REJECT),
        "fit.remove": partial(buttons.change_list, word=ListWord.REMOVE),
    },
    forms=(submit.FORM,),
)
