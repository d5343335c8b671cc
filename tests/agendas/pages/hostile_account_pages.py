"""The pages of one account and those of its reviews, before and after, of facts that hold a hostile text."""

from collections.abc import Callable
from dataclasses import replace

from agendas.facts.account import EventFacts, Source
from agendas.facts.answered_items import FoundItem, OfAccount
from agendas.facts.events import Corrected, Moved
from agendas.facts.past_review import OpenedAccount, OpenedReview, PastReview, PastReviews, PastState
from agendas.facts.reviews import (
    Brief,
    ChangeSinceReview,
    CorrectedEntry,
    Promise,
    QuestionCode,
    QuestionToDecide,
    ReviewFacts,
)
from agendas.pages.accounts import HistoryFacts, HistoryLine, account_card, details_page, history_page
from agendas.pages.agenda import agenda_page
from agendas.pages.evidence import WordsQuestion, question_page, which_page
from agendas.pages.recap import opened_account_page, opened_review_page, past_reviews_page
from agendas.pages.reviews import asked_before_page, brief_page, leads_now_page
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
    question = WordsQuestion(7, "/next \u241f", text, text, ((text, told),), told, "next_action", {"text": told})
    actions = [(replace(NORMAL.facts.account.open_actions[0], text=text), told)]
    blockers = [(replace(NORMAL.facts.account.open_blockers[0], text=text), told)]
    pages = (
        question_page(question, WORDS),
        which_page(question, actions, WORDS, label=text, today=TODAY, zone=ZONE),
        which_page(question, blockers, WORDS, label=text, today=TODAY, zone=ZONE),
    )
    return [page for page in pages if page is not None]


def brief_pages(text: str) -> list[Page]:
    """A brief, a question, a reminder and the notice to a new facilitator."""
    found = an_item(text)
    brief = Brief(
        *(1, "C0ABM1", TODAY, NOW, ZONE, 45, (found,)),
        changes={ChangeSinceReview.ADVANCED: (text,) * 5},
        promised=(Promise(text, text, "U0ANN1", 3),) * 3,
        matters=((found, QuestionToDecide(QuestionCode.ASK_OVERDUE, 4, about=text)),),
    )
    asked = {"by": "U0ANN1", "channel_id": "C0ABM1", "at": NOW, "zone": ZONE, "words": WORDS}
    return [
        brief_page(brief, WORDS),
        asked_before_page(text=text, accounts=(), **asked),
        asked_before_page(text="", accounts=[(7, text)] * 7, **asked),
        leads_now_page(**asked),
    ]


def past_pages(review: ReviewFacts, text: str) -> list[Page]:
    """The list, a review opened, and one of its accounts, with the text wherever somebody may have typed it."""
    skipped = PastReview(0, NOW, ZONE, PastState.SKIPPED, reason=text, by="U0ANN1")
    held = PastReview(5, NOW, ZONE, PastState.HELD, attended=review.attended, late_minutes=3)
    told = EventFacts(9, 1, Moved(text), NOW, NOW, "U0ANN1", Source.COMMAND)
    entry = CorrectedEntry(told, EventFacts(10, 1, Corrected(9, text), NOW, NOW, "U0BOB1", Source.COMMAND))
    item = review.items[0]
    corrected = replace(review, corrected=((item.facts.account.account_id, entry),))
    later = (FoundItem(OfAccount(7, text), told, 9),)
    opened = OpenedReview(held, corrected, 3, 7, "https://example.slack.com/archives/C01/p1", "", later)
    account = OpenedAccount(item, 5, NOW.date(), NOW, ZONE, (entry,))
    return [
        past_reviews_page(PastReviews("C0WEEKLY", (held, skipped)), WORDS),
        opened_review_page(opened, WORDS),
        opened_account_page(account, WORDS),
    ]


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
    "brief": brief_pages,
}
