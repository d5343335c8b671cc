"""The pages of one account: its agenda, details, card and history, of facts that hold a hostile text."""

from collections.abc import Callable
from dataclasses import replace

from agendas.pages.accounts import HistoryFacts, HistoryLine, account_card, details_page, history_page
from agendas.pages.agenda import agenda_page
from agendas.pages.evidence import Question, question_page, which_action_page, which_blocker_page
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from tests.agendas.pages.examples import NORMAL, NOW, ZONE
from tests.agendas.pages.hostile_facts import TODAY, a_told_item, an_item, correction_of, events

WORDS = Words()


def history(text: str) -> Page:
    lines = tuple(HistoryLine(e, each, text) for e in events(text) for each in (None, correction_of(e, text)))
    return history_page(HistoryFacts(7, text, lines, ZONE, TODAY), WORDS, can_correct=True)


def asked(text: str) -> list[Page]:
    told = text[:300]
    question = Question(7, "/next \u241f", text, text, ((text, told),), told, "next_action", {"text": told})
    actions = [(replace(NORMAL.facts.account.open_actions[0], text=text), told)]
    blockers = [(replace(NORMAL.facts.account.open_blockers[0], text=text), told)]
    pages = (
        question_page(question, WORDS),
        which_action_page(question, actions, WORDS, label=text, today=TODAY),
        which_blocker_page(question, blockers, WORDS, now=NOW, zone=ZONE),
    )
    return [page for page in pages if page is not None]


ACCOUNT_PAGES: dict[str, Callable[[str], list[Page]]] = {
    "agenda": lambda text: [
        agenda_page(one, WORDS, is_open=is_open)
        for is_open in (True, False)
        for one in (an_item(text), a_told_item(text))
    ],
    "details": lambda text: [details_page(an_item(text), WORDS, can_act=can_act) for can_act in (True, False)],
    "card": lambda text: [
        account_card(an_item(text), WORDS, last_events=tuple(HistoryLine(e, subject=text) for e in events(text)[:3]))
    ],
    "history": lambda text: [history(text)],
    "asked": asked,
}
