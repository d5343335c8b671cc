"""Follow-ups that speak of other accounts than the one just answered about."""

from itertools import product

from assistant.conversation import LastAnswer
from assistant.query import Query
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.tokens import Choice, Reading
from tests.assistant.labels import read_label
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases


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
