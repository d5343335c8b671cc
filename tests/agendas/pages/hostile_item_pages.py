"""The pages that answer questions about things of accounts, reviews and members, of facts that hold a hostile text."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from agendas.facts import answered_items as item_facts
from agendas.facts.account import Decision
from agendas.facts.answered_items import Act, FoundItem, MemberFacts, Moving, OfAccount, StageMove, Thing
from agendas.facts.events import DecisionKind, Moved
from agendas.facts.group import BuyingRole
from agendas.facts.past_review import FoundReview, PastReview, PastState
from agendas.facts.people import Function, PersonFacts, Right
from agendas.facts.query import FORMS, Form, Subject
from agendas.facts.reviews import OpenReview, PlannedState, PrepAccount, PrepFacts, Question, ReviewAhead
from agendas.pages import matches
from agendas.pages.matches import ItemKind, ItemsAsked
from agendas.pages.notices import prep_page
from agendas.rendering.mrkdwn import Mrkdwn, escape
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.deals import DealSum
from tests.agendas.pages.examples import NOW, ZONE
from tests.agendas.pages.hostile import poisoned
from tests.agendas.pages.hostile_facts import TODAY, an_account, an_item, events
from tests.agendas.pages.test_deals import DEALS
from tests.agendas.pages.test_group import PEOPLE as GROUP
from tests.agendas.pages.test_plays import SOME_PLAYS
from tests.agendas.pages.test_signals import NOTED

WORDS = Words()
RITA = PersonFacts("U0RITA1", "Rita", Right.EDITOR, Function.SALES, ZONE)


def item_pages(text: str) -> list[Page]:
    return [page for kind, found in _found(text).items() for page in _pages(kind, found, text)]


def _found(text: str) -> dict[Subject | ItemKind, list[FoundItem]]:
    account, told = an_account(text), events(text)
    move = next(each for each in told if isinstance(each.change, Moved))
    decision = Decision(4, DecisionKind.INTERVENE, text, NOW, "U0ANN1", "U0BOB1", TODAY, done_at=NOW)
    signal = replace(poisoned(NOTED, text), person=text, called=text)
    things: dict[Subject | ItemKind, tuple[Thing, ...]] = {
        Subject.ACTIONS: account.actions,
        Subject.BLOCKERS: account.blockers,
        Subject.ASKS: (decision,),
        Subject.DECISIONS: told,
        Subject.MOVEMENT: (*(StageMove(way, move, account.stage, account.stage) for way in Moving), an_item(text)),
        ItemKind.CLAIMS: (an_item(text),),
        Subject.EVIDENCE: tuple(Act(piece, move) for piece in move.evidence),
        Subject.LIST_CHANGES: tuple(each for each in told if each.change.kind in ("list_changed", "nominated")),
        Subject.SIGNALS: (signal, replace(signal, person="")),
        Subject.PEOPLE: poisoned(GROUP, text),
        ItemKind.MISSING: (item_facts.MissingRoles((BuyingRole.CHAMPION,)),),
        Subject.DEALS: poisoned(DEALS, text),
        Subject.PLAYS: poisoned(SOME_PLAYS.account.plays, text),
    }
    of = OfAccount(7, text, segment=text, owner="U0ANN1")
    return {
        kind: [FoundItem(of, each, 3, told[0], text, "U0BOB1", text) for each in some] for kind, some in things.items()
    }


def _pages(kind: Subject | ItemKind, found: list[FoundItem], text: str) -> Iterator[Page]:
    said: Mrkdwn = escape(text[:80])
    asked = ItemsAsked(kind, NOW, ZONE, text, said, said, (text, text), accounts=2, can_act=True)
    none = replace(asked, can_act=False, names=())
    count = len(found)
    yield matches.things_page(asked, found, WORDS, total=count + 1)
    # each thing once in a list, the first ones in the other forms
    found = [each for each in found if kind is not Subject.DECISIONS or _is_decided(each)][:2]
    for form in (Form.LIST, Form.YES_NO, Form.WHEN, Form.WHO, Form.WHY):
        yield matches.things_page(asked, found, WORDS, form, total=count)
        yield matches.things_page(none, (), WORDS, form, total=0)
    yield matches.things_page(none, found, WORDS, total=0)
    for name in ("", "no_line", "not_yet"):
        yield matches.instead_page(asked, found, WORDS, name)
    sums = DealSum(2, ((text, 3_00),), 1)
    for worth in (None, sums):
        yield matches.number_page(asked, WORDS, total=count, sums=worth)
        yield matches.number_page(asked, WORDS, total=count, sums=worth, parts=[(said, count, worth)])


def _is_decided(found: FoundItem) -> bool:
    change = getattr(found.thing, "change", None)
    return change is not None and change.kind in ("decided", "list_changed")


def review_and_member_pages(text: str) -> list[Page]:
    asked = ItemsAsked(Subject.REVIEWS, NOW, ZONE, "last", said=escape(text[:80]), names=(text,))
    attended = (("U0ANN1", "sales"), ("U0BOB1", ""))
    past = PastReview(5, NOW, ZONE, PastState.MISSED, attended=attended, reason=text)
    found = [
        FoundReview("C0ABM1", NOW, ZONE, past=past),
        FoundReview("C0ABM1", NOW, ZONE, past=replace(past, state=PastState.HELD, reason="")),
        FoundReview("C0ABM1", NOW, ZONE, running=OpenReview(3, "C0ABM1", NOW, ZONE, NOW + timedelta(days=1))),
        FoundReview("C0ABM1", NOW, ZONE, facilitator="U0ANN1"),
        FoundReview("C0ABM1", None, ZONE),
    ]
    told = MemberFacts(replace(RITA, name=text), (Function.SALES,), (text,) * 14, (text, text), (text,), 3, 1)
    those = ItemsAsked(Subject.MEMBERS, NOW, ZONE, said=escape(text[:80]))
    return [
        *(matches.reviews_page(asked, found, WORDS, form, total=9) for form in FORMS[Subject.REVIEWS]),
        *(matches.reviews_page(asked, (), WORDS, form, total=0) for form in (Form.LIST, Form.YES_NO, Form.WHO)),
        *(matches.reviews_page(asked, [each], WORDS, total=1) for each in found),
        matches.reviews_page(asked, found[:1], WORDS, Form.YES_NO, total=1),
        *(matches.members_page(those, some, WORDS) for some in ((told.person,) * 40, ())),
        matches.members_page(those, (told.person,) * 3, WORDS, is_count=True),
        matches.member_page([told, replace(told, leads=(), owned=(), partnered=(), late_actions=0)], WORDS),
    ]


def preparation_pages(text: str) -> list[Page]:
    item, told = an_item(text), events(text)
    ahead = [ReviewAhead("C0ABM1", TODAY, state, NOW, NOW) for state in PlannedState]
    theirs = item.facts.account.open_actions
    asked = [PrepAccount(item, each, "U0BOB1", theirs, answer) for each in Question for answer in (None, told[0])]
    return [prep_page(PrepFacts("prepare:1", "U0ANN1", ZONE, NOW, (each,), tuple(asked * 4)), WORDS) for each in ahead]


ITEM_PAGES = {
    "items asked": item_pages,
    "reviews and members asked": review_and_member_pages,
    "preparation": preparation_pages,
}
