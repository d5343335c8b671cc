from itertools import product

from assistant.conversation import LastAnswer
from assistant.query import Form, Query, Subject, Way
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.tokens import Choice, Reading
from tests.assistant.labels import read_label
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases, texts


def after(
    label: str,
    text: str,
    *,
    listed: tuple[int, ...] = (),
    offered: tuple[int, ...] = (),
    earlier: tuple[int, ...] = (),
    owner: str = "",
) -> Query | None:
    before = read_label(label)
    assert isinstance(before, Query)
    last = LastAnswer(before, listed or before.of, offered=offered, earlier=earlier, owner=owner)
    asked = Asked(PEOPLE["nora"].user_id)
    return read_question(text, WorldNames("nora"), asked, today=TODAY, last=last).query


def test_the_other_one_is_the_one_of_two_that_was_not_answered_about() -> None:
    assert after("accounts card of=vantor", "the other one", offered=(16, 17)) == read_label("accounts card of=vantora")
    assert after("blockers list of=maple", "no, the other", offered=(1, 2)) == read_label(
        "blockers list of=maple-insurance"
    )


def test_what_was_asked_of_two_accounts_one_after_the_other_is_asked_of_both() -> None:
    value = "accounts field of=kestrel fields=value"
    assert after(value, "what's that together", earlier=(4,)) == read_label(
        "accounts sum of=corvane,kestrel fields=value"
    )
    assert after(value, "which is bigger", earlier=(4,)) == read_label(
        "accounts compare of=corvane,kestrel fields=value"
    )
    assert after(value, "blockers of both", earlier=(5, 4)) == read_label("blockers list of=corvane,kestrel")


@texts("before", "text", "meant")
def test_the_owner_of_the_account_spoken_of_is_meant_by_she(before: str, text: str, meant: str) -> None:
    assert after(before, text, owner=PEOPLE["nora"].user_id) == read_label(meant)


def test_a_place_in_the_list_is_the_account_there() -> None:
    listed = (4, 23, 5)
    assert after("accounts list tiers=1", "who owns the first one", listed=listed) == read_label(
        "accounts field of=corvane fields=owner"
    )
    assert after("accounts list tiers=1", "blockers of the second?", listed=listed) == read_label(
        "blockers list of=kestrel"
    )


# Follow-ups that speak of other accounts than the one just answered about.
def read(text: str, *, before: str) -> Reading:
    query = read_label(before)
    assert isinstance(query, Query)
    last = LastAnswer(query, query.of)
    return read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=last)


def test_one_of_several_accounts_is_asked_for_by_their_names() -> None:
    found = read("who owns it", before="accounts compare of=kestrel,halden")
    assert found.query == read_label("accounts field fields=owner")
    assert found.choices == (Choice("it", ((23, "Kestrel Airways"), (6, "Halden Pumpworks")), is_ambiguous=True),)


@cases(
    ("before", "text"),
    product(
        ["accounts card of=kestrel", "blockers list of=kestrel"],
        ["and hexley?", "what about Zebra Corp", "same for hexley"],
    ),
)
def test_an_account_that_nobody_has_is_asked_about_and_not_taken_for_the_one_before(before: str, text: str) -> None:
    found = read(text, before=before)
    assert found.choices
    assert found.query is not None
    assert found.query.of == ()


# A whole question means the same whatever was answered before it.

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
    *("What has Will ticked off this week?", "is the pricing deck for kestrel finished"),
    *("what is still overdue on kestrel?", "which accounts need intervention?", "how many accounts are in tier 1"),
    *("which customers moved up this quarter, as accounts in tier 1", "total value of accounts in manufacturing"),
    *("deals closing between 1 December and 31 January", "accounts owned by Tomas without a champion"),
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
