import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import UnknownAccount
from agendas.text import names
from agendas.text.names import NameKey, first_word, has_words, match_account, nearest, normal_key, plain_words
from tests.cases import cases, texts

NAMES = {
    1: ("Acme Corp", "acme.example", "ACME Corporation"),
    2: ("Acme Industries",),
    3: ("Globex Corporation", "globex.example"),
    4: ("Initech", "initech.example"),
    5: ("Initrode", "initrode.example"),
    6: ("O'Neil & Sons",),
    7: ("Umbrella, Inc.",),
    8: ("Soylent Green Foods",),
    9: ("24/7 Media",),
}
KEYS = [NameKey(number, words[0], normal_key(word)) for number, words in NAMES.items() for word in words]


def split_account(text: str, keys: list[NameKey]) -> tuple[int, str]:
    found = names.leading_account(text, keys)
    return found.account_id, found.rest


@texts("typed", "account_id")
def test_an_account_is_found_by_name_alias_domain_or_beginning(typed, account_id):
    assert match_account(typed, KEYS) == int(account_id)


def test_an_exact_name_wins_over_a_longer_one_that_begins_with_it():
    keys = [NameKey(1, "Hooli", "hooli"), NameKey(2, "Hooli Labs", "hooli labs")]
    assert match_account("Hooli", keys) == 1


def test_a_beginning_that_several_accounts_have_names_them_all():
    with pytest.raises(UnknownAccount) as refusal:
        match_account("init", KEYS)
    assert refusal.value.ambiguous
    assert refusal.value.nearest == ((4, "Initech"), (5, "Initrode"))


def test_a_name_that_two_accounts_share_is_ambiguous():
    keys = [NameKey(1, "Hooli", "hooli"), NameKey(2, "Hooli", "hooli")]
    with pytest.raises(UnknownAccount) as refusal:
        match_account("hooli", keys)
    assert refusal.value.ambiguous
    assert [account_id for account_id, _ in refusal.value.nearest] == [1, 2]


@cases(("typed", "first"), [("Globx", 3), ("Acmee Corp", 1), ("inittech", 4), ("Soilent Gren", 8), ("Industires", 2)])
def test_a_misspelt_name_is_refused_with_the_nearest_first(typed, first):
    with pytest.raises(UnknownAccount) as refusal:
        match_account(typed, KEYS)
    assert not refusal.value.ambiguous
    assert refusal.value.nearest[0][0] == first


@cases("typed", ["", '""', "  ", "Wayne Enterprises", "\u202e"])
def test_what_is_like_no_account_is_refused_without_suggestions(typed):
    with pytest.raises(UnknownAccount) as refusal:
        match_account(typed, KEYS)
    assert refusal.value.nearest == ()


def test_at_most_five_accounts_are_suggested_and_each_once():
    keys = [NameKey(number, f"Sample {number}", f"sample {number}") for number in range(20)] * 2
    nearest = names.nearest_accounts("sampel", keys)
    assert len({account_id for account_id, _ in nearest}) == len(nearest) == 5


@texts("text", "account_id", "rest")
def test_the_account_is_split_from_the_text_which_stays_as_typed(text, account_id, rest):
    assert split_account(text, KEYS) == (int(account_id), rest)


def test_the_longest_exact_run_of_words_is_the_account():
    keys = [NameKey(1, "Hooli", "hooli"), NameKey(2, "Hooli Labs", "hooli labs")]
    assert split_account("hooli labs opened", keys) == (2, "opened")
    assert split_account("hooli opened labs", keys) == (1, "opened labs")


def test_a_short_word_of_the_text_does_not_decide_between_two_accounts():
    with pytest.raises(UnknownAccount) as refusal:
        split_account("acme in talks", KEYS)
    assert refusal.value.ambiguous
    assert refusal.value.typed == "acme"
    assert {account_id for account_id, _ in refusal.value.nearest} == {1, 2}


@cases(
    ("text", "typed", "first"),
    [
        ("globx corp said yes", "globx", 3),
        ('"Acmee Corp" said yes', "Acmee Corp", 1),
        ("soilent green up", "soilent", 8),
    ],
)
def test_a_misspelt_account_in_a_text_is_refused_with_the_nearest_first(text, typed, first):
    with pytest.raises(UnknownAccount) as refusal:
        split_account(text, KEYS)
    assert refusal.value.typed == typed
    assert refusal.value.nearest[0][0] == first


@given(
    words=st.lists(st.sampled_from([word for words in NAMES.values() for word in words]), min_size=1, max_size=1),
    rest=st.text(max_size=30),
)
def test_the_keys_with_the_same_first_word_are_enough_for_a_match(words, rest):
    text = f"{words[0]} {rest}"
    fewer = [each for each in KEYS if each.key.startswith(first_word(text))]
    assert fewer
    assert split_account(text, fewer) == split_account(text, KEYS)


@texts("text", "expected")
def test_the_first_word_is_what_every_fitting_key_begins_with(text, expected):
    assert first_word(text) == expected


@given(name=st.text(st.characters(categories=("L", "N"), max_codepoint=0x24F), min_size=1, max_size=20))
def test_case_space_and_quotation_marks_do_not_count(name):
    key = normal_key(name)
    assert key == normal_key(f'  "{name}" ') == normal_key(f"\u201c{name}\u201d.")
    assert key == normal_key(key)


def test_a_name_of_punctuation_alone_keeps_a_key():
    assert normal_key("!!!") == "!!!"


def test_characters_that_change_the_direction_of_text_do_not_count():
    assert normal_key("\u202eAcme\u202c Corp\u200b") == "acme corp"


@cases("name", ["Sign <|> Co", "< Less", '"Q" Labs', "R & <D> & Sons < Ltd", "Tom &lt;3 Ltd"])
def test_a_name_with_marks_that_do_not_count_is_found_as_slack_sends_it(name: str) -> None:
    keys = [NameKey(1, name, normal_key(name)), NameKey(2, "Other", "other")]
    typed = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert match_account(typed, keys) == 1
    assert split_account(typed, keys) == (1, "")
    assert split_account(f"{typed} They called", keys) == (1, "They called")


def test_and_stands_for_the_sign_in_a_name() -> None:
    assert split_account("oneil and sons they called", KEYS) == (6, "they called")
    both = [*KEYS, NameKey(10, "Oneil and Sons", "oneil and sons")]
    assert split_account("oneil and sons they called", both) == (10, "they called")


# Slips of spelling.

STAGES = ["target", "aware", "engaged", "mqa", "opportunity", "customer"]


@texts("typed", "meant")
def test_a_slip_of_the_finger_finds_the_word(typed, meant):
    assert nearest(typed, STAGES) == meant


@cases("typed", ["negotiation", "be", "the", "board", "", "won"])
def test_another_word_finds_nothing(typed):
    assert nearest(typed, STAGES) is None


def test_the_first_of_two_equally_near_words_wins():
    assert nearest("bat", ["cat", "hat"]) == "cat"


@texts("text", "words")
def test_a_text_has_words_without_accents_and_capitals_also_as_the_beginning_of_longer_ones(text, words):
    assert has_words(text, plain_words(words))


@cases(("text", "words"), [("Security review", "security call"), ("Pricing call", "al"), ("", "x")])
def test_a_text_without_one_of_the_words_does_not_have_them(text, words):
    assert not has_words(text, plain_words(words))
