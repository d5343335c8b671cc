import pytest

from agendas.facts.program.settings import GROUPS, SETTINGS
from agendas.rules.commands.settings import meant_by, of_group, written


@pytest.mark.parametrize(
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
