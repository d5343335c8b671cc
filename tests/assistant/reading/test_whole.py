"""A whole question means the same whatever was answered before it."""

from assistant.conversation import LastAnswer
from assistant.query import Form, Query, Subject, Way
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

NORA = PEOPLE["nora"].user_id
CORVANE, BRIGHTWATER = ACCOUNTS["corvane"].account_id, ACCOUNTS["brightwater"].account_id
BEFORE = {
    "a card": Query(Subject.ACCOUNTS, Form.CARD, of=(CORVANE,)),
    "blockers": Query(Subject.BLOCKERS, Form.LIST, of=(BRIGHTWATER,)),
    "movement": Query(Subject.MOVEMENT, Form.LIST, ways=(Way.REGRESSED,)),
    "own actions": Query(Subject.ACTIONS, Form.LIST, whose=(NORA,)),
    "a list": Query(Subject.ACCOUNTS, Form.LIST, tiers=(2,)),
}
WHOLE = (
    "What has Will ticked off this week?",
    "is the pricing deck for kestrel finished",
    "what is still overdue on kestrel?",
    "which accounts need intervention?",
    "how many accounts are in tier 1",
    "which customers moved up this quarter, as accounts in tier 1",
    "total value of accounts in manufacturing",
    "deals closing between 1 December and 31 January",
    "accounts owned by Tomas without a champion",
    "which accounts were added to the list this month",
)


@cases("text", WHOLE)
def test_a_whole_question_means_the_same_after_any_answer(text: str) -> None:
    names, asked = WorldNames("nora"), Asked(NORA)
    alone = read_question(text, names, asked, today=TODAY, last=None)
    assert alone.query is not None
    for what, query in BEFORE.items():
        last = LastAnswer(query, listed=(CORVANE, BRIGHTWATER))
        assert read_question(text, names, asked, today=TODAY, last=last).query == alone.query, what
