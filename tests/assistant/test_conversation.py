from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from agendas.facts.account import Stage
from agendas.facts.answered_items import NOBODY, AccountStanding
from agendas.facts.group import BuyingRole
from agendas.facts.query import Field, Form, Having, Period, Query, Subject
from assistant.conversation import KEPT_FOR, KEPT_IDS, LastAnswer, recall, remember, spoken_of
from assistant.remark import Remark, RemarkKind
from storage import inbox
from storage.database import Store, hiding
from storage.models.questions import Conversation
from tests.builders import ANN, BOB, NOW, WORKSPACE
from tests.program import Program, stored_program

WIDE = Query(
    Subject.ACCOUNTS,
    Form.LIST,
    fields=(Field.VALUE,),
    tiers=(1, 2),
    stages=(Stage.MQA,),
    states=(AccountStanding.STALLED,),
    segments=('Financial "services"',),
    owners=(ANN, NOBODY),
    without=(Having.ROLE,),
    roles=(BuyingRole.CHAMPION,),
    period=Period(None, date(2026, 11, 26)),
    by=Field.VALUE,
    is_lowest=True,
    limit=3,
)


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def kept(program: Program, last: LastAnswer, *places: str, by: str = ANN) -> None:
    program.store.write_now(remember, WORKSPACE, by, places or ("D1",), last=last, now=NOW)


def recalled(program: Program, *places: str, hidden: tuple[int, ...] = (), by: str = ANN) -> LastAnswer | None:
    def read(session: Session) -> LastAnswer | None:
        with hiding(session, hidden):
            return recall(session, WORKSPACE, by, places or ("D1",), now=NOW)

    return program.store.read_now(read)


def test_the_last_answer_comes_back_as_it_was_for_each_person_and_place_for_half_an_hour(program: Program) -> None:
    acme, globex = program.accounts["acme"], program.accounts["globex"]
    first = LastAnswer(Query(Subject.BLOCKERS, Form.LIST, of=(acme,)), listed=(acme,))
    second = LastAnswer(WIDE, listed=(globex, acme), offered=(acme, globex))
    for last in (first, second):
        kept(program, last)
    kept(program, first, "C1 17.1")
    assert recalled(program) == second
    assert recalled(program, "C1 17.1") == first
    assert recalled(program, "C1 18.1", "D1") == second
    assert recalled(program, by=BOB) is None
    late = NOW + KEPT_FOR + timedelta(seconds=1)
    assert program.store.read_now(recall, WORKSPACE, ANN, ("D1",), now=late) is None


def test_what_the_person_may_not_see_any_more_is_left_out_of_it(program: Program) -> None:
    acme, globex = program.accounts["acme"], program.accounts["globex"]
    both = Query(Subject.ACCOUNTS, Form.COMPARE, of=(acme, globex))
    kept(program, LastAnswer(both, listed=(acme, globex), offered=(globex, acme)))
    seen = LastAnswer(replace(both, of=(globex,)), listed=(globex,), offered=(globex,))
    assert recalled(program, hidden=(acme,)) == seen
    assert recalled(program, hidden=(acme, globex)) is None
    kept(program, LastAnswer(WIDE, listed=(acme,), items=(1, 10**9)))
    assert recalled(program) == LastAnswer(WIDE, listed=(acme,), items=(1,))


def test_of_a_long_answer_the_first_accounts_are_kept(program: Program) -> None:
    kept(program, LastAnswer(WIDE, listed=(program.accounts["acme"], *range(10_000, 11_000))))
    row = program.store.read_now(inbox.conversation, WORKSPACE, ANN, "D1")
    assert row is not None
    assert row.question.count("10") < KEPT_IDS * 2


@pytest.mark.parametrize(
    "stored",
    [
        '{"intent": "blockers", "user_id": "", "due": "all", "way": ""}',
        '{"query": {"subject": "weather", "form": "list"}}',
        "{",
    ],
)
def test_what_another_version_stored_is_no_answer_to_stand_on(program: Program, stored: str) -> None:
    row = Conversation(workspace_id=WORKSPACE, user_id=ANN, place="D1", question=stored, asked_at=NOW)
    program.store.write_now(inbox.keep_conversation, row)
    assert recalled(program) is None


def test_a_row_without_the_newer_fields_loads_with_their_defaults(program: Program) -> None:
    stored = '{"query": {"subject": "accounts", "form": "list", "of": [], "shade": "blue"}, "extra": 1}'
    row = Conversation(workspace_id=WORKSPACE, user_id=ANN, place="D1", question=stored, asked_at=NOW)
    program.store.write_now(inbox.keep_conversation, row)
    assert recalled(program) == LastAnswer(Query(Subject.ACCOUNTS, Form.LIST))


def test_it_is_the_account_that_news_or_an_order_was_about() -> None:
    order = spoken_of(Remark(RemarkKind.ORDER, of=(4,)))
    assert order == LastAnswer(Query(Subject.ACCOUNTS, Form.CARD, of=(4,)), listed=(4,))
    assert spoken_of(Remark(RemarkKind.HELLO)) is None
