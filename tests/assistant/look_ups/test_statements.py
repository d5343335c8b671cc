"""Number of SQL statements for an answer about accounts: few for one, and no more for a hundred than for ten."""

from datetime import timedelta
from typing import Any

import pytest

from agendas.facts.events import ListChanged, Moved, Nominated, Profile
from agendas.facts.found import AccountStanding
from agendas.verbs.record import create_many
from assistant.look_ups.account_facts import OF_ROW, code_of
from assistant.look_ups.run import run
from assistant.query import Field, Form, Having, Per, Query, Subject
from storage.database import Store
from tests.assistant.look_ups.looking import asking
from tests.builders import ANN, NOW, author
from tests.program import learn_people
from tests.statements import statements

FEW, MANY = 10, 100
OF_ROWS = [field for field in Field if code_of(field) in OF_ROW]
SEGMENTS = {"Few": FEW, "Many": MANY}
MOST_FOR_ONE = 18
"""Statements for the card, which tells most."""

IN_TROUBLE = (AccountStanding.STALLED, AccountStanding.NEEDS_INTERVENTION)

OF_MANY: list[tuple[Form, dict[str, Any]]] = [
    (Form.LIST, {}),
    (Form.LIST, {"states": IN_TROUBLE}),
    (Form.LIST, {"by": Field.LAST_TOUCH, "limit": 3}),
    (Form.LIST, {"without": (Having.NEXT_ACTION, Having.ROLE, Having.TOUCH)}),
    (Form.FIELD, {"fields": (Field.OWNER, Field.ROLES, Field.NEXT_REVIEW)}),
    (Form.COUNT, {"states": IN_TROUBLE, "per": Per.FUNCTION}),
    (Form.SUM, {"fields": (Field.PIPELINE,)}),
    (Form.COMPARE, {"tiers": (1, 2)}),
    (Form.WHY, {"states": IN_TROUBLE}),
    (Form.YES_NO, {"having": (Having.PROPOSAL,)}),
]


@pytest.fixture
def listed(store: Store) -> Store:
    """Ten accounts of one segment, and a hundred of another."""
    learn_people(store)
    wanted = [
        (
            Nominated(Profile(f"Sample {segment} {number}", segment=segment, owner=ANN)),
            (ListChanged("named", 1 + number % 2, "Agreed"), Moved("A first call")),
        )
        for segment, count in SEGMENTS.items()
        for number in range(count)
    ]
    store.write_now(create_many, author(at=NOW - timedelta(days=60)), wanted)
    return store


def cost(store: Store, form: Form, **asked: Any) -> int:
    """How many statements the answer takes."""
    with asking(store) as context, statements(context.session) as sent:
        run(context, Query(Subject.ACCOUNTS, form, **asked))
    return len(sent)


def test_an_answer_about_one_account_takes_few_statements(listed: Store) -> None:
    for form in (Form.FIELD, Form.YES_NO, Form.WHY, Form.WHEN, Form.WHO, Form.CARD):
        assert cost(listed, form, of=(5,)) <= MOST_FOR_ONE, form
    assert cost(listed, Form.COMPARE, of=(5, 6)) <= MOST_FOR_ONE
    assert cost(listed, Form.COUNT, tiers=(1,)) == 2


def test_what_a_row_tells_is_read_from_it_and_its_history_alone(listed: Store) -> None:
    for field in OF_ROWS:
        assert cost(listed, Form.FIELD, of=(5,), fields=(field,)) == 3, field


def test_an_answer_about_a_hundred_accounts_takes_as_many_statements_as_one_about_ten(listed: Store) -> None:
    for form, asked in OF_MANY:
        few, many = (cost(listed, form, segments=(segment,), **asked) for segment in SEGMENTS)
        assert few == many, (form, asked)
