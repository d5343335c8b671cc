"""Words after /abm list: each is read or named, none is guessed."""

from collections import UserDict
from collections.abc import ItemsView

import pytest

from agendas.errors import NotUnderstood, Unclear
from agendas.facts.account import ListStatus, Stage
from agendas.facts.found import EVERYTHING, NOBODY, AccountFilter, AccountStanding
from agendas.rules.account_list import LONGEST
from agendas.rules.commands import list_filter_written, read_filter
from tests.cases import cases

ANN, BOB = "U0ANN0001", "U0BOB0001"
SEGMENTS = ("Retail & Food", "New Markets", "Paused", "Tier 1", "Public")
STALLED, NEW = AccountStanding.STALLED, AccountStanding.NEW


def read(text: str) -> AccountFilter:
    return read_filter(text, asker=ANN, segments=SEGMENTS)


@cases(
    ("text", "wanted"),
    [
        ("", EVERYTHING),
        ("all accounts", EVERYTHING),
        ("1", AccountFilter((1,))),
        ("tier 1", AccountFilter((1,))),
        ("T1, tier 2", AccountFilter((1, 2))),
        ("tiers 2 1", AccountFilter((1, 2))),
        ("stalled", AccountFilter(states=(STALLED,))),
        ("Needs Intervention", AccountFilter(states=(AccountStanding.NEEDS_INTERVENTION,))),
        ("intervention and stalled", AccountFilter(states=(AccountStanding.NEEDS_INTERVENTION, STALLED))),
        ("claimed", AccountFilter(states=(AccountStanding.CLAIMED,))),
        ("paused candidates", AccountFilter(statuses=(ListStatus.CANDIDATE, ListStatus.PAUSED))),
        ("removed, rejected", AccountFilter(statuses=(ListStatus.REMOVED, ListStatus.REJECTED))),
        ("customers, mqa", AccountFilter(stages=(Stage.MQA, Stage.CUSTOMER))),
        ("mine", AccountFilter(people=(ANN,))),
        ("my stalled accounts", AccountFilter(states=(STALLED,), people=(ANN,))),
        (f"owner <@{BOB}|bob>", AccountFilter(people=(BOB,))),
        (f"<@{BOB}> nobody", AccountFilter(people=(BOB, NOBODY))),
        ("owner nobody", AccountFilter(people=(NOBODY,))),
        ("public", AccountFilter(segments=("Public",))),
        ("retail &amp; food t1", AccountFilter((1,), segments=("Retail & Food",))),
        ("new markets", AccountFilter(segments=("New Markets",))),
        ("new", AccountFilter(states=(NEW,))),
        ("paused", AccountFilter(statuses=(ListStatus.PAUSED,))),
        ("segment paused stalled", AccountFilter(states=(STALLED,), segments=("Paused",))),
        ("“paused”", AccountFilter(segments=("Paused",))),
        ("segment “tier 1”, tier 1", AccountFilter((1,), segments=("Tier 1",))),
        ("paused stalled", AccountFilter(states=(STALLED,), statuses=(ListStatus.PAUSED,))),
    ],
)
def test_words_are_read_into_the_filter_they_name(text: str, wanted: AccountFilter) -> None:
    assert read(text) == wanted
    assert read(list_filter_written(wanted)) == wanted


@cases(
    ("text", "sentence", "offers"),
    [
        ("stalld", '"stalld" is no filter of the list. Did you mean stalled?', ["stalled", ""]),
        ("tier 1 stalld", '"stalld" is no filter of the list. Did you mean stalled?', ["stalled tier 1", "tier 1", ""]),
        ("mine 12345678901234567890", "is no filter of the list.", [f"<@{ANN}>", ""]),
        ("segment retial", '"retial" is no filter of the list.', [""]),
        ("segment publik", "Did you mean segment", ['segment "public"', ""]),
        ("retai", "Did you mean segment", ['segment "retail & food"', ""]),
        ("owner", '"owner" is no filter of the list.', [""]),
        ("tier", '"tier" is no filter of the list.', ['segment "tier 1"', ""]),
        ("@bob", '"@bob" is no filter of the list.', [""]),
        ("🚀 stalled", '"🚀" is no filter of the list.', ["stalled", ""]),
        ("xx yy zzz ww 1", '"xx", "yy", "zzz" and 1 more words are no filters of the list.', ["tier 1", ""]),
        ("xq " * 1_000, '"xq" is no filter of the list.', [""]),
    ],
)
def test_a_word_that_means_nothing_is_named_with_the_nearest(text: str, sentence: str, offers: list[str]) -> None:
    with pytest.raises(Unclear) as refused:
        read(text)
    assert sentence in str(refused.value)
    assert [each.command for each in refused.value.offers] == [f"/abm list {words}".strip() for words in offers]


@cases("text", ["tier 4", "T9 stalled", "mine tiers 12345678901234567890"])
def test_a_tier_that_there_is_not_is_named(text: str) -> None:
    with pytest.raises(NotUnderstood, match=r"^There is no tier \d+\. The tiers are 1, 2 and 3\.$"):
        read(text)


def test_a_filter_that_no_button_can_carry_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="Name fewer"):
        read(" ".join(f"<@U{number:08}>" for number in range(LONGEST // 12 + 1)))


def test_a_name_without_an_at_sign_is_offered_as_the_person() -> None:
    people = {"UBOB": "Bob Sample", ANN: "Ann Example"}
    for text, label, command in (
        ("bob", "Bob Sample", "/abm list <@UBOB>"),
        ("bob sample t1", "Bob Sample tier 1", "/abm list <@UBOB> tier 1"),
        ("Ann", "Mine", f"/abm list <@{ANN}>"),
    ):
        with pytest.raises(Unclear) as refused:
            read_filter(text, asker=ANN, segments=SEGMENTS, people=people)
        assert (refused.value.offers[0].label, refused.value.offers[0].command) == (label, command)
        assert "<@" not in str(refused.value)


def test_commas_need_no_space() -> None:
    assert read("stalled,tier 1,mine") == read("stalled tier 1 mine")


def test_what_may_have_been_meant_is_looked_for_only_of_the_words_that_are_named() -> None:
    class Watched(UserDict[str, str]):
        reads = 0

        def items(self) -> ItemsView[str, str]:
            self.reads += 1
            return super().items()

    people = Watched({"UBOB": "Bob Sample"})
    for text, named in (
        ("oops " * 1_000, '"oops" is'),
        (" ".join(map(str, range(7, 1_007))), "and 997 more words are"),
    ):
        with pytest.raises(Unclear, match=named):
            read_filter(text, asker=ANN, segments=SEGMENTS, people=people)
    assert people.reads == 1 + 3
