from assistant.words import as_typed, read_tokens, word_key, words_of
from tests.cases import cases, texts


@texts("text", "words")
def test_words_are_compared_in_their_normal_form(text: str, words: str) -> None:
    assert " ".join(each.word for each in read_tokens(text)) == words


def test_a_possessive_is_told_apart_from_one_that_may_be_one() -> None:
    said, bare, plural = read_tokens("Maple's maples Works'")
    assert (said.word, said.is_possessive, said.stem) == ("maple", True, "maple")
    assert (bare.word, bare.is_possessive, bare.stem) == ("maples", False, "maple")
    assert (plural.word, plural.is_possessive, plural.typed) == ("works", True, "Works")


def test_a_mention_of_the_bot_is_left_out_and_others_stay() -> None:
    tokens = read_tokens("<@UBOT> what is on <@U1|tom>'s plate <#C9|deals>", bot_user_id="UBOT")
    assert [each.word for each in tokens] == ["what", "is", "on", "", "plate", ""]
    assert (tokens[3].user_id, tokens[3].is_possessive) == ("U1", True)
    assert (tokens[5].channel_id, tokens[5].typed) == ("C9", "#deals")


@cases("text", ['how is "Open Road" doing', "how is \u201cOpen Road\u201d doing", "how is 'Open Road' doing"])
def test_words_in_quotation_marks_know_that(text: str) -> None:
    assert [each.quote for each in read_tokens(text)] == [0, 0, 1, 1, 0]


def test_a_mark_or_a_dash_after_a_word_is_kept_with_it() -> None:
    tokens = read_tokens("Maple - blocked? Since Monday: tier-1, mine \u2013 both")
    assert [each.mark for each in tokens] == ["-", "?", "", ":", "", ",", "-", ""]
    assert [each.word for each in tokens if each.is_glued] == ["1"]


def test_a_mark_after_a_mention_or_link_is_kept_with_it() -> None:
    assert [each.mark for each in read_tokens("<@U1>, is <http://maple.example|maple.example>?")] == [",", "", "?"]


def test_words_are_given_back_as_typed_without_the_marks_around_them() -> None:
    assert as_typed(read_tokens("(the *Security-Review*), <@U1>!")) == "the Security-Review <@U1>"


def test_a_name_has_the_words_that_a_text_has() -> None:
    assert words_of("O'Brien & Söns") == ("obrien", "and", "sons")


def test_a_contraction_is_looked_up_as_its_first_word() -> None:
    keys = [word_key(each) for each in read_tokens("what's whats I'll we're don't")]
    assert keys == ["what", "what", "i'll", "we", "dont"]
