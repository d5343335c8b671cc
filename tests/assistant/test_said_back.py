from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import NOBODY, AccountStanding
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.query import FORMS, Field, Form, Having, Measure, Per, Period, Progress, Query, Subject, Way, Which
from agendas.facts.signals import SignalKind
from agendas.pages.said_back import SaidBack, reading_said, said_back
from agendas.rendering.words import Words
from tests.assistant.world import PEOPLE, TODAY
from tests.cases import cases

NORA, TOMAS = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id
READER = SaidBack(Words(), NORA, TODAY, {1: "Maple", 4: "Corvane & Sons"})
UP_TO_FRIDAY = Period(last=date(2026, 12, 4))
SINCE_MONDAY = Period(first=date(2026, 11, 23))

EXAMPLES: dict[str, Any] = {
    "of": (1, 4),
    "fields": (Field.VALUE,),
    "tiers": (1, 2),
    "stages": (Stage.MQA,),
    "states": (AccountStanding.STALLED,),
    "statuses": (ListStatus.PAUSED,),
    "segments": ("Food & Drink",),
    "owners": (TOMAS,),
    "having": (Having.BLOCKER,),
    "without": (Having.NEXT_ACTION,),
    "whose": (TOMAS,),
    "needs": (Function.EXECUTIVE,),
    "roles": (BuyingRole.CHAMPION,),
    "ways": (Way.ADVANCED,),
    "progress": (Progress.DONE,),
    "is_overdue": True,
    "signals": tuple(SignalKind)[:1],
    "decisions": (DecisionKind.PAUSE,),
    "least_cents": 10_000_000,
    "most_cents": 100_000_000,
    "currency": "USD",
    "about": "security <review>",
    "period": UP_TO_FRIDAY,
    "by": Field.VALUE,
    "is_lowest": True,
    "limit": 3,
    "skip": 3,
    "per": Per.OWNER,
    "which": Which.LAST,
    "measures": (Measure.WIN_RATE,),
}
ATTRIBUTES = [each.name for each in fields(Query) if each.name not in ("subject", "form")]


def said(subject: Subject = Subject.ACCOUNTS, form: Form = Form.LIST, **asked: Any) -> str:
    return said_back(Query(subject, form, **asked), READER)


@cases("attribute", ATTRIBUTES)
def test_each_attribute_of_a_query_is_said_back(attribute: str) -> None:
    assert said(form=Form.SUM, **{attribute: EXAMPLES[attribute]})


@cases(
    ("attribute", "kind"),
    [
        *(("stages", Stage), ("states", AccountStanding), ("statuses", ListStatus), ("having", Having)),
        *(("without", Having), ("needs", Function), ("roles", BuyingRole), ("ways", Way), ("progress", Progress)),
        *(("signals", SignalKind), ("decisions", DecisionKind), ("fields", Field), ("measures", Measure)),
    ],
)
def test_every_value_has_words_of_its_own(attribute: str, kind: type[StrEnum]) -> None:
    words = [said(form=Form.SUM, **{attribute: (each,)}) for each in kind]
    assert all(words)
    assert len(set(words)) == len(words)


@cases("each", [*(("by", each) for each in Field), *(("per", each) for each in Per)])
def test_every_order_and_split_has_words(each: tuple[str, Any]) -> None:
    assert said(**dict([each]))


