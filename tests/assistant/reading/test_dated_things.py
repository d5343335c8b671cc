"""Things of accounts and their days: narratives written, actions due, deals closed, reviews held, moves."""

from datetime import date

from assistant.query import Form, Having, Period, Query, Subject
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases


@cases(
    ("text", "left"),
    [
        ("tasks due this week, excluding mine", "excluding mine"),
        ("open actions except nora's", "except nora's"),
        ("tasks not mine", "not mine"),
    ],
)
def test_work_of_everybody_but_somebody_is_not_answered_with_the_work_of_that_person(text: str, left: str) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query is None or not reading.query.whose
    assert reading.unread == (left,)


@cases(
    ("text", "form", "thing", "period"),
    [
        ("narratives older than 90 days", Form.LIST, Having.NARRATIVE, Period(last=date(2026, 8, 28))),
        ("narrative written before October", Form.LIST, Having.NARRATIVE, Period(last=date(2026, 9, 30))),
        ("accounts with a narrative older than 90 days", Form.LIST, Having.NARRATIVE, Period(last=date(2026, 8, 28))),
        ("how many narratives are older than 90 days", Form.COUNT, Having.NARRATIVE, Period(last=date(2026, 8, 28))),
        ("fit scored before november", Form.LIST, Having.FIT, Period(last=date(2026, 10, 31))),
        ("fit scores older than 60 days", Form.LIST, Having.FIT, Period(last=date(2026, 9, 27))),
    ],
)
def test_the_day_of_a_thing_asks_for_the_accounts_that_have_it_from_then(
    text: str, form: Form, thing: Having, period: Period
) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query == Query(Subject.ACCOUNTS, form, having=(thing,), period=period)
    assert reading.is_sure
