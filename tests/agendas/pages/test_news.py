"""Pages of news as drafts."""

from dataclasses import replace
from datetime import date
from typing import Any

from agendas.facts.account import Stage
from agendas.facts.evidence import EvidenceActor
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from agendas.pages.news import news_page, nothing_drafted_page
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.news import Draft, DraftKind
from tests.agendas.golden import check_pages

WORDS = Words()
TODAY = date(2026, 11, 26)
NAMES = {7: "Corvane", 8: "Halden"}
FRIDAY = date(2026, 12, 4)
MOVED = Draft(DraftKind.MOVEMENT, "head of operations wants to start with two depots", 7, actor=EvidenceActor.BUYER)
BLOCKED = Draft(DraftKind.BLOCKER, "purchasing misses our insurance papers", 7, needs=Function.FINANCE)
NEXT = Draft(DraftKind.NEXT_ACTION, "our engineer mails the load test", 7, owner="U0ENG1", due_on=FRIDAY)
ITEMS = ((21, "Send the proposal"), (22, "Call the COO"))
READY = (
    replace(MOVED, actor=EvidenceActor.US),
    replace(MOVED, actor=None),
    replace(MOVED, actor=None, stage=Stage.CUSTOMER),
    replace(MOVED, stage=Stage.OPPORTUNITY, shows="Their board approved it"),
    replace(NEXT, due_on=None),
    replace(BLOCKED, happened_on=date(2026, 11, 24)),
    Draft(DraftKind.NOTE, "they moved into a new office", 7),
    Draft(DraftKind.DONE, "I finished the proposal", 7, item=21, items=ITEMS[:1]),
    Draft(DraftKind.SLIPPED, "push the proposal", 7, item=21, items=ITEMS[:1], due_on=FRIDAY),
    Draft(DraftKind.RESOLVED, "the cap was accepted", 7, item=31, items=((31, "liability cap"),), is_confirmed=True),
    Draft(DraftKind.LEFT, "the champion left", 7, item=41, items=((41, "Hugo Blanc"),), role=BuyingRole.CHAMPION),
    Draft(DraftKind.LEFT, "he left in October", 7, item=41, items=((41, "Hugo Blanc"),), left_on=date(2026, 10, 31)),
    Draft(DraftKind.JOINED, "Gerd is now our champion", 8, person="Gerd", title="head of IT", role=BuyingRole.CHAMPION),
    Draft(DraftKind.NO_CHANGE, "nothing new", 8),
    Draft(DraftKind.SIGNAL, "3 from Halden", 8, signal=SignalKind.EVENT, count=3),
)
ASKED = (
    replace(NEXT, owner=""),
    Draft(DraftKind.SIGNAL, "2 from Lindqvist", typed="Lindqvist", signal=SignalKind.EVENT, count=2),
    Draft(DraftKind.MOVEMENT, "they called", near=((7, "Corvane"), (8, "Halden"))),
    Draft(DraftKind.UNCLEAR, "Corvane looks nice", 7),
    Draft(DraftKind.DONE, "done", 7, items=ITEMS),
    Draft(DraftKind.SLIPPED, "postpone it a week", 7, item=21, items=ITEMS[:1]),
    Draft(DraftKind.JOINED, "new CTO", 8),
    Draft(DraftKind.RESOLVED, "the cap was accepted", 7, item=31, items=((31, "liability cap"),)),
    Draft(DraftKind.LEFT, "she left", 7, items=((41, "Hugo Blanc"), (42, "Dana Weber"))),
)


def hostile_news(text: str) -> list[Draft]:
    """Every kind of line with the text wherever somebody may have typed it."""
    return [
        replace(
            each,
            words=text,
            typed=text and each.typed and text,
            near=tuple((number, text) for number, _ in each.near),
            items=tuple((number, text) for number, _ in each.items),
            person=each.person and text,
            shows=each.shows and text,
            problem=text,
        )
        for each in (*READY, *ASKED)
    ]


def page(*drafts: Draft, **choices: Any) -> Page:
    return news_page(drafts, NAMES, WORDS, key="17955324", today=TODAY, **choices)


def test_each_page_of_news_says_what_its_golden_file_says() -> None:
    recorded = replace(MOVED, event_id=91)
    pages = {
        "three lines of one account": page(MOVED, BLOCKED, NEXT),
        "every kind of line": page(*READY),
        "every question": page(*ASKED),
        "with more words than lines": page(MOVED, left_out=("they might buy", "a" * 81, "<!channel>", "and more")),
        "all are recorded": page(recorded, replace(BLOCKED, event_id=92)),
        "one is left": page(recorded, ASKED[2]),
        "one was refused": page(MOVED, replace(NEXT, problem="It is due on Fri 4 Dec; give a later date.")),
        "as many as are shown": page(*([replace(MOVED, event_id=91)] * 15)),
        "nothing is left": page(),
        "by who may not record": page(MOVED, NEXT, can_record=False),
        "of talk in a thread, one line": page(BLOCKED, is_whisper=True),
        "of talk in a thread, two lines": page(MOVED, BLOCKED, is_whisper=True),
        "of talk in a thread, recorded": page(recorded, is_whisper=True),
        "of talk in a thread, in part": page(BLOCKED, is_whisper=True, to_draft="17955324 odd mood there"),
        "by a language model": page(replace(BLOCKED, is_by_model=True), NEXT),
        "by a language model, nothing": nothing_drafted_page(WORDS),
        "by a language model, which is used up": nothing_drafted_page(WORDS, "person_limit"),
        "by a language model, which is away": nothing_drafted_page(WORDS, "unreached"),
    }
    check_pages("pages/news", pages)
