"""The settings of a program: read back as stored, each value within its limits."""

import pytest

from agendas.facts.program.settings import DEFAULTS, SETTINGS, ProgramSettings


def test_what_is_stored_is_read_back() -> None:
    own = {"tier.1.cap": 12, "tier.2.rhythm": "monthly", "tier.3.roles.mqa": ["champion", "procurement"]}
    settings = ProgramSettings.of(own)
    assert settings.to_store() == own
    assert settings.number("tier.1.cap") == 12
    assert settings.chosen("tier.3.roles.mqa") == ("champion", "procurement")
    assert settings.number("tier.2.cap") == DEFAULTS.number("tier.2.cap") == 150


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tier.9.cap", 5),
        ("tier.1.cap", 0),
        ("tier.1.cap", 10_001),
        ("tier.1.cap", True),
        ("tier.1.cap", "12"),
        ("tier.1.rhythm", "daily"),
        ("tier.1.roles.mqa", ["nobody"]),
        ("tier.1.roles.mqa", "champion"),
    ],
)
def test_what_is_no_setting_or_no_value_of_it_is_left_out(key: str, value: object) -> None:
    assert ProgramSettings.of({key: value, "list.overdue": 3}).own == (("list.overdue", 3),)


def test_no_limit_is_zero_where_there_may_be_none() -> None:
    assert ProgramSettings.of({"tier.1.owner_cap": 0}).limit("tier.1.owner_cap") is None


def test_every_default_is_a_value_of_its_setting() -> None:
    for setting in SETTINGS.values():
        assert setting.accepted(setting.default) == setting.default, setting.key
