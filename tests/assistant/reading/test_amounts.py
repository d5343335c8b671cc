"""Bounds of amounts of money."""

from assistant.conversation import LastAnswer
from assistant.query import Form, Query, Subject
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.tokens import find_amounts, read_tokens
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

K = 1_000 * 100
"""A thousand, in cents."""


@cases(
    ("text", "least", "most", "currency"),
    [
        ("over 100k", 100 * K, 0, ""),
        ("more than 200,000", 200 * K, 0, ""),
        ("above 200 000", 200 * K, 0, ""),
        ("exceeding 1.5 million euros", 1_500 * K, 0, "EUR"),
        ("at least $250k", 250 * K, 0, "USD"),
        ("over \u20ac100.000", 100 * K, 0, "EUR"),
        ("above USD 300 000", 300 * K, 0, "USD"),
        ("&gt; 250k", 250 * K, 0, ""),
        ("100k or more", 100 * K, 0, ""),
        ("under 1m", 0, 1_000 * K, ""),
        ("up to 50k", 0, 50 * K, ""),
        ("between 50k and 100k", 50 * K, 100 * K, ""),
        ("from 50 to 100k", 50 * K, 100 * K, ""),
        ("over 2500", 2_500 * 100, 0, ""),
    ],
)
def test_bounds_of_amounts_are_read_in_all_spellings(text: str, least: int, most: int, currency: str) -> None:
    (said,) = find_amounts(read_tokens(f"deals {text}"))
    assert (said.least_cents, said.most_cents, said.currency) == (least, most, currency)


@cases("text", ["over 30 days", "more than 2 blockers", "since 2020", "over 2020", "100k", "between monday and friday"])
def test_other_numbers_bound_no_amount(text: str) -> None:
    assert find_amounts(read_tokens(text)) == ()


@cases(
    ("text", "subject", "form"),
    [
        ("deals over 100k", Subject.DEALS, Form.LIST),
        ("accounts worth more than 100k", Subject.ACCOUNTS, Form.LIST),
        ("is corvane worth more than 100k", Subject.ACCOUNTS, Form.YES_NO),
        ("accounts with a deal over 100k", Subject.DEALS, Form.LIST),
        ("how many accounts over 100k", Subject.ACCOUNTS, Form.COUNT),
        ("total value of accounts over 100k", Subject.ACCOUNTS, Form.SUM),
        ("overdue actions on accounts over 100k", Subject.ACTIONS, Form.LIST),
    ],
)
def test_an_amount_bounds_what_is_asked_for(text: str, subject: Subject, form: Form) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    query = reading.query
    assert query is not None
    assert (query.subject, query.form, query.least_cents, reading.unread) == (subject, form, 100 * K, ())
    assert (query.by, query.limit) == (None, 0)


def test_an_amount_narrows_the_list_before() -> None:
    last = LastAnswer(Query(Subject.ACCOUNTS, Form.LIST, tiers=(1,)))
    reading = read_question("over 300k", WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=last)
    assert reading.query == Query(Subject.ACCOUNTS, Form.LIST, tiers=(1,), least_cents=300 * K)


@cases("text", ["accounts worth over " + "9" * 400, "accounts over " + "999," * 100 + "999", "1" * 4_000])
def test_a_number_that_no_money_reaches_bounds_nothing(text: str) -> None:
    assert find_amounts(read_tokens(text)) == ()
