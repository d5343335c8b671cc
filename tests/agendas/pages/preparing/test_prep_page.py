"""The message that asks a person to prepare their reviews."""

from dataclasses import replace
from datetime import date, timedelta

from agendas.facts.account import Blocker, NextAction
from agendas.facts.events import NothingMoved
from agendas.facts.reviews import Planned, PrepAccount, PrepFacts, Question, ReviewAhead
from agendas.pages.notices import prep_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.builders import ANN, BOB, HOUR, NOW, ZONE, account, agenda_facts, agenda_item, ago, event, profile
from tests.cases import cases

WORDS = Words()
MEETS = NOW + timedelta(hours=23)
AHEAD = ReviewAhead("C0WEEKLY1", MEETS.date(), Planned.AHEAD, MEETS, MEETS - 2 * HOUR)
LATE = NextAction(3, "Call their COO", ANN, date(2026, 11, 20), ago(20), slips=1)
CAP = Blocker(4, "Liability cap", ANN, "executive", ago(24))


def asked(number: int, name: str, question: Question = Question.MOVED, **values: object) -> PrepAccount:
    state = account(account_id=number, profile=profile(name), blockers=(CAP,) if number == 1 else ())
    return PrepAccount(agenda_item(agenda_facts(account=state)), question, **values)  # type: ignore[arg-type]


CORVANE = asked(1, "Corvane Logistics", actions=(LATE,))
ACCOUNTS = (
    CORVANE,
    asked(2, "Halden", Question.BUYER),
    asked(3, "Sable", Question.SUCCESS, for_user_id=BOB),
    asked(4, "Tallow", Question.FIT),
    asked(5, "Merrow", answer=event(NothingMoved(), account_id=5, actor=BOB)),
)


def prep(*accounts: PrepAccount, reviews: tuple[ReviewAhead, ...] = (AHEAD,)) -> PrepFacts:
    return PrepFacts("prepare:1:2026-11-25:U0ANN0001", ANN, ZONE, NOW, reviews, accounts)


def test_a_preparation_says_what_its_golden_file_says() -> None:
    moved = replace(AHEAD, planned_on=MEETS.date() - timedelta(days=1), was_moved=True, channel_id="C0SECOND1")
    states = [replace(AHEAD, state=state, cutoff_at=None) for state in Planned if state is not Planned.AHEAD]
    pages = {
        "normal": prep_page(prep(*ACCOUNTS), WORDS),
        "all said": prep_page(prep(ACCOUNTS[-1]), WORDS),
        "two reviews": prep_page(prep(CORVANE, reviews=(AHEAD, moved)), WORDS),
        "what became of it": prep_page(prep(ACCOUNTS[1], ACCOUNTS[-1], reviews=tuple(states)), WORDS),
        "more than fit": prep_page(prep(*(asked(number, f"Account {number}") for number in range(2, 42))), WORDS),
    }
    for page in pages.values():
        check_messages(messages(page))
        assert len(messages(page)) == 1
    check_golden("pages/preparation", "\n".join(drawn(name, page) for name, page in pages.items()))


@cases(
    ("accounts", "said"),
    [
        ((CORVANE, ACCOUNTS[1], ACCOUNTS[4]), "2 of 3 accounts to update"),
        (
            (replace(CORVANE, answer=ACCOUNTS[4].answer), ACCOUNTS[1]),
            "1 of 2 accounts to update · 1 promise to answer",
        ),
        ((replace(CORVANE, answer=ACCOUNTS[4].answer, actions=(LATE, LATE)),), "2 promises to answer"),
    ],
)
def test_it_counts_accounts_without_an_answer_and_of_others_the_promises_that_are_due(
    accounts: tuple[PrepAccount, ...], said: str
) -> None:
    assert drawn("", prep_page(prep(*accounts), WORDS)).count(f"\n{said}\n") == 1
