import pytest

from agendas.errors import NotUnderstood
from agendas.facts.program import GROUPS, SETTINGS
from agendas.rules.commands import meant_by, of_group, read_amounts, written
from tests.cases import cases


@cases(
    ("key", "value", "words"),
    [
        ("tier.1.cap", 25, "25 accounts"),
        ("tier.1.cap", 1, "1 account"),
        ("tier.3.cap", 1_000, "1,000 accounts"),
        ("tier.1.owner_cap", 0, "no limit"),
        ("tier.3.roles_active", 0, "none"),
        ("tier.1.roles_active", 1, "1 person"),
        ("fit.confidence", 80, "80 percent"),
        ("tier.1.response", 4, "4 business hours"),
        ("tier.1.rhythm", "weekly", "weekly"),
        ("tier.1.roles.engaged", ("economic_buyer", "champion"), "economic buyer, champion"),
        ("tier.3.roles.engaged", (), "none"),
    ],
)
def test_a_value_is_written_with_its_unit(key: str, value: int | str | tuple[str, ...], words: str) -> None:
    assert written(SETTINGS[key], value) == words


def test_words_find_settings_by_group_and_label() -> None:
    assert meant_by("") == tuple(SETTINGS.values())
    assert [setting.key for setting in meant_by("Tier 1 cap")] == ["tier.1.cap", "tier.1.owner_cap"]
    assert meant_by("buying GROUP") == of_group("group")
    assert {setting.group for setting in meant_by("silence in")} == {"tier.1", "tier.2", "tier.3"}
    assert meant_by("nothing of the kind") == ()


def test_every_setting_is_in_a_group_that_has_a_name() -> None:
    assert [setting for group in GROUPS for setting in of_group(group)] == list(SETTINGS.values())


@cases(
    ("typed", "amounts"),
    [
        ("", ()),
        ("EUR 500000, USD 1200000", ("EUR 500000", "USD 1200000")),
        ("usd 1.2m and 500k eur", ("EUR 500000", "USD 1200000")),
        ("EUR 500,000; USD 1,200,000", ("EUR 500000", "USD 1200000")),
        ("EUR 500,000, USD 1,200,000", ("EUR 500000", "USD 1200000")),
        ("EUR 500,000 · USD 1,200,000", ("EUR 500000", "USD 1200000")),
        ("EUR 5,USD 6", ("EUR 5", "USD 6")),
        ("€500000", ("EUR 500000",)),
    ],
)
def test_amounts_are_read_one_of_a_currency(typed: str, amounts: tuple[str, ...]) -> None:
    setting = SETTINGS["measures.target"]
    assert read_amounts(setting, typed) == amounts
    assert setting.accepted(list(amounts)) == amounts
    assert read_amounts(setting, written(setting, amounts) if amounts else "") == amounts


@cases("typed", ["500000", "EUR", "EUR 0", "EUR -5", "EUR 1.50", "EUR 1.500", "much", "EUR 5, EUR 6"])
def test_what_is_no_amount_is_refused_with_an_example_of_one(typed: str) -> None:
    with pytest.raises(NotUnderstood, match=r"such as EUR 500000|one amount of each currency"):
        read_amounts(SETTINGS["measures.target"], typed)


def test_more_amounts_than_there_may_be_are_refused() -> None:
    typed = ", ".join(f"E{first}{second} 5" for first in "ABCDE" for second in "ABCDE")
    with pytest.raises(NotUnderstood, match="These are 25 amounts; write at most 20"):
        read_amounts(SETTINGS["measures.target"], typed)
