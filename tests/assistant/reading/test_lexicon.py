from agendas.facts.answered_items import AccountStanding
from assistant.query import Subject
from assistant.reading.lexicon import corrected, is_known, phrase_at, phrases, word_key
from assistant.reading.read import Cue
from assistant.reading.tokens import read_tokens
from tests.cases import cases


def keys(text: str) -> list[str]:
    return [word_key(each) for each in read_tokens(text)]


def test_the_longest_phrase_wins() -> None:
    found = phrase_at(keys("next actions of nora"), 0)
    assert found is not None
    assert found.count == 2
    assert Subject.ACTIONS in found.meanings


def test_a_contraction_is_looked_up_as_its_first_word() -> None:
    assert keys("what's whats I'll we're don't") == ["what", "what", "i'll", "we", "dont"]


@cases(
    ("typed", "meant"),
    [("blokcers", "blockers"), ("acounts", "accounts"), ("hvae", "have"), ("stauts", "status"), ("zorblqz", None)],
)
def test_a_slip_is_corrected_where_one_word_alone_is_near(typed: str, meant: str | None) -> None:
    assert corrected(typed) == meant


def test_a_phrase_with_an_ending_in_brackets_is_two_phrases() -> None:
    assert list(phrases("blocker(s)|to do")) == [("blocker",), ("blockers",), ("to", "do")]


def test_every_word_of_a_phrase_is_known() -> None:
    assert is_known("plate")
    assert not is_known("zorbl")


def test_a_phrase_has_all_its_meanings() -> None:
    found = phrase_at(keys("at risk"), 0)
    assert found is not None
    assert {AccountStanding.NEEDS_INTERVENTION, AccountStanding.STALLED} <= set(found.meanings)


def test_a_word_without_a_meaning_is_in_no_phrase() -> None:
    assert phrase_at(["zorbl"], 0) is None
    assert phrase_at(["please"], 0).meanings == (Cue.FILLER,)  # type: ignore[union-attr]
