"""Everything that can arrive from Slack: one line for each subject, whose file has its words."""

import re

from slack_bolt.async_app import AsyncApp

from handlers.account_list import ACCOUNT_LIST
from handlers.accounts import ACCOUNTS, account_command
from handlers.away import AWAY
from handlers.calendar import CALENDAR
from handlers.corrections import CORRECTIONS
from handlers.deals import DEALS
from handlers.edge.deps import Deps
from handlers.edge.dispatch import ANSWER_WITHIN_SECONDS, Edge
from handlers.evidence import EVIDENCE
from handlers.executive import EXECUTIVE
from handlers.fit import FIT
from handlers.group import GROUP
from handlers.hand_over import HAND_OVER
from handlers.home import HOME, home_now
from handlers.imports import IMPORTS
from handlers.mail import MAIL
from handlers.measures import AUDIT, MEASURES, REPORTS, SCOREBOARD
from handlers.menu import MENU, abm_command
from handlers.narrative import NARRATIVE
from handlers.news import NEWS
from handlers.notices import NOTICES
from handlers.open_items import OPEN_ITEMS
from handlers.people import PEOPLE
from handlers.plays import PLAYS
from handlers.preferences import PREFERENCES
from handlers.preparing import PREPARING, REMINDING
from handlers.privacy import PRIVACY
from handlers.product import PRODUCT
from handlers.questions import QUESTIONS, WELCOME
from handlers.reviews import REVIEWS
from handlers.settings import SETTINGS
from handlers.shortcuts import SHORTCUTS
from handlers.signals import SIGNALS
from handlers.subject import merged, routes_of
from handlers.threads import THREADS
from handlers.trail import TRAIL
from handlers.updates import REPEATS, UPDATES
from handlers.wordings import WORDINGS

EVERYTHING = merged(
    (
        ACCOUNTS,  # /account, cards, history, deals
        ACCOUNT_LIST,  # the list and its versions; nominate, edit, name, tier, pause, remove, reject, restore, swap
        PRIVACY,  # who may see an account
        DEALS,  # stages that deals of the CRM imply
        UPDATES,  # /move, /blocker, /next; decisions; the buttons of agendas and cards; Undo
        PREPARING,  # answers to the message before a review
        OPEN_ITEMS,  # actions, blockers and asks, settled where they are shown
        CORRECTIONS,
        REPEATS,  # of the same thing within ten minutes
        EVIDENCE,  # of claimed steps, and whose act it is
        REVIEWS,  # /review; schedule, close, skip, move; the ledger
        EXECUTIVE,  # the executive review
        SCOREBOARD,  # accounts by need, measures and charts
        MEASURES,  # accounts behind a number
        REPORTS,  # pages of the program as files
        GROUP,  # the people at an account
        SIGNALS,  # /signal, signals of an account, the webhook's secret
        FIT,  # scores
        NARRATIVE,
        PRODUCT,
        PLAYS,  # plays of an account, and the library
        IMPORTS,
        PEOPLE,  # functions and rights
        HAND_OVER,  # everything that a person answers for, to others
        AWAY,  # days away and stand-ins
        AUDIT,  # whether the program works as one
        SETTINGS,
        MAIL,  # addresses that the executive review is mailed to
        TRAIL,  # who changed what
        PREFERENCES,  # which messages of the bot a person gets, and when
        REMINDING,  # the reminder of reviews to prepare
        MENU,  # /abm, help, health, export
        CALENDAR,  # addresses of calendars of reviews
        THREADS,  # messages and mentions, and replies in the threads of accounts
        NEWS,  # what a message told, line by line, until it is recorded
        QUESTIONS,  # what is asked, Ask Cadence
        WORDINGS,  # feedback on answers, /abm questions, words that are taught
        WELCOME,  # first words, and buttons that ask
        SHORTCUTS,  # Account update, Log to account
        HOME,
        NOTICES,  # events of channels, people and the workspace
    )
)

ACCOUNT = {"/account": account_command(EVERYTHING.account_pages, EVERYTHING.account_words)}
ABM = {"/abm": abm_command(EVERYTHING.abm_words, (*ACCOUNT, *EVERYTHING.commands))}
"""The two commands whose words come from many subjects."""

ROUTES = routes_of(EVERYTHING, commands=ACCOUNT | ABM, home=home_now)


def register(app: AsyncApp, deps: Deps, *, answer_within_seconds: float = ANSWER_WITHIN_SECONDS) -> Edge:
    """Return the edge, listening to everything: one listener per kind of payload, with a table behind it.

    Bolt tries listeners one by one, so each request pays for their number. The app has to be made with
    `before_authorize=OnlyReadable()`.
    """
    edge = Edge(deps, ROUTES, answer_within_seconds=answer_within_seconds)
    anything = re.compile(".*", re.DOTALL)
    # actions first, since Bolt tries listeners in this order and each choice in a form is an action too
    app.action(anything)(edge.act)
    app.command(anything)(edge.act)
    app.view_submission(anything)(edge.act)
    app.view_closed(anything)(edge.act)
    app.shortcut(anything)(edge.act)
    app.options(anything)(edge.act)
    app.event(anything)(edge.event)
    return edge
