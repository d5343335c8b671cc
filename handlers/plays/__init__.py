"""Plays: those of an account, and the workspace's library."""

from handlers.plays import buttons, pages, submit
from handlers.subject import Subject

PLAYS = Subject(
    abm_words={"plays": pages.library},
    account_pages={"plays": pages.account_plays},
    account_words={"plays start": buttons.start_by_words},
    buttons={
        "plays.start": buttons.start,
        "plays.end": buttons.end,
        "plays.add": buttons.add,
        "plays.change": buttons.change,
        "plays.more": pages.more,
    },
    forms=(submit.CHOOSE, submit.START, submit.END, submit.ADD, submit.CHANGE),
)
