import re
from pathlib import Path

import pytest

from agendas.facts.query import FORMS, Field, Form, Having, Measure, Per, Query, Subject, Way
from agendas.rendering.blockkit import messages
from agendas.rendering.words import day
from assistant.remark import Reading
from assistant.reply import reply
from storage.database import Store
from tests.assistant.asking import NAMES as MEMBERS
from tests.assistant.asking import asking, found_by
from tests.assistant.labels import Half, all_questions
from tests.assistant.world import ACCOUNTS, SEES_PRIVATE, TODAY
from tests.cases import cases
from tests.plain import plain

# The table of docs/questions.md says which look-ups there are.

ROW = re.compile(r"\| `(?P<subject>\w+)` \|[^|]*\| (?P<forms>[^|]*) \|")
TABLE = {
    Subject(row["subject"]): frozenset(Form(each.strip()) for each in row["forms"].split(","))
    for row in ROW.finditer(Path("docs/questions.md").read_text(encoding="utf-8"))
}


def test_the_table_and_the_look_ups_have_every_subject() -> None:
    assert set(TABLE) == set(FORMS) == set(Subject)


@cases("subject", FORMS)
def test_the_look_ups_of_a_subject_are_those_of_the_table(subject: Subject) -> None:
    assert set(FORMS[subject]) == TABLE[subject]


# No question ends in silence: whatever may be asked for has an answer.

BY_THING = (Form.YES_NO, Form.WHEN, Form.WHO, Form.WHY, Form.LIST)
ONE = ACCOUNTS["corvane"].account_id
COMBINATIONS = [
    *(Query(subject, form, of=of) for subject, forms in FORMS.items() for form in forms for of in ((), (ONE,))),
    *(Query(Subject.ACCOUNTS, Form.FIELD, of=(ONE,), fields=(each,)) for each in Field),
    *(Query(Subject.ACCOUNTS, Form.SUM, fields=(each,)) for each in (Field.VALUE, Field.PIPELINE)),
    *(Query(Subject.ACCOUNTS, Form.LIST, by=each, limit=3) for each in Field),
    *(Query(Subject.ACCOUNTS, form, of=(ONE,), having=(each,)) for form in BY_THING for each in Having),
    *(Query(Subject.ACCOUNTS, form, of=(ONE,), without=(each,)) for form in BY_THING for each in Having),
    *(Query(Subject.ACCOUNTS, Form.COUNT, per=each) for each in Per),
    *(Query(Subject.MOVEMENT, form, ways=(Way.CLAIMED,)) for form in FORMS[Subject.MOVEMENT]),
    *(
        Query(Subject.PEOPLE, form, of=of, without=(Having.ROLE,))
        for form in FORMS[Subject.PEOPLE]
        for of in ((), (ONE,))
    ),
    *(Query(Subject.PROGRAM, Form.FIELD, measures=(each,), per=per) for each in Measure for per in Per),
]


@cases("query", COMBINATIONS, one_in=8)
def test_no_combination_of_subject_form_and_field_is_answered_with_silence(world: Store, query: Query) -> None:
    with asking(world, "nora") as context:
        page = reply(context, "asked", Reading(query)).page
    assert messages(page)
    assert plain(page, MEMBERS).strip()
    assert "That can't be answered" not in plain(page, MEMBERS)


# Every query of the half to build with, about anything but accounts, is answered from the stored world.


def asked() -> dict[Query, str]:
    """Each query once, with one who asks it."""
    return {
        label: question.asker
        for question in all_questions()
        if question.half is Half.BUILDING
        for label in question.right
        if isinstance(label, Query) and label.subject is not Subject.ACCOUNTS
    }


NAMES = {row.account_id: row.name for row in ACCOUNTS.values()}
PRIVATE = {row.account_id: row.name for row in ACCOUNTS.values() if row.is_private}


@pytest.mark.parametrize("one_in", [15, pytest.param(1, marks=pytest.mark.proof)])
def test_a_labelled_query_is_answered_with_its_accounts_and_days_and_nothing_that_is_private(world: Store, one_in: int):
    assert {query.subject for query in asked()} == set(Subject) - {Subject.ACCOUNTS}
    for query, asker in list(asked().items())[::one_in]:
        found = found_by(world, asker, query)
        said = plain(found.page, MEMBERS)
        hidden = {} if asker in SEES_PRIVATE else PRIVATE
        assert not hidden.keys() & set(found.listed), query
        assert not any(name in said for name in hidden.values()), (query, said)
        named = [NAMES[number] for number in query.of if number not in hidden]
        assert all(name in said for name in named), (query, said)
        # an answer to when, who and why tells the day of each thing
        if query.period is not None and query.form not in (Form.WHEN, Form.WHO, Form.WHY):
            ends = [each for each in (query.period.first, query.period.last) if each is not None]
            days = [day(each, today=TODAY) for each in ends]
            assert any(each in said for each in (*days, *(["today", "Today"] if TODAY in ends else []))), (query, said)