@cases(
    ("subject", "asked", "words"),
    [
        (Subject.ACCOUNTS, {"tiers": (1,), "states": (AccountStanding.STALLED,), "owners": (TOMAS,)},
         f"Tier 1, stalled, <@{TOMAS}>'s"),
        (
            Subject.ACCOUNTS,
            {"states": tuple(each for each in AccountStanding if each is not AccountStanding.STALLED)},
            "Not stalled",
        ),
        (Subject.ACCOUNTS, {"owners": (NORA,)}, "Yours"),
        (Subject.ACCOUNTS, {"owners": (NOBODY,)}, "Without an owner"),
        (Subject.ACCOUNTS, {"owners": (NOBODY, NORA)}, "Nobody's or yours"),
        (Subject.ACCOUNTS, {"segments": ("Food & Drink",)}, "Segment Food &amp; Drink"),
        (Subject.ACCOUNTS, {"without": (Having.ROLE,), "roles": (BuyingRole.CHAMPION, BuyingRole.ECONOMIC_BUYER)},
         "Without a champion or an economic buyer"),
        (Subject.ACCOUNTS, {"without": (Having.TOUCH,), "period": Period(first=date(2026, 10, 27))},
         "Without anything from the buyer, since 27 Oct"),
        (Subject.ACTIONS, {"whose": (NORA,), "period": UP_TO_FRIDAY}, "Due by 4 Dec, yours"),
        (Subject.ACTIONS, {"whose": (TOMAS,), "is_overdue": True}, f"Overdue, <@{TOMAS}>'s"),
        (Subject.ACTIONS, {"owners": (NORA,), "tiers": (2,)}, "Tier 2, on your accounts"),
        (Subject.ACTIONS, {"progress": (Progress.DONE,), "period": SINCE_MONDAY}, "Done since Mon 23 Nov"),
        (Subject.BLOCKERS, {"progress": (Progress.DONE,), "period": SINCE_MONDAY}, "Resolved since Mon 23 Nov"),
        (Subject.BLOCKERS, {"needs": (Function.EXECUTIVE,)}, "Waiting for an executive"),
        (Subject.DEALS, {"period": Period(date(2026, 10, 1), date(2027, 3, 31))},
         "Closing 1 Oct to 31 Mar 2027"),
        (Subject.CHANGES, {"period": Period(TODAY, TODAY), "of": (4,)}, "Today, Corvane &amp; Sons"),
        (Subject.DECISIONS, {"whose": (NORA,), "period": Period(date(2026, 11, 24), date(2026, 11, 24))},
         "On Tue 24 Nov, by you"),
        (Subject.ACCOUNTS, {"by": Field.VALUE, "limit": 3}, "Highest value first, the first 3"),
        (Subject.ACTIONS, {"by": Field.AGE, "is_lowest": True, "limit": 1}, "Newest first, the first one"),
    ],
)  # fmt: skip
def test_filters_are_said_as_people_say_them(subject: Subject, asked: dict[str, Any], words: str) -> None:
    whole = said(subject, **asked)
    assert whole[:1].upper() + whole[1:] == words


def test_what_an_answer_says_by_itself_is_left_out() -> None:
    assert said_back(Query(Subject.ACCOUNTS, Form.LIST, tiers=(1,), limit=3), READER, but=("limit",)) == "Tier 1"


# A whole query as a phrase, on the button that offers it.


@cases(
    ("phrase", "query"),
    [
        (
            "Stalled accounts of tier 2",
            Query(Subject.ACCOUNTS, Form.LIST, tiers=(2,), states=(AccountStanding.STALLED,)),
        ),
        ("Brief: accounts, in 3 lines", Query(Subject.ACCOUNTS, Form.BRIEF, limit=3)),
        ("How many overdue actions, yours", Query(Subject.ACTIONS, Form.COUNT, whose=(NORA,), is_overdue=True)),
        ("Deals, won since Mon 23 Nov", Query(Subject.DEALS, Form.LIST, progress=(Progress.WON,), period=SINCE_MONDAY)),
        ("Owner, stage: Corvane", Query(Subject.ACCOUNTS, Form.FIELD, of=(7,), fields=(Field.OWNER, Field.STAGE))),
        ("How it stands: Corvane", Query(Subject.ACCOUNTS, Form.CARD, of=(7,))),
        ("Why: Corvane, stalled", Query(Subject.ACCOUNTS, Form.WHY, of=(7,), states=(AccountStanding.STALLED,))),
        ("Any overdue actions of Corvane?", Query(Subject.ACTIONS, Form.YES_NO, of=(7,), is_overdue=True)),
        ("Is Corvane at opportunity?", Query(Subject.ACCOUNTS, Form.YES_NO, of=(7,), stages=(Stage.OPPORTUNITY,))),
        ("Is Corvane a customer?", Query(Subject.ACCOUNTS, Form.YES_NO, of=(7,), stages=(Stage.CUSTOMER,))),
        ("Is Corvane in tier 1 or 2?", Query(Subject.ACCOUNTS, Form.YES_NO, of=(7,), tiers=(1, 2))),
        (
            "Does Corvane have an open blocker?",
            Query(Subject.ACCOUNTS, Form.YES_NO, of=(7,), having=(Having.BLOCKER,)),
        ),
        ("Win rate, per owner", Query(Subject.PROGRAM, Form.FIELD, measures=(Measure.WIN_RATE,), per=Per.OWNER)),
    ],
)
def test_a_reading_is_offered_in_plain_words(phrase: str, query: Query) -> None:
    reader = replace(READER, names={7: "Corvane"} if query.of else {})
    assert reading_said(query, reader) == phrase


def test_every_form_of_every_subject_can_be_offered() -> None:
    for subject, forms in FORMS.items():
        for form in forms:
            assert reading_said(Query(subject, form), READER), (subject, form)
