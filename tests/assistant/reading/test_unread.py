import pytest

from assistant.conversation import LastAnswer
from assistant.query import Field, Form, Query, Subject
from assistant.reading.names import Asked
from assistant.reading.pieces import Said
from assistant.reading.read_pieces import read_pieces
from assistant.reading.reader import read_question
from assistant.reading.rules.as_wanted import unread_of
from assistant.reading.tokens import read_tokens
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames


def test_a_word_that_narrows_is_named_until_something_uses_it() -> None:
    said = Said(read_pieces(read_tokens("the detractors please"), WorldNames("nora"), TODAY))
    assert unread_of(said) == ("detractors",)
    said.use(*range(len(said)))
    assert unread_of(said) == ()


@pytest.mark.parametrize(
    "text",
    ["how is acme doing", "how's acme?", "who owns acme", "status of acme", "is acme stalled", "what about acme"],
)
def test_a_name_that_no_account_has_is_no_slip_of_a_word_without_meaning(text: str) -> None:
    last = LastAnswer(Query(Subject.ACCOUNTS, Form.FIELD, of=(4,), fields=(Field.OWNER,)))
    for before in (None, last):
        reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=before)
        assert [each.typed for each in reading.choices] == ["acme"]
