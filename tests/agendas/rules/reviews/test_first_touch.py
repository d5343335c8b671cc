from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from agendas.facts.account import ListStatus, Stage
from agendas.facts.program import ProgramSettings
from agendas.rules.movement import business_hours, late_first_touch
from tests.builders import account, agenda_facts
from tests.cases import cases

TUESDAY = datetime(2026, 11, 24, 14, tzinfo=UTC)
"""09:00 in New York, where business begins."""


def late(hour: int, minute: int = 0, day: int = 24, **values: Any) -> tuple[int, int] | None:
    """Return the late first touch at that UTC time of an account that became MQA when business began."""
    since = {"stage": Stage.MQA, "stage_since": TUESDAY, "last_update_at": TUESDAY}
    settings = values.pop("settings", ProgramSettings())
    now = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
    return late_first_touch(replace(agenda_facts(account=account(**(since | values))), now=now, settings=settings))


def test_a_first_touch_is_late_after_the_business_hours_of_its_tier() -> None:
    assert late(18, 59) is None
    assert late(19) == (5, 4)
    assert late(19, tier=2) is None
    assert late(15, day=25, tier=2) == (9, 8)
    assert late(19, settings=ProgramSettings((("tier.1.response", 5),))) is None


@cases(
    "values",
    [
        {"last_update_at": TUESDAY.replace(hour=15)},
        {"stage": Stage.OPPORTUNITY},
        {"list_status": ListStatus.PAUSED},
        {"stage_since_known": False},
        {"stage_since": None},
    ],
)
def test_nothing_is_late_after_an_update_or_where_nobody_waits(values: dict[str, Any]) -> None:
    assert late(19, day=27, **values) is None


@cases(
    ("since", "until", "hours"),
    [
        ("2026-11-24T08:00", "2026-11-24T08:59", 0),
        ("2026-11-24T16:30", "2026-11-25T09:45", 1),
        ("2026-11-27T16:00", "2026-11-30T10:00", 2),
        ("2026-11-28T10:00", "2026-11-29T18:00", 0),
        ("2026-11-23T00:00", "2026-11-28T00:00", 40),
        ("2026-11-25T10:00", "2026-11-24T10:00", 0),
    ],
)
def test_nights_and_weekends_are_no_business_hours(since: str, until: str, hours: int) -> None:
    assert business_hours(datetime.fromisoformat(f"{since}Z"), datetime.fromisoformat(f"{until}Z"), "UTC") == hours


def test_business_hours_are_those_of_the_zone() -> None:
    assert business_hours(TUESDAY, TUESDAY.replace(hour=20), "America/New_York") == 6
    assert business_hours(TUESDAY, TUESDAY.replace(hour=20), "UTC") == 3
