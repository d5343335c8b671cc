from assistant.reading.pieces import Said
from assistant.reading.read_pieces import read_pieces
from assistant.reading.rules.as_wanted import unread_of
from assistant.reading.tokens import read_tokens
from tests.assistant.world import TODAY
from tests.assistant.world_names import WorldNames


def test_a_word_that_narrows_is_named_until_something_uses_it() -> None:
    said = Said(read_pieces(read_tokens("the detractors please"), WorldNames("nora"), TODAY))
    assert unread_of(said) == ("detractors",)
    said.use(*range(len(said)))
    assert unread_of(said) == ()
