"""The pages of admins and of people who meet the bot, of facts that hold a hostile text."""

from collections.abc import Callable
from dataclasses import replace

from agendas.errors import Offer, Unclear
from agendas.facts.answers import WaitingWork
from agendas.facts.people import Function, Lead, PersonFacts, Right
from agendas.facts.program import DEFAULTS, MailFacts, MailKind, MailTrouble, TrailFacts, TrailNames
from agendas.facts.reviews import Away
from agendas.pages import answers
from agendas.pages.account_list import menu_page
from agendas.pages.admin import mail_page, setup_lines
from agendas.pages.command_help import no_account_page, offers_page, outsider_page, refused_page
from agendas.pages.news import news_page, nothing_drafted_page
from agendas.pages.people import Sum, away_page, correct_page, giver_page, kept_page, people_page
from agendas.pages.trail import trail_page
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import Button, Note, Page
from agendas.rendering.words import Words
from agendas.rules.access import Permission
from tests.agendas.pages.examples import NOW, ZONE
from tests.agendas.pages.hostile import poisoned
from tests.agendas.pages.test_admin import NOTHING_SET_UP
from tests.agendas.pages.test_answers import NEWCOMER
from tests.agendas.pages.test_news import hostile_news
from tests.agendas.pages.test_people import FULL as AWAY
from tests.agendas.pages.test_trail import CHANGES, ENTRIES, page_of
from tests.agendas.pages.test_trail import NAMED as TRAIL_NAMES

WORDS = Words()


def _trail(text: str) -> TrailFacts:
    """Every kind of entry, with the text wherever somebody may have typed it."""
    named = TrailNames(
        dict.fromkeys(TRAIL_NAMES.people, text),
        dict.fromkeys(TRAIL_NAMES.accounts, text),
        TRAIL_NAMES.channels,
        TRAIL_NAMES.reviews,
    )
    typed = {"file_name": text, "because": text, "name": text, "outcome": text, "scope": {"segments": [text]}}
    entries = [replace(each, after={**each.after, **typed}) for each in ENTRIES]
    changes = [replace(each, event=poisoned(each.event, text)) for each in CHANGES]
    return replace(page_of(*entries, *changes), named=named)


ADMIN_PAGES: dict[str, Callable[[str], list[Page]]] = {
    "menu": lambda text: [
        menu_page(
            {1: 3},
            WORDS,
            candidates=4,
            paused=1,
            settings=DEFAULTS,
            person=PersonFacts("U0ANN1", text, Right.ADMIN),
            to_set_up=setup_lines(poisoned(NOTHING_SET_UP, text), WORDS),
        )
    ],
    "handed over": lambda text: [giver_page("U0ANN1", [("U0BOB1", Sum((text,), 1, (), 2, 0, 0))], WORDS)],
    "what was told": lambda text: [
        answers.form_offers_page(
            (answers.FormOffer("move", 7, text), answers.FormOffer("move", 8, text)), WORDS, text=text
        ),
        answers.unread_page(WORDS, text=text, samples=(text, text), named=(text,), unread=(text, text)),
        answers.no_answer_page(WORDS, text=text, understood=escape(text), samples=(text,)),
        answers.no_text_page(WORDS),
        answers.term_page(WORDS, "stalled", DEFAULTS),
        answers.offers_page((Button(text[:70], "ask.read", "{}"),), WORDS, unread=(text, text)),
        Page("taken", (Note(WORDS.say("remarks.taken", typed=text, name=text)),)),
        Page("shared", (Note(WORDS.say("remarks.shared", name=text, question=text)),)),
    ],
    "news": lambda text: [
        news_page(hostile_news(text), {7: text, 8: text}, WORDS, key="1", today=NOW.date()),
        nothing_drafted_page(WORDS, text),
    ],
    "welcome": lambda text: [
        answers.first_words_page(replace(poisoned(NEWCOMER, text), samples=(text, text)), WORDS),
        answers.greeting_page(WaitingWork(actions=2, late=1, scores=1, samples=(text,)), WORDS, zone=ZONE),
    ],
    "people": lambda text: [
        people_page((PersonFacts("U0ANN1", text, Right.ADMIN),), WORDS, can_edit=True, name=text[:20]),
        mail_page(
            MailFacts(troubles=(MailTrouble(7, text, MailKind.CODE, "", False, text, NOW),)),
            WORDS,
            has_server=False,
            zone=ZONE,
            today=NOW.date(),
        ),
        people_page((), WORDS, can_edit=True, leads=(Lead(Function.SALES, PersonFacts("U0ANN1", text, Right.ADMIN)),)),
    ],
    "days away": lambda text: [
        away_page(replace(poisoned(AWAY, text), everyone=(Away("", NOW.date(), NOW.date(), name=text),)), WORDS),
        kept_page(Away("", NOW.date(), NOW.date(), name=text), WORDS, today=NOW.date(), is_own=False),
        correct_page(text, "one - - -", WORDS),
    ],
    "trail": lambda text: [trail_page(_trail(text), WORDS)],
    "refusals": lambda text: [
        offers_page(Unclear(text, (Offer(text, f"/account {text}"), Offer("x", "x" * 2_001))), WORDS),
        no_account_page(WORDS),
        refused_page(Permission.DECIDE, Right.VIEWER, WORDS, admins=("U0ANN1",)),
        outsider_page("guest", WORDS, admins=("U0ANN1", "U0BOB1")),
    ],
}
