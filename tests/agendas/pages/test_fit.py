from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.events import Profile
from agendas.facts.fit import AskedForFit, Criterion, FitScore, WaitingAccount
from agendas.facts.narrative import Justification, ProductField, ProductInput
from agendas.facts.people import Function
from agendas.pages.fit import FitFacts, QuestionFacts, fit_page, question_page
from agendas.rendering.words import Words
from tests.agendas.golden import check_pages
from tests.agendas.pages.examples import HOSTILE, LONG, NOW, ZONE

WORDS = Words()
REASON = "Renewing its stack in spring, 400 seats"
CANDIDATE = AccountState(8, Profile("Acme Corp", owner="U0ANN1"), because=REASON, justification=Justification(REASON))
DAY = timedelta(days=1)


def score(criterion: Criterion, points: int, by: str, function: str, because: str = "Seen in the demo") -> FitScore:
    return FitScore(criterion, points, because, function, by, NOW - 2 * DAY)


SCORES = (
    score(Criterion.ACV, 4, "U0ANN1", "sales", "400 seats at list price"),
    score(Criterion.ACV, 1, "U0FIN1", "finance", "They pay per store, not per seat"),
    score(Criterion.URGENCY, 4, "U0ANN1", "sales", "Audit in March"),
    score(Criterion.SALES_MOTION, 4, "U0ANN1", "sales", "We know their CFO"),
    score(Criterion.STRATEGIC_VALUE, 4, "U0DAN1", "executive", "Opens retail"),
    score(Criterion.EXPANSION, 3, "U0CLE1", "customer_success", "Two more units"),
)
ASKED = (
    AskedForFit("U0PRO1", "product", NOW - 5 * DAY, NOW - 2 * DAY),
    AskedForFit("U0BOB1", "marketing", NOW - 5 * DAY),
    AskedForFit("U0CLE1", "customer_success", NOW - 5 * DAY, is_open=False),
)


def facts(scores: tuple[FitScore, ...] = SCORES, **changes: object) -> FitFacts:
    account = replace(CANDIDATE, fit=scores)
    return replace(FitFacts(account, ASKED, NOW, ZONE), **changes)  # type: ignore[arg-type]


def with_text(text: str, copies: int = 1) -> FitFacts:
    scores = tuple(
        score(criterion, 4 * (n % 2), f"U0A{n:03}", text[:16], text) for criterion in Criterion for n in range(copies)
    )
    account = replace(CANDIDATE, profile=Profile(text), because=text, justification=Justification(text), fit=scores)
    return replace(facts(), account=account, asked=ASKED * copies)


def every(points: int, **others: int) -> tuple[FitScore, ...]:
    given = dict.fromkeys(Criterion, points) | others
    return tuple(score(Criterion(name), each, "U0ANN1", "sales") for name, each in given.items())


NOTED = ProductInput(8, ProductField.IMPLEMENTATION_FIT, "Their depots run our scanner", "U0BOB1", NOW)
NAMED = replace(CANDIDATE, list_status=ListStatus.NAMED, tier=1, fit=every(2))


def test_the_page_of_fit_explains_it_to_its_parts() -> None:
    pages = {
        "scored in part, for an editor": fit_page(facts(), WORDS, can_decide=True, can_score=True),
        "empty": fit_page(facts((), asked=()), WORDS),
        "empty, just asked": fit_page(facts(()), WORDS, can_decide=True, note="Asked: <@U0BOB1>."),
        "tier 1": fit_page(facts(every(4), asked=()), WORDS, can_decide=True),
        "tier 1 is full": fit_page(facts(every(4), asked=(), tier_1_owners=(None,) * 25), WORDS, can_decide=True),
        "ruled out": fit_page(facts(every(4, sales_motion=0, implementation_fit=0)), WORDS, can_decide=True),
        "too low": fit_page(facts(every(1)), WORDS, can_score=True),
        "named, to go down": fit_page(facts(account=NAMED), WORDS, can_decide=True),
        "with a note of product": fit_page(facts(account=replace(CANDIDATE, product=(NOTED,))), WORDS),
        "rejected": fit_page(
            facts(account=replace(NAMED, list_status=ListStatus.REJECTED, tier=None)), WORDS, can_decide=True
        ),
        "hostile": fit_page(with_text(HOSTILE), WORDS, can_decide=True),
        "too long": fit_page(with_text(LONG, copies=40), WORDS, can_decide=True),
    }
    check_pages("pages/fit", pages)


def waiting(text: str, count: int = 1) -> tuple[WaitingAccount, ...]:
    return tuple(WaitingAccount(n, text, text, (), n) for n in range(1, count + 1))


def test_the_question_names_every_account_and_what_is_asked() -> None:
    some = (WaitingAccount(1, "Acme Corp", "Renews in spring", (), 1), WaitingAccount(2, "Globex", "", (), 2))
    question = QuestionFacts((Function.SALES,), some, reminder_days=3)
    pages = {
        "two": question_page(question, WORDS),
        "one": question_page(replace(question, accounts=some[:1], functions=(Function.FINANCE,)), WORDS),
        "reminder": question_page(replace(question, is_reminder=True, functions=(Function.PRODUCT,)), WORDS),
        "hostile": question_page(replace(question, accounts=waiting(HOSTILE)), WORDS),
        "too long": question_page(replace(question, accounts=waiting(LONG, 200)), WORDS),
    }
    check_pages("pages/fit_question", pages)
