from hypothesis import given
from hypothesis import strategies as st

from agendas.text.limits import beginning, characters, shortened
from tests.cases import cases


@cases(
    ("text", "seen"),
    [
        ("", []),
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("👩\u200d🔬!", ["👩\u200d🔬", "!"]),
        ("👍\U0001f3fd👍", ["👍\U0001f3fd", "👍"]),
        ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]),
        ("\u1112\u1161\u11ab\u1100", ["\u1112\u1161\u11ab", "\u1100"]),
        ("ก\u0e33น", ["ก\u0e33", "น"]),
    ],
)
def test_a_text_comes_in_the_characters_that_people_see(text: str, seen: list[str]) -> None:
    assert list(characters(text)) == seen


@given(text=st.text(max_size=40), most=st.integers(0, 50))
def test_the_beginning_of_a_text_ends_with_a_whole_character_and_fits(text: str, most: int) -> None:
    assert "".join(characters(text)) == text
    found = beginning(text, most)
    assert len(found) <= most
    assert text.startswith(found)
    assert list(characters(text))[: len(list(characters(found)))] == list(characters(found))


def test_a_sentence_shortens_what_was_typed_between_characters() -> None:
    assert shortened("🇩🇪" * 5, 6) == "🇩🇪🇩🇪…"
