from agendas.facts.program import CALIBRATABLE, DEFAULTS, SETTINGS, LimitFrom, ProgramSettings
from tests.cases import cases

ENGAGED, MQA = "tier.1.aged.engaged", "tier.1.aged.mqa"
STORED = {"on": "2026-11-01", "limits": {ENGAGED: [42, 14]}}


def test_what_is_stored_is_read_back() -> None:
    own = {"tier.1.cap": 12, "tier.2.rhythm": "monthly", "tier.3.roles.mqa": ["champion", "procurement"]}
    settings = ProgramSettings.of(own)
    assert settings.to_store() == own
    assert settings.number("tier.1.cap") == 12
    assert settings.chosen("tier.3.roles.mqa") == ("champion", "procurement")
    assert settings.number("tier.2.cap") == DEFAULTS.number("tier.2.cap") == 150


@cases(
    ("key", "value"),
    [
        *(("tier.9.cap", 5), ("tier.1.cap", 0), ("tier.1.cap", 10_001), ("tier.1.cap", True), ("tier.1.cap", "12")),
        *(("tier.1.rhythm", "daily"), ("tier.1.roles.mqa", ["nobody"]), ("tier.1.roles.mqa", "champion")),
        *(("measures.target", ["500000"]), ("measures.target", ["eur 5"]), ("measures.target", ["EUR 0"])),
        ("measures.target", ["EUR 5", "EUR 6"]),
    ],
)
def test_what_is_no_setting_or_no_value_of_it_is_left_out(key: str, value: object) -> None:
    assert ProgramSettings.of({key: value, "list.overdue": 3}).own == (("list.overdue", 3),)


def test_no_limit_is_zero_where_there_may_be_none() -> None:
    assert ProgramSettings.of({"tier.1.owner_cap": 0}).limit("tier.1.owner_cap") is None


def test_every_default_is_a_value_of_its_setting() -> None:
    for setting in SETTINGS.values():
        assert setting.accepted(setting.default) == setting.default, setting.key


def test_a_calibrated_limit_counts_where_nobody_set_one_of_their_own() -> None:
    settings = ProgramSettings.of({"calibrated": STORED})
    assert (settings.limit(ENGAGED), settings.origin(ENGAGED)) == (42, LimitFrom.CALIBRATED)
    assert (settings.limit(MQA), settings.origin(MQA)) == (14, LimitFrom.DEFAULT)
    own = settings.with_own({ENGAGED: 50})
    assert (own.limit(ENGAGED), own.origin(ENGAGED)) == (50, LimitFrom.OWN)
    assert own.to_store() == {ENGAGED: 50, "calibrated": STORED}
    assert ProgramSettings.of(own.to_store()) == own


def test_the_default_can_be_a_teams_own_against_a_calibrated_limit_and_the_calibrated_one_ends_it() -> None:
    settings = ProgramSettings.of({"calibrated": STORED})
    own = settings.with_own({ENGAGED: 30})
    assert (own.limit(ENGAGED), own.origin(ENGAGED)) == (30, LimitFrom.OWN)
    assert own.with_own({ENGAGED: 42}) == settings


def test_calibrated_limits_that_are_switched_off_are_kept_and_count_nowhere() -> None:
    settings = ProgramSettings.of({"calibrated": STORED, ENGAGED: 30}).with_own(
        {"measures.calibration": "off", ENGAGED: 30}
    )
    assert settings.limit(ENGAGED) == 30
    on_again = settings.with_own({**dict(settings.own), "measures.calibration": "on"})
    assert (on_again.limit(ENGAGED), on_again.origin(ENGAGED)) == (30, LimitFrom.OWN)
    off = ProgramSettings.of({"calibrated": STORED, "measures.calibration": "off"})
    assert (off.limit(ENGAGED), off.origin(ENGAGED)) == (30, LimitFrom.DEFAULT)
    assert off.to_store() == {"calibrated": STORED, "measures.calibration": "off"}


def test_limits_of_stages_can_be_calibrated_but_for_those_of_accounts_that_are_only_watched() -> None:
    assert len(CALIBRATABLE) == 22
    assert not {"tier.3.aged.target", "tier.3.aged.aware"} & CALIBRATABLE
    assert all(key in SETTINGS and ".aged." in key for key in CALIBRATABLE)
