from dataclasses import replace
from datetime import date

from assistant.by_model import LONGEST_CHARACTERS, ModelReading, may_read
from assistant.conversation import LastAnswer
from assistant.query import Field, Form, Having, Period, Query, Subject
from assistant.reading.tokens import Choice, Reading
from assistant.remark import Remark, RemarkKind
from tests.assistant.by_model.asking import UNREAD, asking, question
from tests.assistant.world import ACCOUNTS
from tests.cases import cases
from tests.fakes.openai_server import says

CORVANE = ACCOUNTS["corvane"].account_id
CARD = Query(Subject.ACCOUNTS, Form.CARD, of=(CORVANE,))
DUE = Query(Subject.ACTIONS, Form.LIST, period=Period(date(2026, 11, 23), date(2026, 11, 29)))
TIER = Query(Subject.ACCOUNTS, Form.LIST, tiers=(1,))


@cases(
    ("read", "says_model", "is_taken"),
    [
        (CARD, {"subject": "accounts", "form": "field", "fields": ["stage"], "of": ["a1"]}, True),
        (CARD, {"subject": "people", "form": "list", "roles": ["champion"], "of": ["a1"]}, True),
        (CARD, {"subject": "accounts", "form": "field", "fields": ["stage"]}, False),
        (CARD, {"subject": "accounts", "form": "field", "fields": ["stage"], "of": ["a1", "a2"]}, False),
        (CARD, {"subject": "accounts", "form": "card", "of": ["a2"]}, False),
        (CARD, {"remark": "news", "of": ["a1"]}, False),
        (DUE, {"subject": "actions", "form": "list", "first_day": "2026-11-23", "last_day": "2026-11-30"}, False),
        (DUE, {"subject": "actions", "form": "list"}, False),
        (
            DUE,
            {
                "subject": "actions",
                "form": "list",
                "first_day": "2026-11-23",
                "last_day": "2026-11-29",
                "whose": ["me"],
            },
            True,
        ),
        (DUE, {"subject": "blockers", "form": "list", "first_day": "2026-11-23", "last_day": "2026-11-29"}, False),
        (TIER, {"subject": "accounts", "form": "list", "tiers": [1], "without": ["executive"]}, True),
        (TIER, {"subject": "accounts", "form": "list", "tiers": [1, 2]}, False),
        (TIER, {"subject": "accounts", "form": "count", "tiers": [1]}, False),
    ],
)
async def test_a_reading_that_drops_or_changes_what_the_rules_read_is_refused(
    read: Query, says_model: dict[str, object], is_taken: bool
) -> None:
    by_rules = Reading(query=read, unread=("gizmo",), is_sure=False)
    both = tuple((ACCOUNTS[key].account_id, ACCOUNTS[key].name) for key in ("corvane", "merrow"))
    async with asking(says(says_model)) as to:
        found = await to.model.read(replace(question("gizmo", by_rules=by_rules), accounts=both))
    assert (found.reading is not None) == is_taken
    assert found.problem is None


@cases(
    ("text", "says_model", "is_taken"),
    [
        ("gizmo in tier 1", {"subject": "accounts", "form": "list", "tiers": [1]}, True),
        ("gizmo in tier 1", {"subject": "accounts", "form": "list"}, False),
        ("gizmo in tier 1", {"subject": "accounts", "form": "list", "tiers": [1, 2]}, False),
        ("gizmo for tomas", {"subject": "actions", "form": "list", "whose": ["p1"]}, True),
        ("gizmo for tomas", {"subject": "actions", "form": "list", "whose": ["me"]}, False),
        ("gizmo since 1 nov", {"subject": "changes", "form": "list", "first_day": "2026-11-01"}, True),
        ("gizmo since 1 nov", {"subject": "changes", "form": "list", "first_day": "2026-11-02"}, False),
        ("gizmo since 1 nov", {"subject": "changes", "form": "list"}, False),
        ("gizmo at corvane", {"subject": "changes", "form": "list", "of": ["a1"]}, True),
        ("gizmo at corvane", {"subject": "changes", "form": "list"}, False),
        ("gizmo at corvane", {"remark": "news"}, False),
    ],
)
async def test_what_single_words_say_stays_where_the_rules_read_no_question(
    text: str, says_model: dict[str, object], is_taken: bool
) -> None:
    async with asking(says(says_model)) as to:
        assert ((await to.model.read(question(text))).reading is not None) == is_taken


async def test_an_account_of_the_last_answer_is_meant_only_by_a_word_that_stands_on_it() -> None:
    last = LastAnswer(Query(Subject.BLOCKERS, Form.LIST, of=(CORVANE,)), listed=(CORVANE,))
    taken = {}
    async with asking(says({"subject": "changes", "form": "list", "of": ["a1"]})) as to:
        for text in ("what gizmo is there", "and what is its gizmo"):
            taken[text] = (await to.model.read(question(text, last=last))).reading is not None
    assert list(taken.values()) == [False, True]


@cases(
    ("because", "is_taken"),
    [("gizmo", True), ("the gizmo at", True), ("at corvane", False), ("sprocket", False), ("", False)],
)
async def test_a_model_quotes_the_words_that_the_rules_did_not_understand(because: str, is_taken: bool) -> None:
    by_rules = replace(UNREAD, unread=("gizmo",))
    async with asking(says({"subject": "changes", "form": "list", "of": ["a1"], "because": because})) as to:
        found = await to.model.read(question("the gizmo at corvane", by_rules=by_rules))
    assert (found.reading is not None) == is_taken


@cases(
    "reading",
    [
        {"subject": "members", "form": "sum"},
        {"subject": "actions", "form": "list", "about": "secret plans"},
        {"subject": "actions", "form": "list", "about": "<!channel>"},
        {"subject": "actions", "form": "list", "first_day": "1026-11-23"},
        {"remark": "thanks"},
        {"remark": "unread"},
    ],
)
async def test_words_and_days_that_nobody_said_are_refused(reading: dict[str, object]) -> None:
    async with asking(says(reading)) as to:
        assert await to.model.read(question("what bugs us")) == ModelReading()


def test_what_the_rules_are_sure_of_or_ask_about_is_not_given_to_a_model() -> None:
    query = Query(Subject.ACCOUNTS, Form.LIST, without=(Having.OWNER,), fields=(Field.TIER,))
    of_one = Query(Subject.ACCOUNTS, Form.FIELD, of=(CORVANE,), fields=(Field.TIER,))
    assert not may_read(Reading(query=query, unread=("x",)))
    assert not may_read(Reading(query=query, is_sure=False))
    assert not may_read(Reading(query=of_one, unread=("x",), is_sure=False))
    for choice in (Choice("maple", is_ambiguous=True), Choice("hexley steel")):
        assert not may_read(Reading(choices=(choice,), unread=("x",), is_sure=False))
    assert not may_read(Reading(remark=Remark(RemarkKind.LANGUAGE), unread=("x",), is_sure=False))
    assert may_read(Reading(query=query, unread=("x",), is_sure=False))
    assert may_read(Reading(query=CARD, unread=("x",), is_sure=False))
    assert may_read(UNREAD)
    assert LONGEST_CHARACTERS == 1_000
