"""Questions for a person, for yes or no, and for a field, told by how they are built."""

from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases


@cases(
    ("text", "about"),
    [
        ("who's drafting the umber renewal email?", "renewal email"),
        ("who countersigned the NDA at Kestrel", "NDA"),
        ("was the contract sent to Maple Insurance", "contract"),
    ],
)
def test_a_verb_is_no_part_of_a_title(text: str, about: str) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query is not None
    assert reading.query.about == about


@cases("text", ["brightwater $$?", "corvane \u20ac", "merrow, how much $?"])
def test_a_sign_of_money_asks_for_the_value(text: str) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query is not None
    assert [each.value for each in reading.query.fields] == ["value"]
