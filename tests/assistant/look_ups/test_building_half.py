"""Every query of the half to build with, about anything, is answered from the stored world."""

import pytest

from agendas.rendering.filters import day
from assistant.query import Form, Query, Subject
from storage.database.engine import Store
from tests.assistant.asking import found_by, told
from tests.assistant.labels import Half, all_questions
from tests.assistant.world import ACCOUNTS, SEES_PRIVATE, TODAY

ASKED = sorted(
    {
        (question.asker, label)
        for question in all_questions()
        if question.half is Half.BUILDING
        for label in question.right
        if isinstance(label, Query)
    },
    key=repr,
)
NAMES = {row.account_id: row.name for row in ACCOUNTS.values()}
PRIVATE = {row.account_id for row in ACCOUNTS.values() if row.is_private}


@pytest.mark.parametrize("subject", Subject)
def test_a_labelled_query_is_answered_with_its_accounts_named_and_its_days_said(world: Store, subject: Subject) -> None:
    asked = [(asker, query) for asker, query in ASKED if query.subject is subject]
    assert asked
    for asker, query in asked:
        said = told(world, asker, query)
        seen = [number for number in query.of if number not in PRIVATE or asker in SEES_PRIVATE]
        assert [NAMES[number] for number in seen if NAMES[number] not in said] == [], (query, said)
        # an answer to when, who and why tells the day of each thing
        if query.period is not None and query.form not in (Form.WHEN, Form.WHO, Form.WHY):
            ends = [each for each in (query.period.first, query.period.last) if each is not None]
            days = ["today" if each == TODAY else day(each, today=TODAY) for each in ends]
            assert any(each in said for each in days), (query, said)


def test_nobody_is_answered_about_an_account_that_they_may_not_see(world: Store) -> None:
    for asker, query in ASKED:
        if asker not in SEES_PRIVATE:
            found = found_by(world, asker, query)
            assert PRIVATE.isdisjoint(found.listed), query
            assert "Orrin" not in told(world, asker, query), query
