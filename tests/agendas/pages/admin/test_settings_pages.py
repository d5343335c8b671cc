from datetime import date

from agendas.facts.program import DEFAULTS, SETTINGS, CalibratedLimit, Calibration, ProgramSettings, Unit
from agendas.pages.admin import SettingChange, settings_page, settings_saved_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import HOSTILE

WORDS = Words()
OWN = ProgramSettings(
    (("tier.1.cap", 12), ("tier.1.owner_cap", 0), ("tier.2.roles.mqa", ()), ("tier.2.rhythm", "weekly"))
)
CALIBRATED = ProgramSettings(
    (("measures.target", ("EUR 500000", "USD 1200000")), ("tier.1.aged.mqa", 14)),
    Calibration(
        (CalibratedLimit("tier.1.aged.engaged", 42, 14), CalibratedLimit("tier.1.aged.mqa", 21, 10)), date(2026, 11, 1)
    ),
)
SWITCHED_OFF = CALIBRATED.with_own({"measures.calibration": "off"})
ALL_OWN = ProgramSettings(
    tuple(
        (key, each.choices if each.unit is Unit.CHOICES else each.choices[-1] if each.choices else each.most)
        for key, each in SETTINGS.items()
    )
)
CHANGES = (
    SettingChange(SETTINGS["tier.1.cap"], 25, 12),
    SettingChange(SETTINGS["tier.1.owner_cap"], 10, 0),
    SettingChange(SETTINGS["tier.2.roles.mqa"], ("economic_buyer", "champion"), ()),
    SettingChange(SETTINGS["measures.target"], (), ("EUR 500000", "USD 1200000")),
)


def test_the_settings_pages_are_as_they_were_read() -> None:
    pages = {
        "all, for an admin": settings_page(OWN, WORDS, can_edit=True),
        "by a word": settings_page(OWN, WORDS, can_edit=False, word="tier 1 cap"),
        "plays are none of them": settings_page(DEFAULTS, WORDS, can_edit=False, word="allowed plays"),
        "calibrated": settings_page(CALIBRATED, WORDS, can_edit=True, word="tier 1 stage"),
        "calibrated, switched off": settings_page(SWITCHED_OFF, WORDS, can_edit=False, word="stage engaged tier 1"),
        "nothing found": settings_page(DEFAULTS, WORDS, can_edit=False, word=HOSTILE),
        "saved": settings_saved_page(CHANGES, WORDS),
        "nothing changed": settings_saved_page((), WORDS),
    }
    for page in pages.values():
        check_messages(messages(page))
    check_golden("pages/settings", "\n".join(drawn(kind, page) for kind, page in pages.items()))


def test_settings_that_are_all_a_teams_own_fit_into_messages() -> None:
    parts = messages(settings_page(ALL_OWN, WORDS, can_edit=True))
    check_messages(parts)
    assert len(parts) <= 2
